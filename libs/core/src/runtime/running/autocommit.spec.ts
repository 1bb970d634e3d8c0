import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import {
  createWorkshop,
  errorOf,
  leaksOf,
  ledgerOf,
  reset,
  stateOf,
} from '../testing/migrator.fixture.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
let shop: Workshop;

beforeEach(async () => {
  await reset(database);
  await database.checker.query('CREATE TABLE probe (rev text)');
  shop = createWorkshop(database, { dialect: postgresDialect });
});
afterEach(async () => {
  shop.remove();
  expect(await leaksOf(database)).toEqual([]);
});

const probed = async (): Promise<string[]> =>
  (await database.checker.query('SELECT rev FROM probe ORDER BY rev')).rows.map(({ rev }) => rev);

const isValid = async (index: string): Promise<boolean | undefined> => {
  const { rows } = await database.checker.query(
    `SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)`,
    [index],
  );
  return rows[0]?.indisvalid;
};

describe('an operation that the server takes only outside of a transaction', () => {
  it('leaves the transaction by itself and enters it again; the version row comes right, the ledger is empty', async () => {
    shop.put('a1', {
      upgrade: `
        await op.createTable('account', (t: any) => [t.column('id', 'int'), t.column('note', 'text')]);
        await op.createIndex('ix_id', 'account', ['id'], { concurrently: true });
        await op.createIndex('ix_note', 'account', ['note'], { concurrently: true });
        await op.execute("INSERT INTO probe VALUES ('after')");`,
      downgrade: `
        await op.dropIndex('ix_id', 'account', { concurrently: true });
        await op.dropTable('account');`,
    });
    await shop.migrator.upgrade('head');
    expect([await isValid('ix_id'), await isValid('ix_note')]).toEqual([true, true]);
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], log: ['upgrade a1'] });
    expect(await ledgerOf(database)).toEqual([]);
    await shop.migrator.downgrade('base');
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: ['probe'] });
    expect(await ledgerOf(database)).toEqual([]);
  });

  it('begins again with all checks: E5004 when the lock was lost meanwhile, and what was done stands in the ledger', async () => {
    shop.put('a1', {
      upgrade: `
        await op.createIndex('ix', 'probe', ['rev'], { concurrently: true });
        await op.autocommitBlock(async () => { await op.execute('SELECT pg_advisory_unlock_all()'); });
        await op.execute("INSERT INTO probe VALUES ('never')");`,
    });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error).toMatchObject({ code: 'E5004', facts: { revision: 'a1' } });
    expect(await probed()).toEqual([]);
    expect(await stateOf(database)).toMatchObject({ rows: [] });
    expect(await ledgerOf(database)).toEqual(['upgrade a1 1 done', 'upgrade a1 2 done']);
  });

  it('E5002 when the version rows were changed meanwhile', async () => {
    shop.put('a1', {
      upgrade: `
        await op.createIndex('ix', 'probe', ['rev'], { concurrently: true });
        await op.autocommitBlock(() => op.execute("INSERT INTO alembic_version VALUES ('other')"));
        await op.execute("INSERT INTO probe VALUES ('never')");`,
    });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error).toMatchObject({ code: 'E5002', facts: { expected: [], found: ['other'] } });
    expect(await probed()).toEqual([]);
  });

  it('as the first and only one: the ledger is written before it, and nothing of a try that could not begin stays', async () => {
    shop.put('a1', {
      upgrade: `
        op.createIndex('ix', 'probe', ['rev'], { concurrently: true });
        op.execute("INSERT INTO probe SELECT state FROM alembic_version_ledger");`,
    });
    await shop.migrator.upgrade('head');
    expect(await probed()).toEqual(['done']);
    expect(await ledgerOf(database)).toEqual([]);
  });

  it('that fails leaves its line with the answer; the next run stops with it (E6011)', async () => {
    await database.checker.query(`INSERT INTO probe VALUES ('x'), ('x')`);
    shop.put('a1', {
      upgrade: `
        op.execute('CREATE TABLE first (id int)');
        op.createIndex('ix', 'probe', ['rev'], { unique: true, concurrently: true });`,
    });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error).toMatchObject({
      code: 'E6003',
      facts: { sqlState: '23505', revision: 'a1' },
      advice: expect.stringContaining('1 of its statements have happened'),
    });
    expect(error.message).toContain('; the index "ix" may be left behind, INVALID');
    expect(await isValid('ix')).toBe(false);
    expect(await ledgerOf(database)).toEqual(['upgrade a1 1 done', 'upgrade a1 2 failed']);
    const next = await errorOf(shop.migrator.upgrade('head'));
    expect(next).toMatchObject({
      code: 'E6011',
      facts: {
        revision: 'a1',
        direction: 'upgrade',
        statements: [
          { number: 1, state: 'done', statement: 'CREATE TABLE first (id int)' },
          { number: 2, state: 'failed', error: expect.stringContaining('could not create unique') },
        ],
      },
    });
    expect(next.message).toMatch(
      /statement 1 \(.*\) is done; statement 2 \(.*\) failed: could not .*, and the index "ix" may be left behind, INVALID/,
    );
    expect(await errorOf(shop.migrator.downgrade('-1'))).toMatchObject({ code: 'E6011' });
  });

  it('that fails and keeps nothing, before anything was kept, leaves no line: it can be mended and run again', async () => {
    shop.put('a1', {
      more: `export const transaction = 'none';`,
      upgrade: `op.execute("INSERT INTO later VALUES ('1')");`,
    });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error).toMatchObject({ code: 'E6003', advice: expect.stringMatching(/^Nothing/) });
    expect(await ledgerOf(database)).toEqual([]);
    await database.checker.query('CREATE TABLE later (LIKE probe)');
    await shop.migrator.upgrade('head');
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'] });
    expect(await ledgerOf(database)).toEqual([]);
  });
});

