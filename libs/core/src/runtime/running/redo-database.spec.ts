import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Step } from '../../graph/step.js';
import { errorOf, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

beforeEach(() => {
  shop.put('a1');
  shop.put('b2', { down: 'a1' });
  shop.put('c3', { down: 'b2' });
});

const FAILS_WITH_TAG = `if (ctx.tag) await op.execute('SELECT 1/0');`;

const words = (steps: readonly Step[]) =>
  steps.map(({ direction, revision }) => `${direction} ${revision?.id}`);

describe('redo', () => {
  it('runs the last revision again, under one lock', async () => {
    await shop.migrator.upgrade('head');
    shop.events.length = 0;
    const { steps, rows } = await shop.migrator.redo();
    expect(words(steps)).toEqual(['downgrade c3', 'upgrade c3']);
    expect(rows).toEqual(['c3']);
    const { log, tables } = await stateOf(database);
    expect(log.slice(3)).toEqual(['downgrade c3', 'upgrade c3']);
    expect(tables).toEqual(['t_a1', 't_b2', 't_c3']);
    expect(shop.events.filter(({ type }) => type === 'lockAcquired')).toHaveLength(1);
  });

  it('goes back to a target and up to the rows that were there, not to head', async () => {
    await shop.migrator.upgrade('b2');
    const { steps, rows } = await shop.migrator.redo('base');
    expect(words(steps)).toEqual(['downgrade b2', 'downgrade a1', 'upgrade a1', 'upgrade b2']);
    expect(rows).toEqual(['b2']);
    expect((await shop.migrator.redo('b2')).steps).toEqual([]);
  });

  it('gives both directions the tag', async () => {
    const probe = (direction: string) =>
      `await op.execute("INSERT INTO seen VALUES ('${direction} " + ctx.tag + "')");`;
    shop.put('d4', { down: 'c3', upgrade: probe('up'), downgrade: probe('down') });
    await database.checker.query('CREATE TABLE seen (what text)');
    await shop.migrator.upgrade('head');
    await shop.migrator.redo('-1', { tag: 'nightly' });
    const { rows } = await database.checker.query('SELECT what FROM seen');
    expect(rows.map(({ what }) => what)).toEqual(['up undefined', 'down nightly', 'up nightly']);
  });

  it('keeps the database where it failed, and says so', async () => {
    shop.put('b2', { down: 'a1', upgrade: FAILS_WITH_TAG, downgrade: '' });
    await shop.migrator.upgrade('head');
    const error = await errorOf(shop.migrator.redo('a1', { tag: 'fail' }));
    expect(error).toMatchObject({ code: 'E6003', facts: { rowsBefore: ['c3'], rows: ['a1'] } });
    expect(error.advice).toContain(
      'The database is kept where it failed, at "a1". "upgrade" to "c3"',
    );
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['t_a1'] });
  });

  it('says where it was interrupted, too', async () => {
    await shop.migrator.upgrade('head');
    const interrupt = new AbortController();
    const onEvent = ({ type }: { type: string }) => type === 'stepFinished' && interrupt.abort();
    const { signal } = interrupt;
    const error = await errorOf(shop.migratorWith({ onEvent }).redo('a1', { signal }));
    expect(error).toMatchObject({ code: 'E6013', facts: { rowsBefore: ['c3'], rows: ['b2'] } });
    expect((await stateOf(database)).rows).toEqual(['b2']);
  });

  it('runs nothing when a revision has no way back or cannot be loaded', async () => {
    shop.put('b2', { down: 'a1', downgrade: 'none' });
    await shop.migrator.upgrade('head');
    expect(await errorOf(shop.migrator.redo('a1'))).toMatchObject({ code: 'E6005' });
    expect((await stateOf(database)).log).toHaveLength(3);
  });

  it.each([
    ['-1', {}, 'E1014'],
    ['c3:a1', {}, 'E7007'],
    ['zz', {}, 'E1017'],
    ['-1', { sql: true }, 'E7007'],
  ])('refuses %s with %j at base and writes nothing', async (target, options, code) => {
    expect(await errorOf(shop.migrator.redo(target, options))).toMatchObject({ code });
    expect((await stateOf(database)).rows).toBeUndefined();
  });

  it('refuses to guess between branches', async () => {
    shop.put('x1', { labels: ['billing'] });
    await shop.migrator.upgrade('heads');
    expect(await errorOf(shop.migrator.redo())).toMatchObject({ code: 'E1014' });
    expect(words((await shop.migrator.redo('billing@-1')).steps)).toEqual([
      'downgrade x1',
      'upgrade x1',
    ]);
    expect((await stateOf(database)).rows).toEqual(['c3', 'x1']);
  });
});
