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
  await database.checker.query(`CREATE TABLE probe (rev text);
    CREATE FUNCTION note(text) RETURNS text LANGUAGE sql AS 'INSERT INTO probe VALUES ($1) RETURNING rev';
    CREATE FUNCTION "No te"() RETURNS text LANGUAGE sql AS $$SELECT note('quoted')$$;
    CREATE VIEW noting AS SELECT note('by a view') AS noted;
    CREATE FUNCTION only_looks(text) RETURNS bigint STABLE LANGUAGE sql AS 'SELECT count(*) FROM probe'`);
  shop = createWorkshop(database, { dialect: postgresDialect, revisionTries: 2, retryPauseMs: 0 });
});
afterEach(async () => {
  shop.remove();
  expect(await leaksOf(database)).toEqual([]);
});

const none = `export const transaction = 'none';`;
const LOCKED = `DO $$ BEGIN RAISE lock_not_available; END $$`;

const probed = async (): Promise<string[]> =>
  (await database.checker.query('SELECT rev FROM probe ORDER BY rev')).rows.map(({ rev }) => rev);

/** Each changes a row, and its words say nothing of it. */
const CALLS = [
  [`SELECT note('called') AS noted`, 'called'],
  [`SELECT "No te"() AS noted`, 'quoted'],
  ['SELECT noted FROM noting', 'by a view'],
] as const;

describe('a query that calls what changes data', () => {
  it.each(CALLS)(
    'is written down outside of a transaction, and is not run twice: %s',
    async (query, noted) => {
      shop.put('a1', {
        more: none,
        upgrade: `const [row] = await ctx.query(\`${query}\`);
          if (row.noted !== '${noted}') throw new Error('no answer');
          await op.execute('${LOCKED.replaceAll('$', '\\$')}');`,
      });
      const error = await errorOf(shop.migrator.upgrade('head'));
      expect(error.message).not.toContain('Nothing of this revision was kept');
      expect(await probed()).toEqual([noted]);
      expect(await ledgerOf(database)).toEqual(['upgrade a1 1 done', 'upgrade a1 2 failed']);
      expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code: 'E6011' });
    },
  );

  it.each(CALLS)('is written down when its transaction is left: %s', async (query, noted) => {
    shop.put('a1', {
      upgrade: `await ctx.query(\`${query}\`);
        await op.autocommitBlock(() => op.execute('SELECT 1/0'));`,
    });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error.message).not.toContain('Nothing of this revision was kept');
    expect(await probed()).toEqual([noted]);
    expect(await ledgerOf(database)).toEqual(['upgrade a1 1 done', 'upgrade a1 2 failed']);
  });

  it('is a part of its transaction where that is not left: it goes with it', async () => {
    shop.put('a1', {
      upgrade: `await ctx.query("SELECT note('x')"); await op.execute('SELECT 1/0');`,
    });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error.message).toContain('Nothing of this revision was kept');
    expect(await probed()).toEqual([]);
    expect((await ledgerOf(database)) ?? []).toEqual([]);
  });

  it('may stand in a transaction that the revision began by itself', async () => {
    shop.put('a1', {
      more: none,
      upgrade: `await op.execute('BEGIN'); await ctx.query("SELECT note('own')"); await op.execute('COMMIT');`,
    });
    await shop.migrator.upgrade('head');
    expect(await probed()).toEqual(['own']);
    expect(await ledgerOf(database)).toEqual([]);
  });
});

describe('a query that only looks', () => {
  const QUERY = `SELECT only_looks('x'), count(*), now() = statement_timestamp() AS alone FROM probe`;

  it('leaves no line, so that the revision can be tried again, also one that leaves its transaction', async () => {
    const look = `await ctx.query("${QUERY}");`;
    shop.put('a1', { more: none, upgrade: `${look} throw new Error('no');` });
    expect((await errorOf(shop.migrator.upgrade('head'))).message).toContain('Nothing of');
    expect(await ledgerOf(database)).toEqual([]);
    shop.put('a1', { upgrade: `${look} await op.autocommitBlock(() => ctx.query('SELECT 1/0'));` });
    expect((await errorOf(shop.migrator.upgrade('head'))).message).toContain('Nothing of');
    expect(await ledgerOf(database)).toEqual([]);
  });

  it('runs in no transaction, keeps what it sets in the session, and the next statement may write', async () => {
    shop.put('a1', {
      more: none,
      upgrade: `
        const [row] = await ctx.query("SELECT set_config('app.who', 'me', false), now() = statement_timestamp() AS alone");
        await op.execute(\`INSERT INTO probe SELECT current_setting('app.who') || \${row.alone}\`);`,
    });
    await shop.migrator.upgrade('head');
    expect(await probed()).toEqual(['metrue']);
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'] });
  });

  it('leaves the session as it was when it fails', async () => {
    shop.put('a1', {
      more: none,
      upgrade: `await ctx.query('SELECT 1/0').catch(() => undefined);`,
    });
    shop.put('b2', { upgrade: `await op.execute("INSERT INTO probe VALUES ('after')");` });
    await errorOf(shop.migrator.upgrade('a1'));
    await shop.migrator.upgrade('b2');
    expect(await probed()).toEqual(['after']);
  });
});

it('J1: a revision that leaves its transaction more than once has one line for each statement', async () => {
  shop.put('a1', {
    upgrade: `
      await ctx.query("SELECT note('1')");
      await op.execute("INSERT INTO probe VALUES ('2')");
      await op.autocommitBlock(() => op.execute('VACUUM probe'));
      await op.execute("INSERT INTO probe VALUES ('4')");
      await op.autocommitBlock(() => op.execute('SELECT 1/0'));`,
  });
  await errorOf(shop.migrator.upgrade('head'));
  expect(await probed()).toEqual(['1', '2', '4']);
  expect(await ledgerOf(database)).toEqual([
    'upgrade a1 1 done',
    'upgrade a1 2 done',
    'upgrade a1 3 done',
    'upgrade a1 4 done',
    'upgrade a1 5 failed',
  ]);
});