describe('a revision that was left unfinished (E6011)', () => {
  const leaveUnfinished = async (): Promise<void> => {
    shop.put('a1', { upgrade: `op.execute("INSERT INTO probe VALUES ('a1')");` });
    shop.put('b2', {
      down: 'a1',
      upgrade: `
        await op.createIndex('ix', 'probe', ['rev'], { concurrently: true });
        await op.execute("INSERT INTO later VALUES ('b2')");`,
    });
    await errorOf(shop.migrator.upgrade('head'));
    expect(await ledgerOf(database)).toEqual(['upgrade b2 1 done']);
  };

  it('is settled by a stamp of where it ends, in one transaction with the version row', async () => {
    await leaveUnfinished();
    const { rows } = await shop.migrator.stamp(['b2']);
    expect(rows).toEqual(['b2']);
    expect(await ledgerOf(database)).toEqual([]);
    expect((await stateOf(database)).log).toEqual(['upgrade a1', 'stamp b2']);
    expect((await shop.migrator.upgrade('head')).steps).toEqual([]);
  });

  it('is settled by a stamp of where it began, though the rows are there already', async () => {
    await leaveUnfinished();
    await database.checker.query('DROP INDEX ix; CREATE TABLE later (LIKE probe)');
    const { rows, steps, settled } = await shop.migrator.stamp(['a1']);
    expect([rows, steps, settled]).toEqual([['a1'], [], 1]);
    expect(await shop.migrator.stamp(['a1'])).not.toHaveProperty('settled');
    expect(await ledgerOf(database)).toEqual([]);
    expect((await shop.migrator.upgrade('head')).rows).toEqual(['b2']);
  });

  it('is settled by a stamp with --purge', async () => {
    await leaveUnfinished();
    await shop.migrator.stamp(['b2'], { purge: true });
    expect(await ledgerOf(database)).toEqual([]);
  });

  it('stops upgrade, downgrade and redo, also where there would be nothing to do; reading goes on', async () => {
    await leaveUnfinished();
    const { migrator } = shop;
    for (const run of [migrator.upgrade('a1'), migrator.downgrade('a1'), migrator.redo()])
      expect(await errorOf(run)).toMatchObject({ code: 'E6011', facts: { revision: 'b2' } });
    expect((await migrator.current()).rows).toEqual(['a1']);
  });
});

describe('a database whose version table is older than the ledger', () => {
  it('gets the ledger with the first revision that needs it, and costs no more than before', async () => {
    await database.checker.query(
      'CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY)',
    );
    shop.put('a1');
    await shop.migrator.upgrade('a1');
    await database.checker.query('DROP TABLE alembic_version_ledger');
    shop.put('b2', { down: 'a1' });
    await shop.migrator.upgrade('b2');
    expect(await ledgerOf(database)).toBeUndefined();
    shop.put('c3', {
      down: 'b2',
      upgrade: `op.createIndex('ix', 'probe', ['rev'], { concurrently: true });`,
    });
    await shop.migrator.upgrade('c3');
    expect(await ledgerOf(database)).toEqual([]);
  });
});

