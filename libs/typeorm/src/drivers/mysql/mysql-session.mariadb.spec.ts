import { Socket } from 'node:net';
import type { Connection } from '@nest-alembic/core';
import { createMysqlDatabase, type TestDatabase } from '@nest-alembic/testing';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { typeormConnection } from '../../runtime/typeorm-connection.js';

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
  const id = async (of: Connection): Promise<unknown> =>
    (await of.query('SELECT CONNECTION_ID() AS id')).rows[0]?.['id'];

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

  it('sends TCP keep-alives: behind a firewall that forgets a long DDL would never come back', async () => {
    const setKeepAlive = jest.spyOn(Socket.prototype, 'setKeepAlive');
    const other = await typeormConnection(dataSource);
    expect(setKeepAlive).toHaveBeenCalledWith(true, 10_000);
    setKeepAlive.mockRestore();
    await other.close();
  });

  it('is one session, and another one beside it', async () => {
    expect(await id(connection)).toBe(await id(connection));
    const other = await typeormConnection(dataSource);
    expect(await id(other)).not.toBe(await id(connection));
    await other.close();
  });

  it('is given back on close, and used again', async () => {
    const first = await id(connection);
    await connection.close();
    const [row] = await dataSource.query('SELECT CONNECTION_ID() AS id');
    expect(row.id).toBe(first);
  });

  it.each<[string, (connection: Connection) => Promise<void> | undefined]>([
    ['destroy', (of) => of.destroy?.()],
    [
      'close in a transaction',
      async (of) => {
        await of.query('BEGIN');
        await of.close();
      },
    ],
    [
      'close in a transaction that a statement began by itself',
      async (of) => {
        await of.query('SET autocommit = 0');
        await of.close();
      },
    ],
    [
      'close in the middle of a statement',
      async (of) => {
        const running = of.query('SELECT SLEEP(0.2)');
        await of.close();
        await running;
      },
    ],
  ])('ends with %s, and nothing of it is left', async (_, end) => {
    const before = await id(connection);
    await connection.script(`SET lock_wait_timeout = 77; SELECT GET_LOCK('${database.name}', 0)`);
    await end(connection);
    const [row] = await dataSource.query(
      `SELECT CONNECTION_ID() AS id, @@lock_wait_timeout AS timeout, GET_LOCK(?, 2) AS free`,
      [database.name],
    );
    expect(row.id).not.toBe(before);
    expect(String(row.timeout)).not.toBe('77');
    expect(Number(row.free)).toBe(1);
  });

  it('closes twice, and after the data source is gone, without an error', async () => {
    await connection.close();
    await connection.close();
    await connection.destroy?.();
    await dataSource.destroy();
    await expect(connection.close()).resolves.toBeUndefined();
  });

  it('survives its end by an administrator: the next statement fails, and the pool goes on', async () => {
    const victim = await id(connection);
    await dataSource.query(`KILL ${String(victim)}`);
    await expect(connection.query('SELECT 1')).rejects.toThrow();
    await connection.close();
    const [row] = await dataSource.query('SELECT CONNECTION_ID() AS id');
    expect(row.id).not.toBe(victim);
  });
});
