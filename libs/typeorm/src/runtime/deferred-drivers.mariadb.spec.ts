import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMysqlDatabase, testMariadbUrl } from '@nest-alembic/testing';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { entityOf } from '../testing/entity-of.fixture.js';
import { connectDeferred, deferDataSourceInitialization } from './deferred-initialization.js';
import { migratorOptionsFor } from './migrator-options-for.js';
import { assertNotSynchronizing } from './schema-side-effects.js';
import { typeormConnection } from './typeorm-connection.js';

const folder = mkdtempSync(join(tmpdir(), 'deferred-'));
const file = join(folder, 'app.sqlite');
afterEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const TABLES = {
  mariadb:
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  'better-sqlite3': 'SELECT name FROM sqlite_schema',
  sqljs: 'SELECT name FROM sqlite_schema',
} as const;

it.each(['mariadb', 'better-sqlite3', 'sqljs'] as const)(
  '%s: connects when it is asked to, without synchronize',
  async (type) => {
    const database = await createMysqlDatabase();
    const place = {
      mariadb: { url: database.url },
      'better-sqlite3': { database: file },
      sqljs: {},
    };
    const entities = [entityOf({})];
    const dataSource = new DataSource({
      ...place[type],
      type,
      entities,
      synchronize: true,
    } as DataSourceOptions);
    expect(() => assertNotSynchronizing(dataSource)).toThrow(/synchronize/);
    const deferral = deferDataSourceInitialization();
    try {
      await dataSource.initialize();
      expect(dataSource.isInitialized).toBe(false);
      expect(dataSource.entityMetadatas).toHaveLength(1);
      expect(existsSync(file)).toBe(false);
      await connectDeferred(dataSource);
      const connection = await typeormConnection(dataSource);
      expect((await connection.query(TABLES[type])).rows).toEqual([]);
      await connection.close();
    } finally {
      deferral.restore();
      await deferral.close();
      await database.drop();
    }
  },
);

it('E3015 for a type of another database, which TypeORM has no code for', async () => {
  const database = await createMysqlDatabase();
  const entities = [entityOf({ columns: { at: { type: 'timestamptz' } } })];
  const dataSource = new DataSource({ type: 'mariadb', url: database.url, entities });
  try {
    await expect(migratorOptionsFor(dataSource).connect()).rejects.toMatchObject({
      code: 'E3015',
      problem: expect.stringContaining('"timestamptz"') as string,
    });
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await database.drop();
  }
});

it('E9002 for a URL that names no database, which TypeORM has no code for', async () => {
  const url = Object.assign(new URL(testMariadbUrl()), { pathname: '/' }).href;
  const dataSource = new DataSource({ type: 'mariadb', url, entities: [entityOf({})] });
  await expect(migratorOptionsFor(dataSource).connect()).rejects.toMatchObject({
    code: 'E9002',
    facts: { option: 'database' },
  });
});