describe('op.autocommitBlock', () => {
  it('MIG-07, LIM-06: commits what came before, runs its body outside, and goes on in a new transaction with the version row', async () => {
    shop.put('a1', {
      upgrade: `
        op.execute("INSERT INTO probe VALUES ('1 before')");
        op.autocommitBlock(async () => {
          const inside = await ctx.query('SELECT now() = statement_timestamp() AS alone, count(*)::int AS seen FROM probe');
          op.execute("INSERT INTO probe VALUES ('2 " + inside[0].alone + ' ' + inside[0].seen + "')");
          op.execute('VACUUM probe');
        });
        op.execute('SELECT 1');
        op.execute("INSERT INTO probe SELECT '3 ' || (now() = statement_timestamp())");`,
    });
    await shop.migrator.upgrade('head');
    expect(await probed()).toEqual(['1 before', '2 true 1', '3 false']);
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], log: ['upgrade a1'] });
    expect(await ledgerOf(database)).toEqual([]);
  });

  it('MIG-07: an error in its body comes out after what was open is closed; what was committed stays and is told', async () => {
    shop.put('a1', {
      upgrade: `
        op.execute("INSERT INTO probe VALUES ('before')");
        await op.autocommitBlock(async () => {
          await op.execute("INSERT INTO probe VALUES ('inside')");
          throw new Error('no');
        });
        op.execute("INSERT INTO probe VALUES ('never')");`,
    });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error).toMatchObject({ code: 'E6004', advice: expect.stringContaining('2 of its') });
    expect(await probed()).toEqual(['before', 'inside']);
    expect(await stateOf(database)).toMatchObject({ rows: [] });
    expect(await ledgerOf(database)).toEqual(['upgrade a1 1 done', 'upgrade a1 2 done']);
  });

  it('D17: waits for what its body did not await, and what is called behind it runs behind it', async () => {
    shop.put('a1', {
      upgrade: `
        const note = (text: string) => op.execute("INSERT INTO probe VALUES (clock_timestamp()::text || ' " + text + "')");
        note('first');
        op.autocommitBlock(async () => {
          (async () => { await note('second'); note('third'); })();
        });
        note('fourth');`,
    });
    await shop.migrator.upgrade('head');
    expect((await probed()).map((line) => line.split(' ').at(-1))).toEqual([
      'first',
      'second',
      'third',
      'fourth',
    ]);
  });

  it('is where a procedure may commit, which the server refuses elsewhere, and says so', async () => {
    await database.checker.query(`CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO probe VALUES ('one'); COMMIT; INSERT INTO probe VALUES ('two'); ROLLBACK; END $$`);
    shop.put('a1', { upgrade: `await op.autocommitBlock(() => op.execute('CALL p()'));` });
    await shop.migrator.upgrade('head');
    shop.put('b2', { down: 'a1', upgrade: `op.execute('CALL p()');` });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({
      code: 'E6003',
      advice: expect.stringContaining('op.autocommitBlock'),
    });
    expect(await probed()).toEqual(['one']);
  });

  it('inside of another one is part of it; an empty one commits nothing', async () => {
    shop.put('a1', {
      upgrade: `
        op.execute("INSERT INTO probe VALUES ('gone')");
        await op.autocommitBlock(async () => { await op.autocommitBlock(() => undefined); });
        throw new Error('no');`,
    });
    await errorOf(shop.migrator.upgrade('head'));
    expect(await probed()).toEqual([]);
  });

  it('is advised where the server asks for it', async () => {
    shop.put('a1', { upgrade: `op.execute('CREATE INDEX CONCURRENTLY ix ON probe (rev)');` });
    await database.checker.query(`CREATE TYPE mood AS ENUM ('sad')`);
    shop.put('b2', {
      down: 'a1',
      upgrade: `op.alterEnum('mood', ['sad'], ['sad', 'glad']); op.execute("SELECT ('gl' || 'ad')::mood");`,
    });
    for (const target of ['a1', 'b2']) {
      if (target === 'b2') await shop.migrator.stamp(['a1']);
      expect(await errorOf(shop.migrator.upgrade(target))).toMatchObject({
        code: 'E6003',
        advice: expect.stringContaining('op.autocommitBlock'),
      });
    }
    expect(await ledgerOf(database)).toEqual([]);
  });

  it('refuses what is no function', async () => {
    shop.put('a1', { upgrade: `op.autocommitBlock('VACUUM');` });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code: 'E3013' });
  });
});

