import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { connectClient } from '../testing/database.fixture.js';
import type { Migrator } from '../migrator-api.js';
import { counting, errorOf, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });
let migrator: Migrator;

beforeEach(() => {
  migrator = shop.migratorWith({ transactionPerRevision: false });
  shop.put('a1');
  shop.put('b2', { down: 'a1' });
});

describe('a run as one transaction (transactionPerRevision: false)', () => {
  it('ENV-23, MIG-03: goes up and down, with rows and log as otherwise', async () => {
    shop.put('c3', {
      down: 'b2',
      upgrade: `op.execute('CREATE TABLE xid AS SELECT DISTINCT xmin::text AS id FROM alembic_version_log')`,
      downgrade: '',
    });
    expect((await migrator.upgrade('head')).rows).toEqual(['c3']);
    expect(await stateOf(database)).toMatchObject({
      rows: ['c3'],
      tables: ['t_a1', 't_b2', 'xid'],
      log: ['upgrade a1', 'upgrade b2', 'upgrade c3'],
    });
    const { rows } = await database.checker.query('SELECT count(*)::int AS transactions FROM xid');
    expect(rows).toEqual([{ transactions: 1 }]);
    expect(shop.events.map(({ type }) => type)).toEqual([
      'lockAcquired',
      'planStarted',
      ...['a1', 'b2', 'c3'].flatMap(() => ['stepStarted', 'statementExecuted', 'stepFinished']),
    ]);
    await migrator.downgrade('a1');
    expect((await stateOf(database)).rows).toEqual(['a1']);
  });

  it('MIG-06: a failure takes back every step, version rows too', async () => {
    shop.put('c3', { down: 'b2', upgrade: `op.execute('SELECT 1/0');` });
    const error = await errorOf(migrator.upgrade('head'));
    expect(error).toMatchObject({
      code: 'E6003',
      facts: { revision: 'c3' },
      advice: expect.stringContaining('nothing of it was kept'),
    });
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: [], log: [] });
  });

  it('costs one round trip for each revision with one statement, and four besides', async () => {
    await migrator.upgrade('a1');
    shop.put('c3', { down: 'b2' });
    const trips: string[] = [];
    const connect = async () =>
      counting(await connectClient(database.url), (sql) => trips.push(sql));
    await shop.migratorWith({ transactionPerRevision: false, connect }).upgrade('head');
    expect(trips).toHaveLength(5);
  });

  it('E4011 names the change that met another number of rows, though it is sent with what comes after it', async () => {
    await migrator.upgrade('a1');
    await database.checker.query(
      `CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
       CREATE TRIGGER nothing BEFORE UPDATE ON alembic_version FOR EACH ROW EXECUTE FUNCTION nothing()`,
    );
    shop.put('c3', { down: 'b2' });
    expect(await errorOf(migrator.upgrade('head'))).toMatchObject({
      code: 'E4011',
      facts: { change: { action: 'update', from: 'a1', to: 'b2' }, rowCount: 0 },
    });
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['t_a1'] });
  });

  it.each([
    ["exports transaction = 'none'", { more: `export const transaction = 'none';` }],
    [
      'has an operation that the server takes only outside',
      { upgrade: `op.createIndex('ix', 't_a1', ['id'], { concurrently: true });` },
    ],
    ['has an autocommitBlock', { upgrade: `op.autocommitBlock(() => op.execute('VACUUM'));` }],
    [
      'uses a value that it adds to a type',
      {
        upgrade: `op.createEnum('mood', ['a']); op.alterEnum('mood', ['a'], ['a', 'b']);
          op.execute("SELECT 'b'::mood");`,
      },
    ],
  ])('E6014 before anything runs, for a revision that %s', async (_, revision) => {
    shop.put('c3', { down: 'b2', ...revision });
    const error = await errorOf(migrator.upgrade('head'));
    expect(error).toMatchObject({ code: 'E6014', facts: { revision: 'c3' } });
    expect(await stateOf(database)).toMatchObject({ rows: undefined, tables: [] });
    expect(shop.events.filter(({ type }) => type === 'stepStarted')).toEqual([]);
    expect(await errorOf(migrator.upgrade('head', { sql: true }))).toMatchObject({ code: 'E6014' });
    expect((await shop.migrator.upgrade('head')).rows).toEqual(['c3']);
  });

  it('E6014 when it is reached, behind a query that hides it; nothing stays', async () => {
    shop.put('c3', {
      down: 'b2',
      upgrade: `await ctx.query('SELECT 1'); op.createIndex('ix', 't_a1', ['id'], { concurrently: true });`,
    });
    expect(await errorOf(migrator.upgrade('head'))).toMatchObject({ code: 'E6014' });
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: [] });
  });

  it('SCN-32: a script has one BEGIN and one COMMIT; one for each revision otherwise', async () => {
    const sql = (await migrator.upgrade('head', { sql: true })).sql ?? '';
    expect(sql.match(/^(BEGIN|COMMIT);$/gm)).toEqual(['BEGIN;', 'COMMIT;']);
    expect(sql.startsWith('BEGIN;\n')).toBe(true);
    expect(sql.endsWith('\nCOMMIT;\n\n')).toBe(true);
    const each = (await shop.migrator.upgrade('head', { sql: true })).sql ?? '';
    expect(each.match(/^(BEGIN|COMMIT);$/gm)).toEqual(['BEGIN;', 'COMMIT;', 'BEGIN;', 'COMMIT;']);
  });

  it('is a choice of one run as well', async () => {
    shop.put('c3', { down: 'b2', upgrade: `op.execute('SELECT 1/0');` });
    await errorOf(shop.migrator.upgrade('head', { transactionPerRevision: false }));
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: [] });
    await errorOf(migrator.upgrade('head', { transactionPerRevision: true }));
    expect(await stateOf(database)).toMatchObject({ rows: ['b2'] });
  });
});

