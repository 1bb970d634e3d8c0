import { readFileSync } from 'node:fs';
import type { Connection } from '../../dialects/common/connection.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { connectClient } from '../testing/database.fixture.js';
import type { Migrator } from '../migrator-api.js';
import type { MigratorOptions } from '../migrator-options.js';
import { counting, errorOf, ledgerOf, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });
/** What was sent, text by text. */
let trips: string[];

beforeEach(() => {
  trips = [];
});

const migratorOf = (options: Partial<MigratorOptions> = {}): Migrator =>
  shop.migratorWith({
    connect: async () => counting(await connectClient(database.url), (sql) => trips.push(sql)),
    ...options,
  });

/** The texts of revisions that name one of our tables. */
const textsOf = (pattern = /"x\d/): string[] => trips.filter((sql) => pattern.test(sql));

const table = (name: string): string =>
  `op.createTable('${name}', (t: any) => [t.column('id', 'int')]);`;

const tables = (count: number): string =>
  Array.from({ length: count }, (_, at) => `await ${table(`x${at}`)}`).join('\n');

describe('operations that nothing asks about', () => {
  it('are sent as one text with the checks, the version row and COMMIT', async () => {
    shop.put('a1', { upgrade: tables(5) });
    await migratorOf().upgrade('head');
    expect(textsOf()).toEqual([expect.stringMatching(/^BEGIN[^]*"x0"[^]*"x4"[^]*COMMIT/)]);
    const state = await stateOf(database);
    expect(state).toMatchObject({ rows: ['a1'], log: ['upgrade a1'] });
    expect(state.tables).toHaveLength(5);
  });

  it('are sent in texts of 64, each of which verifies the transaction first', async () => {
    shop.put('a1', { upgrade: tables(150) });
    await migratorOf().upgrade('head');
    const texts = textsOf();
    expect(texts.map((text) => text.match(/CREATE TABLE "x/g)?.length)).toEqual([64, 64, 22]);
    for (const text of texts.slice(1)) expect(text).toMatch(/^SELECT CAST\(CASE WHEN [^;]*xact_id/);
    expect((await stateOf(database)).tables).toHaveLength(150);
  });

  it('are made while the server works on those before them, one text at a time', async () => {
    const marks: string[] = [];
    Object.assign(globalThis, { marks });
    const connect = async (): Promise<Connection> => {
      const own = await connectClient(database.url);
      const attempt: Connection['attempt'] = async (sql) => {
        marks.push('sent');
        const answer = await own.attempt!(sql);
        await new Promise((resolve) => setTimeout(resolve, 50));
        marks.push('answered');
        return answer;
      };
      return { ...own, attempt };
    };
    const going = `(globalThis as any).marks.push('goes on');`;
    shop.put('a1', { upgrade: `${tables(64)} ${going} ${tables(140).slice(tables(64).length)}` });
    await migratorOf({ connect }).upgrade('head');
    expect(marks).toEqual([
      'sent',
      'goes on',
      ...'answered sent answered sent answered'.split(' '),
    ]);
    expect((await stateOf(database)).tables).toHaveLength(140);
  });

  it('are not sent any more when one on its way has failed', async () => {
    await database.checker.query('CREATE TABLE x7 ()');
    shop.put('a1', { upgrade: `${tables(100)} await ctx.query('SELECT 1');` });
    const error = await errorOf(migratorOf().upgrade('head'));
    expect(error).toMatchObject({
      facts: { sqlState: '42P07', statement: expect.stringMatching(/^CREATE TABLE "x7"/) },
    });
    expect(trips.filter((sql) => sql.includes('"x64"'))).toEqual([]);
    expect((await stateOf(database)).tables).toEqual(['x7']);
  });

  it('are sent earlier where their texts are long', async () => {
    const comment = `await op.setTableComment('x0', 'c'.repeat(40_000));`;
    shop.put('a1', { upgrade: `${tables(1)} ${comment} ${comment} ${comment} ${comment}` });
    await migratorOf().upgrade('head');
    expect(textsOf().length).toBe(3);
  });

  it('are told one by one, with an equal share of the time of their text', async () => {
    shop.put('a1', { upgrade: `${tables(3)} await op.execute('SELECT pg_sleep(0.2)');` });
    await migratorOf().upgrade('head');
    const told = shop.events.flatMap((event) =>
      event.type === 'statementExecuted' ? [event] : [],
    );
    expect(told.map(({ sql, together }) => [sql.slice(0, 17), together])).toEqual([
      ['CREATE TABLE "x0"', 3],
      ['CREATE TABLE "x1"', 3],
      ['CREATE TABLE "x2"', 3],
      ['SELECT pg_sleep(0', 1],
    ]);
    const [first, second, , slow] = told.map(({ durationMs }) => durationMs);
    expect(first).toBe(second);
    expect(slow).toBeGreaterThan(190);
  });

  it('count in the duration of the log, also where it is written in their text', async () => {
    await database.checker.query(
      `CREATE FUNCTION slowly() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.3); END';
       CREATE EVENT TRIGGER slowly ON ddl_command_end WHEN TAG IN ('CREATE SEQUENCE') EXECUTE FUNCTION slowly()`,
    );
    shop.put('a1', { upgrade: `await op.createSequence('x1');` });
    await migratorOf().upgrade('head');
    await database.checker.query('DROP EVENT TRIGGER slowly');
    expect(textsOf(/SEQUENCE "x1"[^]*COMMIT/)).toHaveLength(1);
    const { rows } = await database.checker.query(
      'SELECT duration_ms::int AS took FROM alembic_version_log',
    );
    expect(rows[0].took).toBeGreaterThanOrEqual(300);
    expect(rows[0].took).toBeLessThan(5_000);
  });
});

describe('what is held back is sent ahead of what could see it', () => {
  const seen = `if (found[0].there !== true) throw new Error('not there');`;
  const look = `const found = await ctx.query("SELECT to_regclass('x0') IS NOT NULL AS there"); ${seen}`;

  it('a query', async () => {
    shop.put('a1', { upgrade: `await ${table('x0')} ${look}` });
    await migratorOf().upgrade('head');
    expect((await stateOf(database)).tables).toEqual(['x0']);
  });

  it('SQL of the author, with parameters and without', async () => {
    shop.put('a1', {
      upgrade: `${tables(2)}
        await op.execute('INSERT INTO x0 VALUES (:one)', { one: 1 });
        await ${table('x2')}
        await op.execute('INSERT INTO x2 SELECT id + 1 FROM x0');`,
    });
    await migratorOf().upgrade('head');
    expect((await database.checker.query('SELECT id FROM x2')).rows).toEqual([{ id: 2 }]);
    expect(textsOf().map((text) => /[A-Z]+ (?:TABLE|INTO) "?x\d/.exec(text)?.[0])).toEqual([
      'CREATE TABLE "x0',
      'CREATE TABLE "x2',
    ]);
  });

  it('a part outside of the transaction: it is committed with the lines of the ledger', async () => {
    shop.put('a1', {
      upgrade: `await ${table('x0')} await ${table('x1')}
        await op.createIndex('ix0', 'x0', ['id'], { concurrently: true });
        await ${table('x2')}`,
    });
    await migratorOf().upgrade('head');
    expect(textsOf(/CREATE TABLE "x\d/)).toEqual([
      expect.stringMatching(/^BEGIN[^]*"x0"[^]*"x1"[^]*alembic_version_ledger[^]*COMMIT/),
      expect.stringMatching(/^BEGIN[^]*"x2"[^]*alembic_version_ledger[^]*COMMIT/),
    ]);
    expect(await ledgerOf(database)).toEqual([]);
    expect((await stateOf(database)).tables).toEqual(['x0', 'x1', 'x2']);
  });

  it('a part outside that fails: the ledger tells what was kept', async () => {
    shop.put('a1', {
      upgrade: `await ${table('x0')} await ${table('x1')}
        await op.autocommitBlock(async () => { await op.execute('VACUUM nowhere'); });`,
    });
    expect(await errorOf(migratorOf().upgrade('head'))).toMatchObject({ code: 'E6003' });
    expect(await ledgerOf(database)).toEqual([
      'upgrade a1 1 done',
      'upgrade a1 2 done',
      'upgrade a1 3 failed',
    ]);
  });

  it('a new value of an enum that is used: its COMMIT comes between', async () => {
    await database.checker.query(`CREATE TYPE mood AS ENUM ('sad')`);
    shop.put('a1', {
      upgrade: `await op.alterEnum('mood', ['sad'], ['sad', 'ok']);
        await op.createTable('x0', (t: any) => [t.column('m', 'mood', { default: 'ok' })]);`,
    });
    await migratorOf().upgrade('head');
    expect((await stateOf(database)).tables).toEqual(['x0']);
  });

  it('each in a transaction of the whole run: each revision is told when it has run', async () => {
    shop.put('a1', { upgrade: tables(2) });
    shop.put('b2', { down: 'a1', upgrade: `await ${table('x1')}` });
    const error = await errorOf(migratorOf({ transactionPerRevision: false }).upgrade('head'));
    expect(error).toMatchObject({ code: 'E6003', facts: { revision: 'b2', sqlState: '42P07' } });
    const finished = shop.events.filter(({ type }) => type === 'stepFinished');
    expect(finished).toHaveLength(1);
    expect((await stateOf(database)).tables).toEqual([]);
  });
});

describe('a statement that fails among others', () => {
  /** Line 8 of the file is the first of `upgrade`. */
  const upgradeWith = (...lines: string[]): string => ['', ...lines].join('\n');

  it.each([
    ['in the first text', 0],
    ['behind two full texts', 128],
  ])('is named with its line and SQLSTATE, %s', async (_, before) => {
    await database.checker.query('CREATE TABLE taken ()');
    const lines = [
      tables(before),
      `await ${table('y1')}`,
      `await ${table('taken')}`,
      `await ${table('y2')}`,
    ];
    const file = shop.put('a1', { upgrade: upgradeWith(...lines) });
    const error = await errorOf(migratorOf().upgrade('head'));
    const at = readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes('taken'));
    expect(error).toMatchObject({
      code: 'E6003',
      facts: {
        revision: 'a1',
        line: at + 1,
        sqlState: '42P07',
        statement: expect.stringMatching(/^CREATE TABLE "taken"/),
      },
    });
    expect(error.message).toContain(`a1.ts:${at + 1})`);
    expect((await stateOf(database)).tables).toEqual(['taken']);
  });

  it('is named where the server finds the mistake before it runs any of the text', async () => {
    const wrong = `await op.addColumn('x0', 'ü', 'int', { default: op.sql('1 +') });`;
    shop.put('a1', { upgrade: upgradeWith(tables(2), wrong, `await ${table('x3')}`) });
    const error = await errorOf(migratorOf().upgrade('head'));
    expect(error).toMatchObject({
      code: 'E6003',
      facts: { sqlState: '42601', statement: expect.stringContaining('ADD COLUMN "ü"') },
    });
  });

  it.each([
    ['a query', `await ctx.query('SELECT 1');`],
    ['an error of the author', `throw new Error('later');`],
    ['a refused directive', `await op.createTable('', () => []);`],
    ['what is not awaited', `op.execute('SELECT 1'); throw new Error('later');`],
  ])('is not hidden by what comes later: %s', async (_, later) => {
    shop.put('a1', { upgrade: `${tables(1)} await ${table('x0')} ${later}` });
    const error = await errorOf(migratorOf().upgrade('head'));
    expect(error).toMatchObject({ code: 'E6003', facts: { sqlState: '42P07' } });
    expect((await stateOf(database)).tables).toEqual([]);
  });

  it('at COMMIT is told of COMMIT', async () => {
    await database.checker.query(
      `CREATE TABLE late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO late VALUES (1)`,
    );
    shop.put('a1', { upgrade: `await op.bulkInsert('late', [{ id: 1 }]); await ${table('x0')}` });
    const error = await errorOf(migratorOf().upgrade('head'));
    expect(error).toMatchObject({
      code: 'E6003',
      facts: { statement: 'COMMIT', sqlState: '23505' },
    });
    expect((await stateOf(database)).tables).toEqual(['late']);
  });

  it('that waits for a lock is ended after lock_timeout, and the whole revision is run again', async () => {
    await database.checker.query('CREATE TABLE busy (id int)');
    const other = await connectClient(database.url);
    await other.script('BEGIN; LOCK TABLE busy');
    shop.put('a1', { upgrade: `${tables(2)} await op.addColumn('busy', 'x2', 'int');` });
    const migrator = migratorOf({
      statementLockTimeoutMs: 100,
      retryPauseMs: 1,
      onEvent: (event) => {
        shop.events.push(event);
        if (event.type === 'retrying') void other.script('ROLLBACK');
      },
    });
    await migrator.upgrade('head');
    await other.close();
    const reasons = shop.events.flatMap((event) =>
      event.type === 'retrying' ? [event.reason] : [],
    );
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons[0]).toMatch(/lock timeout/);
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['busy', 'x0', 'x1'] });
  });

  /** 0.2 s for each sequence. */
  const slowSequences = async (): Promise<void> => {
    await database.checker.query(
      `CREATE FUNCTION slowly() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.2); END';
       CREATE EVENT TRIGGER slowly ON ddl_command_end WHEN TAG IN ('CREATE SEQUENCE') EXECUTE FUNCTION slowly()`,
    );
  };
  const dropSlow = () => database.checker.query('DROP EVENT TRIGGER IF EXISTS slowly');
  const sequences = (count: number): string =>
    Array.from({ length: count }, (_, at) => `await op.createSequence('x${at}');`).join(' ');

  it('statement_timeout counts for each statement of a text, not for all', async () => {
    await slowSequences();
    shop.put('a1', { upgrade: sequences(4) });
    await migratorOf({ statementTimeoutMs: 500 }).upgrade('head');
    shop.put('b2', { down: 'a1', upgrade: `await ${table('x8')} await op.createSequence('x9');` });
    const error = await errorOf(migratorOf({ statementTimeoutMs: 100 }).upgrade('head'));
    await dropSlow();
    expect(error).toMatchObject({
      code: 'E6003',
      facts: { sqlState: '57014', statement: expect.stringContaining('"x9"') },
    });
  });

  it('revisionTimeoutMs counts for what is held back, too', async () => {
    await slowSequences();
    shop.put('a1', { upgrade: sequences(4) });
    const error = await errorOf(migratorOf({ revisionTimeoutMs: 500 }).upgrade('head'));
    await dropSlow();
    expect(error).toMatchObject({ code: 'E6012' });
    expect((await stateOf(database)).rows).toEqual([]);
  });
});

describe('a revision that throws', () => {
  it('before anything was sent: what it said so far is taken back, what it says later is not sent', async () => {
    shop.put('a1', {
      upgrade: `${tables(2)}
        setImmediate(() => { ${table('x7')} });
        throw new Error('stop');`,
    });
    const error = await errorOf(migratorOf().upgrade('head'));
    expect(error).toMatchObject({ code: 'E6004', facts: { revision: 'a1' } });
    expect(trips.join('\n')).not.toContain('"x7"');
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: [] });
  });

  it('by process.exit(): nothing is sent any more', async () => {
    shop.put('a1', { upgrade: `${tables(2)} process.exit(0);` });
    expect(await errorOf(migratorOf().upgrade('head'))).toMatchObject({ code: 'E2005' });
    expect(textsOf()).toEqual([]);
  });

  it('forgets no await: in parallel or not awaited at all, operations keep their order', async () => {
    shop.put('a1', {
      upgrade: `${table('x0')}
        await Promise.all([op.addColumn('x0', 'a', 'int'), op.addColumn('x0', 'b', 'int')]);
        op.createIndex('ix', 'x0', ['a', 'b']);`,
    });
    await migratorOf().upgrade('head');
    const { rows } = await database.checker.query(
      `SELECT string_agg(attname, ',' ORDER BY attnum) AS names FROM pg_attribute WHERE attrelid = 'x0'::regclass AND attnum > 0`,
    );
    expect(rows).toEqual([{ names: 'id,a,b' }]);
  });
});

