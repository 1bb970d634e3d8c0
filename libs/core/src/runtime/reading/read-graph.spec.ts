import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { createWorkshop, errorOf, reset, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
let shop: Workshop;
let connects = 0;

beforeEach(async () => {
  await reset(database);
  connects = 0;
  const connect = () => {
    connects += 1;
    return database.connect();
  };
  shop = createWorkshop(database, { dialect: postgresDialect, connect });
});
afterEach(() => shop.remove());

const ids = (revisions: readonly { readonly id: string }[]): string =>
  revisions.map(({ id }) => id).join(' ');

/** a <- b <- c, and d on its own branch, which needs c. */
function writeBranches(): void {
  shop.put('a');
  shop.put('b', { down: 'a' });
  shop.put('c', { down: 'b' });
  shop.put('d', { down: 'a', labels: ['billing'], dependsOn: 'c' });
}

describe('heads', () => {
  it('CLI-68, LIM-16: are all, or with resolveDependencies those that nobody depends on', async () => {
    writeBranches();
    const heads = await shop.migrator.heads();
    expect(heads).toMatchObject([
      { id: 'c', isHead: true, isEffectiveHead: true },
      { id: 'd', isHead: true, isEffectiveHead: false },
    ]);
    expect(ids(await shop.migrator.heads({ resolveDependencies: true }))).toBe('d');
    expect(connects).toBe(0);
  });

  it('are checked for there being one', async () => {
    const { migrator } = shop;
    expect(await migrator.checkHeads()).toEqual({ heads: [], problems: [] });
    shop.put('a');
    expect(await migrator.checkHeads()).toMatchObject({ heads: [{ id: 'a' }], problems: [] });
    writeBranches();
    const { problems } = await migrator.checkHeads();
    expect(problems).toEqual(['there are 2 heads: "c", "d" (billing)']);
    const resolved = await migrator.checkHeads({ resolveDependencies: true });
    expect(resolved).toMatchObject({ heads: [{ id: 'd' }], problems: [] });
    expect(connects).toBe(0);
  });
});

describe('branches', () => {
  it('CLI-70: are the branch points, newest first, with what follows each through down revisions', async () => {
    expect(await shop.migrator.branches()).toEqual([]);
    writeBranches();
    shop.put('e1', { down: 'd' });
    shop.put('e2', { down: 'd' });
    const branches = await shop.migrator.branches();
    expect(branches.map(({ branchPoint }) => branchPoint.id)).toEqual(['d', 'a']);
    expect(branches.map(({ children }) => ids(children))).toEqual(['e1 e2', 'b d']);
    expect(branches[1]?.children[1]).toMatchObject({ labels: ['billing'], isBranchPoint: true });
    expect(connects).toBe(0);
  });
});

describe('history and graph', () => {
  beforeEach(() => {
    shop.put('a');
    shop.put('b', { down: 'a' });
    shop.put('c', { down: 'b' });
  });

  it('SCN-30, CLI-63, REV-52: take every form of range, both ends included, and clip', async () => {
    const history = async (range: string) => ids(await shop.migrator.history({ range }));
    expect(await history(':b')).toBe('b a');
    expect(await history('b:')).toBe('c b');
    expect(await history('a:+2')).toBe('c b a');
    expect(await history('-2:c')).toBe('c b a');
    expect(await history('-5:c')).toBe('c b a');
    expect(await history('a:+9')).toBe('c b a');
    expect(await history(':head')).toBe('c b a');
    expect(await history('base:heads')).toBe('c b a');
    expect(connects).toBe(0);
    expect(await history('current:')).toBe('c b a');
    await shop.migrator.upgrade('b');
    expect(await history('current:')).toBe('c b');
    expect(await history('-1:current')).toBe('b a');
    expect(await history('-3:current')).toBe('b a');
    expect(await history('current:+1')).toBe('c b');
    expect(await history(' :current ')).toBe('b a');
    const marked = await shop.migrator.history({ indicateCurrent: true });
    expect(marked.map(({ isCurrent }) => isCurrent)).toEqual([false, true, false]);
  });

  it('CLI-64: ask the database for current, for indicateCurrent and with revisionEnvironment', async () => {
    await shop.migrator.upgrade('b');
    connects = 0;
    await shop.migrator.history();
    await shop.migrator.graph();
    expect(connects).toBe(0);
    expect(ids(await shop.migrator.history({ range: 'current:current' }))).toBe('b');
    expect(await shop.migrator.graph({ range: ':current' })).toMatchObject([
      { id: 'b', isCurrent: true },
      { id: 'a', isCurrent: false },
    ]);
    expect(connects).toBe(2);
    const environment = shop.migratorWith({ revisionEnvironment: true });
    expect((await environment.history())[1]).toMatchObject({ id: 'b', isCurrent: true });
    expect(connects).toBe(3);
    expect((await environment.history({ indicateCurrent: false }))[1]).not.toHaveProperty(
      'isCurrent',
    );
    expect((await environment.graph())[1]).not.toHaveProperty('isCurrent');
    expect(connects).toBe(3);
  });

  it.each(['a', 'a:b:c', ''])('CLI-62: refuse the range "%s"', async (range) => {
    expect(await errorOf(shop.migrator.history({ range }))).toMatchObject({ code: 'E7007' });
  });
});

describe('show', () => {
  it('CLI-61: is what a target denotes, of current the rows, of base nothing', async () => {
    writeBranches();
    expect(await shop.migrator.show('base')).toEqual([]);
    expect(ids(await shop.migrator.show('heads'))).toBe('d');
    expect(connects).toBe(0);
    expect(await shop.migrator.show('current')).toEqual([]);
    await shop.migrator.upgrade('heads');
    expect(await shop.migrator.show('current')).toMatchObject([{ id: 'd', isCurrent: true }]);
  });
});

describe('current', () => {
  it('CLI-71, SCN-27: lists rows and what they imply by dependency', async () => {
    writeBranches();
    await shop.migrator.upgrade('heads');
    const { rows, revisions } = await shop.migrator.current();
    expect(rows).toEqual(['d']);
    expect(ids(revisions)).toBe('c d');
  });

  it('CLI-74, PORT-09, ERR-13: with checkHeads refuses a database that is not at all heads, and asks for no row of an effective head', async () => {
    writeBranches();
    shop.put('x', { down: 'b' });
    const check = () => shop.migrator.current({ checkHeads: true });
    const unversioned = await errorOf(check());
    expect(unversioned).toMatchObject({ code: 'E4014', facts: { rows: [], heads: ['d', 'x'] } });
    expect(unversioned.message).toContain('not on all head revisions');
    await shop.migrator.upgrade('d');
    expect(await errorOf(check())).toMatchObject({ code: 'E4014', facts: { rows: ['d'] } });
    await shop.migrator.upgrade('heads');
    expect(await check()).toMatchObject({ rows: ['d', 'x'], isAtHead: true });
  });

  it('CLI-73, VT-03: creates nothing', async () => {
    writeBranches();
    expect(await shop.migrator.current()).toMatchObject({ rows: [], isAtHead: false });
    await shop.migrator.show('current');
    await shop.migrator.history({ indicateCurrent: true });
    expect((await stateOf(database)).rows).toBeUndefined();
  });
});
