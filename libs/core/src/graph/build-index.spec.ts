import { errorOf, graphOf, idsOf, revisionsOf } from './graph.fixture.js';
import { RevisionGraph } from './revision-graph.js';
import type { Revision } from './revision.js';

const plain: Revision = {
  id: 'a',
  downRevisions: [],
  dependsOn: [],
  branchLabels: [],
  message: '',
};

function build(...revisions: readonly Partial<Revision>[]): RevisionGraph {
  return RevisionGraph.build(revisions.map((revision) => ({ ...plain, ...revision })));
}

describe('building a graph', () => {
  it('REV-17: an empty graph has nothing', () => {
    const graph = graphOf();
    expect([graph.revisions, graph.heads, graph.bases, graph.resolve('head')]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(graph.resolveOne('head')).toBeNull();
  });

  it('REV-04: tells heads, bases, branch points and merge points', () => {
    const graph = graphOf('a <- b, c', 'b, c <- d', 'x <- y');
    expect(idsOf(graph.heads)).toBe('d y');
    expect(idsOf(graph.bases)).toBe('a x');
    expect(idsOf(graph.branchPoints)).toBe('a');
    expect(idsOf(graph.mergePoints)).toBe('d');
    expect(graph.placeOf('a')).toEqual({
      isHead: false,
      isEffectiveHead: false,
      isBase: true,
      isBranchPoint: true,
      isMergePoint: false,
      labels: [],
      children: ['b', 'c'],
    });
  });

  it('REV-04: a head that another revision depends on is an effective head, not a real one', () => {
    const graph = graphOf('a <- b', 'x <- y', 'b <~ y');
    expect(idsOf(graph.heads)).toBe('b y');
    expect(idsOf(graph.realHeads)).toBe('y');
    expect(idsOf(graph.effectiveHeads)).toBe('b');
    expect(graph.placeOf('b')).toMatchObject({ isHead: true, isEffectiveHead: true });
    expect(graph.placeOf('y')).toMatchObject({ isHead: true, isEffectiveHead: false });
  });

  it('REV-05, REV-06: heads keep load order', () => {
    expect(idsOf(graphOf('z', 'm', 'a').heads)).toBe('z m a');
  });

  it('REV-02: a dependency that an ancestor has already is no parent any more', () => {
    const graph = graphOf('a1 <- a2 <- a3', 'b1 <- b2 <- b3 <- b4', 'a3 <~ b2', 'a3 <~ b4');
    expect(graph.parentsOf('b2')).toEqual(['b1', 'a3']);
    expect(graph.parentsOf('b4')).toEqual(['b3']);
    expect(graph.dependenciesOf('b4')).toEqual(['a3']);
  });

  it('REV-02: dependencies of an ancestor far below count as well, through any branch', () => {
    const graph = graphOf('d', 'a <- b <- c, e', 'd <~ a, c, e', 'c, e <- f', 'd <~ f');
    expect(graph.parentsOf('a')).toEqual(['d']);
    expect(graph.parentsOf('c')).toEqual(['b']);
    expect(graph.parentsOf('e')).toEqual(['b']);
    expect(graph.parentsOf('f')).toEqual(['c', 'e']);
  });

  it('REV-11, REV-12: a dependency may be a label, and may be the own down revision', () => {
    const graph = graphOf('a1[core] <- a2', 'a1 <~ a2', '(core) <~ b1');
    expect(graph.dependenciesOf('b1')).toEqual(['a1']);
    expect(graph.parentsOf('a2')).toEqual(['a1']);
    expect(idsOf(graph.realHeads)).toBe('a2 b1');
  });

  it('ancestors and descendants go through dependencies unless told not to', () => {
    const graph = graphOf('a <- b', 'x <- y', 'b <~ y');
    expect([...graph.ancestorsOf(['y'])].sort()).toEqual(['a', 'b', 'x', 'y']);
    expect([...graph.ancestorsOf(['y'], { dependencies: false })].sort()).toEqual(['x', 'y']);
    expect([...graph.descendantsOf(['a'])].sort()).toEqual(['a', 'b', 'y']);
    expect([...graph.descendantsOf(['a'], { dependencies: false })].sort()).toEqual(['a', 'b']);
  });

  it('B009: two bases without labels are allowed, with a warning', () => {
    expect(graphOf('a', 'b').warnings).toEqual([
      'There are 2 bases, and no branch label for "a", "b".',
    ]);
    expect(graphOf('a[x]', 'b[y]').warnings).toEqual([]);
    expect(graphOf('a').warnings).toEqual([]);
  });

  it('B018: ids such as __proto__ are ids like any other', () => {
    const graph = graphOf('__proto__ <- constructor <- toString <- hasOwnProperty');
    expect(idsOf(graph.heads)).toBe('hasOwnProperty');
    expect(graph.has('valueOf')).toBe(false);
    expect(graph.get('__proto__')?.id).toBe('__proto__');
    expect(graph.childrenOf('__proto__')).toEqual(['constructor']);
  });

  it('B024: a merge may name a parent and an ancestor of it', () => {
    expect(graphOf('a <- b', 'a, b <- c').parentsOf('c')).toEqual(['a', 'b']);
  });
});

describe('labels (REV-10)', () => {
  it.each([
    ['go up to all descendants', ['a <- b[x] <- c, d'], { a: '', b: 'x', c: 'x', d: 'x' }],
    [
      'go down as well where the branch runs on to its head',
      ['a <- b[x] <- c'],
      { a: 'x', c: 'x' },
    ],
    [
      'do not go below a branch point',
      ['a <- b, c', 'b <- d[x]'],
      { a: '', b: 'x', d: 'x', c: '' },
    ],
    ['do not go below a merge point', ['a, b <- c', 'c <- d[x]'], { a: '', b: '', c: '', d: 'x' }],
    ['go up through a merge point', ['a[x] <- c', 'b[y] <- c'], { a: 'x', b: 'y', c: 'x y' }],
    ['do not follow dependencies', ['a[x] <- b', 'b <~ y'], { a: 'x', b: 'x', y: '' }],
    [
      'stop going down where two revisions depend on one',
      ['a <- b <- c[x]', 'b <~ y'],
      { a: '', b: '', c: 'x' },
    ],
  ])('%s', (_, lines, expected) => {
    const graph = graphOf(...lines);
    for (const [id, labels] of Object.entries(expected)) {
      expect([id, graph.labelsOf(id).join(' ')]).toEqual([id, labels]);
    }
  });

  it('the map of labels names the revision that declares each', () => {
    const labels = graphOf('a[x y] <- b').labels;
    expect([...labels].map(([label, { id }]) => [label, id])).toEqual([
      ['x', 'a'],
      ['y', 'a'],
    ]);
  });
});

describe('what is no graph', () => {
  it('B001: the same id twice names both files', () => {
    const error = errorOf(() => build({ file: 'one.ts' }, { file: 'two.ts' }));
    expect(error).toMatchObject({ code: 'E1001', facts: { files: ['one.ts', 'two.ts'] } });
    expect(error.message).toContain('"one.ts" and "two.ts"');
  });

  it('B002: ids that differ only in case are refused', () => {
    expect(errorOf(() => build({ id: 'AB12' }, { id: 'ab12' }))).toMatchObject({
      code: 'E1002',
      facts: { revisions: ['AB12', 'ab12'] },
    });
  });

  it('B003, PORT-10: a missing down revision names parent and child', () => {
    const error = errorOf(() => build({ id: 'b', downRevisions: ['gone'], file: 'b.ts' }));
    expect(error).toMatchObject({
      code: 'E1003',
      facts: { child: 'b', parent: 'gone', relation: 'downRevision', file: 'b.ts' },
    });
    expect(error.message).toBe(
      'revision "b" has the down revision "gone", which is not there. Restore the missing revision, or correct downRevision in "b.ts".',
    );
  });

  it('PORT-10: a missing dependency names parent and child', () => {
    expect(errorOf(() => build({ id: 'b', dependsOn: ['gone'] }))).toMatchObject({
      code: 'E1003',
      facts: { child: 'b', parent: 'gone', relation: 'dependsOn' },
    });
  });

  it('REV-18: a label is no down revision', () => {
    expect(
      errorOf(() => build({ branchLabels: ['core'] }, { id: 'b', downRevisions: ['core'] })),
    ).toMatchObject({ code: 'E1003', facts: { parent: 'core' } });
  });

  it('B004, REV-13: a revision that is its own down revision is refused', () => {
    expect(errorOf(() => build({ downRevisions: ['a'] }))).toMatchObject({
      code: 'E1004',
      facts: { revisions: ['a'] },
    });
  });

  it('REV-13: a revision that depends on itself is refused, also through its own label', () => {
    expect(errorOf(() => build({ dependsOn: ['a'] })).code).toBe('E1006');
    expect(errorOf(() => build({ branchLabels: ['x'], dependsOn: ['x'] }))).toMatchObject({
      code: 'E1006',
      facts: { cycle: ['a', 'a'] },
    });
  });

  it('REV-13: an id that is part of another one is no loop', () => {
    expect(build({ id: 'user' }, { id: 'user_foo', downRevisions: ['user'] }).has('user')).toBe(
      true,
    );
  });

  it('B005: a cycle of two is printed', () => {
    const error = errorOf(() => graphOf('a <- b', 'b <- a'));
    expect(error).toMatchObject({
      code: 'E1005',
      facts: { cycle: ['a', 'b', 'a'], revisions: ['a', 'b'] },
    });
    expect(error.message).toContain('"a" -> "b" -> "a"');
  });

  // SCN-23; what Alembic lists is what cannot be reached both from the heads and from the bases.
  it.each([
    ['a simple one', ['a <- b <- c <- a'], 'a b c'],
    ['one beside a line', ['a <- b', 'x <- y <- x'], 'x y'],
    ['one below a head', ['a <- b', 'x <- y <- x', 'y <- z'], 'x y z'],
    ['one above a base', ['a <- b <- c <- b', 'a <- d'], 'b c'],
    ['B008: all have parents', ['a <- b <- c <- a', 'c <- d'], 'a b c d'],
    ['one between base and head, which Alembic overlooks', ['a <- b <- c <- b', 'c <- d'], 'b c'],
  ])('SCN-23, REV-14: a cycle of down revisions is refused: %s', (_, lines, listed) => {
    const error = errorOf(() => graphOf(...lines));
    expect([error.code, (error.facts['revisions'] as string[]).join(' ')]).toEqual([
      'E1005',
      listed,
    ]);
  });

  it.each([
    ['two branches that depend on each other', ['a <- b', 'x <- y', 'b <~ x', 'y <~ a'], 'a b x y'],
    ['a base that depends on its descendant', ['a <- b <- c', 'c <~ a'], 'a b c'],
    ['through a label', ['a[one] <- b', 'x <~ a', '(one) <~ x'], 'a b x'],
  ])('SCN-23, B007, REV-14: a cycle through dependencies is refused: %s', (_, lines, listed) => {
    const error = errorOf(() => graphOf(...lines));
    expect([error.code, (error.facts['revisions'] as string[]).join(' ')]).toEqual([
      'E1006',
      listed,
    ]);
  });

  it('B006: a cycle of 5,000 is found at once, and only its beginning is printed', () => {
    const size = 5000;
    const ring = Array.from({ length: size }, (_, place) => ({
      id: `r${place}`,
      downRevisions: [`r${(place + 1) % size}`],
    }));
    const started = performance.now();
    const error = errorOf(() => build(...ring));
    expect(performance.now() - started).toBeLessThan(1000);
    expect(error.code).toBe('E1005');
    expect(error.facts['cycle']).toHaveLength(size + 1);
    expect(error.message.length).toBeLessThan(300);
  });

  it('B011: a label that is used twice is refused', () => {
    expect(errorOf(() => graphOf('a[x]', 'b[x]'))).toMatchObject({
      code: 'E1008',
      facts: { label: 'x', revisions: ['a', 'b'] },
    });
  });

  it('B012: a label that is the id of a revision is refused, whichever comes first', () => {
    expect(errorOf(() => graphOf('a', 'b[a]'))).toMatchObject({ code: 'E1009' });
    expect(errorOf(() => graphOf('a[b]', 'b'))).toMatchObject({ code: 'E1009' });
  });

  it.each(['head', 'heads', 'base', 'current'])('B013: %s is neither a label nor an id', (word) => {
    expect(errorOf(() => build({ branchLabels: [word] })).code).toBe('E1010');
    expect(errorOf(() => build({ id: word })).code).toBe('E1010');
  });

  it.each([
    'a@b',
    'a-b',
    'a+b',
    'a:b',
    '../../evil',
    'a/b',
    'a\\b',
    '%2e%2e',
    'a\0b',
    'a\nb',
    'a b',
    '🙂',
    'é',
  ])('B014, B015, B016: %j is no revision id', (id) => {
    const error = errorOf(() => build({ id }));
    expect(error.code).toBe('E1011');
    expect(error.message).toMatch(/^[\x20-\x7e]*$/);
  });

  it.each(['a@b', 'a:b', 'a+1', 'x-2', 'a b', 'a\u0000', '\ud800', ''])(
    'REV-09: %j is no label: it could not be written in a target',
    (label) => {
      expect(errorOf(() => build({ branchLabels: [label] })).code).toBe('E1011');
    },
  );

  it('REV-09: a label may have a dash, a dot and letters of any script', () => {
    const graph = build({ branchLabels: ['billing-api', 'v1.x', 'büro'] });
    expect(graph.resolveOne('billing-api@head')?.id).toBe('a');
    expect(graph.resolveOne('büro')?.id).toBe('a');
  });

  it.each([
    ['empty', ''],
    ['33 characters', 'x'.repeat(33)],
    ['10 kB', 'x'.repeat(10_000)],
  ])('B017: an id of a wrong length is refused and cut in the message: %s', (_, id) => {
    const error = errorOf(() => build({ id }));
    expect(error.code).toBe('E1012');
    expect(error.message.length).toBeLessThan(400);
  });

  it('B017: 32 characters are allowed', () => {
    expect(build({ id: 'x'.repeat(32) }).revisions).toHaveLength(1);
  });

  it('B023: a merge that names the same parent twice is refused', () => {
    expect(errorOf(() => build({}, { id: 'b', downRevisions: ['a', 'a'] }))).toMatchObject({
      code: 'E1016',
      facts: { revision: 'b', downRevision: 'a' },
    });
  });
});

describe('size (B026)', () => {
  it('a line of 100,000 revisions is built without recursion', () => {
    const revisions = Array.from({ length: 100_000 }, (_, place) => ({
      ...plain,
      id: `r${place}`,
      downRevisions: place === 0 ? [] : [`r${place - 1}`],
      branchLabels: place === 50_000 ? ['middle'] : [],
    }));
    const graph = RevisionGraph.build(revisions);
    expect(graph.labelsOf('r0')).toEqual(['middle']);
    expect(graph.ancestorsOf(['r99999']).size).toBe(100_000);
  });

  it('the same revisions in another load order make the same graph, but for ties', () => {
    const revisions = revisionsOf('a <- b, c', 'b, c <- d', 'x[lib] <- y', 'b <~ y');
    const graph = RevisionGraph.build([...revisions].reverse());
    expect(idsOf(graph.heads)).toBe('y d');
    expect(graph.labelsOf('y')).toEqual(['lib']);
  });
});
