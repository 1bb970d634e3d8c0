import { changesOf, errorOf, graphOf, idsOf, rowsAfterAll } from './graph.fixture.js';
import { isAmbiguousDowngrade, planDowngrade } from './plan-downgrade.js';
import type { RevisionGraph } from './revision-graph.js';

/** Steps and rows of a downgrade: `'c b -> a'`. */
function downgrade(graph: RevisionGraph, rows: string, target: string): string {
  const current = rows.split(' ').filter((row) => row !== '');
  const steps = planDowngrade(graph, { rows: current, target });
  return `${idsOf(steps)} -> ${rowsAfterAll(steps, current)}`;
}

const line = graphOf('a <- b <- c <- d <- e');
// a <- b <-+- c1 <- d1
//          +- c2 <- d2
const branched = graphOf('a <- b <- c1[c1branch] <- d1', 'b <- c2[c2branch] <- d2');

describe('a downgrade along a line', () => {
  it.each([
    ['to a revision', 'd', 'b', 'd c -> b'],
    ['to base', 'c', 'base', 'c b a -> '],
    ['SCN-03: a+2', 'd', 'a+2', 'd -> c'],
    ['SCN-03: c-2', 'd', 'c-2', 'd c b -> a'],
    ['SCN-03: -3', 'e', '-3', 'e d c -> b'],
    ['REV-49: -1 from the first revision goes to base', 'a', '-1', 'a -> '],
    ['REV-47: base+2', 'd', 'base+2', 'd c -> b'],
    ['REV-47: head-3', 'e', 'head-3', 'e d c -> b'],
    ['CLI-58, SCN-04: to the current revision', 'c', 'c', ' -> c'],
    ['CLI-58, SCN-04: to base on an empty table', '', 'base', ' -> '],
  ])('%s', (_, rows, target, expected) => {
    expect(downgrade(line, rows, target)).toBe(expected);
  });

  it('B022, SCN-04: to what is not an ancestor is refused, and named as typed', () => {
    expect(errorOf(() => downgrade(line, 'b', 'd'))).toMatchObject({
      code: 'E1015',
      facts: { target: 'd', current: ['b'] },
    });
    expect(errorOf(() => downgrade(line, '', 'a'))).toMatchObject({
      code: 'E1015',
      facts: { target: 'a', current: [] },
    });
  });

  it.each([
    ['REV-45: -1 on an empty table', '', '-1'],
    ['past base: -3', 'b', '-3'],
    ['REV-47: +1', 'b', '+1'],
    ['REV-47: d-9, further than base', 'd', 'd-9'],
    ['REV-47: c+9, further than head', 'd', 'c+9'],
    ['B021: head--1', 'd', 'head--1'],
    ['base-1', 'd', 'base-1'],
  ])('cannot count %s', (_, rows, target) => {
    expect(errorOf(() => downgrade(line, rows, target))).toMatchObject({
      code: 'E1014',
      facts: { target },
    });
  });

  it('REV-23: a wrong target, and a row that no revision has', () => {
    expect(errorOf(() => downgrade(line, 'b', 'nothing')).code).toBe('E1017');
    expect(errorOf(() => downgrade(line, 'gone', 'a')).code).toBe('E4001');
  });

  it('VT-09: rows are updated down to the first revision, whose row is deleted', () => {
    expect(changesOf(planDowngrade(line, { rows: ['c'], target: 'base' }))).toBe('c>b b>a -a');
  });
});