describe('time-outs and retries', () => {
  it('statementTimeoutMs ends a statement in a transaction (57014), and is no reason to try again', async () => {
    shop.put('c3', { down: 'b2', upgrade: `op.execute('SELECT pg_sleep(30)');` });
    const error = await errorOf(shop.migratorWith({ statementTimeoutMs: 200 }).upgrade('head'));
    expect(error).toMatchObject({ code: 'E6003', facts: { sqlState: '57014', revision: 'c3' } });
    expect(await stateOf(database)).toMatchObject({ rows: ['b2'] });
  });

  it('revisionTries and retryPauseMs say how often and when; each try is an event', async () => {
    await database.checker.query('CREATE TABLE busy (id int)');
    await database.checker.query('BEGIN; LOCK TABLE busy');
    shop.put('a1', { upgrade: `op.execute('ALTER TABLE busy ADD COLUMN a int');` });
    const options = { statementLockTimeoutMs: 20, revisionTries: 5, retryPauseMs: 10 };
    const error = await errorOf(shop.migratorWith(options).upgrade('head'));
    await database.checker.query('COMMIT');
    expect(error).toMatchObject({ code: 'E6003', facts: { sqlState: '55P03' } });
    const retries = shop.events.filter((event) => event.type === 'retrying');
    expect(retries).toMatchObject(
      [1, 2, 3, 4].map((tries) => ({ tries, mostTries: 5, step: { revision: { id: 'a1' } } })),
    );
    const pauses = retries.map(({ pauseMs }) => pauseMs);
    pauses.forEach((pause, at) => {
      expect(pause).toBeGreaterThanOrEqual(10 * 2 ** at);
      expect(pause).toBeLessThanOrEqual(20 * 2 ** at);
    });
  });

  it.each([
    [0, [10, 20]],
    [0.999, [20, 40]],
  ])('the pause has jitter: where chance says %d it is %j', async (chance, pauses) => {
    await database.checker.query('CREATE TABLE busy (id int)');
    await database.checker.query('BEGIN; LOCK TABLE busy');
    shop.put('a1', { upgrade: `op.execute('ALTER TABLE busy ADD COLUMN a int');` });
    const options = { statementLockTimeoutMs: 20, revisionTries: 3, retryPauseMs: 10 };
    const random = jest.spyOn(Math, 'random').mockReturnValue(chance);
    await errorOf(shop.migratorWith(options).upgrade('head'));
    random.mockRestore();
    await database.checker.query('COMMIT');
    const retries = shop.events.filter((event) => event.type === 'retrying');
    expect(retries.map(({ pauseMs }) => pauseMs)).toEqual(pauses);
  });

  it('revisionTries: 1 never tries again', async () => {
    await database.checker.query('CREATE TABLE busy (id int)');
    await database.checker.query('BEGIN; LOCK TABLE busy');
    shop.put('a1', { upgrade: `op.execute('ALTER TABLE busy ADD COLUMN a int');` });
    const options = { statementLockTimeoutMs: 20, revisionTries: 1 };
    await errorOf(shop.migratorWith(options).upgrade('head'));
    await database.checker.query('COMMIT');
    expect(shop.events.filter((event) => event.type === 'retrying')).toEqual([]);
  });

  it('a revision that has committed a part is not tried again', async () => {
    await database.checker.query('CREATE TABLE busy (id int); CREATE TABLE free (id int)');
    await database.checker.query('BEGIN; LOCK TABLE busy');
    shop.put('a1', {
      upgrade: `await op.createIndex('ix', 'free', ['id'], { concurrently: true });
        op.execute('ALTER TABLE busy ADD COLUMN a int');`,
    });
    const error = await errorOf(shop.migratorWith({ statementLockTimeoutMs: 20 }).upgrade('head'));
    await database.checker.query('COMMIT');
    expect(error).toMatchObject({ code: 'E6003', advice: expect.stringContaining('1 of its') });
    expect(shop.events.filter((event) => event.type === 'retrying')).toEqual([]);
  });

  it('a serialization failure and a deadlock are tried again', async () => {
    await database.checker.query('CREATE TABLE tries (n int); CREATE SEQUENCE attempt');
    for (const state of ['40001', '40P01']) {
      shop.put(`r${state.toLowerCase()}`, {
        down: state === '40001' ? 'b2' : 'r40001',
        upgrade: `await op.execute("DO $$ BEGIN IF nextval('attempt') % 2 = 1 THEN RAISE EXCEPTION 'again' USING ERRCODE = '${state}'; END IF; END $$");`,
      });
    }
    expect((await shop.migrator.upgrade('head')).rows).toEqual(['r40p01']);
    expect(shop.events.filter((event) => event.type === 'retrying')).toHaveLength(2);
  });
});

describe('events after each step (ENV-38)', () => {
  it('ENV-38: tell the step and the rows after it, also of a stamp; a listener that is no function is refused', async () => {
    await shop.migrator.upgrade('head');
    await shop.migrator.downgrade('-1');
    await shop.migrator.stamp(['b2']);
    const applied = shop.events.flatMap((event) =>
      event.type === 'stepFinished' ? [[event.step.direction, event.rows]] : [],
    );
    expect(applied).toEqual([
      ['upgrade', ['a1']],
      ['upgrade', ['b2']],
      ['downgrade', ['a1']],
      ['stamp', ['b2']],
    ]);
    expect(() => shop.migratorWith({ onEvent: 'listener' as never })).toThrow(/E9002|onEvent/);
  });
});
