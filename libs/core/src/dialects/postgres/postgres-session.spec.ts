import type { SpecDatabase } from '../../runtime/testing/database.fixture.js';
import { connectClient, createSpecDatabase } from '../../runtime/testing/database.fixture.js';
import type { Connection } from '../common/connection.js';
import type { RevisionGuard, TransactionToken } from '../common/session.js';
import { INNER_KEY, tableKey } from './postgres-lock.js';
import { postgresSession as session } from './postgres-session.js';
import { postgresVersionTables as tables } from './postgres-version-tables.js';

const versionTable = { schema: 'public', name: 'alembic_version' };
const guard = { lockName: versionTable, versionTable, expectedRows: ['a'], lockTimeoutMs: 1_000 };
const { guards } = session;

/** Begins as a revision does; the check that fails as the error that it means. */
async function begin(on: Connection, wanted: RevisionGuard): Promise<TransactionToken> {
  return told(wanted, async () => guards.tokenIn(await on.script(guards.begin(wanted))));
}

/** Ends a failed transaction, as the engine does. */
async function told<T>(wanted: RevisionGuard, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await connection.script('ROLLBACK');
    throw guards.refusal(error, { ...wanted, changes: [] }) ?? error;
  }
}

let database: SpecDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createSpecDatabase();
  for (const sql of tables.create(versionTable)) await database.checker.query(sql);
  await database.checker.query(`INSERT INTO alembic_version VALUES ('a')`);
});
afterAll(() => database.drop());
beforeEach(async () => {
  connection = await database.connect();
});
afterEach(() => connection.close());

const setting = async (name: string): Promise<unknown> => {
  const { rows } = await connection.query<{ value: string }>(
    `SELECT current_setting('${name}') AS value`,
  );
  return rows[0]?.value;
};
const inTransaction = async (): Promise<boolean> => {
  const { rows } = await connection.query<{ inside: boolean }>(
    `SELECT now() <> statement_timestamp() AS inside FROM pg_sleep(0.002)`,
  );
  return rows[0]?.inside === true;
};

describe('preparing a session', () => {
  it('B116: overrides the time-outs of the role, and says who it is', async () => {
    await connection.query(`SET statement_timeout = '1s'`);
    await connection.query(`SET idle_in_transaction_session_timeout = '1s'`);
    const info = await session.prepare(connection, 'nest-alembic test');
    const { rows } = await database.checker.query('SELECT current_database() AS name');
    expect(info).toEqual({
      version: expect.stringMatching(/^\d+/),
      database: rows[0].name,
      defaultSchema: 'public',
    });
    for (const name of ['statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout'])
      expect([name, await setting(name)]).toEqual([name, '0']);
    expect(await setting('application_name')).toBe('nest-alembic test');
    expect(await setting('idle_session_timeout')).toBe('0');
  });

  it('E14: quotes by the standard, whatever the database does', async () => {
    await connection.query('SET standard_conforming_strings = off');
    await session.prepare(connection, 'x');
    expect(await setting('standard_conforming_strings')).toBe('on');
  });

  it('costs one round trip', async () => {
    let trips = 0;
    const counted: Connection = {
      ...connection,
      query: (sql, parameters) => (trips++, connection.query(sql, parameters)),
      script: (sql) => (trips++, connection.script(sql)),
    };
    await session.prepare(counted, 'x');
    expect(trips).toBe(1);
  });

  it('B109, B117: E5003 for a session that cannot write', async () => {
    await connection.query('SET default_transaction_read_only = on');
    await expect(session.prepare(connection, 'x')).rejects.toMatchObject({ code: 'E5003' });
  });

  it('B115: E5008 for a server that is too old', async () => {
    const old: Connection = {
      ...connection,
      query: async () => ({ rows: [{ version: '12.3', number: 120003 }] as never[], rowCount: 1 }),
    };
    await expect(session.prepare(old, 'x')).rejects.toMatchObject({
      code: 'E5008',
      message: expect.stringContaining('12.3'),
    });
  });
});

