import { readFileSync } from 'node:fs';
import { column, model, ofEntity, table } from '../../autogenerate/model.fixture.js';
import type { Connection } from '../../dialects/common/connection.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Column, Table } from '../../schema/schema-model.js';
import { connectClient } from '../testing/database.fixture.js';
import { createWorkshop, errorOf, leaksOf, reset } from '../testing/migrator.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import type { MigratorOptions } from '../migrator-options.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
let shop: Workshop;
let ids = 0;

const account =
  (nick: Column, rest: Partial<Table> = {}) =>
  () =>
    model([
      ofEntity(
        'Account',
        table('account', [column('id', 'integer', { nullable: false }), nick], {
          primaryKey: { name: 'account_pkey', columns: ['id'] },
          ...rest,
        }),
      ),
    ]);
const NICK = column('nick', 'text');
const CLOSED = account({ ...NICK, nullable: false });

const migratorOf = (options: Partial<MigratorOptions>) =>
  shop.migratorWith({ newId: () => `rev${(ids += 1)}`, ...options });
const revise = (options: Partial<MigratorOptions>) =>
  migratorOf(options).revision({ autogenerate: true });
const warnings = () =>
  shop.events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
const run = async (sql: string) => (await database.checker.query(sql)).rows;

/** A session in which something happens before rows are counted. */
const countingAfter = (first: (connection: Connection) => Promise<unknown>) => async () => {
  const connection = await connectClient(database.url);
  const query: Connection['query'] = async (sql, parameters) => {
    if (sql.includes('count(*) AS "rows"')) await first(connection);
    return connection.query(sql, parameters);
  };
  return { ...connection, query };
};

async function start(nick = NICK): Promise<void> {
  await reset(database);
  shop = createWorkshop(database, { dialect: postgresDialect });
  await revise({ targetSchema: account(nick) });
  await shop.migrator.upgrade('head');
  await run('INSERT INTO account (id, nick) VALUES (1, NULL)');
}
afterEach(async () => {
  await run('ROLLBACK');
  shop.remove();
  expect(await leaksOf(database)).toEqual([]);
});

const FILL = /UPDATE "account" SET "nick" = (\w+) WHERE "nick" IS NULL/;

describe('the rows in the way', () => {
  it('are counted without writing, whatever a new check calls', async () => {
    await start();
    await run(`CREATE TABLE called (id int); CREATE FUNCTION writes(int) RETURNS boolean LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO called VALUES ($1); RETURN true; END $$`);
    const checks = [{ name: 'ck', expression: 'writes(id)' }];
    await revise({ targetSchema: account(NICK, { checks }) });
    expect(await run('SELECT * FROM called')).toEqual([]);
    expect(warnings()).toEqual([
      expect.stringMatching(/is not known .*read-only transaction.*count\(\*\)/),
    ]);
    await run('DROP TABLE called CASCADE; DROP FUNCTION writes CASCADE');
  });

  it.each<[string, Partial<MigratorOptions>, (connection: Connection) => Promise<unknown>, RegExp]>(
    [
      [
        'a lock that is not to be had',
        { statementLockTimeoutMs: 50 },
        () => database.checker.query('BEGIN; LOCK account'),
        /lock timeout/,
      ],
      [
        'a statement that takes too long',
        { statementLockTimeoutMs: 0, statementTimeoutMs: 50 },
        () => database.checker.query('BEGIN; LOCK account'),
        /statement timeout/,
      ],
      [
        'a right that is missing',
        {},
        async (connection) => {
          await database.checker.query('GRANT USAGE ON SCHEMA public TO pg_monitor');
          await connection.query('SET LOCAL ROLE pg_monitor');
        },
        /permission denied/,
      ],
    ],
  )('%s: there may be rows, so the column is closed in steps', async (_, options, first, said) => {
    await start();
    const connect = countingAfter(first);
    const { file = '', rowsInTheWay } = await revise({
      ...options,
      connect,
      targetSchema: CLOSED,
    });
    expect(rowsInTheWay).toBeUndefined();
    expect(readFileSync(file, 'utf8')).toMatch(FILL);
    expect(warnings()).toEqual([expect.stringMatching(said)]);
    expect(warnings()[0]).toContain('SELECT count(*)');
  });

  it('a connection that is lost ends the command, and nothing is written', async () => {
    await start();
    const connect = countingAfter(async (connection) => {
      const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await database.checker.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    });
    const error = await errorOf(revise({ connect, targetSchema: CLOSED }));
    expect(error).toMatchObject({ code: 'E5010' });
    expect(warnings()).toEqual([]);
  });

  it('a check of a column that comes in the same revision is not asked about', async () => {
    await start();
    const targetSchema = account(NICK, {
      columns: [column('id', 'integer', { nullable: false }), NICK, column('born', 'date')],
      checks: [{ name: 'ck', expression: 'born IS NULL' }],
    });
    const { rowsInTheWay } = await revise({ targetSchema });
    expect({ rowsInTheWay, said: warnings() }).toEqual({ said: [] });
  });
});

describe('a column that becomes NOT NULL', () => {
  it.each<[string, Column, Column, string]>([
    [
      'is filled with the default that it has',
      { ...NICK, default: `'x'::text` },
      { ...NICK, default: `'x'::text`, nullable: false },
      'DEFAULT',
    ],
    [
      'is filled with a new one',
      NICK,
      { ...NICK, default: `'x'::text`, nullable: false },
      'DEFAULT',
    ],
    [
      'is filled by hand where the default goes',
      { ...NICK, default: `'x'::text` },
      { ...NICK, nullable: false },
      'NULL',
    ],
  ])('%s', async (_, before, after, value) => {
    await start(before);
    const migrator = migratorOf({ targetSchema: account(after) });
    const { file = '', rowsInTheWay } = await migrator.revision({ autogenerate: true });
    expect(rowsInTheWay).toEqual([expect.objectContaining({ rows: 1 })]);
    expect(FILL.exec(readFileSync(file, 'utf8'))?.[1]).toBe(value);
    if (value === 'NULL') return;
    await migrator.upgrade('head');
    expect(await run('SELECT nick FROM account')).toEqual([{ nick: 'x' }]);
    expect((await migrator.check()).changes).toEqual([]);
  });
});
