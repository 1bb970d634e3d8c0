import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Connection } from '../../dialects/common/connection.js';
import { connectClient } from '../testing/database.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { createWorkshop, errorOf, leaksOf, reset, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
let shop: Workshop;

beforeEach(async () => {
  await reset(database);
  await database.checker.query('CREATE TABLE probe (rev text)');
  shop = createWorkshop(database, { dialect: postgresDialect });
  ['a1', 'b2', 'c3'].forEach((id, at, ids) =>
    shop.put(id, {
      down: ids[at - 1] ?? null,
      upgrade: `op.execute('CREATE TABLE t_${id} (id int)'); op.execute("INSERT INTO probe VALUES ('${id}')");`,
    }),
  );
});
afterEach(async () => {
  shop.remove();
  expect(await leaksOf(database)).toEqual([]);
});

/** I3: each revision ran once as far as the database remembers. */
const probed = async (): Promise<string[]> =>
  (await database.checker.query('SELECT rev FROM probe ORDER BY rev')).rows.map(({ rev }) => rev);

const warnings = (): string[] =>
  shop.events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

/** Ends the session of a connection as a crash of the network or an administrator would. */
async function kill(connection: Connection): Promise<void> {
  const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await database.checker.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
}

/** A connect function whose sessions meet something at one moment, once. */
function meeting(
  moment: (sql: string) => boolean,
  incident: (connection: Connection, run: () => Promise<unknown>) => Promise<void>,
): () => Promise<Connection> {
  let happened = false;
  return async () => {
    const connection = await connectClient(database.url);
    const around = async <T>(sql: string, run: () => Promise<T>): Promise<T> => {
      if (happened || !moment(sql)) return run();
      happened = true;
      let result: Promise<T> | undefined;
      await incident(connection, () => (result = run()));
      return result ?? run();
    };
    return {
      ...connection,
      query: (sql, parameters) => around(sql, () => connection.query(sql, parameters)),
      script: (sql) => around(sql, () => connection.script(sql)),
    };
  };
}

const lostAnswer = (): Error =>
  Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });

