import { setTimeout as sleep } from 'node:timers/promises';
import type { Attempt, Connection, QueryResult } from '../../dialects/common/connection.js';
import type { Dialect } from '../../dialects/common/dialect.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { argument } from '../../operations/own/argument.js';
import { defineOperation } from '../../operations/own/define-operation.js';
import { replaceOperation } from '../../operations/own/replace-operation.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { connectClient, createSpecDatabase } from '../testing/database.fixture.js';
import type { MigrationEvent } from '../events.js';
import type { Migrator } from '../migrator-api.js';
import type { MigratorOptions } from '../migrator-options.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import {
  counting,
  createWorkshop,
  errorOf,
  leaksOf,
  reset,
  stateOf,
} from '../testing/migrator.fixture.js';

let database: SpecDatabase;
let shop: Workshop;
/** What happened, in order. */
let marks: string[];

beforeAll(async () => {
  database = await createSpecDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await reset(database);
  marks = [];
  shop = createWorkshop(database, { dialect: marking });
});
afterEach(async () => {
  shop.remove();
  expect(await leaksOf(database)).toEqual([]);
});

const vacuum = defineOperation({
  name: 'vacuum',
  parameters: [['table', argument.name]],
  describe: ({ table }) => `vacuum ${table}`,
  touches: () => [],
  compile: ({ table }, { identifier }) => `VACUUM ${identifier(table)}`,
});

/** Marks what is compiled. */
const marking: Dialect = {
  ...postgresDialect,
  compile: (operation, server) => {
    if ('table' in operation) marks.push(`made ${(operation.table as { name: string }).name}`);
    return postgresDialect.compile(operation, server);
  },
};

/** Marks what is sent and answered; an answer may be another one, or come later. */
const migratorOf = (
  answer: (sql: string, send: () => Promise<Attempt>) => Promise<Attempt> = (_, send) => send(),
  options: Partial<MigratorOptions> = {},
): Migrator =>
  shop.migratorWith({
    connect: async (): Promise<Connection> => {
      const own = await connectClient(database.url);
      const attempt = async (sql: string): Promise<Attempt> => {
        const id = /'upgrade', '\["(\w+)"\]/.exec(sql)?.[1] ?? 'a part';
        marks.push(`sent ${id}`);
        const told = await answer(sql, () => own.attempt!(sql));
        // What comes next needs a moment to be got ready.
        await sleep(50);
        marks.push(`answered ${id}`);
        return told;
      };
      const seen = counting(own, (sql) => /t_a1/.test(sql) && marks.push('sent something'));
      // The end of a revision whose statements were sent before it.
      const script = async (sql: string): Promise<readonly QueryResult[]> => {
        const results = await seen.script(sql);
        const id = /'upgrade', '\["(\w+)"\]/.exec(sql)?.[1];
        await sleep(50);
        if (id !== undefined) marks.push(`answered ${id}`);
        return results;
      };
      return { ...seen, attempt, script };
    },
    ...options,
  });

/** Revisions that make the tables t_a1, t_b2, t_c3. */
const putThree = (): void =>
  ['a1', 'b2', 'c3'].forEach((id, at, ids) => shop.put(id, { down: ids[at - 1] ?? null }));

const onceAt = (
  id: string,
  incident: (send: () => Promise<Attempt>) => Promise<Attempt>,
): ((sql: string, send: () => Promise<Attempt>) => Promise<Attempt>) => {
  let happened = false;
  return (sql, send) => {
    if (happened || !sql.includes(`["${id}"]`)) return send();
    happened = true;
    return incident(send);
  };
};

const failing = (code: string, message: string): Error =>
  Object.assign(new Error(message), { code });

const inOrder = ['made t_a1', 'sent a1', 'made t_b2', 'answered a1', 'sent b2', 'made t_c3'];

