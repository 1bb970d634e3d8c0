import { DataSource } from 'typeorm';
import { pgliteDriver } from '../testing/pglite-driver.fixture.js';
import { PathNode } from '../testing/trees.fixture.js';
import { createSchema } from '../testing/compare-schemas.fixture.js';
import { typeormConnection } from './typeorm-connection.js';

jest.setTimeout(120_000);

describe('typeormConnection over an embedded PostgreSQL', () => {
  let dataSource: DataSource;

  beforeAll(async () => {
    dataSource = new DataSource({
      type: 'postgres',
      driver: pgliteDriver(),
      installExtensions: false,
      entities: [PathNode],
    });
    await dataSource.initialize();
  });
  afterAll(async () => dataSource.destroy());

  it('queries with parameters, runs scripts, reports errors', async () => {
    const connection = await typeormConnection(dataSource);
    expect(await connection.query('SELECT $1::int + 1 AS sum', [1])).toEqual({
      rows: [{ sum: 2 }],
      rowCount: 1,
    });
    const results = await connection.script('SELECT 1 AS one; SELECT 2 AS two');
    expect(results.map(({ rows }) => rows[0])).toEqual([{ one: 1 }, { two: 2 }]);
    await expect(connection.query('SELECT nothing')).rejects.toMatchObject({ code: '42703' });
    await connection.close();
  });

  it('tells how far a text came that fails', async () => {
    const connection = await typeormConnection(dataSource);
    const failed = await connection.attempt?.('SELECT 1 AS one; SELECT 1/0; SELECT 2');
    expect(failed).toMatchObject({ results: [{ rows: [{ one: '1' }] }], error: { code: '22012' } });
    const unread = await connection.attempt?.('SELECT 1; SELEC 2');
    expect(unread).toMatchObject({ results: [], error: { code: '42601', position: '11' } });
    await connection.close();
  });

  it('leaves nothing behind in the session that all clients share', async () => {
    const connection = await typeormConnection(dataSource);
    await connection.script(`SET statement_timeout = '7s'; BEGIN; CREATE TABLE gone ()`);
    await connection.destroy?.();
    const [row] = await dataSource.query(
      `SELECT current_setting('statement_timeout') AS timeout, to_regclass('gone') AS gone`,
    );
    expect(row).toEqual({ timeout: '0', gone: null });
  });

  it('makes the schema of entities', async () => {
    await createSchema(dataSource);
    await dataSource.getTreeRepository(PathNode).save(dataSource.getRepository(PathNode).create());
    expect(await dataSource.getRepository(PathNode).count()).toBe(1);
  });
});
