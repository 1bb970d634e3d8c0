import type { Connection } from '@nest-alembic/core';
import { createMysqlDatabase, type TestDatabase } from '@nest-alembic/testing';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { typeormConnection } from '../../runtime/typeorm-connection.js';
import { describeSessions } from '../../testing/session-cases.fixture.js';

jest.setTimeout(60_000);

describe.each(['mariadb', 'mysql'] as const)('a session of the driver %s', (type) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let connection: Connection;

  beforeAll(async () => {
    database = await createMysqlDatabase();
  });
  afterAll(async () => database.drop());

  const open = async (options: object = {}): Promise<void> => {
    const settings = { poolSize: 2, ...options, type, url: database.url };
    dataSource = new DataSource(settings as DataSourceOptions);
    await dataSource.initialize();
    connection = await typeormConnection(dataSource);
  };
  beforeEach(async () => {
    await open();
    await dataSource.query('DROP TABLE IF EXISTS n');
    await dataSource.query('CREATE TABLE n (i int)');
  });
  afterEach(async () => {
    await connection.close();
    if (dataSource.isInitialized) await dataSource.destroy();
  });

  const reopen = async (options: object): Promise<void> => {
    await connection.close();
    await dataSource.destroy();
    await open(options);
  };

  it('gives rows, row counts and every result of a script', async () => {
    const results = await connection.script(
      'INSERT INTO n VALUES (1), (2), (3); SELECT count(*) AS c FROM n; DELETE FROM n',
    );
    expect(results.map(({ rows, rowCount }) => [rows[0], rowCount])).toEqual([
      [undefined, 3],
      [{ c: 3 }, 1],
      [undefined, 3],
    ]);
    expect(await connection.script('-- nothing')).toEqual([]);
  });

  it('ends a script with its first error', async () => {
    const script = connection.script('INSERT INTO n VALUES (1); SELECT nothing; DELETE FROM n');
    await expect(script).rejects.toMatchObject({ errno: 1054 });
    expect((await connection.query('SELECT i FROM n')).rows).toEqual([{ i: 1 }]);
  });

  it('binds parameters beside the text: no quote and no backslash is SQL, in whatever mode', async () => {
    await connection.query(`SET sql_mode = 'NO_BACKSLASH_ESCAPES'`);
    const hostile = String.raw`\' OR 1=1 -- `;
    const { rows } = await connection.query('SELECT ? AS text, ? AS number, ? AS nothing', [
      hostile,
      7,
      undefined,
    ]);
    expect(rows).toEqual([{ text: hostile, number: 7, nothing: null }]);
  });

  it('counts the rows that a statement with parameters changes', async () => {
    await connection.query('INSERT INTO n VALUES (?), (?)', [1, 2]);
    const update = await connection.query('UPDATE n SET i = i + ? WHERE i > ?', [10, 1]);
    expect(update).toEqual({ rows: [], rowCount: 1 });
  });

  it('gives integers that no number can be as bigint, all others as number, and decimals as text', async () => {
    const sql = `SELECT 9007199254740993 AS big, CAST(7 AS SIGNED) AS small, 1.50 AS exact, '7' AS text`;
    const expected = { big: 9007199254740993n, small: 7, exact: '1.50', text: '7' };
    expect((await connection.query(sql)).rows).toEqual([expected]);
    expect((await connection.query(`${sql}, ? AS bound`, ['x'])).rows).toEqual([
      { ...expected, bound: 'x' },
    ]);
  });

  it('reads rows its own way, whatever the app has set for its queries', async () => {
    const typeCast = (field: { readonly name: string }, next: () => unknown): unknown =>
      field.name === 'one' ? 'cast' : next();
    await reopen({ extra: { typeCast } });
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 'cast' }]);
    expect((await connection.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    expect((await connection.query('SELECT ? AS one', [1])).rows).toEqual([{ one: 1 }]);
  });

  it('takes exactly one statement in a query', async () => {
    await expect(connection.query('SELECT 1; SELECT 2')).rejects.toMatchObject({ errno: 1064 });
  });

  it('gives the rows of a procedure', async () => {
    await connection.query('CREATE PROCEDURE p() BEGIN SELECT 1 AS one; SELECT 2 AS two; END');
    expect((await connection.query('CALL p()')).rows).toEqual([{ one: 1 }]);
    await connection.query('DROP PROCEDURE p');
  });

  describeSessions({
    connection: () => connection,
    dataSource: () => dataSource,
    idSql: 'SELECT CONNECTION_ID() AS id',
    sleepSql: 'SELECT SLEEP(0.2)',
    killSql: (id) => `KILL ${String(id)}`,
    openings: [
      ['a transaction', 'BEGIN'],
      ['a transaction that a statement began by itself', 'SET autocommit = 0'],
    ],
    traces: `SET lock_wait_timeout = 77; SELECT GET_LOCK(DATABASE(), 0)`,
    tracesSql: `SELECT CONNECTION_ID() AS id, @@lock_wait_timeout <> 77 AS reset,
      GET_LOCK(DATABASE(), 2) = 1 AS free`,
    noTraces: { reset: 1, free: 1 },
  });
});
