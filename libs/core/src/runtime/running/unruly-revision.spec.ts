import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { model, table } from '../../autogenerate/model.fixture.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { withinLimit } from './time-limit.js';
import { errorOf, leaksOf, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

const TABLE = `op.createTable('gone', (t: any) => [t.column('id', 'int')]);\n`;

describe('a revision that does not end', () => {
  it.each([
    ['waits for what never comes', 'await new Promise(() => undefined);'],
    [
      'lets a helper wait for ever',
      '(async () => { await new Promise(() => undefined); })(); await new Promise(() => undefined);',
    ],
    ['waits in a statement', `await op.execute('SELECT pg_sleep(60)');`],
    ['waits in a query', `await ctx.query('SELECT pg_sleep(60)');`],
  ])(
    'B031: and %s is stopped after `revisionTimeoutMs` (E6012): nothing of it stays, the lock is free',
    async (_, upgrade) => {
      shop.put('a1');
      const file = shop.put('b2', { down: 'a1', upgrade: TABLE + upgrade });
      shop.put('c3', { down: 'b2' });
      const started = performance.now();
      const error = await errorOf(shop.migratorWith({ revisionTimeoutMs: 400 }).upgrade('head'));
      expect(error).toMatchObject({
        code: 'E6012',
        facts: { revision: 'b2', file, timeoutMs: 400 },
      });
      expect(error.message).toContain('did not end within 400 ms');
      expect(performance.now() - started).toBeLessThan(5_000);
      expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['t_a1'] });
      expect(await leaksOf(database)).toEqual([]);
    },
  );

  it('B031: has all the time it wants without the option, and when it is quicker', async () => {
    shop.put('a1', { upgrade: `await new Promise((go) => setTimeout(go, 300)); ${TABLE}` });
    shop.put('b2', { down: 'a1', upgrade: `await op.execute('SELECT pg_sleep(0.3)');` });
    await shop.migrator.upgrade('a1');
    await shop.migratorWith({ revisionTimeoutMs: 20_000 }).upgrade('head');
    expect((await stateOf(database)).rows).toEqual(['b2']);
  });

  it('B031: nor may loading one, whatever it waits for', async () => {
    const limit = { milliseconds: 20, what: 'loading', facts: { file: 'a.ts' } };
    const never = () => new Promise<never>(() => undefined);
    expect(await errorOf(withinLimit(limit, never))).toMatchObject({
      code: 'E6012',
      facts: { file: 'a.ts', timeoutMs: 20 },
    });
    await expect(withinLimit(limit, async () => 'quick')).resolves.toBe('quick');
    await expect(withinLimit({ ...limit, milliseconds: 0 }, async () => 'any')).resolves.toBe(
      'any',
    );
  });

  it.each([['-1'], [1.5], ['soon']])('a time of %j is refused (E9002)', (revisionTimeoutMs) => {
    expect(() => shop.migratorWith({ revisionTimeoutMs: revisionTimeoutMs as number })).toThrow(
      expect.objectContaining({ code: 'E9002' }),
    );
  });
});

describe('a revision that ends the process', () => {
  const exit = process.exit;
  afterEach(() => expect(process.exit).toBe(exit));

  it.each([
    ['at once', 'process.exit(0);'],
    ['after an await', 'await new Promise((go) => setTimeout(go, 5)); process.exit(0);'],
    ['and catches the error', 'try { process.exit(0); } catch {}'],
  ])('B033: %s, is refused (E2005) with its line: nothing of it stays', async (_, upgrade) => {
    shop.put('a1');
    const file = shop.put('b2', { down: 'a1', upgrade: TABLE + upgrade });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error).toMatchObject({ code: 'E2005', facts: { revision: 'b2', file } });
    expect(error.message).toContain('process.exit(0)');
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['t_a1'] });
  });

  it('B033: everybody else may end it meanwhile, as a signal handler does', async () => {
    let asked: unknown;
    process.exit = ((code: unknown) => (asked = code)) as typeof process.exit;
    const replaced = process.exit;
    try {
      shop.put('a1', { upgrade: 'await new Promise((go) => setTimeout(go, 150));' });
      const running = shop.migrator.upgrade('head');
      await new Promise((go) => setTimeout(go, 100));
      process.exit(130);
      await running;
      expect(asked).toBe(130);
      expect(process.exit).toBe(replaced);
    } finally {
      process.exit = exit;
    }
  });

  it('B033: two that run at the same time leave process.exit as it was', async () => {
    shop.put('a1', { upgrade: 'await new Promise((go) => setTimeout(go, 50));' });
    const offline = shop.migrator.upgrade('head', { sql: true });
    await shop.migrator.upgrade('head');
    await offline;
  });
});

describe('a revision file that changes', () => {
  const targetSchema = () => model([table('nothing', [])]);
  const checked = () => shop.migratorWith({ targetSchema }).check();

  it('B047: while others run, is applied as it was loaded, and its checksum is that of the loaded text', async () => {
    const second = join(shop.versions, 'b2.ts');
    shop.put('a1', {
      upgrade: `require('node:fs').writeFileSync(${JSON.stringify(second)}, 'export const revision = "other";');`,
    });
    const text = readFileSync(shop.put('b2', { down: 'a1' }), 'utf8');
    await shop.migrator.upgrade('head');
    expect(await stateOf(database)).toMatchObject({ rows: ['b2'], tables: ['t_b2'] });
    writeFileSync(second, text);
    const check = await checked();
    expect(check.warnings).toEqual([]);
    expect(readFileSync(second, 'utf8')).toBe(text);
  });

  it('B048: after it was applied, is told by check (E4010) and by upgrade, which goes on; with `strict` it does not', async () => {
    const file = shop.put('a1');
    shop.put('b2', { down: 'a1' });
    await shop.migrator.upgrade('b2');
    expect((await checked()).warnings).toEqual([]);
    writeFileSync(file, readFileSync(file, 'utf8').replace("'id', 'int'", "'id', 'bigint'"));
    const [warning, ...others] = (await checked()).warnings;
    expect(warning).toMatchObject({ code: 'E4010', facts: { revision: 'a1', file } });
    expect(others).toEqual([]);
    expect(shop.events).toContainEqual({ type: 'warning', message: warning?.message });

    shop.put('c3', { down: 'b2' });
    const error = await errorOf(shop.migratorWith({ strict: true }).upgrade('head'));
    expect(error).toMatchObject({ code: 'E4010', facts: { revision: 'a1', file } });
    expect((await stateOf(database)).rows).toEqual(['b2']);
    shop.events.length = 0;
    await shop.migrator.upgrade('head');
    expect((await stateOf(database)).rows).toEqual(['c3']);
    expect(shop.events).toContainEqual({ type: 'warning', message: warning?.message });
  });

  it('B048: only in its line ends, or that is not applied any more, or that another tool applied, is no matter', async () => {
    const file = shop.put('a1');
    const top = shop.put('b2', { down: 'a1' });
    await shop.migrator.upgrade('b2');
    await shop.migrator.downgrade('-1');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    writeFileSync(top, `${readFileSync(top, 'utf8')}// edited\n`);
    await shop.migratorWith({ strict: true }).upgrade('head');
    expect((await checked()).warnings).toEqual([]);
    await database.checker.query('DROP TABLE alembic_version_log');
    writeFileSync(file, `${readFileSync(file, 'utf8')}// edited\n`);
    expect((await checked()).warnings).toEqual([]);
  });
});
