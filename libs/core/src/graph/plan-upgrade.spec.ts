import { changesOf, errorOf, graphOf, idsOf, rowsAfterAll } from './graph.fixture.js';
import { planUpgrade } from './plan-upgrade.js';
import type { RevisionGraph } from './revision-graph.js';

/** Steps and rows of an upgrade: `'b c -> c'`. */
function upgrade(graph: RevisionGraph, rows: string, ...targets: readonly string[]): string {
  const current = words(rows);
  const steps = planUpgrade(graph, { rows: current, targets });
  return `${idsOf(steps)} -> ${rowsAfterAll(steps, current)}`;
}

function words(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}

const line = graphOf('a <- b <- c <- d <- e');
// a <- b <-+- c1 <- d1
//          +- c2 <- d2
const branched = graphOf('a <- b <- c1[c1branch] <- d1', 'b <- c2[c2branch] <- d2');

describe('an upgrade along a line', () => {
  it.each([
    ['CLI-56: to a revision: it and what it needs', '', 'c', 'a b c -> c'],
    ['to head', 'b', 'head', 'c d e -> e'],
    ['SCN-01: +2', 'a', '+2', 'b c -> c'],
    ['SCN-01: b+2', 'a', 'b+2', 'b c d -> d'],
    ['SCN-01: d-2', 'a', 'd-2', 'b -> b'],
    ['SCN-01: +3', 'b', '+3', 'c d e -> e'],
    ['REV-42: +1 from nothing', '', '+1', 'a -> a'],
    ['REV-44: base+2', '', 'base+2', 'a b -> b'],
    ['REV-44: head-1', '', 'head-1', 'a b c d -> d'],
    ['CLI-54: what is applied already', 'c', 'c', ' -> c'],
    ['CLI-54: an ancestor of what is applied', 'c', 'a', ' -> c'],
    ['base', 'c', 'base', ' -> c'],
    ['a-1, which is base', '', 'a-1', ' -> '],
  ])('%s', (_, rows, target, expected) => {
    expect(upgrade(line, rows, target)).toBe(expected);
  });

  it.each([
    ['SCN-02, REV-44: -2', 'b', '-2'],
    ['SCN-02, REV-42: +5, more than there are', 'b', '+5'],
    ['REV-44: +0', 'b', '+0'],
    ['B021: head-99999', 'b', 'head-99999'],
    ['B021: c+9', 'b', 'c+9'],
    ['B021: +-1', 'b', '+-1'],
    ['B021: head--1', 'b', 'head--1'],
    ['B021, REV-40: head-1.5, which Alembic takes for head-1', 'b', 'head-1.5'],
    ['base-1, which Alembic takes for head', 'b', 'base-1'],
  ])('cannot count %s', (_, rows, target) => {
    expect(errorOf(() => upgrade(line, rows, target))).toMatchObject({
      code: 'E1014',
      facts: { target },
    });
  });

  it('each step says how rows change, and what they are before and after', () => {
    const steps = planUpgrade(line, { rows: ['a'], targets: ['c'] });
    expect(steps).toEqual([
      {
        direction: 'upgrade',
        revision: line.get('b'),
        rowsBefore: ['a'],
        rowsAfter: ['b'],
        changes: [{ action: 'update', from: 'a', to: 'b' }],
      },
      {
        direction: 'upgrade',
        revision: line.get('c'),
        rowsBefore: ['b'],
        rowsAfter: ['c'],
        changes: [{ action: 'update', from: 'b', to: 'c' }],
      },
    ]);
    expect(Object.isFrozen(steps[0])).toBe(true);
  });

  it('REV-17: an empty graph has nothing to upgrade', () => {
    expect(upgrade(graphOf(), '', 'head')).toBe(' -> ');
    expect(upgrade(graphOf(), '', 'heads')).toBe(' -> ');
  });

  it('B049: an unknown row is an error, whatever the target', () => {
    expect(errorOf(() => upgrade(line, 'gone', 'head')).code).toBe('E4001');
  });
});

