import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { errorOf, reset, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, {
  dialect: postgresDialect,
  connect: async () => Promise.reject(new Error('a script needs no database')),
});

beforeEach(() => {
  shop.put('a1', {
    message: `it's "quoted" */ \\ and\nDROP TABLE probe; -- two lines`,
    upgrade: `op.createTable('account', (t: any) => [t.column('id', 'int'), t.column('note', 'text', { default: "it's \\\\ ; --" })], { entity: 'Account' });
      op.execute("INSERT INTO account VALUES (1) -- a comment at the end");`,
    downgrade: `op.dropTable('account');`,
  });
  shop.put('b2', {
    down: 'a1',
    upgrade: `op.addColumn('account', 'x', 'int');`,
    downgrade: `op.dropColumn('account', 'x');`,
  });
  shop.put('c3', { down: 'b2' });
});

const script = async (result: Promise<{ readonly sql?: string }>): Promise<string> =>
  (await result).sql ?? '';

/** As a person would run it; by the driver where this machine has no psql. */
async function run(sql: string): Promise<void> {
  if (spawnSync('psql', ['--version']).status !== 0) {
    await database.checker.query(sql);
    return;
  }
  const file = join(shop.root, 'script.sql');
  writeFileSync(file, sql);
  const psql = spawnSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', file, database.url], {
    encoding: 'utf8',
  });
  if (psql.status !== 0) throw new Error(psql.stderr);
}

/** Tables with columns and defaults, version rows, and the log but for who and when. */
async function everything(): Promise<unknown> {
  const { rows: columns } = await database.checker.query(
    `SELECT table_name, column_name, data_type, column_default, is_nullable FROM information_schema.columns
     WHERE table_schema = 'public' ORDER BY 1, ordinal_position`,
  );
  const { rows: entries } = await database.checker.query(
    `SELECT revision, direction, version_nums, message, checksum, objects, tool_version FROM alembic_version_log ORDER BY id`,
  );
  return { columns, entries, ...(await stateOf(database)) };
}

