import { changesOf, errorOf, graphOf, rowsAfterAll } from './graph.fixture.js';
import { planStamp } from './plan-stamp.js';
import type { RevisionGraph } from './revision-graph.js';

/** Version changes and rows of a stamp: `'a>b -> b'`. */
function stamp(graph: RevisionGraph, rows: string, ...targets: readonly string[]): string {
  const current = rows.split(' ').filter((row) => row !== '');
  const steps = planStamp(graph, { rows: current, targets });
  return `${changesOf(steps)} -> ${rowsAfterAll(steps, current)}`;
}

// a <- b <-+- c1 <- d1 <-+- e <- f
//          +- c2 <- d2 <-+
const merged = graphOf(
  'a <- b <- c1[c1branch] <- d1',
  'b <- c2[c2branch] <- d2',
  'd1, d2 <- e <- f',
);
const branched = graphOf('a <- b <- c1[c1branch] <- d1', 'b <- c2[c2branch] <- d2');
const depending = graphOf('a1 <- b1 <- c1', 'a2 <- b2', 'b2 <~ c1');
const forest = graphOf('a1[one] <- b1', 'a2[two] <- b2');

describe('a stamp', () => {
  it.each([
    ['from nothing', branched, '', ['c1'], '+c1 -> c1'],
    ['CLI-80: what is there already', branched, 'c1', ['c1'], ' -> c1'],
    ['REV-70: up', branched, 'b', ['d1'], 'b>d1 -> d1'],
    ['REV-70: down', branched, 'd1', ['b'], 'd1>b -> b'],
    ['REV-70: up by a dependency', depending, 'b2', ['c1'], 'b2>c1 -> c1'],
    ['REV-70: down by a dependency', depending, 'c1', ['b2'], 'c1>b2 -> b2'],
    ['CLI-76: the beginning of a label', branched, '', ['c1br'], '+c1 -> c1'],
    ['REV-70: beside what is there', forest, 'b1', ['b2'], '+b2 -> b1 b2'],
    ['SCN-21: heads from nothing', forest, '', ['heads'], '+b1 +b2 -> b1 b2'],
    ['SCN-21: heads again', forest, 'b1 b2', ['heads'], ' -> b1 b2'],
    ['REV-71, CLI-81: base', forest, 'b1 b2', ['base'], '-b1 -b2 -> '],
    ['no target means base', forest, 'b1', [], '-b1 -> '],
    ['REV-71: branch@base', forest, 'b1 b2', ['one@base'], '-b1 -> b2'],
    ['CLI-76: branch@head', forest, 'b1 a2', ['two@head'], 'a2>b2 -> b1 b2'],
    ['SCN-28: several unrelated targets', forest, '', ['a1', 'b2'], '+a1 +b2 -> a1 b2'],
    ['the same target twice', forest, '', ['a1', 'a1'], '+a1 -> a1'],
    ['SCN-19: down from a merge point to one branch', merged, 'e', ['c2'], 'e>c2 -> c2'],
    [
      'SCN-19: rows of both branches up to a merge',
      merged,
      'd1 c2',
      ['c2branch@head'],
      '-d1 c2>f -> f',
    ],
    [
      'REV-72: rows of both branches down to the branch point',
      branched,
      'd1 d2',
      ['b'],
      '-d1 d2>b -> b',
    ],
    ['two targets from one row', branched, 'b', ['d1', 'd2'], 'b>d1 +d2 -> d1 d2'],
    [
      'two targets below one row, where Alembic fails',
      merged,
      'f',
      ['c1', 'c2'],
      'f>c1 +c2 -> c1 c2',
    ],
    ['-1 from an empty table is one below each real head', forest, '', ['-1'], '+a1 +a2 -> a1 a2'],
  ])('%s', (_, graph, rows, targets, expected) => {
    expect(stamp(graph, rows, ...targets)).toBe(expected);
  });

  it('SCN-13, REV-73: across a dependency', () => {
    const graph = graphOf('a1 <- b1 <- c1 <- d1 <- e1', 'a2 <- b2 <- c2', 'c1 <~ c2');
    expect(stamp(graph, 'e1 c2', 'b1')).toBe('-e1 c2>b1 -> b1');
  });

  it('a step has the revision; one that only removes a row has none', () => {
    expect(planStamp(forest, { rows: ['b1'], targets: ['a1'] })).toEqual([
      {
        direction: 'stamp',
        revision: forest.get('a1'),
        rowsBefore: ['b1'],
        rowsAfter: ['a1'],
        changes: [{ action: 'update', from: 'b1', to: 'a1' }],
      },
    ]);
    expect(planStamp(forest, { rows: ['b1', 'b2'], targets: ['base'] })).toMatchObject([
      { revision: null, rowsBefore: ['b1', 'b2'], rowsAfter: ['b2'] },
      { revision: null, rowsBefore: ['b2'], rowsAfter: [] },
    ]);
  });

  it('CLI-79: an ancestor and its descendant together are refused; Alembic writes rows that overlap', () => {
    expect(errorOf(() => stamp(branched, '', 'b', 'd1'))).toMatchObject({
      code: 'E1019',
      facts: { revision: 'b', overlapsWith: 'd1' },
    });
  });

  it.each([
    ['REV-74: several heads', 'head', 'E1007'],
    ['an unknown revision', 'nothing', 'E1017'],
    ['counting from a revision', 'b+1', 'E1017'],
    ['counting up', '+1', 'E1017'],
    ['counting down with rows', '-1', 'E1017'],
    ['an id of another branch', 'c1branch@d2', 'E1018'],
  ])('%s is refused: %s', (_, target, code) => {
    expect(errorOf(() => stamp(branched, 'b', target)).code).toBe(code);
  });

  it('CLI-75, CLI-77: an unknown row is an error, but for rows that were purged', () => {
    expect(errorOf(() => stamp(branched, 'gone', 'b')).code).toBe('E4001');
    expect(stamp(branched, '', 'b')).toBe('+b -> b');
  });

  it('B093: rows that overlap can be repaired', () => {
    expect(stamp(branched, 'b d1', 'd1')).toBe(' -> b d1');
    expect(stamp(branched, 'b d1', 'c1')).toBe('-b d1>c1 -> c1');
    expect(stamp(branched, 'b d1', 'base')).toBe('-b -d1 -> ');
  });
});