describe('the transaction of a revision', () => {
  it('begins when this session holds the lock and the rows are those of the plan', async () => {
    await session.tryLock(connection, versionTable);
    const token = await begin(connection, guard);
    expect(token.id).toMatch(/^\d+$/);
    expect(await inTransaction()).toBe(true);
    expect(await setting('lock_timeout')).toBe('1s');
    await connection.script(guards.stillOpen(token));
    await session.commit(connection);
    expect(await setting('lock_timeout')).toBe('0');
  });

  it('B117: is READ COMMITTED whatever the default', async () => {
    await connection.query(`SET default_transaction_isolation = 'serializable'`);
    await session.tryLock(connection, versionTable);
    await begin(connection, guard);
    expect(await setting('transaction_isolation')).toBe('read committed');
    await session.rollback(connection);
  });

  it('begins with the search path that the session had, whatever a revision has set', async () => {
    await connection.query('SET search_path = public, pg_temp');
    await session.prepare(connection, 'x');
    await session.tryLock(connection, versionTable);
    await connection.query(`SELECT set_config('search_path', '', false)`);
    await begin(connection, guard);
    expect(await setting('search_path')).toBe('public, pg_temp');
    await session.rollback(connection);
  });

  it('B112: takes a time-out that is longer than the server can count', async () => {
    await session.tryLock(connection, versionTable);
    await begin(connection, { ...guard, lockTimeoutMs: 1e12 });
    expect(await setting('lock_timeout')).toBe('2147483647ms');
    await session.rollback(connection);
  });

  it('E5004 when the lock is gone, and leaves no transaction open', async () => {
    await session.tryLock(connection, versionTable);
    await connection.query('SELECT pg_advisory_unlock_all()');
    await expect(begin(connection, guard)).rejects.toMatchObject({ code: 'E5004' });
    expect(await inTransaction()).toBe(false);
  });

  it('E5004 when another session has the lock', async () => {
    const other = await database.connect();
    await session.tryLock(other, versionTable);
    await expect(begin(connection, guard)).rejects.toMatchObject({ code: 'E5004' });
    await other.close();
  });

  it('keeps the lock to its end, also where the revision gives it back', async () => {
    const other = await database.connect();
    await session.tryLock(other, versionTable);
    await begin(other, guard);
    await other.query('SELECT pg_advisory_unlock_all()');
    expect(await session.tryLock(connection, versionTable)).toBe(false);
    await expect(begin(connection, guard)).rejects.toMatchObject({ code: 'E5004' });
    await session.rollback(other);
    expect(await session.tryLock(connection, versionTable)).toBe(true);
    await other.close();
  });

  it('leaves the session with the lock that it had, taken once, whatever becomes of it', async () => {
    await session.tryLock(connection, versionTable);
    for (const end of [session.commit, session.rollback]) {
      await begin(connection, guard);
      await end(connection);
      expect(await session.lockHolder(connection, versionTable)).toBeDefined();
    }
    expect(await session.unlock(connection, versionTable)).toBe(true);
    expect(await session.lockHolder(connection, versionTable)).toBeUndefined();
  });

  /** As a session does whose outer lock is lost. */
  const insideRevision = async (
    other: Connection,
    lockName: typeof versionTable,
  ): Promise<void> => {
    const inner = `SELECT pg_advisory_xact_lock(${INNER_KEY}, ${tableKey(lockName)})`;
    await other.script(`BEGIN; ${inner}; SELECT FROM ${lockName.name} FOR UPDATE`);
  };

  it('E5002 when another session is inside a revision, lock or no lock', async () => {
    const other = await database.connect();
    await insideRevision(other, versionTable);
    await session.tryLock(connection, versionTable);
    const outcome = begin(connection, guard);
    await expect(outcome.finally(() => other.close())).rejects.toMatchObject({ code: 'E5002' });
    expect(await inTransaction()).toBe(false);
  });

  it('E5002 also for a first revision, where there is no row to lock', async () => {
    const empty = { schema: 'public', name: 'empty_version' };
    for (const sql of tables.create(empty)) await database.checker.query(sql);
    const first = { ...guard, lockName: empty, versionTable: empty, expectedRows: [] };
    const other = await database.connect();
    await insideRevision(other, empty);
    await session.tryLock(connection, empty);
    const outcome = begin(connection, first);
    await expect(outcome.finally(() => other.close())).rejects.toMatchObject({ code: 'E5002' });
  });

  it('E5002 with both sets of rows when someone changed the version table', async () => {
    await session.tryLock(connection, versionTable);
    await expect(begin(connection, { ...guard, expectedRows: ['b'] })).rejects.toMatchObject({
      code: 'E5002',
      facts: { expected: ['b'], found: ['a'] },
    });
    expect(await inTransaction()).toBe(false);
  });

  it.each(['COMMIT', 'ROLLBACK', 'COMMIT; BEGIN; SELECT pg_current_xact_id()'])(
    'E11: E6007 when the revision ran %s itself',
    async (sql) => {
      await session.tryLock(connection, versionTable);
      const token = await begin(connection, guard);
      await connection.script(sql);
      const check = told(guard, () => connection.script(guards.stillOpen(token)));
      await expect(check).rejects.toMatchObject({ code: 'E6007' });
    },
  );

  it('does not run what follows a check that fails in the same text', async () => {
    await session.tryLock(connection, versionTable);
    const wanted = { ...guard, expectedRows: ['b'] };
    await expect(
      told(wanted, () => connection.script(`${guards.begin(wanted)}; CREATE TABLE gone (id int)`)),
    ).rejects.toMatchObject({ code: 'E5002' });
    const { rows } = await database.checker.query(`SELECT to_regclass('gone') AS gone`);
    expect(rows).toEqual([{ gone: null }]);
  });

  it('MIG-15: knows a transaction that was left open, and none', async () => {
    await connection.script(guards.outside);
    await connection.query('BEGIN');
    const check = told(guard, () => connection.script(guards.outside));
    await expect(check).rejects.toMatchObject({ code: 'E6007' });
  });

  it('E4011 when a change meets another number of rows than one', async () => {
    const change = { action: 'delete', revision: 'nobody' } as const;
    const error: unknown = await connection
      .script(tables.changeOne(versionTable, change, 0))
      .catch((failure: unknown) => failure);
    const facts = { ...guard, changes: [change] };
    expect(guards.refusal(error, facts)).toMatchObject({ code: 'E4011', facts: { rowCount: 0 } });
  });

  it('gives the lock back once, and tells when there was none', async () => {
    await session.tryLock(connection, versionTable);
    expect(await session.unlock(connection, versionTable)).toBe(true);
    expect(await session.unlock(connection, versionTable)).toBe(false);
    expect(await session.lockHolder(connection, versionTable)).toBeUndefined();
  });
});