describe('a connection that is lost', () => {
  it('in the middle of a revision: it is rolled back and tried again on a new session', async () => {
    const connect = meeting(
      (sql) => sql.includes(`VALUES ('b2')`) && sql.includes('probe'),
      (connection) => kill(connection),
    );
    const result = await shop.migratorWith({ connect }).upgrade('head');
    expect(result.steps.map(({ revision }) => revision?.id)).toEqual(['a1', 'b2', 'c3']);
    expect(await stateOf(database)).toMatchObject({ rows: ['c3'] });
    expect(await probed()).toEqual(['a1', 'b2', 'c3']);
    expect(warnings()).toEqual([expect.stringMatching(/^upgrade of "b2" is tried again: /)]);
  });

  it('again and again: the error of the third try is told, nothing of the revision stays', async () => {
    shop.put('b2', {
      down: 'a1',
      upgrade: `op.execute("INSERT INTO probe VALUES ('b2')"); op.execute('SELECT pg_terminate_backend(pg_backend_pid())');`,
    });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error).toMatchObject({ code: 'E6003', facts: { revision: 'b2', sqlState: '57P01' } });
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'] });
    expect(await probed()).toEqual(['a1']);
    expect(warnings()).toHaveLength(2);
  });

  /** The text that ends with the COMMIT of b2 has its version row as well. */
  const atCommitOfB2 = (): ((sql: string) => boolean) => (sql) =>
    sql.includes(`SET version_num = 'b2'`) && /\nCOMMIT$/m.test(sql.replaceAll(';', ''));

  it('while COMMIT was delivered: the rows say that it was applied, and it does not run again (§3.4)', async () => {
    const connect = meeting(atCommitOfB2(), async (connection, run) => {
      await run();
      await kill(connection);
      throw lostAnswer();
    });
    const result = await shop.migratorWith({ connect }).upgrade('head');
    expect(result.steps.map(({ revision }) => revision?.id)).toEqual(['a1', 'b2', 'c3']);
    expect(await probed()).toEqual(['a1', 'b2', 'c3']);
    const finished = shop.events.filter(({ type }) => type === 'stepFinished');
    expect(finished).toHaveLength(3);
  });

  it('while COMMIT was not delivered: the rows say that it was not, and it runs again (§3.4)', async () => {
    const connect = meeting(atCommitOfB2(), async (connection) => {
      await kill(connection);
      throw lostAnswer();
    });
    await shop.migratorWith({ connect }).upgrade('head');
    expect(await stateOf(database)).toMatchObject({ rows: ['c3'] });
    expect(await probed()).toEqual(['a1', 'b2', 'c3']);
  });

  it("at the last COMMIT of a revision with transaction = 'none': it is not run a second time", async () => {
    shop.put('b2', {
      down: 'a1',
      more: `export const transaction = 'none';`,
      upgrade: `op.execute("INSERT INTO probe VALUES ('b2')");`,
    });
    const connect = meeting(atCommitOfB2(), async (connection) => {
      await kill(connection);
      throw lostAnswer();
    });
    const error = await errorOf(shop.migratorWith({ connect }).upgrade('head'));
    expect(error).toMatchObject({
      code: 'E5011',
      advice: expect.stringContaining('have happened'),
    });
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'] });
    expect(await probed()).toEqual(['a1', 'b2']);
  });

  it("before a revision with transaction = 'none': nothing was run, so it is tried again", async () => {
    shop.put('b2', {
      down: 'a1',
      more: `export const transaction = 'none';`,
      upgrade: `op.execute("INSERT INTO probe VALUES ('b2')");`,
    });
    const connect = meeting(
      (sql) => sql.includes('INSERT INTO "public"."alembic_version_ledger"'),
      async (connection, run) => {
        await run();
        await kill(connection);
        throw lostAnswer();
      },
    );
    await shop.migratorWith({ connect }).upgrade('head');
    expect(await stateOf(database)).toMatchObject({ rows: ['c3'] });
    expect(await probed()).toEqual(['a1', 'b2', 'c3']);
    expect(warnings()).toEqual([expect.stringMatching(/^upgrade of "b2" is tried again: /)]);
  });

  it('at COMMIT, with a server that does not come back: E5011, which claims nothing', async () => {
    let isDown = false;
    const connect = meeting(atCommitOfB2(), async (connection) => {
      isDown = true;
      await kill(connection);
      throw lostAnswer();
    });
    const controller = new AbortController();
    const migrator = shop.migratorWith({
      connect: async () => {
        if (!isDown) return connect();
        controller.abort(new Error('SIGTERM'));
        throw Object.assign(new Error('x'), { code: 'ECONNREFUSED', address: '::1', port: 1 });
      },
    });
    const error = await errorOf(migrator.upgrade('head', { signal: controller.signal }));
    expect(error).toMatchObject({
      code: 'E5011',
      facts: { rowsBefore: ['a1'], rowsAfter: ['b2'] },
      advice: expect.stringContaining('not known here'),
    });
  });

  it('while someone else goes on: the rest is planned from what they left', async () => {
    const connect = meeting(atCommitOfB2(), async (connection) => {
      await kill(connection);
      await shop.migrator.upgrade('head');
      throw lostAnswer();
    });
    const result = await shop.migratorWith({ connect }).upgrade('head');
    expect(result.rows).toEqual(['c3']);
    expect(result.steps.map(({ revision }) => revision?.id)).toEqual(['a1']);
    expect(await probed()).toEqual(['a1', 'b2', 'c3']);
  });

  it('while someone else goes on, with a relative target: E5002, since it would mean something else now', async () => {
    const connect = meeting(atCommitOfB2(), async (connection) => {
      await kill(connection);
      await shop.migrator.upgrade('head');
      throw lostAnswer();
    });
    const error = await errorOf(shop.migratorWith({ connect }).upgrade('+2'));
    expect(error).toMatchObject({ code: 'E5002', facts: { found: ['c3'] } });
    expect(await probed()).toEqual(['a1', 'b2', 'c3']);
  });
});

