import { createTestDatabase, type TestDatabase } from '@nest-alembic/testing';
import type { Connection } from '@nest-alembic/core';
import { DataSource } from 'typeorm';
import type { Options } from '../testing/compare-schemas.fixture.js';
import { describeSessions } from '../testing/session-cases.fixture.js';
import { typeormConnection } from './typeorm-connection.js';

jest.setTimeout(60_000);

describe('typeormConnection', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let connection: Connection;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => database.drop());

  const open = async (options: Options = {}): Promise<void> => {
    dataSource = new DataSource({ ...options, type: 'postgres', url: database.url });
    await dataSource.initialize();
    connection = await typeormConnection(dataSource);
  };
  beforeEach(async () => open({ poolSize: 2 }));
  afterEach(async () => {
    await connection.close();
    if (dataSource.isInitialized) await dataSource.destroy();
  });

  const pid = async (of: Connection): Promise<unknown> =>
    (await of.query('SELECT pg_backend_pid() AS pid')).rows[0]?.['pid'];

  it('gives rows, row counts and every result of a script', async () => {
    await connection.script('CREATE TABLE n (i int); INSERT INTO n VALUES (1), (2), (3)');
    const update = await connection.query('UPDATE n SET i = i + $1 WHERE i > $2', [10, 1]);
    expect(update).toEqual({ rows: [], rowCount: 2 });
    const results = await connection.script('SELECT count(*)::int AS c FROM n; DELETE FROM n');
    expect(results.map(({ rows, rowCount }) => [rows[0], rowCount])).toEqual([
      [{ c: 3 }, 1],
      [undefined, 3],
    ]);
    expect(await connection.script('-- nothing')).toEqual([]);
    expect((await connection.query('CREATE TABLE o ()')).rowCount).toBeNull();
  });

  it('tells how far a text came that fails, and goes on', async () => {
    const whole = await connection.attempt?.(
      `BEGIN; SELECT 1 AS one, true AS yes, NULL AS no; SELECT 2 AS two FROM generate_series(1, 3); COMMIT`,
    );
    expect(whole?.results.map(({ rows }) => rows)).toEqual([
      [],
      [{ one: '1', yes: true, no: null }],
      [{ two: '2' }],
      [],
    ]);
    expect(whole).not.toHaveProperty('error');
    const failed = await connection.attempt?.('SELECT 1; CREATE TABLE p (); SELECT 1/0; SELECT 2');
    expect(failed).toMatchObject({ results: [{}, {}], error: { code: '22012' } });
    const unread = await connection.attempt?.('SELECT 1; SELEC 2');
    expect(unread).toMatchObject({ results: [], error: { code: '42601', position: '11' } });
    const copied = await connection.attempt?.('CREATE TABLE p (); COPY p FROM STDIN');
    expect(copied).toMatchObject({ results: [{}], error: { code: '57014' } });
    expect((await connection.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('tells of a text whose session was ended, and is not given back then', async () => {
    const first = await pid(connection);
    const ended = await connection.attempt?.('SELECT pg_terminate_backend(pg_backend_pid())');
    expect(ended).toMatchObject({ results: [], error: { code: '57P01' } });
    await connection.close();
    connection = await typeormConnection(dataSource);
    expect(await pid(connection)).not.toBe(first);
  });

  it('takes exactly one statement in a query, with or without parameters', async () => {
    await expect(connection.query('SELECT 1; SELECT 2')).rejects.toMatchObject({ code: '42601' });
  });

  it('throws the error of the driver, with its code and place', async () => {
    await expect(connection.query('SELECT nothing')).rejects.toMatchObject({
      code: '42703',
      position: '8',
    });
  });

  describeSessions({
    connection: () => connection,
    dataSource: () => dataSource,
    idSql: 'SELECT pg_backend_pid() AS id',
    sleepSql: 'SELECT pg_sleep(0.2)',
    killSql: (id) => `SELECT pg_terminate_backend(${String(id)})`,
    openings: [['a transaction', 'BEGIN']],
    traces: `SET statement_timeout = '7s'; SELECT pg_advisory_lock(42)`,
    tracesSql: `SELECT pg_backend_pid() AS id, current_setting('statement_timeout') AS timeout,
      pg_try_advisory_lock(42) AS free`,
    noTraces: { timeout: '0', free: true },
  });

  it('works with a pool of one', async () => {
    await connection.close();
    await dataSource.destroy();
    await open({ poolSize: 1 });
    expect(await pid(connection)).toEqual(expect.any(Number));
    await connection.destroy?.();
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it("does not give up where the app's queries do", async () => {
    await connection.close();
    await dataSource.destroy();
    await open({ extra: { query_timeout: 100 } });
    await expect(dataSource.query('SELECT pg_sleep(0.4)')).rejects.toThrow(/timeout/i);
    await expect(connection.query('SELECT pg_sleep(0.4)')).resolves.toMatchObject({ rowCount: 1 });
    await expect(connection.script('SELECT pg_sleep(0.4)')).resolves.toHaveLength(1);
    expect(await connection.attempt?.('SELECT pg_sleep(0.4)')).not.toHaveProperty('error');
  });

  it('is of the master where there is replication', async () => {
    await connection.close();
    await dataSource.destroy();
    dataSource = new DataSource({
      type: 'postgres',
      replication: {
        master: { url: database.url, applicationName: 'the master' },
        slaves: [{ url: database.url, applicationName: 'a slave' }],
      },
    });
    await dataSource.initialize();
    connection = await typeormConnection(dataSource);
    const sql = `SELECT current_setting('application_name') AS name`;
    expect((await connection.query(sql)).rows).toEqual([{ name: 'the master' }]);
    expect(await dataSource.createQueryRunner('slave').query(sql)).toEqual([{ name: 'a slave' }]);
  });

  it('E3012: refuses a driver that is not supported, naming those that are', async () => {
    const other = Object.assign(Object.create(DataSource.prototype) as DataSource, {
      options: { type: 'mongodb' },
    });
    await expect(typeormConnection(other)).rejects.toMatchObject({
      code: 'E3012',
      message: expect.stringMatching(/"mongodb".*Supported: postgres/),
    });
  });
});
