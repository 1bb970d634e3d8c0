import { errorOf, graphOf, idsOf } from './graph.fixture.js';
import { needsRows, walk } from './walk.js';
import type { WalkRange } from './walk.js';

const line = graphOf('a <- b <- c');

function history(graph: ReturnType<typeof graphOf>, range: WalkRange = {}): string {
  return idsOf(walk(graph, range));
}

describe('history along a line', () => {
  it.each<[string, WalkRange, string]>([
    ['CLI-62: everything, newest first', {}, 'c b a'],
    ['SCN-30: :b', { head: 'b' }, 'b a'],
    ['SCN-30: b:', { base: 'b' }, 'c b'],
    ['CLI-63: both ends belong to it', { base: 'a', head: 'b' }, 'b a'],
    ['one revision', { base: 'b', head: 'b' }, 'b'],
    ['SCN-30: a:+2', { base: 'a', head: '+2' }, 'c b a'],
    ['CLI-63: a:+9 stops at the head', { base: 'a', head: '+9' }, 'c b a'],
    ['SCN-30: -2:c', { base: '-2', head: 'c' }, 'c b a'],
    ['SCN-30: -5:c stops at base', { base: '-5', head: 'c' }, 'c b a'],
    ['CLI-63: -5: stops at base, where Alembic fails', { base: '-5' }, 'c b a'],
    ['CLI-63: -1: begins one below the head', { base: '-1' }, 'c b'],
    ['SCN-30: current: with a row', { base: 'current', rows: ['b'] }, 'c b'],
    ['SCN-30: current: without rows', { base: 'current', rows: [] }, 'c b a'],
    ['CLI-64: :current', { head: 'current', rows: ['b'] }, 'b a'],
    [
      ':current without rows is nothing, where Alembic lists everything',
      { head: 'current', rows: [] },
      '',
    ],
    ['CLI-64: current:current', { base: 'current', head: 'current', rows: ['b'] }, 'b'],
    ['current:+1', { base: 'current', head: '+1', rows: ['a'] }, 'b a'],
    ['-1:current at the head', { base: '-1', head: 'current', rows: ['c'] }, 'c b'],
    ['-1:current below the head', { base: '-1', head: 'current', rows: ['b'] }, 'b a'],
    ['-9:current stops at base', { base: '-9', head: 'current', rows: ['b'] }, 'b a'],
    ['-1:current at base', { base: '-1', head: 'current', rows: [] }, ''],
    ['head-1 as upper end', { head: 'head-1' }, 'b a'],
    ['an upper end below base is nothing, where Alembic fails', { head: 'a-3' }, ''],
    ['base:base', { head: 'base' }, ''],
  ])('%s', (_, range, expected) => {
    expect(history(line, range)).toBe(expected);
  });

  it('REV-61: the lower end must be an ancestor of the upper end', () => {
    expect(errorOf(() => walk(line, { base: 'c', head: 'a' }))).toMatchObject({
      code: 'E1022',
      facts: { lower: 'c', upper: 'a' },
    });
  });

  it.each<[string, WalkRange, string]>([
    ['current without rows', { base: 'current' }, 'E7013'],
    ['an unknown row', { base: 'current', rows: ['gone'] }, 'E4001'],
    ['an unknown end', { base: 'nothing' }, 'E1017'],
    ['-1 as upper end', { head: '-1' }, 'E1014'],
    ['c-1 as lower end', { base: 'c-1' }, 'E1017'],
    ['-5:heads, as Alembic', { base: '-5', head: 'heads' }, 'E1017'],
  ])('%s is refused', (_, range, code) => {
    expect(errorOf(() => walk(line, range)).code).toBe(code);
  });

  it('REV-17: an empty graph has no history', () => {
    expect(history(graphOf())).toBe('');
  });

  it('says which ranges need the rows', () => {
    expect(needsRows({ base: 'current' })).toBe(true);
    expect(needsRows({ head: 'current' })).toBe(true);
    expect(needsRows({ base: 'a', head: 'b' })).toBe(false);
  });
});