describe('what a statement does to the transaction', () => {
  it.each([
    ['BEGIN', 'begins'],
    ['-- x\nSTART TRANSACTION READ ONLY', 'begins'],
    ['COMMIT', 'ends'],
    ['COMMIT AND CHAIN', 'begins'],
    ['BEGIN; INSERT INTO t VALUES (1); COMMIT', 'ends'],
    ['SELECT 1; BEGIN', 'begins'],
    ['COMMIT; BEGIN; SELECT 1', 'begins'],
    ['BEGIN; SAVEPOINT a; ROLLBACK TO SAVEPOINT a', 'begins'],
    ['ROLLBACK TO SAVEPOINT a', undefined],
    ['SELECT 1', undefined],
  ])('%j: %s', (sql, effect) => {
    expect(session.transactionEffect(sql)).toBe(effect);
  });

  it.each([
    ['SELECT 1', true],
    ['-- a\n WITH x AS (SELECT 1) TABLE x', true],
    ['SHOW work_mem', true],
    ['WITH x AS (DELETE FROM t RETURNING a) SELECT a FROM x', false],
    ['SELECT * INTO t2 FROM t', false],
    [`SELECT setval('s', 1)`, false],
    ['EXPLAIN ANALYZE SELECT 1', false],
    ['INSERT INTO t VALUES (1) RETURNING a', false],
    ['CALL p()', false],
    ['BEGIN', false],
    ['SELECT 1; BEGIN', false],
    ['SELECT 1; LOCK TABLE t', false],
    ['SELECT 1; -- and\n SHOW work_mem;', true],
  ])('%j only reads: %s', (sql, reads) => {
    expect(session.onlyReads(sql)).toBe(reads);
  });

  it.each([
    ['CREATE INDEX CONCURRENTLY i ON t (a)', false],
    ['/* x */ CALL p()', false],
    ['BEGIN; INSERT INTO t VALUES (1); COMMIT; SELECT 1', false],
    ['BEGIN; INSERT INTO t VALUES (1); COMMIT', true],
    ['INSERT INTO t VALUES (1)', true],
    [`ALTER TYPE x ADD VALUE 'y'`, true],
  ])('%j keeps nothing when it fails: %s', (sql, isAtomic) => {
    expect(session.isAtomic(sql)).toBe(isAtomic);
  });

  it.each([
    ['CREATE INDEX i ON t (a)', undefined],
    ['CREATE INDEX CONCURRENTLY i ON t (a)', 'the index i may be left behind, INVALID'],
    [
      '-- x\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "a ""b" ON t (a)',
      'the index "a ""b" may be left behind, INVALID',
    ],
    ['CREATE INDEX CONCURRENTLY ON t (a)', 'an index may be left behind, INVALID'],
    [
      'DROP INDEX CONCURRENTLY IF EXISTS "s"."i"',
      'the index "s"."i" may be there still, INVALID: drop it again',
    ],
    ['REINDEX TABLE CONCURRENTLY t', '"_ccnew"'],
    ['ALTER TABLE t DETACH PARTITION p CONCURRENTLY', 'DETACH PARTITION … FINALIZE ends that'],
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY v', undefined],
    ['VACUUM t', undefined],
  ])('%j may leave behind: %s', (sql, clause) => {
    const left = session.leftBehind?.(sql);
    expect(left).toEqual(clause === undefined ? undefined : expect.stringContaining(clause));
  });
});