describe('a revision that only says op', () => {
  it('is made while the server works on the one before it, and sent when that is done', async () => {
    putThree();
    await migratorOf().upgrade('head');
    expect(marks).toEqual([...inOrder, 'answered b2', 'sent c3', 'answered c3']);
    expect(await stateOf(database)).toEqual({
      rows: ['c3'],
      tables: ['t_a1', 't_b2', 't_c3'],
      log: ['upgrade a1', 'upgrade b2', 'upgrade c3'],
    });
  });

  it('is told as begun when its turn has come, and its duration begins then', async () => {
    putThree();
    const slowly = onceAt('a1', async (send) => (await sleep(400), send()));
    await migratorOf(slowly).upgrade('head');
    const told = shop.events.flatMap((event) =>
      event.type === 'stepStarted' || event.type === 'stepFinished'
        ? [`${event.type} ${event.step.revision?.id}`]
        : [],
    );
    expect(told.slice(0, 3)).toEqual(['stepStarted a1', 'stepFinished a1', 'stepStarted b2']);
    const { rows } = await database.checker.query(
      `SELECT duration_ms::int AS took FROM alembic_version_log WHERE revision = 'b2'`,
    );
    expect(rows[0].took).toBeLessThan(400);
  });

  it('its own SQL takes as long as it takes from then on', async () => {
    shop.put('a1');
    shop.put('b2', { down: 'a1', upgrade: `await op.execute('INSERT INTO t_a1 VALUES (1)');` });
    const slowly = onceAt('a1', async (send) => (await sleep(400), send()));
    let insertMs = Infinity;
    let stepMs = 0;
    const onEvent = (event: MigrationEvent): void => {
      if (event.type === 'stepFinished') stepMs = event.durationMs;
      if (event.type === 'statementExecuted' && event.sql.startsWith('INSERT'))
        insertMs = event.durationMs;
    };
    await migratorOf(slowly, { onEvent }).upgrade('head');
    const { rows } = await database.checker.query(
      `SELECT duration_ms::int AS took FROM alembic_version_log WHERE revision = 'b2'`,
    );
    expect(insertMs).toBeLessThan(stepMs);
    expect(rows[0].took).toBeLessThanOrEqual(Math.ceil(stepMs));
  });

  it('with more than one text: the first of them waits as well', async () => {
    shop.put('a1');
    const long = Array.from(
      { length: 70 },
      (_, at) => `await op.addColumn('t_a1', 'c${at}', 'int');`,
    );
    shop.put('b2', { down: 'a1', upgrade: long.join('\n') });
    await migratorOf().upgrade('head');
    expect(marks.filter((mark) => !mark.startsWith('made'))).toEqual([
      ...['sent a1', 'answered a1'],
      ...['sent a part', 'answered a part', 'sent b2', 'answered b2'],
    ]);
    expect(marks.indexOf('made t_a1', 2)).toBeLessThan(marks.indexOf('answered a1'));
  });

  it.each([
    [
      'builds an index concurrently',
      `await op.createIndex('i', 't_a1', ['id'], { concurrently: true });`,
    ],
    ['runs SQL', `await op.execute('INSERT INTO t_a1 VALUES (1)');`],
    ['runs SQL with parameters', `await op.execute('INSERT INTO t_a1 VALUES (:one)', { one: 1 });`],
  ])('and %s: that waits', async (_what, upgrade) => {
    shop.put('a1');
    shop.put('b2', { down: 'a1', upgrade });
    await migratorOf().upgrade('head');
    expect(marks.indexOf('sent something')).toBeGreaterThan(marks.indexOf('answered a1'));
    expect(await stateOf(database)).toMatchObject({
      rows: ['b2'],
      log: ['upgrade a1', 'upgrade b2'],
    });
  });
});

describe('a revision is called in its turn', () => {
  it.each([
    [
      'it says more than op',
      `globalThis.process; await op.createTable('t_b2', (t: any) => [t.column('id', 'int')]);`,
      {},
    ],
    ['it asks', `await op.addColumn('t_a1', 'n', 'int'); await ctx.query('SELECT 1');`, {}],
    ['a time limit is set', undefined, { revisionTimeoutMs: 60_000 }],
  ])('where %s', async (_why, upgrade, options) => {
    shop.put('a1');
    shop.put('b2', { down: 'a1', ...(upgrade && { upgrade }) });
    await migratorOf(undefined, options).upgrade('head');
    expect(marks).toContain('answered a1');
    const made = marks.findIndex((mark, at) => at > 0 && mark.startsWith('made'));
    expect(made).toBeGreaterThan(marks.lastIndexOf('answered a1'));
  });

  it.each([
    ['has operations of its own', { operations: [vacuum] }],
    [
      'replaces one',
      {
        operations: [
          replaceOperation({ kind: 'dropTable', compile: (one, { compile }) => compile(one) }),
        ],
      },
    ],
    ['makes names by tokens of its own', { namingConvention: { tokens: { own: () => 'own' } } }],
  ])('where the app %s: what that does is theirs', async (_what, options) => {
    putThree();
    await migratorOf(undefined, options).upgrade('head');
    expect(marks.indexOf('made t_b2')).toBeGreaterThan(marks.indexOf('answered a1'));
  });
});