describe("a revision with transaction = 'none'", () => {
  const none = `export const transaction = 'none';`;

  it('may have transactions of its own: each is one line of the ledger', async () => {
    shop.put('a1', {
      more: none,
      upgrade: `
        op.execute("BEGIN; INSERT INTO probe VALUES ('kept'); COMMIT");
        op.execute("BEGIN; INSERT INTO probe VALUES ('gone'); ROLLBACK");
        await op.execute("BEGIN; INSERT INTO probe VALUES ('gone too')");
        await op.execute('SELECT 1/0');`,
    });
    await errorOf(shop.migrator.upgrade('head'));
    expect(await probed()).toEqual(['kept']);
    expect(await ledgerOf(database)).toEqual([
      'upgrade a1 1 done',
      'upgrade a1 2 done',
      'upgrade a1 3 failed',
    ]);
  });

  it('J1: writes down what a query changes, also in the part before it leaves its transaction', async () => {
    const insert = `await ctx.query("INSERT INTO probe VALUES ('q') RETURNING rev")`;
    shop.put('a1', {
      more: none,
      upgrade: `const rows = ${insert};
        await ctx.query('SELECT rev FROM probe');
        op.execute(\`DO $$ BEGIN ASSERT \${rows.length} = 1; END $$\`);
        await ctx.query('SELECT 1/0');`,
    });
    await errorOf(shop.migrator.upgrade('head'));
    expect(await ledgerOf(database)).toEqual(['upgrade a1 1 done', 'upgrade a1 2 done']);
    await shop.migrator.stamp(['a1']);
    shop.put('b2', {
      down: 'a1',
      upgrade: `${insert}; await op.autocommitBlock(() => op.execute('VACUUM probe'));
        op.execute('SELECT 1/0');`,
    });
    await errorOf(shop.migrator.upgrade('head'));
    expect(await probed()).toEqual(['q', 'q']);
    expect(await ledgerOf(database)).toEqual(['upgrade b2 1 done', 'upgrade b2 2 done']);
  });

  it('MIG-15: that leaves its own transaction open is refused; what was in it is rolled back', async () => {
    shop.put('a1', {
      more: none,
      upgrade: `op.execute("BEGIN; INSERT INTO probe VALUES ('gone')");`,
    });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code: 'E6007' });
    expect(await probed()).toEqual([]);
    expect((await stateOf(database)).rows).toEqual([]);
    expect(await ledgerOf(database)).toEqual([]);
  });

  it('may begin and end its own transaction in the text of one query', async () => {
    shop.put('a1', {
      more: none,
      upgrade: `await ctx.query("BEGIN; INSERT INTO probe VALUES ('one'); COMMIT");
        await ctx.query('SELECT 1; BEGIN'); op.execute("INSERT INTO probe VALUES ('two')");
        await ctx.query('SELECT 1; COMMIT');`,
    });
    await shop.migrator.upgrade('head');
    expect(await probed()).toEqual(['one', 'two']);
    expect((await stateOf(database)).rows).toEqual(['a1']);
    expect(await ledgerOf(database)).toEqual([]);
  });

  it('tells what such a text has kept when it fails after its COMMIT, and nothing when it fails before', async () => {
    const insert = `BEGIN; INSERT INTO probe VALUES ('in')`;
    shop.put('a1', { more: none, upgrade: `await ctx.query("${insert}; SELECT 1/0; COMMIT");` });
    await errorOf(shop.migrator.upgrade('head'));
    expect(await probed()).toEqual([]);
    expect(await ledgerOf(database)).toEqual([]);
    await shop.migrator.stamp(['a1']);
    const upgrade = `await ctx.query("${insert}; COMMIT; SELECT 1/0");`;
    shop.put('b2', { down: 'a1', more: none, upgrade });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error.message).not.toContain('Nothing of this revision was kept');
    expect(await probed()).toEqual(['in']);
    expect(await ledgerOf(database)).toEqual(['upgrade b2 1 failed']);
  });

  it('MIG-15: also where it hides the BEGIN in a query', async () => {
    shop.put('a1', {
      more: none,
      upgrade: `await ctx.query('BEGIN'); op.execute("INSERT INTO probe VALUES ('gone')");`,
    });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code: 'E6007' });
    expect(await probed()).toEqual([]);
    expect((await stateOf(database)).rows).toEqual([]);
  });
});
