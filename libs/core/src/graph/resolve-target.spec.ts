import { errorOf, graphOf, idsOf } from './graph.fixture.js';

// Two branches; the head of the first one is only an effective head, because xy3 depends on it.
const graph = graphOf(
  'abcd1[billing] <- abcd2 <- abce3',
  'xy1[users] <- xy2 <- xy3',
  'abce3 <~ xy3',
);

describe('what a target denotes', () => {
  it.each([
    ['REV-22: heads are the real heads', 'heads', 'xy3'],
    [
      'REV-22: branch@heads are all heads of the branch, effective ones too',
      'billing@heads',
      'abce3',
    ],
    ['REV-22: branch@head', 'billing@head', 'abce3'],
    ['REV-22: base is nothing', 'base', ''],
    ['REV-22: branch@base is nothing', 'users@base', ''],
    ['REV-23: an id', 'abcd2', 'abcd2'],
    ['REV-23: the beginning of an id', 'abce', 'abce3'],
    ['REV-24: fewer than four characters, where they are unique', 'us', 'xy1'],
    ['REV-24: a short id in full', 'xy2', 'xy2'],
    ['REV-23: the beginning of a label', 'bill', 'abcd1'],
    ['REV-27: a label is the revision that declares it', 'billing', 'abcd1'],
    ['REV-27: also after itself', 'billing@billing', 'abcd1'],
    ['REV-21: branch@id', 'billing@abcd2', 'abcd2'],
    ['REV-21: branch@beginning', 'billing@abce', 'abce3'],
    ['REV-26: an id as branch', 'abcd2@head', 'abce3'],
    ['REV-26: the beginning of an id as branch', 'abce@abcd1', 'abcd1'],
    ['REV-30: -N is N below each real head', '-1', 'xy2'],
    ['REV-30: branch@-N only below heads with this label', 'users@-2', 'xy1'],
    ['REV-30: further down than base is nothing', '-99999999999999999999', ''],
    ['REV-30: branch@-N without a real head of this branch is nothing', 'billing@-1', ''],
  ])('%s: %s', (_, target, expected) => {
    expect(idsOf(graph.resolve(target))).toBe(expected);
  });

  it('B010, REV-22: head counts effective heads, lists them and says what to do', () => {
    const error = errorOf(() => graph.resolve('head'));
    expect(error).toMatchObject({
      code: 'E1007',
      facts: { target: 'head', heads: ['abce3', 'xy3'] },
    });
    expect(error.message).toContain('"abce3" (billing), "xy3" (users)');
    expect(error.advice).toMatch(/"heads" for all.*merge/);
  });

  it('REV-25: the beginning of an id is unique on a branch where it is not without one', () => {
    const two = graphOf('abcd1[one] <- x', 'abcd2[two]');
    expect(idsOf(two.resolve('one@abcd'))).toBe('abcd1');
    expect(errorOf(() => two.resolve('abcd')).code).toBe('E1013');
  });

  it.each([
    ['B020, REV-23: an ambiguous beginning', 'abcd', 'E1013'],
    ['REV-23: nothing of this name', 'nothing', 'E1017'],
    ['REV-23: names of fewer than four characters have no abbreviation', 'xy', 'E1017'],
    ['REV-25: an id of another branch', 'users@abcd2', 'E1018'],
    ['REV-26: an unknown branch', 'nothing@head', 'E1017'],
    ['REV-26: an unknown branch before an id', 'nothing@abcd1', 'E1017'],
    ['REV-26: an ambiguous branch', 'abcd@head', 'E1013'],
    ['an empty branch', '@head', 'E1017'],
    ['an empty name', 'billing@', 'E1017'],
    ['an empty target', '', 'E1017'],
    ['counting from a revision, which only plans do', 'abcd1+1', 'E1017'],
    ['counting up', '+1', 'E1017'],
  ])('%s is refused: %s', (_, target, code) => {
    expect(errorOf(() => graph.resolve(target)).code).toBe(code);
  });

  it('REV-23: candidates of an ambiguous beginning are listed', () => {
    expect(errorOf(() => graph.resolve('abcd'))).toMatchObject({
      facts: { target: 'abcd', candidates: ['abcd1', 'abcd2'] },
    });
  });

  it('the message for an unknown name lists the labels there are, and escapes what was typed', () => {
    const { message } = errorOf(() => graph.resolve('line\nbreak'));
    expect(message).toContain('"line\\nbreak"');
    expect(message).toContain('Branch labels: "billing", "users".');
  });

  it('REV-24: the message for a short name tells about four characters', () => {
    expect(errorOf(() => graph.resolve('qq')).advice).toContain('at least four characters');
  });

  it('REV-41: counting down stops at a merge point', () => {
    const merged = graphOf('a, b <- c');
    expect(errorOf(() => merged.resolve('-1'))).toMatchObject({
      code: 'E1014',
      facts: { candidates: ['a', 'b'] },
    });
  });
});

describe('the one revision that a target denotes', () => {
  it('REV-22: base is null', () => {
    expect(graph.resolveOne('base')).toBeNull();
    expect(graph.resolveOne('billing@base')).toBeNull();
  });

  it('REV-29: several heads are an error', () => {
    const forest = graphOf('a', 'b');
    expect(errorOf(() => forest.resolveOne('heads')).code).toBe('E1007');
  });

  it('REV-26: the branch before base and head must exist', () => {
    expect(errorOf(() => graph.resolveOne('nothing@base')).code).toBe('E1017');
  });

  it('SCN-24: labels and ids of a branch', () => {
    const branches = graphOf('a <- b <- c1[c1branch] <- d1', 'b <- c2[c2branch] <- d2');
    expect(branches.resolveOne('c1branch@head')?.id).toBe('d1');
    expect(branches.resolveOne('c2branch@b')?.id).toBe('b');
    expect(branches.resolveOne('d1@c1')?.id).toBe('c1');
    expect(errorOf(() => branches.resolveOne('c1branch@d2'))).toMatchObject({
      code: 'E1018',
      facts: { revision: 'd2', branch: 'c1branch', labels: ['c2branch'] },
    });
  });

  it('get and has take ids only, and other members refuse what is none', () => {
    expect(graph.get('billing')).toBeUndefined();
    expect(graph.has('abcd')).toBe(false);
    expect(errorOf(() => graph.labelsOf('nothing')).code).toBe('E1017');
  });
});
