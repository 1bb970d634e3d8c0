import { createTestDatabase, type TestDatabase } from '@nest-alembic/testing';
import { DataSource } from 'typeorm';
import { PathNode } from '../testing/trees.fixture.js';
import { migratorOptionsFor } from './migrator-options-for.js';

jest.setTimeout(60_000);

describe('migratorOptionsFor', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = new DataSource({
      type: 'postgres',
      url: database.url,
      entities: [PathNode],
      synchronize: true,
    });
  });
  afterAll(async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
    await database.drop();
  });

  it('connects nothing until it is asked, and then without synchronize', async () => {
    const options = migratorOptionsFor(dataSource);
    expect(options.importSource).toBe('@nest-alembic/typeorm');
    expect(dataSource.isInitialized).toBe(false);
    const connection = await options.connect();
    const { rows } = await connection.query(
      `SELECT current_database() AS name, to_regclass('path_node') AS made`,
    );
    expect(rows).toEqual([{ name: database.name, made: null }]);
    await connection.close();
  });

  it('compares with the entities, and names the dialect', async () => {
    const options = migratorOptionsFor(dataSource);
    const connection = await options.connect();
    const model = await options.targetSchema?.();
    await connection.close();
    expect(model?.tables.map(({ name }) => name)).toEqual(['path_node']);
    const dialect = typeof options.dialect === 'function' ? options.dialect() : options.dialect;
    expect(dialect.name).toBe('postgres');
  });

  it('lets the caller replace and add', () => {
    const mine = { schema: 'tools', name: 'jobs' };
    const options = migratorOptionsFor(dataSource, {
      name: 'shop',
      importSource: 'mine',
      ignoredTables: [mine],
    });
    expect(options).toMatchObject({ name: 'shop', importSource: 'mine' });
    expect(options.ignoredTables).toEqual([
      { schema: null, name: 'migrations' },
      { schema: null, name: 'typeorm_metadata' },
      mine,
    ]);
  });

  it("D8: leaves TypeORM's own tables out, under the names and in the schema that they have", () => {
    const { ignoredTables } = migratorOptionsFor(
      new DataSource({
        type: 'postgres',
        schema: 'shop',
        migrationsTableName: 'history',
        metadataTableName: 'meta',
      }),
    );
    expect(ignoredTables).toEqual([
      { schema: 'shop', name: 'history' },
      { schema: 'shop', name: 'meta' },
    ]);
  });
});
