import { join } from 'node:path';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { CompiledCore } from '../testing/compiled-core.fixture.js';
import { compileCore } from '../testing/compiled-core.fixture.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { createSpecDatabase } from '../testing/database.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { createWorkshop, errorOf, leaksOf, reset, stateOf } from '../testing/migrator.fixture.js';
import { Replica, runAtOnce } from '../testing/replica.fixture.js';

let database: SpecDatabase;
let shop: Workshop;
let core: CompiledCore;
const ids = ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'];

beforeAll(async () => {
  core = compileCore();
  database = await createSpecDatabase();
});
afterAll(async () => {
  core.remove();
  await database.drop();
});
beforeEach(async () => {
  await reset(database);
  await database.checker.query('CREATE TABLE probe (rev text)');
  shop = createWorkshop(database, { dialect: postgresDialect });
  ids.forEach((id, at) =>
    shop.put(id, {
      down: ids[at - 1] ?? null,
      upgrade: `op.execute("INSERT INTO probe VALUES ('${id}')");`,
    }),
  );
});
afterEach(async () => {
  shop.remove();
  expect(await leaksOf(database)).toEqual([]);
});

const probed = async (): Promise<string[]> =>
  (await database.checker.query('SELECT rev FROM probe ORDER BY rev')).rows.map(({ rev }) => rev);

const replica = (): Replica =>
  new Replica(core, [
    join('runtime', 'testing', 'upgrade-worker.fixture.js'),
    join(core.folder, 'dialects', 'postgres', 'postgres-dialect.js'),
    database.url,
    shop.root,
  ]);

describe('several runs at once (reliability.md §3.10)', () => {
  it('ten processes on a fresh database apply each revision once, and all succeed', async () => {
    const ends = await runAtOnce(Array.from({ length: 10 }, replica));
    expect(ends.map(({ rows }) => rows)).toEqual(ends.map(() => ['f6']));
    const total = ends.reduce((sum, { steps }) => sum + steps, 0);
    expect(total).toBe(ids.length);
    expect(await probed()).toEqual(ids);
    expect((await stateOf(database)).log).toEqual(ids.map((id) => `upgrade ${id}`));
  }, 60_000);

  it('ten migrators of one process do the same', async () => {
    const results = await Promise.all(
      Array.from({ length: 10 }, () => shop.migratorWith({}).upgrade('head')),
    );
    expect(results.map(({ rows }) => rows)).toEqual(results.map(() => ['f6']));
    expect(await probed()).toEqual(ids);
  });

  it('upgrade, downgrade and stamp one after another; none sees a state in between', async () => {
    shop.put('a1', { upgrade: `await ctx.query('SELECT pg_sleep(0.2)');`, downgrade: '' });
    const up = shop.migrator.upgrade('a1');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const [upped, stamped] = await Promise.all([up, shop.migratorWith({}).stamp(['c3'])]);
    expect(upped.rows).toEqual(['a1']);
    expect(stamped.steps).toMatchObject([{ rowsBefore: ['a1'], rowsAfter: ['c3'] }]);
    expect(await stateOf(database)).toMatchObject({
      rows: ['c3'],
      log: ['upgrade a1', 'stamp c3'],
    });
  });

  it('E5001 names the run that holds the lock', async () => {
    shop.put('a1', { upgrade: `await ctx.query('SELECT pg_sleep(0.6)');` });
    const first = shop.migrator.upgrade('head');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const error = await errorOf(shop.migratorWith({}).upgrade('head', { lockTimeoutMs: 100 }));
    expect(error.code).toBe('E5001');
    expect(error.message).toMatch(
      /held by process \d+ \("nest-alembic\/0\.1\.0 run=\w{8} pid=\d+ host=/,
    );
    await first;
    expect(await probed()).toEqual(ids.slice(1));
  });

  it('two version tables in two schemas do not wait for each other', async () => {
    await database.checker.query('CREATE SCHEMA IF NOT EXISTS tenant');
    shop.put('a1', { upgrade: `await ctx.query('SELECT pg_sleep(0.4)');` });
    const first = shop.migrator.upgrade('a1');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const other = shop.migratorWith({ versionTableSchema: 'tenant' });
    expect((await other.upgrade('a1', { lockTimeoutMs: 0 })).rows).toEqual(['a1']);
    await first;
  });

  it('A3: CREATE INDEX CONCURRENTLY of the holder is no deadlock for those who wait', async () => {
    await database.checker.query('CREATE TABLE big AS SELECT generate_series(1, 20000) AS id');
    shop.put('a1', {
      more: `export const transaction = 'none';`,
      upgrade: `await ctx.query('SELECT pg_sleep(0.3)');
        op.createIndex('ix', 'big', ['id'], { concurrently: true });`,
    });
    const runs = Array.from({ length: 4 }, () => shop.migratorWith({}).upgrade('head'));
    expect((await Promise.all(runs)).map(({ rows }) => rows)).toEqual(runs.map(() => ['f6']));
    const { rows } = await database.checker.query(
      `SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass`,
    );
    expect(rows).toEqual([{ indisvalid: true }]);
  });
});