describe('a downgrade over branches', () => {
  it.each([
    ['SCN-05: both branches to their branch point', 'd1 d2', 'a', 'd1 c1 d2 c2 b -> a'],
    ['SCN-06: base+2 removes both', 'd2 d1', 'base+2', 'd1 c1 d2 c2 -> b'],
    ['SCN-06: branch@base+2 removes one', 'd2 d1', 'c2branch@base+2', 'd2 c2 -> d1'],
    ['SCN-06: branch@base+3 removes part of one', 'd2 d1', 'c2branch@base+3', 'd2 -> c2 d1'],
    ['SCN-08: branch@b', 'd1 d2', 'c1branch@b', 'd1 c1 -> d2'],
    ['SCN-08: revision@b', 'd1 d2', 'c2@b', 'd2 c2 -> d1'],
    ['SCN-08: head@b', 'd1 d2', 'd1@b', 'd1 c1 -> d2'],
    ['REV-46: branch@-1', 'd2 d1', 'c1branch@-1', 'd1 -> c1 d2'],
    ['REV-50: c1-1 of one of several rows', 'c1 d2', 'c1-1', 'c1 d2 c2 -> b'],
    ['REV-50: row@row-1', 'c1 d2', 'c1@c1-1', 'c1 -> d2'],
    ['SCN-07: -1 takes the first row', 'd2 d1', '-1', 'd2 -> c2 d1'],
    ['SCN-07: -1 takes the first row, in the order of the table', 'd1 d2', '-1', 'd1 -> c1 d2'],
    ['SCN-07: a branch point that another row implies gets no row', 'c1 d2', '-1', 'c1 -> d2'],
    ['to base', 'd1 d2', 'base', 'd1 c1 d2 c2 b a -> '],
    [
      'REV-64: branch@base where there is one base',
      'd1 d2',
      'c1branch@base',
      'd1 c1 d2 c2 b a -> ',
    ],
  ])('%s', (_, rows, target, expected) => {
    expect(downgrade(branched, rows, target)).toBe(expected);
  });

  it('REV-45: says when -1 takes one of several rows', () => {
    expect(isAmbiguousDowngrade({ rows: ['d1', 'd2'], target: '-1' })).toBe(true);
    expect(isAmbiguousDowngrade({ rows: ['d1', 'd1'], target: '-1' })).toBe(false);
    expect(isAmbiguousDowngrade({ rows: ['d1', 'd2'], target: 'c1branch@-1' })).toBe(false);
    expect(isAmbiguousDowngrade({ rows: ['d1', 'd2'], target: 'd1-1' })).toBe(false);
    expect(isAmbiguousDowngrade({ rows: ['d1', 'd2'], target: 'b' })).toBe(false);
  });

  it('REV-41: -1 from a merge point has two ways to go, and no branch in front would help', () => {
    const merged = graphOf('a <- b[x], c', 'b, c <- m');
    for (const target of ['-1', 'm-1', 'x@-1']) {
      expect(errorOf(() => downgrade(merged, 'm', target))).toMatchObject({
        code: 'E1014',
        advice: 'Name the revision.',
        facts: { target, candidates: ['b', 'c'] },
      });
    }
    expect(downgrade(merged, 'm', 'b')).toBe('m -> b c');
  });

  it('REV-46: branch@-1 on a branch where nothing is applied', () => {
    expect(errorOf(() => downgrade(graphOf('a[x]', 'b[y]'), 'a', 'y@-1')).code).toBe('E1014');
  });

  it('REV-64: a branch that does not lead up from the target is refused', () => {
    expect(errorOf(() => downgrade(graphOf('a[x] <- b, c'), 'b c', 'x@a'))).toMatchObject({
      code: 'E1023',
      facts: { target: 'x@a', branch: 'x' },
    });
  });

  it('an unknown branch never undoes anything; Alembic takes "typo@base" for "base" here', () => {
    expect(errorOf(() => downgrade(line, 'c', 'typo@base')).code).toBe('E1017');
    expect(errorOf(() => downgrade(line, 'c', 'typo@a')).code).toBe('E1017');
  });

  it('SCN-20: what depends on the removed branch goes first', () => {
    const graph = graphOf('a <- b <- c1[c1branch] <- d1', 'b <- c2[c2branch] <- d2', 'c1 <~ d2');
    expect(downgrade(graph, 'd1 d2', 'c2branch@b')).toBe('d2 c2 -> d1');
    expect(downgrade(graph, 'd1 d2', 'c1branch@b')).toBe('d1 d2 c1 -> c2');
  });
});

