import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMigrator } from '@nest-alembic/core';
import type { Connection, Operations } from '@nest-alembic/core';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { migratorOptionsFor } from '../../index.js';
import { typeormConnection } from '../../runtime/typeorm-connection.js';

/** What both drivers for SQLite must do alike, on a file and in memory. */
describe.each<['better-sqlite3' | 'sqljs', boolean]>([
  ['better-sqlite3', true],
  ['better-sqlite3', false],
  ['sqljs', true],
  ['sqljs', false],
])('a session of the driver %s (on a file: %s)', (type, isOnFile) => {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-session-'));
  const file = join(folder, 'app.sqlite');
  let dataSource: DataSource;
  let connection: Connection;

  beforeEach(async () => {
    dataSource =
      type === 'sqljs'
        ? new DataSource({ type, ...(isOnFile && { location: file }) })
        : new DataSource({ type, database: isOnFile ? file : ':memory:' });
    await dataSource.initialize();
    connection = await typeormConnection(dataSource);
    await connection.query('CREATE TABLE n (i integer)');
  });
  afterEach(async () => {
    await connection.close();
    if (dataSource.isInitialized) await dataSource.destroy();
    rmSync(file, { force: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives rows, row counts and every result of a script', async () => {
    const results = await connection.script(
      'INSERT INTO n VALUES (1), (2), (3); SELECT count(*) AS c FROM n; DELETE FROM n; CREATE INDEX x ON n (i)',
    );
    expect(results.map(({ rows, rowCount }) => [rows[0], rowCount])).toEqual([
      [undefined, 3],
      [{ c: 3 }, 1],
      [undefined, 3],
      [undefined, 0],
    ]);
    expect(await connection.script('-- nothing')).toEqual([]);
  });

  it('ends a script with its first error', async () => {
    const script = connection.script('INSERT INTO n VALUES (1); SELECT nowhere; DELETE FROM n');
    await expect(script).rejects.toThrow('no such column: nowhere');
    expect((await connection.query('SELECT i FROM n')).rows).toEqual([{ i: 1 }]);
  });

  it('binds parameters, also those that SQLite has no type for', async () => {
    const { rows } = await connection.query('SELECT ? AS text, ? AS yes, ? AS at, ? AS absent', [
      `it's`,
      true,
      new Date(0),
      undefined,
    ]);
    expect(rows).toEqual([{ text: `it's`, yes: 1, at: '1970-01-01 00:00:00.000', absent: null }]);
  });

  it('gives integers that no number can be as bigint, and all others as number', async () => {
    const { rows } = await connection.query(
      'SELECT 9007199254740993 AS big, 7 AS small, 1.5 AS real',
    );
    expect(rows).toEqual([{ big: 9007199254740993n, small: 7, real: 1.5 }]);
  });

  it('gives rows of a statement that changes some', async () => {
    const result = await connection.query('INSERT INTO n VALUES (5) RETURNING i');
    expect(result).toEqual({ rows: [{ i: 5 }], rowCount: 1 });
  });

  it('takes exactly one statement in a query', async () => {
    await expect(connection.query('SELECT 1; SELECT 2')).rejects.toThrow(/statement/);
  });

  it('undoes an open transaction when it is closed', async () => {
    await connection.script('BEGIN; INSERT INTO n VALUES (1)');
    await connection.close();
    expect(await dataSource.query('SELECT count(*) AS c FROM n')).toEqual([{ c: 0 }]);
  });

  it('leaves a transaction of the app alone: it reads meanwhile, and neither ends it nor writes into it', async () => {
    await connection.close();
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('INSERT INTO n VALUES (1)');
    const other = await typeormConnection(dataSource);
    expect((await other.query('SELECT count(*) AS c FROM n')).rows).toEqual([
      { c: type === 'better-sqlite3' && isOnFile ? 0 : 1 },
    ]);
    await other.query('ROLLBACK').catch(() => undefined);
    if (type === 'sqljs' || !isOnFile)
      await expect(other.query('INSERT INTO n VALUES (2)')).rejects.toMatchObject({
        code: 'SQLITE_BUSY',
      });
    await other.close();
    await runner.query('INSERT INTO n VALUES (3)');
    await runner.commitTransaction();
    await runner.release();
    expect(await dataSource.query('SELECT i FROM n')).toEqual([{ i: 1 }, { i: 3 }]);
  });

  it('waits for a session that was there before, where both have one handle', async () => {
    await connection.query('BEGIN IMMEDIATE');
    const other = await typeormConnection(dataSource);
    const settings = other.query('PRAGMA foreign_keys = OFF');
    await connection.script('PRAGMA legacy_alter_table = ON; INSERT INTO n VALUES (1); COMMIT');
    await connection.close();
    await settings;
    expect((await other.query('PRAGMA foreign_keys')).rows).toEqual([{ foreign_keys: 0 }]);
    await other.close();
  });

  it('runs nothing after it was closed, and closes twice', async () => {
    await connection.close();
    await connection.close();
    await connection.destroy?.();
    await expect(connection.query('SELECT 1')).rejects.toThrow('the session is closed');
  });

  it('shows the app what it has committed', async () => {
    await connection.script('BEGIN; INSERT INTO n VALUES (42); COMMIT');
    expect(await dataSource.query('SELECT i FROM n')).toEqual([{ i: 42 }]);
  });
});

describe('a file that cannot be used', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-refused-'));
  const file = join(folder, 'app.db');
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => rmSync(file, { force: true }));

  const inSqljs = (location: string): object => ({ type: 'sqljs', location });
  const DAMAGED = /the file \/.*app\.db is no SQLite database, or is damaged/;
  const FOLDER = /the file .*sqlite-refused.* cannot be opened/;
  const upgrade = async (options: object): Promise<unknown> => {
    const place = { type: 'better-sqlite3', database: file, ...options };
    const dataSource = new DataSource(place as DataSourceOptions);
    const revision = {
      revision: 'a1',
      downRevision: null,
      upgrade: (op: Operations) => op.createTable('t', (t) => [t.column('i', 'integer')]),
    };
    const migrator = createMigrator({ ...migratorOptionsFor(dataSource), revisions: [revision] });
    try {
      return await migrator.upgrade('head');
    } finally {
      if (dataSource.isInitialized) await dataSource.destroy();
    }
  };

  it.each<readonly [string, object, string, RegExp]>([
    ['is damaged', {}, 'E5010', DAMAGED],
    ['is damaged', inSqljs(file), 'E5010', DAMAGED],
    ['is a folder', { database: folder }, 'E5010', FOLDER],
    ['is a folder', inSqljs(folder), 'E5010', FOLDER],
    [
      'is in a file',
      { database: join(__filename, 'x') },
      'E5010',
      /cannot be opened: E(NOTDIR|EXIST)/,
    ],
    ['is in a file', inSqljs(join(__filename, 'x')), 'E5003', /the lock .* cannot be made/],
    ['is opened to be read', { readonly: true }, 'E5003', /connection to it, is read-only/],
    [
      'has no room left',
      { prepareDatabase: (db: { pragma(text: string): void }) => db.pragma('max_page_count = 2') },
      'E5003',
      /the disk, or the file up to its limit, is full/,
    ],
  ])('is told of in words: one that %s', async (what, options, code, problem) => {
    if (what === 'is damaged') writeFileSync(file, 'no database '.repeat(100));
    else if (!/^is (a folder|in a file)$/.test(what)) {
      const made = await new DataSource({ type: 'better-sqlite3', database: file }).initialize();
      await made.query('CREATE TABLE x (i)');
      await made.destroy();
    }
    await expect(upgrade(options)).rejects.toMatchObject({
      code,
      problem: expect.stringMatching(problem) as string,
      advice: expect.stringMatching(/file|room|folder/) as string,
    });
  });
});

