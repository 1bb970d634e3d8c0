import { errorOf, graphOf } from './graph.fixture.js';
import { planRevision } from './plan-revision.js';
import type { RevisionRequest } from './plan-revision.js';

const graph = graphOf(
  'aaaa1 <- bbbb1, cccc1',
  'cccc1 <- dddd1',
  'bill1[billing] <- bill2',
  'dddd1 <~ bill2',
);

const plan = (request: Partial<RevisionRequest>) =>
  planRevision(graph, { id: 'new1', message: 'm', on: ['head'], ...request });
const codeOf = (request: Partial<RevisionRequest>): string | undefined =>
  errorOf(() => plan(request))?.code;

describe('planning a revision', () => {
  it.each([
    ['a whole id', ['bbbb1'], ['bbbb1']],
    ['the beginning of an id', ['bbbb'], ['bbbb1']],
    ['a branch', ['billing@head'], ['bill2']],
    ['a revision as branch', ['bbbb1@head'], ['bbbb1']],
    ['several: a merge', ['bbbb1', 'dddd1'], ['bbbb1', 'dddd1']],
    ['base: a new root', ['base'], []],
  ])('CLI-32: takes as head %s', (_, on, down) => {
    expect(plan({ on }).revision.downRevisions).toEqual(down);
  });

  it('CLI-32: a branch label stands for the revision that has it', () => {
    expect(plan({ on: ['billing'], splice: true }).revision.downRevisions).toEqual(['bill1']);
  });

  it('PORT-09: `heads` are all heads, those that another one depends on too, so that one is left', () => {
    const { revision, graph: after } = plan({ on: ['heads'] });
    expect(revision.downRevisions).toEqual(['bbbb1', 'dddd1', 'bill2']);
    expect(after.heads.map(({ id }) => id)).toEqual(['new1']);
  });

  it('CLI-34, CLI-50: a parent that is no head needs splice', () => {
    const error = errorOf(() => plan({ on: ['cccc1'] }));
    expect(error).toMatchObject({ code: 'E1021', facts: { revision: 'cccc1' } });
    expect(error?.message).toContain(
      'revision "cccc1" is not a head revision; please specify --splice to create a new branch from this revision',
    );
    expect(codeOf({ on: ['cccc1', 'bbbb1'] })).toBe('E1021');
    expect(plan({ on: ['cccc1'], splice: true }).revision.downRevisions).toEqual(['cccc1']);
  });

  it('CLI-35: the same parent twice is refused, however it is named', () => {
    const error = errorOf(() => plan({ on: ['bbbb1', 'bbbb'] }));
    expect(error?.code).toBe('E1016');
    expect(error?.message).toContain('duplicate head revisions specified');
  });

  it('CLI-38: dependencies become whole ids, and stay labels where they are one of the revision', () => {
    const { revision } = plan({
      on: ['bbbb1'],
      dependsOn: ['dddd', 'billing', 'billing@head', 'billi'],
    });
    expect(revision.dependsOn).toEqual(['dddd1', 'billing', 'bill2', 'bill1']);
    expect(codeOf({ on: ['bbbb1'], dependsOn: ['zzzz'] })).toBe('E1017');
    expect(codeOf({ on: ['bbbb1'], dependsOn: ['base'] })).toBe('E1017');
  });

  it.each([
    ['B011: a label that another revision has', { branchLabels: ['billing'] }, 'E1008'],
    ['B012: a label that is an id', { branchLabels: ['dddd1'] }, 'E1009'],
    ['B012: a label that is its own id', { branchLabels: ['new1'] }, 'E1009'],
    ['B013: a reserved label', { branchLabels: ['heads'] }, 'E1010'],
    ['B014: a label with a character of targets', { branchLabels: ['a@b'] }, 'E1011'],
    ['an empty label', { branchLabels: [''] }, 'E1011'],
    ['an id that exists', { id: 'dddd1' }, 'E7001'],
    ['an id that differs in case only', { id: 'DDDD1' }, 'E1002'],
    ['an id that is a label', { id: 'billing' }, 'E7001'],
    ['itself as dependency', { dependsOn: ['new1'] }, 'E1017'],
    ['its own label as dependency', { branchLabels: ['x'], dependsOn: ['x'] }, 'E1017'],
    ['several heads where one is needed', { on: ['head'] }, 'E1007'],
  ])('refuses %s', (_, request, code) => {
    const error = errorOf(() => plan({ on: ['bbbb1'], ...request }));
    expect(error?.code).toBe(code);
  });

  it('CLI-33: says how to name the head to build on', () => {
    const error = errorOf(() => plan({ on: ['head'] }));
    expect(error?.advice).toMatch(/--head/);
  });

  it('keeps several labels, each once', () => {
    expect(plan({ on: ['bbbb1'], branchLabels: ['x', 'y', 'x'] }).revision.branchLabels).toEqual([
      'x',
      'y',
    ]);
  });
});