describe('a downgrade over a merge point', () => {
  it('SCN-19: down one parent after the other', () => {
    const merged = graphOf('a <- b <- c1 <- d1', 'b <- c2 <- d2', 'd1, d2 <- e <- f');
    expect(downgrade(merged, 'f', 'b')).toBe('f e d1 c1 d2 c2 -> b');
    expect(changesOf(planDowngrade(merged, { rows: ['f'], target: 'd1-2' }))).toBe(
      'f>e +d1 e>d2 d1>c1 -c1 d2>c2 c2>b',
    );
  });

  it('SCN-10: a parent that another row implies gets no row', () => {
    const graph = graphOf('a1 <- b1 <- c1', 'a2 <- b2 <- c2', 'c1, c2 <- d1', 'c2 <- d2');
    expect(downgrade(graph, 'd2 d1', 'b1')).toBe('d1 c1 -> b1 d2');
  });

  it('VT-10: parents that imply each other, with no other row', () => {
    const graph = graphOf('a <- b', 'a, b <- m');
    expect(changesOf(planDowngrade(graph, { rows: ['m'], target: 'm-0' }))).toBe('');
    expect(changesOf(planDowngrade(graph, { rows: ['m'], target: 'b' }))).toBe('m>b');
  });

  it('VT-10: parents that imply each other, beside another row, as Alembic has it', () => {
    const graph = graphOf('a <- b', 'a, b <- m', 'z');
    expect(changesOf(planDowngrade(graph, { rows: ['m', 'z'], target: 'b' }))).toBe('+a m>b');
  });
});

describe('a downgrade over dependencies', () => {
  it('SCN-13: what another row depends on gets no row', () => {
    const graph = graphOf('a1[lib1] <- b1 <- c1 <- d1', 'a2 <- b2 <- c2', 'c1 <~ c2');
    expect(downgrade(graph, 'c2 d1', 'lib1@c1')).toBe('d1 -> c2');
  });

  it('SCN-14: a dependency that nothing implies any more gets a row', () => {
    const graph = graphOf(
      'a1, a2, a3 <- amerge',
      'b1, b2 <- bmerge',
      'c1, c2, c3 <- cmerge',
      'a3, b2, c1 <~ d1',
    );
    const rows = 'amerge d1 b1 cmerge';
    expect(downgrade(graph, rows, 'd1@base')).toBe('d1 -> amerge b1 b2 cmerge');
    expect(downgrade(graph, 'amerge b1 b2 cmerge', 'base').split(' -> ')[1]).toBe('');
  });

  it('SCN-15: criss-cross', () => {
    const graph = graphOf('a1 <- a2 <- a3', 'b1 <- b2 <- b3', 'a2 <~ b2', 'b1 <~ a3');
    expect(downgrade(graph, 'a3 b2', 'b1')).toBe('b2 -> a3');
  });

  it('SCN-16: a dependency that an ancestor has as well is not inserted', () => {
    const graph = graphOf('a1 <- a2 <- a3', 'b1 <- b2 <- b3 <- b4', 'a3 <~ b2, b4');
    expect(changesOf(planDowngrade(graph, { rows: ['b4'], target: 'b3' }))).toBe('b4>b3');
  });

  it('SCN-17: from a merge with a branch that is depended on', () => {
    const graph = graphOf('a1', 'b1', 'a1 <~ b1', 'a1, b1 <- bmerge');
    expect(downgrade(graph, 'bmerge', 'a1')).toBe('bmerge -> b1');
    expect(downgrade(graph, 'bmerge', 'b1')).toBe('bmerge -> b1');
  });

  it('REV-65: dependencies themselves stay', () => {
    const graph = graphOf('a1', 'b1[lib] <- b2', 'a1 <~ b2');
    expect(downgrade(graph, 'b2', 'lib@base')).toBe('b2 b1 -> a1');
  });

  it('REV-66: what only a dependency implies is no target, and the message says so', () => {
    const graph = graphOf('a1', 'b1', 'a1 <~ b1');
    const error = errorOf(() => downgrade(graph, 'b1', 'a1'));
    expect(error).toMatchObject({ code: 'E1015', facts: { target: 'a1', current: ['b1'] } });
    expect(error.problem).toContain('applied only because "b1" depends on it');
  });

  it('REV-46: branch@-1 where a row of another branch implies the branch', () => {
    const graph = graphOf('a1[one] <- a2', 'b1[two]', 'a2 <~ b1');
    expect(downgrade(graph, 'b1', 'one@-1')).toBe('b1 a2 -> a1');
  });
});