describe('a session of the driver better-sqlite3 on a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-session-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is not the handle of the app: neither sees what the other has not committed, nor its settings', async () => {
    const dataSource = new DataSource({ type: 'better-sqlite3', database: join(folder, 'a') });
    await dataSource.initialize();
    const connection = await typeormConnection(dataSource);
    await connection.script('CREATE TABLE n (i integer); PRAGMA foreign_keys = OFF; BEGIN');
    await connection.query('INSERT INTO n VALUES (1)');
    expect(await dataSource.query('SELECT * FROM n')).toEqual([]);
    expect(await dataSource.query('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    await connection.close();
    await dataSource.destroy();
  });

  it('is opened as the app opens its own: prepareDatabase is run for it', async () => {
    const prepareDatabase = (database: {
      function(name: string, work: () => unknown): unknown;
    }): void => void database.function('seven', () => 7);
    const database = join(folder, 'b');
    const dataSource = new DataSource({
      type: 'better-sqlite3',
      database,
      prepareDatabase: prepareDatabase as never,
    });
    await dataSource.initialize();
    const connection = await typeormConnection(dataSource);
    expect((await connection.query('SELECT seven() AS n')).rows).toEqual([{ n: 7 }]);
    await connection.close();
    await dataSource.destroy();
  });
});
