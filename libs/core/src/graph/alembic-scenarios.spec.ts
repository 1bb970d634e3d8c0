import { changesOf, graphOf, idsOf, rowsAfterAll } from './graph.fixture.js';
import { planDowngrade } from './plan-downgrade.js';
import { planUpgrade } from './plan-upgrade.js';
import { planStamp } from './plan-stamp.js';
import type { RevisionGraph } from './revision-graph.js';
import { walk } from './walk.js';

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

/** Steps and rows of an upgrade: `'b c -> c'`. */
function upgrade(graph: RevisionGraph, rows: string, target: string): string {
  const steps = planUpgrade(graph, { rows: words(rows), targets: [target] });
  return `${idsOf(steps)} -> ${rowsAfterAll(steps, words(rows))}`;
}

/** Steps and rows of a downgrade: `'c b -> a'`. */
function downgrade(graph: RevisionGraph, rows: string, target: string): string {
  const steps = planDowngrade(graph, { rows: words(rows), target });
  return `${idsOf(steps)} -> ${rowsAfterAll(steps, words(rows))}`;
}

// a <- b <-+- c1 <- d1
//          +- c2 <- d2
const branched = graphOf('a <- b <- c1[c1branch] <- d1', 'b <- c2[c2branch] <- d2');

describe('what a revision is', () => {
  it('REV-01, API-09: id, down revisions, dependencies and labels, none, one or many of each', () => {
    const graph = graphOf('a[x y] <- b', 'a <- c', 'b, c <- d', 'b, c <~ e', 'a <- e');
    expect(graph.get('a')).toMatchObject({
      downRevisions: [],
      dependsOn: [],
      branchLabels: ['x', 'y'],
    });
    expect(graph.get('b')).toMatchObject({ downRevisions: ['a'], branchLabels: [] });
    expect(graph.get('d')).toMatchObject({ downRevisions: ['b', 'c'], dependsOn: [] });
    expect(graph.get('e')).toMatchObject({ downRevisions: ['a'], dependsOn: ['b', 'c'] });
    expect(graph.placeOf('a')).toMatchObject({ isBase: true, isBranchPoint: true, isHead: false });
    expect(graph.placeOf('d')).toMatchObject({ isMergePoint: true, isHead: true });
    expect(graph.get('a')).toMatchObject({ message: 'message of a', file: 'versions/a.ts' });
  });

  it('REV-03: children go through down revisions, descendants through dependencies as well', () => {
    const graph = graphOf('a <- b', 'a <- c', 'a <~ x');
    expect(graph.childrenOf('a')).toEqual(['b', 'c']);
    expect([...graph.descendantsOf(['a'])].sort()).toEqual(['a', 'b', 'c', 'x']);
    expect([...graph.descendantsOf(['a'], { dependencies: false })].sort()).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('REV-28: the lineage of a revision is itself, its ancestors and its descendants', () => {
    const graph = graphOf('a <- b <- c', 'a <- d', 'b <~ e');
    expect(idsOf(graph.resolve('b@heads'))).toBe('c');
    expect(idsOf(graph.resolve('a@heads'))).toBe('c d');
    expect(idsOf(graph.resolve('d@heads'))).toBe('d');
    // A stamp goes by dependencies as well (REV-70).
    expect(changesOf(planStamp(graph, { rows: ['e'], targets: ['b'] }))).toBe('e>b');
  });

  it('REV-31: heads are several revisions, every other target is one or none', () => {
    expect(idsOf(branched.resolve('heads'))).toBe('d1 d2');
    expect(branched.resolveOne('c2branch@head')?.id).toBe('d2');
    expect(branched.resolveOne('c1')?.id).toBe('c1');
    expect(branched.resolveOne('base')).toBeNull();
  });
});

describe('what the graph answers (API-08)', () => {
  it('API-08, CLI-62: walks, resolves, and knows heads and bases', () => {
    expect(idsOf(walk(branched))).toBe('d1 c1 d2 c2 b a');
    expect(idsOf(walk(branched, { base: 'b', head: 'c1branch@head' }))).toBe('d1 c1 b');
    expect(idsOf(branched.heads)).toBe('d1 d2');
    expect(idsOf(branched.bases)).toBe('a');
    expect(idsOf(branched.branchPoints)).toBe('b');
    expect(idsOf(graphOf('a <- b', 'x <- y', 'b <~ x').realHeads)).toBe('y');
  });

  it('API-14: a step tells its direction, its revision, and the rows before and after', () => {
    const [first] = planUpgrade(branched, { rows: ['d2'], targets: ['d1'] });
    expect(first).toMatchObject({
      direction: 'upgrade',
      revision: { id: 'c1', downRevisions: ['b'] },
      rowsBefore: ['d2'],
      rowsAfter: ['c1', 'd2'],
      changes: [{ action: 'insert', revision: 'c1' }],
    });
    const [stamped] = planStamp(branched, { rows: ['d1'], targets: ['c1branch@base'] });
    expect(stamped).toMatchObject({
      direction: 'stamp',
      revision: null,
      rowsBefore: ['d1'],
      rowsAfter: [],
    });
  });
});

describe('a downgrade of one branch', () => {
  it.each([
    [
      'REV-48: branch@revision drops only what lies on the branch',
      'd1 d2',
      'c1branch@b',
      'd1 c1 -> d2',
    ],
    ['REV-48: revision@revision does so too', 'd1 d2', 'c1@b', 'd1 c1 -> d2'],
    ['REV-51: base+2 drops what is above on all branches', 'd1 d2', 'base+2', 'd1 c1 d2 c2 -> b'],
    ['REV-51: branch@base+2 only on that branch', 'd1 d2', 'c1branch@base+2', 'd1 c1 -> d2'],
    ['REV-51: branch@base+3', 'd1 d2', 'c1branch@base+3', 'd1 -> c1 d2'],
  ])('%s', (_, rows, target, expected) => {
    expect(downgrade(branched, rows, target)).toBe(expected);
  });
});

describe('twin merges (SCN-12)', () => {
  const twins = graphOf('a <- b1, b2, b3', 'b1, b2, b3 <- c1 <- d1', 'b1, b2, b3 <- c2 <- d2');
  const overlapping = graphOf('a <- b1, b2, b3', 'b1, b2 <- c1 <- d1', 'b2, b3 <- c2 <- d2');

  it('SCN-12: the second merge of the same parents is inserted, and leaves the first one', () => {
    expect(upgrade(twins, 'b1 b2 b3', 'c2')).toBe('c2 -> c2');
    const steps = planUpgrade(twins, { rows: ['d2'], targets: ['c1'] });
    expect(changesOf(steps)).toBe('+c1');
    expect(rowsAfterAll(steps)).toBe('c1 d2');
    expect(upgrade(twins, 'c1 d2', 'd1')).toBe('d1 -> d1 d2');
    expect(downgrade(twins, 'd1 d2', 'd1@c1')).toBe('d1 -> c1 d2');
  });

  it('SCN-12: merges that share one parent', () => {
    expect(upgrade(overlapping, 'b1 b2 b3', 'c2')).toBe('c2 -> b1 c2');
    const steps = planUpgrade(overlapping, { rows: ['b1', 'd2'], targets: ['c1'] });
    expect(changesOf(steps)).toBe('b1>c1');
    expect(rowsAfterAll(steps)).toBe('c1 d2');
  });
});