describe('a script instead of a run (design D10)', () => {
  it('law 5: gives the same schema, rows and log as the run', async () => {
    await run(await script(shop.migrator.upgrade('head', { sql: true })));
    const offline = await everything();
    await reset(database);
    await shop.migratorWith({ connect: () => database.connect() }).upgrade('head');
    expect(offline).toEqual(await everything());
    expect(offline).toMatchObject({ rows: ['c3'], tables: ['account', 't_c3'] });
  });

  it('goes on where a range begins, and back', async () => {
    await run(await script(shop.migrator.upgrade('a1', { sql: true })));
    await run(await script(shop.migrator.upgrade('a1:c3', { sql: true })));
    expect(await stateOf(database)).toMatchObject({ rows: ['c3'] });
    await run(await script(shop.migrator.downgrade('c3:base', { sql: true })));
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: [] });
  });

  it('OFF-01, OFF-02: writes one transaction for each revision, with a comment that has no message', async () => {
    const sql = await script(shop.migrator.upgrade('a1:b2', { sql: true }));
    const log = /INSERT INTO "alembic_version_log"[^;]*;/;
    const table = /CREATE TABLE IF NOT EXISTS "alembic_version_log" \([^;]*;/;
    expect(sql.replace(log, '<log>;').replace(table, '<log table>;')).toBe(
      `BEGIN;

<log table>;

DO $alembic$
BEGIN
  IF NOT ((SELECT count(*) FROM (SELECT 1 FROM "alembic_version" WHERE version_num IN ('a1')) AS present) = 1) THEN RAISE EXCEPTION USING MESSAGE = 'this script begins at a1; the database is elsewhere'; END IF;
END
$alembic$;

-- Running upgrade a1 -> b2

ALTER TABLE "account" ADD COLUMN "x" int;

UPDATE "alembic_version" SET version_num = 'b2' WHERE version_num = 'a1';

<log>;

COMMIT;

`,
    );
    const all = await script(shop.migrator.upgrade('head', { sql: true }));
    expect(all).toContain('-- Running upgrade  -> a1\n');
    expect(all.match(/^BEGIN;$/gm)).toHaveLength(3);
  });

  it('OFF-04, MIG-11: tells each step with its ends: base as nothing, several by commas', async () => {
    shop.put('d4', { down: 'b2', upgrade: '', downgrade: '' });
    shop.put('e5', { down: ['c3', 'd4'], upgrade: '', downgrade: '' });
    const told = async (result: Promise<{ readonly sql?: string }>) =>
      (await script(result)).split('\n').filter((line) => line.startsWith('-- Running'));
    expect(await told(shop.migrator.upgrade('b2:head', { sql: true }))).toEqual([
      expect.stringMatching(/^-- Running upgrade b2 -> [cd]\d$/),
      expect.stringMatching(/^-- Running upgrade b2 -> [cd]\d$/),
      '-- Running upgrade c3, d4 -> e5',
    ]);
    expect(await told(shop.migrator.downgrade('b2:base', { sql: true }))).toEqual([
      '-- Running downgrade b2 -> a1',
      '-- Running downgrade a1 -> ',
    ]);
    expect(await told(shop.migrator.stamp(['b2:base'], { sql: true }))).toEqual([
      '-- Running stamp_revision b2 -> ',
    ]);
  });

  it('OFF-06, OFF-07: makes the version table only when it starts from nothing, the log once, and drops neither', async () => {
    const made = async (result: Promise<{ readonly sql?: string }>) =>
      [...(await script(result)).matchAll(/(?:CREATE|DROP) TABLE.* "(alembic_\w+)"/g)].map(
        ([, name]) => name,
      );
    const { migrator } = shop;
    const all = ['alembic_version', 'alembic_version_log', 'alembic_version_ledger'];
    expect(await made(migrator.upgrade('head', { sql: true }))).toEqual(all);
    expect(await made(migrator.upgrade('base:a1', { sql: true }))).toEqual(all);
    expect(await made(migrator.upgrade('a1:c3', { sql: true }))).toEqual(['alembic_version_log']);
    expect(await made(migrator.downgrade('c3:base', { sql: true }))).toEqual([
      'alembic_version_log',
    ]);
  });

  it("goes on in a database of Alembic's own, which has no log", async () => {
    await database.checker.query(
      `CREATE TABLE alembic_version (version_num varchar(32) NOT NULL);
       INSERT INTO alembic_version VALUES ('a1'); CREATE TABLE account (id int, note text)`,
    );
    await run(await script(shop.migrator.upgrade('a1:c3', { sql: true })));
    expect(await stateOf(database)).toMatchObject({
      rows: ['c3'],
      log: ['upgrade b2', 'upgrade c3'],
    });
  });

  it('OFF-18, CLI-78: stamps', async () => {
    await run(await script(shop.migrator.stamp(['b2'], { sql: true })));
    expect(await stateOf(database)).toMatchObject({ rows: ['b2'], tables: [], log: ['stamp b2'] });
    const sql = await script(shop.migrator.stamp(['b2:c3'], { sql: true }));
    expect(sql).toContain('-- Running stamp_revision b2 -> c3');
    expect(sql).not.toContain('CREATE TABLE IF NOT EXISTS "alembic_version" (');
    await run(sql);
    await run(await script(shop.migrator.stamp(['c3:base'], { sql: true })));
    expect(await stateOf(database)).toMatchObject({ rows: [] });
  });

  it('SCN-31: each way of naming a range writes what Alembic writes of the version table, and the steps between', async () => {
    const written = async (
      result: Promise<{ readonly sql?: string }>,
    ): Promise<readonly string[]> =>
      (await script(result))
        .split('\n')
        .flatMap((line) => /^(?:-- Running .*|[A-Z ]+"alembic_version")/.exec(line)?.[0] ?? []);
    const { migrator } = shop;
    const sql = { sql: true } as const;
    expect(await written(migrator.upgrade('a1', sql))).toEqual([
      'CREATE TABLE IF NOT EXISTS "alembic_version"',
      '-- Running upgrade  -> a1',
      'INSERT INTO "alembic_version"',
    ]);
    expect(await written(migrator.upgrade('b2:c3', sql))).toEqual([
      '-- Running upgrade b2 -> c3',
      'UPDATE "alembic_version"',
    ]);
    expect(await written(migrator.downgrade('c3:base', sql))).toEqual([
      '-- Running downgrade c3 -> b2',
      'UPDATE "alembic_version"',
      '-- Running downgrade b2 -> a1',
      'UPDATE "alembic_version"',
      '-- Running downgrade a1 -> ',
      'DELETE FROM "alembic_version"',
    ]);
    shop.put('d4e5f6a7', { down: 'c3', upgrade: '' });
    shop.put('e5f6a7b8', { down: 'd4e5f6a7', upgrade: '' });
    for (const start of ['d4e5f6a7', 'd4e5'])
      expect(await written(migrator.stamp([`${start}:head`], sql))).toEqual([
        '-- Running stamp_revision d4e5f6a7 -> e5f6a7b8',
        'UPDATE "alembic_version"',
      ]);
    expect(await script(migrator.stamp(['base'], sql))).not.toContain('DROP');
  });

  it('CLI-53, CLI-57: E7007 for a range without sql: the database says where to begin', async () => {
    const { migrator } = shop;
    for (const run of [migrator.upgrade('a1:c3'), migrator.downgrade('c3:a1')])
      expect(await errorOf(run)).toMatchObject({
        code: 'E7007',
        message: expect.stringContaining('is a range, which only a script can be made for'),
      });
  });

  it("writes a revision with transaction = 'none' outside of one", async () => {
    shop.put('d4', {
      down: 'c3',
      more: `export const transaction = 'none';`,
      upgrade: `op.createIndex('ix', 'account', ['id'], { concurrently: true });`,
    });
    await run(await script(shop.migrator.upgrade('head', { sql: true })));
    expect(await stateOf(database)).toMatchObject({ rows: ['d4'] });
  });

  it('writes one that comes first so too: our tables are committed before it', async () => {
    await run(await script(shop.migrator.upgrade('c3', { sql: true })));
    shop.put('d4', {
      down: 'c3',
      more: `export const transaction = 'none';`,
      upgrade: `op.createIndex('ix', 'account', ['id'], { concurrently: true });`,
    });
    const sql = await script(shop.migrator.upgrade('c3:d4', { sql: true }));
    expect(sql).toMatch(
      /^BEGIN;\n\nCREATE TABLE [^;]*;\n\nDO \$alembic\$[^$]*\$alembic\$;\n\nCOMMIT;\n\n-- Running upgrade c3 -> d4\n/,
    );
    await run(sql);
    expect(await stateOf(database)).toMatchObject({ rows: ['d4'] });
  });

  it('LIM-07: E6006 for ctx.query, with revision, file and line', async () => {
    const file = shop.put('d4', {
      down: 'c3',
      upgrade: `op.execute('SELECT 1');\n  const rows = await ctx.query('SELECT 1');\n  op.execute(String(rows));`,
    });
    expect(await errorOf(shop.migrator.upgrade('head', { sql: true }))).toMatchObject({
      code: 'E6006',
      facts: { revision: 'd4', file, line: 9 },
      message: expect.stringContaining('d4.ts:9'),
    });
  });

  it.each([
    ['downgrade', 'a1'],
    ['downgrade', '-1'],
    ['downgrade', 'a1:'],
    ['upgrade', 'a1:b2:c3'],
    ['upgrade', 'c3:a1'],
    ['upgrade', 'a1:'],
  ] as const)('CLI-57, CLI-59, B125: E7007 for %s %s', async (verb, target) => {
    expect(await errorOf(shop.migrator[verb](target, { sql: true }))).toMatchObject({
      code: 'E7007',
    });
  });

  it('is empty where both ends are the same', async () => {
    expect(await shop.migrator.upgrade('b2:b2', { sql: true })).toEqual({
      steps: [],
      rows: ['b2'],
      sql: '',
    });
  });

  it('OFF-05: begins at base where nothing else is said; a start may be abbreviated, and must be known', async () => {
    shop.put('d4e5f6a7', { down: 'c3', upgrade: '' });
    shop.put('e5f6a7b8', { down: 'd4e5f6a7', upgrade: '' });
    const steps = async (target: string) =>
      (await shop.migrator.upgrade(target, { sql: true })).steps.map(
        ({ revision }) => revision?.id,
      );
    const all = ['a1', 'b2', 'c3', 'd4e5f6a7', 'e5f6a7b8'];
    for (const target of ['head', 'base:head', ':head']) expect(await steps(target)).toEqual(all);
    expect(await steps('d4e5:head')).toEqual(['e5f6a7b8']);
    expect(await errorOf(shop.migrator.upgrade('zz:c3', { sql: true }))).toMatchObject({
      code: 'E1017',
    });
  });

  it('CLI-77, CLI-78: refuses --purge, and two starts', async () => {
    const { migrator } = shop;
    expect(await errorOf(migrator.stamp(['a1'], { sql: true, purge: true }))).toMatchObject({
      code: 'E7007',
    });
    expect(await errorOf(migrator.stamp(['a1:b2', 'b2:c3'], { sql: true }))).toMatchObject({
      code: 'E7007',
    });
  });
});