describe('where the one before it', () => {
  it('fails, it is not sent, and nothing is told of it', async () => {
    putThree();
    await database.checker.query('CREATE TABLE t_a1 ()');
    const error = await errorOf(migratorOf().upgrade('head'));
    expect(error).toMatchObject({ code: 'E6003', facts: { revision: 'a1', sqlState: '42P07' } });
    expect(marks).toEqual(['made t_a1', 'sent a1', 'made t_b2', 'answered a1']);
    expect(await stateOf(database)).toMatchObject({ tables: ['t_a1'], log: [] });
  });

  it('is tried again, it goes on after that, and is made once', async () => {
    putThree();
    const answer = onceAt('a1', async () => ({ results: [], error: failing('40P01', 'deadlock') }));
    await migratorOf(answer).upgrade('head');
    expect(marks.filter((mark) => mark === 'made t_b2')).toHaveLength(1);
    expect(marks.filter((mark) => mark.startsWith('sent'))).toEqual(
      ['a1', 'a1', 'b2', 'c3'].map((id) => `sent ${id}`),
    );
    expect(await stateOf(database)).toMatchObject({ rows: ['c3'] });
  });

  it.each([
    ['was committed', async (send: () => Promise<Attempt>) => void (await send())],
    ['was not committed', async () => undefined],
  ])('loses its connection and %s, it goes on on the new one', async (_what, before) => {
    putThree();
    const lost = onceAt('b2', async (send) => {
      await before(send);
      await database.checker.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'nest-alembic%' AND datname = current_database()`,
      );
      return { results: [], error: failing('ECONNRESET', 'read ECONNRESET') };
    });
    const { steps } = await migratorOf(lost).upgrade('head');
    expect(steps.map(({ revision }) => revision?.id)).toEqual(['a1', 'b2', 'c3']);
    expect(await stateOf(database)).toMatchObject({
      rows: ['c3'],
      log: ['upgrade a1', 'upgrade b2', 'upgrade c3'],
    });
    expect(marks.filter((mark) => mark === 'made t_c3')).toHaveLength(1);
  });

  it('was brought elsewhere meanwhile, the rest is planned anew, and what was ready is not sent', async () => {
    putThree();
    const moved = onceAt('a1', async () => {
      await database.checker.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'nest-alembic%' AND datname = current_database()`,
      );
      await database.checker.query(`INSERT INTO alembic_version VALUES ('b2')`);
      return { results: [], error: failing('ECONNRESET', 'read ECONNRESET') };
    });
    await migratorOf(moved).upgrade('head');
    expect(marks.filter((mark) => mark.startsWith('sent'))).toEqual(['sent a1', 'sent c3']);
    expect(await stateOf(database)).toMatchObject({ rows: ['c3'], tables: ['t_c3'] });
  });

  it('is the way back of a redo and fails, the database is told to be before that', async () => {
    putThree();
    await migratorOf().upgrade('head');
    await database.checker.query('DROP TABLE t_c3');
    const error = await errorOf(migratorOf().redo());
    expect(marks.slice(-3)).toEqual(['sent a part', 'made t_c3', 'answered a part']);
    expect(error).toMatchObject({ facts: { revision: 'c3', rowsBefore: ['c3'], rows: ['c3'] } });
    expect(error.advice).toContain('The database is kept where it failed, at "c3".');
    expect(await stateOf(database)).toMatchObject({ rows: ['c3'] });
  });

  it('is the last one before a signal, it is not sent', async () => {
    putThree();
    const stop = new AbortController();
    const answer = onceAt('a1', async (send) => (stop.abort(), send()));
    const error = await errorOf(migratorOf(answer).upgrade('head', { signal: stop.signal }));
    expect(error.code).toBe('E6013');
    expect(marks.filter((mark) => mark.startsWith('sent'))).toEqual(['sent a1']);
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['t_a1'] });
  });
});

describe('a mistake in what was called ahead', () => {
  it('of its arguments is told when its turn has come: what came before stays', async () => {
    shop.put('a1');
    shop.put('b2', { down: 'a1', upgrade: `await op.addColumn('t_a1', 'n', 'int', { nope: 1 });` });
    const error = await errorOf(migratorOf().upgrade('head'));
    expect(error).toMatchObject({
      code: 'E3013',
      facts: { revision: 'b2', line: expect.any(Number) },
    });
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['t_a1'] });
  });

  it('of its statements names it and its line', async () => {
    shop.put('a1');
    shop.put('b2', { down: 'a1', upgrade: `await op.addColumn('t_a1', 'id', 'int');` });
    const error = await errorOf(migratorOf().upgrade('head'));
    expect(error).toMatchObject({
      code: 'E6003',
      facts: { revision: 'b2', sqlState: '42701', line: expect.any(Number) },
    });
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'] });
  });
});