describe('a session that loses its connection with a text on its way', () => {
  /** Ends the session when a text comes that makes a table, once: before it is sent, or after it was answered. */
  const losing = (when: 'before' | 'after') => {
    let happened = false;
    return async (): Promise<Connection> => {
      const own = await connectClient(database.url);
      return {
        ...own,
        attempt: async (sql) => {
          if (happened) return own.attempt!(sql);
          happened = true;
          const pid = (await own.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]
            ?.pid;
          if (when === 'after') await own.attempt!(sql);
          await database.checker.query('SELECT pg_terminate_backend($1)', [pid]);
          return { results: [], error: Object.assign(new Error('gone'), { code: 'ECONNRESET' }) };
        },
      };
    };
  };

  it.each(['before', 'after'] as const)('%s it ran: the rows decide', async (when) => {
    shop.put('a1', { upgrade: tables(2) });
    const result = await migratorOf({ connect: losing(when), retryPauseMs: 1 }).upgrade('head');
    expect(result.rows).toEqual(['a1']);
    expect(await stateOf(database)).toMatchObject({ log: ['upgrade a1'], tables: ['x0', 'x1'] });
  });

  it('by a statement of it that ends its own session: that one is named', async () => {
    await database.checker.query(
      `CREATE FUNCTION die() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); END';
       CREATE EVENT TRIGGER die ON ddl_command_start WHEN TAG IN ('CREATE SEQUENCE') EXECUTE FUNCTION die()`,
    );
    shop.put('a1', { upgrade: `${tables(2)} await op.createSequence('x2'); await ${table('x3')}` });
    const error = await errorOf(migratorOf({ revisionTries: 1 }).upgrade('head'));
    await database.checker.query('DROP EVENT TRIGGER die');
    expect(error).toMatchObject({
      code: 'E6003',
      facts: { sqlState: '57P01', statement: expect.stringContaining('SEQUENCE "x2"') },
    });
  });
});