describe('transaction control in SQL text (B086)', () => {
  it.each([
    ['COMMIT', 'COMMIT'],
    ['select 1; commit work; select 2', 'commit work'],
    ['-- note\n/* more */ rollback', '-- note\n/* more */ rollback'],
    ['START  TRANSACTION', 'START  TRANSACTION'],
    ['END', 'END'],
    ["PREPARE TRANSACTION 'x'", "PREPARE TRANSACTION 'x'"],
  ])('is found in %j', (sql, found) => {
    expect(session.transactionControl(sql)).toBe(found);
  });

  it.each([
    `select 'commit'`,
    `-- commit;\nselect 1`,
    `create function f() returns void language plpgsql as $$ begin commit; end $$`,
    'savepoint a; rollback to savepoint a; release a',
    'ROLLBACK WORK TO a',
    `insert into "commit" values (1)`,
    `prepare p as select 1`,
    'update t set commit_id = 1',
  ])('is not seen in %j', (sql) => {
    expect(session.transactionControl(sql)).toBeUndefined();
  });
});

describe('errors of the driver', () => {
  const connectError = async (change: (url: URL) => void): Promise<unknown> => {
    const url = new URL(database.url);
    change(url);
    return connectClient(url.href).then(
      () => undefined,
      (error: unknown) => error,
    );
  };

  it('B110: a port without a server is named by host and port only', async () => {
    const error = await connectError((url) => {
      url.port = '1';
      url.password = 'c4nary';
    });
    const problem = session.connectProblem(error);
    expect(problem).toBe(
      '127.0.0.1:1 refuses the connection: no server listens there (ECONNREFUSED)',
    );
  });

  it('B110: a database that does not exist', async () => {
    const error = await connectError((url) => {
      url.pathname = '/no_such_database';
      url.password = 'c4nary';
    });
    expect(session.connectProblem(error)).toMatch(/"no_such_database" does not exist \(3D000\)/);
    expect(session.connectProblem(error)).not.toContain('c4nary');
  });

  it.each([
    ['28P01', 'password authentication failed for user "app"'],
    [
      '28000',
      'no pg_hba.conf entry for host "10.0.0.1", user "app", database "shop", no encryption',
    ],
    ['53300', 'sorry, too many clients already'],
    ['57P03', 'the database system is starting up'],
  ])('B110: the answer %s to a log-in', (code, message) => {
    const problem = session.connectProblem(Object.assign(new Error(message), { code }));
    expect(problem).toBe(`the server answers: ${message} (${code})`);
  });

  it('B110: a refused encryption', () => {
    const error = new Error('The server does not support SSL connections');
    expect(session.connectProblem(error)).toMatch(/encrypted connection was refused/);
  });

  it('B110: a host without an address', async () => {
    const error = { code: 'ENOTFOUND', hostname: 'db.invalid', syscall: 'getaddrinfo' };
    expect(session.connectProblem(error)).toBe('db.invalid has no address (ENOTFOUND)');
  });

  it('B110: several addresses that all refuse', () => {
    const refused = (address: string): object => ({ code: 'ECONNREFUSED', address, port: 5432 });
    const error = Object.assign(new Error(''), {
      code: 'ECONNREFUSED',
      errors: [refused('::1'), refused('127.0.0.1')],
    });
    expect(session.connectProblem(error)).toMatch(/^::1:5432 refuses/);
  });

  it('leaves other errors alone', () => {
    expect(session.connectProblem(new TypeError('x is not a function'))).toBeUndefined();
    expect(session.connectProblem(undefined)).toBeUndefined();
  });

  it('knows a session that was terminated, wrapped or not, from any later statement', async () => {
    const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const running = connection.query('SELECT pg_sleep(5)').catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await database.checker.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    const first = await running;
    expect(session.errorKind(first)).toBe('connectionLost');
    expect(session.isConnectionLost(new Error('wrapped', { cause: first }))).toBe(true);
    const second = await connection.query('SELECT 1').catch((error: unknown) => error);
    expect(session.isConnectionLost(second)).toBe(true);
  });

  it.each([
    ['SELECT * FROM no_such_table', 'missingTable'],
    ['SELECT no_such_column FROM pg_class', 'missingColumn'],
    ['SELECT no_such_function()', 'missingObject'],
    ['SELECT NULL::no_such_type', 'missingObject'],
    ['SELECT 1 WHERE 1', 'missingObject'],
    ['SELECT 1/0', 'other'],
  ])('sorts the error of %s as %s', async (sql, kind) => {
    const error = await connection.query(sql).catch((failure: unknown) => failure);
    expect(session.errorKind(error)).toBe(kind);
  });

  it('E12: NUL in a text is a protocol violation, and the connection lives on', async () => {
    const error = await connection.script('SELECT 1 -- \0').catch((failure: unknown) => failure);
    expect(session.isConnectionLost(error)).toBe(false);
    expect((await connection.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});
