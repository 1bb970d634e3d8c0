import { model, table } from '../../autogenerate/model.fixture.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { connectClient, createSpecDatabase } from '../testing/database.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { createWorkshop, errorOf, leaksOf, reset, stateOf } from '../testing/migrator.fixture.js';

let database: SpecDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await createSpecDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await reset(database);
  shop = createWorkshop(database, { dialect: postgresDialect });
});
afterEach(async () => {
  shop.remove();
  expect(await leaksOf(database)).toEqual([]);
});

const chain = (...ids: string[]): void =>
  ids.forEach((id, at) => shop.put(id, { down: ids[at - 1] ?? null }));

describe('rights and connections', () => {
  const role = `core_role_${process.pid}`;
  beforeAll(() => database.checker.query(`CREATE ROLE ${role} LOGIN`));
  afterAll(() => database.checker.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`));
  const connectAs = async () => {
    const url = new URL(database.url);
    url.username = role;
    return connectClient(url.href);
  };

  beforeEach(() => chain('a1', 'b2'));

  it.each([
    ['no right to read', ''],
    ['no right to write', 'SELECT'],
    ['no right to update', 'SELECT, INSERT, DELETE'],
  ])('B100: E4008 with %s, before any DDL', async (_, rights) => {
    await shop.migrator.upgrade('a1');
    await database.checker.query(`GRANT USAGE, CREATE ON SCHEMA public TO ${role}`);
    if (rights !== '')
      await database.checker.query(`GRANT ${rights} ON alembic_version TO ${role}`);
    const error = await errorOf(shop.migratorWith({ connect: connectAs }).upgrade('head'));
    expect(error).toMatchObject({ code: 'E4008' });
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['t_a1'] });
  });

  it('E4008 names the ledger where that cannot be read: a revision may have been left unfinished', async () => {
    await shop.migrator.upgrade('a1');
    await database.checker.query(
      `GRANT USAGE ON SCHEMA public TO ${role}; GRANT ALL ON alembic_version, alembic_version_log TO ${role}`,
    );
    const error = await errorOf(shop.migratorWith({ connect: connectAs }).upgrade('head'));
    expect(error).toMatchObject({
      code: 'E4008',
      facts: { ledger: 'alembic_version_ledger' },
    });
    await database.checker.query(
      `GRANT ALL ON alembic_version_ledger TO ${role}; GRANT CREATE ON SCHEMA public TO ${role}`,
    );
    const { rows } = await shop.migratorWith({ connect: connectAs }).upgrade('head');
    expect(rows).toEqual(['b2']);
  });

  it('E4008 where the role may not make the version table', async () => {
    await database.checker.query(`GRANT USAGE ON SCHEMA public TO ${role}`);
    const error = await errorOf(shop.migratorWith({ connect: connectAs }).upgrade('head'));
    expect(error).toMatchObject({ code: 'E4008' });
  });

  it('E4008 says what cannot be made: the log beside a table of Alembic, or a table in a schema that is not there', async () => {
    await database.checker.query(
      `CREATE TABLE alembic_version (version_num varchar(32) NOT NULL); GRANT ALL ON alembic_version TO ${role};
       GRANT USAGE ON SCHEMA public TO ${role}`,
    );
    const noLog = await errorOf(shop.migratorWith({ connect: connectAs }).upgrade('head'));
    expect(noLog.problem).toMatch(/^the log of version table "public.alembic_version" cannot be/);
    const nowhere = shop.migratorWith({ versionTableSchema: 'nowhere' });
    expect(await errorOf(nowhere.upgrade('head'))).toMatchObject({
      code: 'E4008',
      advice: expect.stringContaining('Create that schema'),
    });
  });

  it.each(['alembic_version', 'alembic_version_log', 'alembic_version_ledger'])(
    'E4008 where row-level security hides rows of %s: what is applied would look as if it were not',
    async (table) => {
      await shop.migrator.upgrade('a1');
      await database.checker.query(
        `GRANT ALL ON SCHEMA public TO ${role}; GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role};
         ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
      );
      const migrator = shop.migratorWith({ connect: connectAs });
      for (const ask of [() => migrator.current(), () => migrator.upgrade('head')])
        expect(await errorOf(ask())).toMatchObject({
          code: 'E4008',
          problem: expect.stringContaining(`"${table}"`),
          facts: { tables: [table] },
        });
      expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['t_a1'] });
      expect((await shop.migrator.current()).rows).toEqual(['a1']);
    },
  );

  it.each([
    ['a table of someone else', `op.addColumn('t_a1', 'b', 'int')`, 'as the owner of table t_a1'],
    ['the database', `op.createSchema('more')`, 'GRANT CREATE ON DATABASE'],
    ['a schema', `op.execute('CREATE TABLE closed.t ()')`, 'GRANT USAGE ON SCHEMA "closed" TO'],
    ['the rows of a table', `op.execute('DELETE FROM t_a1')`, 'on table t_a1'],
  ])('E6003 says which right on %s is missing, and nothing is kept', async (_, call, advice) => {
    await database.checker.query('DROP SCHEMA IF EXISTS closed; CREATE SCHEMA closed');
    await shop.migrator.upgrade('a1');
    await database.checker.query(
      `GRANT ALL ON SCHEMA public TO ${role}; GRANT ALL ON alembic_version, alembic_version_log, alembic_version_ledger TO ${role}`,
    );
    shop.put('b2', {
      down: 'a1',
      upgrade: `await op.createTable('kept', (t: any) => [t.column('id', 'int')]); await ${call};`,
    });
    const error = await errorOf(shop.migratorWith({ connect: connectAs }).upgrade('head'));
    expect(error).toMatchObject({ code: 'E6003', advice: expect.stringContaining(advice) });
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['t_a1'] });
  });

  it('CLI-73: a role that may only read can run current, which creates nothing', async () => {
    await database.checker.query(`GRANT USAGE ON SCHEMA public TO ${role}`);
    const migrator = shop.migratorWith({ connect: connectAs });
    expect(await migrator.current()).toMatchObject({ rows: [], revisions: [], isAtHead: false });
    expect((await stateOf(database)).rows).toBeUndefined();
    await shop.migrator.upgrade('a1');
    await database.checker.query(`GRANT SELECT ON alembic_version TO ${role}`);
    expect(await migrator.current()).toMatchObject({
      rows: ['a1'],
      revisions: [{ id: 'a1', isCurrent: true }],
      heads: ['b2'],
    });
  });

  it('B109: E5003 for a session that cannot write, with nothing written', async () => {
    const connect = async () => {
      const connection = await connectClient(database.url);
      await connection.query('SET default_transaction_read_only = on');
      return connection;
    };
    expect(await errorOf(shop.migratorWith({ connect }).upgrade('head'))).toMatchObject({
      code: 'E5003',
    });
    expect((await stateOf(database)).rows).toBeUndefined();
    expect(await shop.migratorWith({ connect }).current()).toMatchObject({ rows: [] });
  });

  it('E5012 where a search path leads nowhere: nothing is compared with it, and nothing written', async () => {
    const connect = async () => {
      const connection = await connectClient(database.url);
      await connection.query(`SELECT set_config('search_path', 'nowhere', false)`);
      return connection;
    };
    const targetSchema = () => model([table('t', [])]);
    const lost = shop.migratorWith({ connect, targetSchema });
    expect(await errorOf(lost.upgrade('head'))).toMatchObject({ code: 'E5012' });
    expect((await stateOf(database)).rows).toBeUndefined();
    await shop.migrator.upgrade('head');
    const elsewhere = { connect, targetSchema, versionTableSchema: 'public' };
    const error = await errorOf(shop.migratorWith(elsewhere).check());
    expect(error).toMatchObject({ code: 'E5012', facts: { database: database.name } });
  });

  it.each([
    ['a port where nobody listens', (url: URL) => (url.port = '1'), '127.0.0.1:1'],
    ['a database that is not there', (url: URL) => (url.pathname = '/nope'), '"nope"'],
    ['a URL that is none', undefined, 'cannot be parsed'],
  ])('B110: E5010 for %s, without the password', async (_, change, text) => {
    const connect = async () => {
      if (change === undefined) {
        new URL('postgres://user:c4nary@[bad');
      }
      const url = new URL(database.url);
      url.password = 'c4nary';
      change?.(url);
      return connectClient(url.href);
    };
    const error = await errorOf(shop.migratorWith({ connect }).upgrade('head'));
    expect(error).toMatchObject({ code: 'E5010', message: expect.stringContaining(text) });
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 9 })).not.toContain('c4nary');
  });

  it('D13: need no database for heads, history and show', async () => {
    const connect = async () => Promise.reject(new Error('must not connect'));
    const migrator = shop.migratorWith({ connect });
    expect((await migrator.heads()).map(({ id }) => id)).toEqual(['b2']);
    expect((await migrator.history()).map(({ id }) => id)).toEqual(['b2', 'a1']);
    expect(await migrator.show('a1')).toMatchObject([{ id: 'a1', children: ['b2'], isBase: true }]);
    await expect(migrator.history({ indicateCurrent: true })).rejects.toThrow('must not connect');
  });

  it('CLI-62 to CLI-65: history takes a range, and marks what is current', async () => {
    shop.put('c3', { down: 'b2' });
    await shop.migrator.upgrade('b2');
    const ids = async (range: string) =>
      (await shop.migrator.history({ range })).map(({ id }) => id);
    expect(await ids('a1:b2')).toEqual(['b2', 'a1']);
    expect(await ids('current:')).toEqual(['c3', 'b2']);
    const marked = await shop.migrator.history({ indicateCurrent: true });
    expect(marked.map(({ isCurrent }) => isCurrent)).toEqual([false, true, false]);
    expect((await shop.migrator.show('current')).map(({ id }) => id)).toEqual(['b2']);
    // Rows only: what a row implies by a dependency is applied, and no row.
    shop.put('d4', { dependsOn: 'b2' });
    await shop.migrator.upgrade('d4');
    const current = (await shop.migrator.history({ indicateCurrent: true })).filter(
      ({ isCurrent }) => isCurrent,
    );
    expect(current.map(({ id }) => id)).toEqual(['d4']);
    expect(await errorOf(shop.migrator.history({ range: 'a1' }))).toMatchObject({ code: 'E7007' });
  });

  it.each([
    ['a1:b2', 'E7007'],
    ['zz', 'E1017'],
    ['+5', 'E1014'],
  ])('refuse the target %s', async (target, code) => {
    expect(await errorOf(shop.migrator.upgrade(target))).toMatchObject({ code });
    expect((await stateOf(database)).rows).toBeUndefined();
  });

  it('CLI-58: refuse a downgrade to what is not below', async () => {
    await shop.migrator.upgrade('a1');
    expect(await errorOf(shop.migrator.downgrade('b2'))).toMatchObject({ code: 'E1015' });
    expect(await errorOf(shop.migrator.downgrade('-3'))).toMatchObject({ code: 'E1014' });
  });

  it('B112: refuse a lock time-out that is none', async () => {
    for (const lockTimeoutMs of [-1, NaN, Infinity])
      expect(await errorOf(shop.migrator.upgrade('head', { lockTimeoutMs }))).toMatchObject({
        code: 'E9002',
      });
  });
});