describe('a text that does not plainly end', () => {
  it.each([
    ['a comment', `op.sql('1 -- one')`, 'x0'],
    ['a dollar quote', `op.sql('length($x$;$x$)')`, 'x0'],
    ['an escape', String.raw`op.sql("length(E'\\'')")`, 'x0'],
  ])('goes by itself, and does what it says: %s', async (_, value, name) => {
    shop.put('a1', {
      upgrade: `await ${table(name)}
        await op.addColumn('${name}', 'a', 'int', { default: ${value} });
        await op.addColumn('${name}', 'b', 'int');`,
    });
    await migratorOf().upgrade('head');
    const added = trips.filter((sql) => sql.includes('ADD COLUMN "a"'));
    expect(added).toEqual([expect.not.stringContaining('ADD COLUMN "b"')]);
    expect((await stateOf(database)).rows).toEqual(['a1']);
  });

  it('is refused alone where it would swallow what comes after it', async () => {
    shop.put('a1', {
      upgrade: `await ${table('x0')}
        await op.addColumn('x0', 'a', 'text', { default: op.sql("'open") });
        await op.addColumn('x0', 'b', 'text', { default: op.sql("'") });`,
    });
    const error = await errorOf(migratorOf().upgrade('head'));
    expect(error).toMatchObject({
      code: 'E6003',
      facts: { statement: expect.stringContaining('ADD COLUMN "a"') },
    });
  });
});

describe('a connection that does not tell how far a text came', () => {
  it('gets one statement at a time', async () => {
    shop.put('a1', { upgrade: tables(3) });
    const connect = async (): Promise<Connection> => {
      const { attempt: _, ...plain } = await connectClient(database.url);
      return counting(plain, (sql) => trips.push(sql));
    };
    await migratorOf({ connect }).upgrade('head');
    expect(textsOf(/CREATE TABLE "x/)).toHaveLength(3);
    expect((await stateOf(database)).tables).toHaveLength(3);
  });
});