describe('an upgrade over branches', () => {
  it.each([
    ['SCN-05: to both heads', 'a', ['d1', 'd2'], 'b c2 d2 c1 d1 -> d1 d2'],
    ['CLI-55: heads', 'a', ['heads'], 'b c2 d2 c1 d1 -> d1 d2'],
    ['CLI-56: one branch only', 'a', ['d1'], 'b c1 d1 -> d1'],
    ['SCN-09: branch@+1 with another branch applied', 'c1', ['c2branch@+1'], 'c2 -> c1 c2'],
    ['SCN-09: branch@+1 with both applied', 'c1 c2', ['c2branch@+1'], 'd2 -> c1 d2'],
    ['REV-43: branch@+1 from the applied tip on the branch', 'd1', ['c2branch@+1'], 'c2 -> c2 d1'],
    ['REV-43: branch@+3 from base', '', ['c1branch@+3'], 'a b c1 -> c1'],
    ['REV-44: branch@head-1', 'a', ['c1branch@head-1'], 'b c1 -> c1'],
    ['REV-63: the same target twice', 'b', ['c1', 'c1'], 'c1 -> c1'],
  ])('%s', (_, rows, targets, expected) => {
    expect(upgrade(branched, rows, ...targets)).toBe(expected);
  });

  it('B010, CLI-55: head is ambiguous', () => {
    expect(errorOf(() => upgrade(branched, 'a', 'head'))).toMatchObject({
      code: 'E1007',
      facts: { heads: ['d1', 'd2'] },
    });
  });

  it('SCN-09, REV-42: +1 with two rows has no start', () => {
    expect(errorOf(() => upgrade(branched, 'c1 c2', '+1'))).toMatchObject({
      code: 'E1014',
      facts: { candidates: ['c1', 'c2'] },
    });
  });

  it('REV-41: +1 below a branch point has two ways to go', () => {
    expect(errorOf(() => upgrade(branched, 'b', '+1'))).toMatchObject({
      code: 'E1014',
      facts: { candidates: ['c1', 'c2'] },
    });
  });

  it('REV-63: a target that is an ancestor of another one is refused', () => {
    expect(errorOf(() => upgrade(branched, '', 'd1', 'c1'))).toMatchObject({
      code: 'E1019',
      facts: { revision: 'c1', overlapsWith: 'd1' },
    });
  });

  it('B093: rows that overlap are refused', () => {
    expect(errorOf(() => upgrade(branched, 'b d1', 'heads'))).toMatchObject({
      code: 'E4002',
      facts: { row: 'b', overlapsWith: 'd1' },
    });
  });

  it('VT-06: a branch that begins inserts a row; the row of the branch point is kept by neither', () => {
    const steps = planUpgrade(branched, { rows: ['a'], targets: ['heads'] });
    expect(changesOf(steps)).toBe('a>b b>c2 c2>d2 +c1 c1>d1');
  });
});