describe('history over branches', () => {
  const branched = graphOf('a <- b <- c1[one] <- d1', 'b <- c2[two] <- d2');

  it('REV-67: walks down one branch after the other', () => {
    expect(history(branched)).toBe('d1 c1 d2 c2 b a');
  });

  it('REV-67: walks every branch down to a revision before it goes on below', () => {
    // a <- b <-+- c <- e      b is reached first from e, and has to wait for f and d
    //          +- d <- f
    expect(history(graphOf('a <- b <- c, d', 'c <- e', 'd <- f'))).toBe('e c f d b a');
  });

  it('REV-67: at a merge point the first parent comes next, the others later', () => {
    const graph = graphOf('a <- x <- b, c', 'a <- d', 'd, b <- e', 'c <- f');
    expect(history(graph)).toBe('e d f c b x a');
  });

  it('REV-06: load order breaks ties', () => {
    expect(history(graphOf('a <- b, c'))).toBe('b c a');
    expect(history(graphOf('a <- c, b'))).toBe('c b a');
  });

  it('REV-62: branch@base takes only what is on the branch', () => {
    expect(history(branched, { base: 'one@b' })).toBe('d1 c1 b');
    expect(history(branched, { base: 'one@base' })).toBe('d1 c1 b a');
    expect(history(branched, { base: 'c1@b' })).toBe('d1 c1 b');
    expect(history(branched, { base: 'd2@b' })).toBe('d2 c2 b');
  });

  it('REV-62: the beginning of an id as branch stands for the id, where Alembic finds nothing', () => {
    expect(history(graphOf('abcd1[x] <- b', 'y'), { base: 'abcd@base' })).toBe('b abcd1');
  });

  it('CLI-66: branch@head as upper end lists what an upgrade to it would need', () => {
    const graph = graphOf('a1 <- a2', 'b1[two] <- b2', 'a2 <~ b2');
    expect(history(graph, { head: 'two@head' })).toBe('b2 b1 a2 a1');
    expect(history(graph, { base: 'b1' })).toBe('b2 b1');
  });

  it('CLI-66: branch@base as lower end lists the branch, and of others only what it needs', () => {
    const graph = graphOf('a1 <- a2 <- a3', 'b1[two] <- b2', 'c1 <- c2', 'a2 <~ b2');
    expect(history(graph, { base: 'two@base' })).toBe('b2 b1 a2 a1');
    expect(history(graph, { base: 'two@base', head: 'b1' })).toBe('b1');
  });

  it('REV-63: ends that overlap are refused', () => {
    const graph = graphOf('a[lib] <- b, c', 'b <~ c');
    expect(errorOf(() => walk(graph, { head: 'lib@heads' })).code).toBe('E1019');
    expect(errorOf(() => walk(graph, { base: 'current', rows: ['a', 'b'] })).code).toBe('E1019');
  });

  it('CLI-67: from the rows up to a later merge point, where Alembic can fail', () => {
    // c is reached only through d, which does not descend from b
    const graph = graphOf('a <- b <- c', 'x <- d <- e', 'c <~ d');
    expect(history(graph, { base: 'current', rows: ['b'] })).toBe('c b');
    const merged = graphOf('a <- b <- c', 'a <- x', 'c, x <- m');
    expect(history(merged, { base: 'current', rows: ['b'] })).toBe('m c b');
  });
});

describe('SCN-22: three bases that depend on each other', () => {
  const graph = graphOf(
    'base1 <- a1a, a1b',
    'a1a <- b1a',
    'a1b <- b1b',
    'base2[b_2] <- a2 <- b2 <- c2 <- d2',
    'base3[b_3] <- a3 <- b3 <- c3 <- d3',
    'a3 <~ b2',
    'b1b <~ c3',
  );

  it('what a branch needs includes what it depends on', () => {
    expect(history(graph, { head: 'b_2@head' })).toBe('d2 c2 b2 a2 base2 a3 base3');
  });

  it('a lower end leaves out what does not descend from it', () => {
    expect(history(graph, { base: 'base2', head: 'd2' })).toBe('d2 c2 b2 a2 base2');
  });

  it('a range the wrong way round is refused', () => {
    expect(errorOf(() => walk(graph, { base: 'd2', head: 'b2' })).code).toBe('E1022');
  });
});