describe('a lock that is lost', () => {
  it('E5004 before any write of the next revision', async () => {
    shop.put('a1', { upgrade: `op.execute('SELECT pg_advisory_unlock_all()');` });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error).toMatchObject({ code: 'E5004', facts: { revision: 'b2' } });
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['probe'] });
    expect(warnings()).toEqual([expect.stringMatching(/^E5005/)]);
  });

  it('E5002 when the version rows were changed without the lock', async () => {
    const connect = meeting(
      (sql) => sql.startsWith('BEGIN') && sql.includes('FOR UPDATE'),
      async () => {
        await database.checker.query(`INSERT INTO alembic_version VALUES ('c3')`);
      },
    );
    const error = await errorOf(shop.migratorWith({ connect }).upgrade('head'));
    expect(error).toMatchObject({ code: 'E5002', facts: { expected: [], found: ['c3'] } });
    expect(await stateOf(database)).toMatchObject({ rows: ['c3'], tables: ['probe'] });
  });

  it('A6: what was read before the lock is read again under it', async () => {
    const holder = await database.connect();
    const { postgresSession } = await import('../../dialects/postgres/postgres-session.js');
    const lockName = { schema: 'public', name: 'alembic_version' };
    await postgresSession.tryLock(holder, lockName);
    const waiting = shop.migrator.upgrade('head', { lockTimeoutMs: 5_000 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await database.checker.query(
      `CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY);
       INSERT INTO alembic_version VALUES ('a1')`,
    );
    await postgresSession.unlock(holder, lockName);
    await holder.close();
    const result = await waiting;
    expect(result.steps.map(({ revision }) => revision?.id)).toEqual(['b2', 'c3']);
    expect(await probed()).toEqual(['b2', 'c3']);
  });
});

describe('a table that is locked by others', () => {
  const slow = { statementLockTimeoutMs: 100 };

  it('is tried again when the lock time-out is over (55P03)', async () => {
    await database.checker.query('CREATE TABLE busy (id int)');
    await database.checker.query('BEGIN; LOCK TABLE busy');
    shop.put('a1', { upgrade: `op.execute('ALTER TABLE busy ADD COLUMN a int');` });
    const running = shop.migratorWith(slow).upgrade('a1');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await database.checker.query('COMMIT');
    expect((await running).rows).toEqual(['a1']);
    expect(warnings()[0]).toMatch(/lock timeout/);
  });

  it('is given up after three tries, naming the statement', async () => {
    await database.checker.query('CREATE TABLE busy (id int)');
    await database.checker.query('BEGIN; LOCK TABLE busy');
    shop.put('a1', { upgrade: `op.execute('ALTER TABLE busy ADD COLUMN a int');` });
    const error = await errorOf(shop.migratorWith(slow).upgrade('head'));
    await database.checker.query('COMMIT');
    expect(error).toMatchObject({ code: 'E6003', facts: { sqlState: '55P03', revision: 'a1' } });
    expect(error.message).toContain('pg_blocking_pids() say who; statementLockTimeoutMs');
    expect(warnings()).toHaveLength(2);
    expect((await stateOf(database)).rows).toEqual([]);
  });

  it('a socket error of the revision itself is no reason to try again', async () => {
    shop.put('a1', {
      upgrade: `throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });`,
    });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code: 'E6004' });
    expect(warnings()).toEqual([]);
  });
});

describe('an AbortSignal', () => {
  it('E6013 between two revisions; what has finished stays', async () => {
    const controller = new AbortController();
    const migrator = shop.migratorWith({
      onEvent: (event) => {
        if (event.type === 'stepFinished') controller.abort(new Error('SIGTERM'));
      },
    });
    const error = await errorOf(migrator.upgrade('head', { signal: controller.signal }));
    expect(error).toMatchObject({ code: 'E6013', cause: new Error('SIGTERM') });
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'] });
  });
});

describe('the session', () => {
  it('is ended, not given back, when it was set up for migrating; given back when it only read', async () => {
    const ends: string[] = [];
    const connect = async (): Promise<Connection> => {
      const connection = await connectClient(database.url);
      const end = (kind: string) => async () => {
        ends.push(kind);
        await connection.close();
      };
      return { ...connection, close: end('close'), destroy: end('destroy') };
    };
    const migrator = shop.migratorWith({ connect });
    await migrator.upgrade('head');
    await migrator.upgrade('head');
    await migrator.current();
    expect(ends).toEqual(['destroy', 'close', 'close']);
  });
});