describe('an upgrade over a merge point', () => {
  it('SCN-21: two unrelated roots, one after the other', () => {
    const forest = graphOf('a1 <- b1', 'a2 <- b2');
    expect(upgrade(forest, '', 'heads')).toBe('a2 b2 a1 b1 -> b1 b2');
  });

  it('SCN-19, REV-68: goes down the parents in the order written', () => {
    // b <-+- c1 <- d1 <-+- e <- f
    //     +- c2 <- d2 <-+
    const merged = graphOf('a <- b <- c1 <- d1', 'b <- c2 <- d2', 'd1, d2 <- e <- f');
    expect(upgrade(merged, 'b', 'f')).toBe('c2 d2 c1 d1 e f -> f');
  });

  it('VT-07: all rows but the last are deleted, the last is updated', () => {
    const merged = graphOf('a <- b, c, d', 'b, c, d <- e');
    const steps = planUpgrade(merged, { rows: ['a'], targets: ['e'] });
    expect(changesOf(steps.slice(-1))).toBe('-b -c d>e');
  });

  it('SCN-10: a row of a branch beyond the merged one stays', () => {
    const graph = graphOf('a1 <- b1 <- c1', 'a2 <- b2 <- c2', 'c1, c2 <- d1', 'c2 <- d2');
    expect(upgrade(graph, 'd2 b1', 'd1')).toBe('c1 d1 -> d1 d2');
  });

  it('SCN-11: of three merged branches', () => {
    const graph = graphOf(
      'a1 <- b1 <- c1',
      'a2 <- b2 <- c2',
      'a3 <- b3 <- c3',
      'c1, c2, c3 <- d1',
      'c2 <- d2',
      'c3 <- d3',
    );
    expect(upgrade(graph, 'd3 b2 b1', 'd1')).toBe('c2 c1 d1 -> d1 d3');
    expect(upgrade(graph, 'd3 d1', 'd2')).toBe('d2 -> d1 d2 d3');
  });

  it.each([
    ['twin merges', ['b1, b2, b3 <- c1 <- d1', 'b1, b2, b3 <- c2 <- d2']],
    ['merges that share one parent', ['b1, b2 <- c1 <- d1', 'b2, b3 <- c2 <- d2']],
  ])('SCN-12: %s', (_, merges) => {
    const graph = graphOf('a <- b1, b2, b3', ...merges);
    expect(upgrade(graph, 'a', 'heads').split(' -> ')[1]).toBe('d1 d2');
    const first = planUpgrade(graph, { rows: ['a'], targets: ['d2'] });
    expect(rowsAfterAll(first)).toBe('d2');
    expect(changesOf(planUpgrade(graph, { rows: ['d2'], targets: ['d1'] }))).toContain('>d1');
  });

  it('B024: a merge of a parent with its own ancestor, where Alembic fails', () => {
    const graph = graphOf('a <- b', 'x', 'a, b, x <- m');
    expect(upgrade(graph, '', 'm').split(' -> ')[1]).toBe('m');
    expect(upgrade(graph, 'b x', 'm')).toBe('m -> m');
  });
});

describe('an upgrade over dependencies', () => {
  it('CLI-56, REV-60: applies what is depended on, with its ancestors', () => {
    const graph = graphOf('a1 <- b1 <- c1 <- d1', 'a2 <- b2 <- c2', 'c1 <~ c2');
    expect(upgrade(graph, 'a2', 'c2')).toBe('a1 b1 c1 b2 c2 -> c2');
  });

  it('VT-05: what a row depends on has no row', () => {
    const graph = graphOf('a1 <- b1', 'a2 <- b2', 'b1 <~ b2');
    expect(changesOf(planUpgrade(graph, { rows: ['b1', 'a2'], targets: ['b2'] }))).toBe(
      '-a2 b1>b2',
    );
    expect(upgrade(graph, 'b1', 'heads')).toBe('a2 b2 -> b2');
  });

  it('REV-11: a dependency on a label', () => {
    const graph = graphOf('a1 <- b1[lib] <- c1', 'a2 <- b2', '(lib) <~ b2');
    expect(upgrade(graph, '', 'b2')).toBe('a1 b1 a2 b2 -> b2');
  });

  it('SCN-18: a dependency on the own down revision is a line', () => {
    const graph = graphOf('a1 <- a2', 'a1 <~ a2');
    expect(changesOf(planUpgrade(graph, { rows: [], targets: ['head'] }))).toBe('+a1 a1>a2');
  });

  it('SCN-17: a merge of a branch with one that it depends on', () => {
    const graph = graphOf('a1', 'b1', 'a1 <~ b1', 'a1, b1 <- bmerge');
    expect(upgrade(graph, 'a1', 'b1')).toBe('b1 -> b1');
    expect(upgrade(graph, 'b1', 'bmerge')).toBe('bmerge -> bmerge');
  });

  it('REV-63: all heads of a branch can overlap, where one depends on the other', () => {
    const graph = graphOf('a[lib] <- b, c', 'b <~ c');
    expect(errorOf(() => upgrade(graph, '', 'lib@heads')).code).toBe('E1019');
    expect(upgrade(graph, '', 'heads')).toBe('a b c -> c');
  });
});
