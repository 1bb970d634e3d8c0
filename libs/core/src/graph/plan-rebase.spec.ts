import { errorOf, graphOf } from './graph.fixture.js';
import { planRebase } from './plan-rebase.js';

const codeOf = (work: () => unknown): string | undefined => errorOf(work)?.code;
const two = graphOf('aaaa1 <- bbbb1', 'aaaa1 <- cccc1 <- dddd1');

describe('planning a rebase', () => {
  it('goes onto the only head that does not come after the revision', () => {
    expect(planRebase(two, { target: 'bbbb1' })).toMatchObject({
      from: 'aaaa1',
      to: 'dddd1',
      downRevisions: ['dddd1'],
      newHeads: [],
    });
    expect(planRebase(two, { target: 'cccc' })).toMatchObject({ to: 'bbbb1', newHeads: [] });
    expect(planRebase(two, { target: 'cccc1' }).graph.heads.map(({ id }) => id)).toEqual(['dddd1']);
  });

  it('names what becomes a head again', () => {
    expect(planRebase(two, { target: 'dddd1' })).toMatchObject({
      to: 'bbbb1',
      newHeads: ['cccc1'],
    });
  });

  it('knows what the revision leaves behind, and what is applied where it is', () => {
    const facts = (target: string, onto?: string) => {
      const { leavesFrom, impliesTo } = planRebase(two, { target, onto });
      return { leavesFrom, impliesTo };
    };
    expect(facts('bbbb1')).toEqual({ leavesFrom: false, impliesTo: false });
    expect(facts('dddd1', 'bbbb1')).toEqual({ leavesFrom: true, impliesTo: false });
    expect(facts('dddd1', 'aaaa1')).toEqual({ leavesFrom: true, impliesTo: true });
    expect(facts('dddd1', 'base')).toEqual({ leavesFrom: true, impliesTo: true });
    const needed = graphOf('aaaa1 <- bbbb1', 'cccc1', 'bbbb1 <~ cccc1');
    expect(planRebase(needed, { target: 'cccc1', onto: 'aaaa1' })).toMatchObject({
      leavesFrom: false,
      impliesTo: true,
    });
  });

  it('goes to the base, and from it', () => {
    expect(planRebase(two, { target: 'bbbb1', onto: 'base' })).toMatchObject({
      to: null,
      downRevisions: [],
    });
    const roots = graphOf('aaaa1', 'bbbb1');
    expect(planRebase(roots, { target: 'bbbb1' })).toMatchObject({ from: null, to: 'aaaa1' });
  });

  it('replaces one of several down revisions, the place kept', () => {
    const merged = graphOf(
      'aaaa1 <- bbbb1',
      'aaaa1 <- cccc1',
      'bbbb1, cccc1 <- dddd1',
      'bbbb1 <- eeee1',
    );
    expect(codeOf(() => planRebase(merged, { target: 'dddd1' }))).toBe('E1024');
    expect(planRebase(merged, { target: 'dddd1', from: 'bbbb1' }).downRevisions).toEqual([
      'eeee1',
      'cccc1',
    ]);
    expect(codeOf(() => planRebase(merged, { target: 'dddd1', from: 'aaaa1' }))).toBe('E1024');
    expect(
      codeOf(() => planRebase(merged, { target: 'dddd1', from: 'bbbb1', onto: 'cccc1' })),
    ).toBe('E1016');
    expect(codeOf(() => planRebase(merged, { target: 'dddd1', from: 'bbbb1', onto: 'base' }))).toBe(
      'E1024',
    );
  });

  it.each([
    ['itself', 'cccc1', 'cccc1', 'E1024'],
    ['what comes after it', 'cccc1', 'dddd1', 'E1024'],
    ['what is not there', 'cccc1', 'zzzz1', 'E1017'],
  ])('refuses to go onto %s', (_, target, onto, code) => {
    expect(codeOf(() => planRebase(two, { target, onto }))).toBe(code);
  });

  it('refuses what would be a cycle through a dependency', () => {
    const graph = graphOf('aaaa1 <- bbbb1', 'cccc1', 'bbbb1 <~ cccc1');
    expect(codeOf(() => planRebase(graph, { target: 'bbbb1', onto: 'cccc1' }))).toBe('E1024');
    expect(codeOf(() => planRebase(graph, { target: 'bbbb1' }))).toBe('E1024');
  });

  it('refuses a choice that is not made, a revision that is none, and nowhere to go', () => {
    const three = graphOf('aaaa1 <- bbbb1, cccc1, dddd1');
    expect(codeOf(() => planRebase(three, { target: 'bbbb1' }))).toBe('E1007');
    expect(codeOf(() => planRebase(three, { target: 'base' }))).toBe('E1017');
    expect(codeOf(() => planRebase(graphOf('aaaa1 <- bbbb1'), { target: 'bbbb1' }))).toBe('E1024');
  });
});
