import fc from 'fast-check';
import type { MigrationError } from '../errors/migration-error.js';
import { errorOf, graphOf, idsOf, rowsAfterAll } from './graph.fixture.js';
import { planRedo } from './plan-redo.js';
import { planUpgrade } from './plan-upgrade.js';
import { RevisionGraph } from './revision-graph.js';
import type { MigrationStep } from './step.js';

const graph = graphOf('a <- b <- c1[one] <- d1', 'b <- c2[two] <- d2', 'd2 <~ d1');

/**
 * None where the target is not below; and none where, as in Alembic, a downgrade through a dependency on an ancestor
 * leaves rows that overlap (E4002): then a redo is refused before anything runs.
 */
function stepsOf(plan: () => readonly MigrationStep[]): readonly MigrationStep[] {
  try {
    return plan();
  } catch (error) {
    expect(['E1015', 'E1023', 'E4002']).toContain((error as MigrationError).code);
    return [];
  }
}

describe('redo', () => {
  it('goes down and comes up again', () => {
    const steps = planRedo(graph, { rows: ['c1'], target: '-1' });
    expect(steps.map(({ direction }) => direction)).toEqual(['downgrade', 'upgrade']);
    expect(idsOf(steps)).toBe('c1 c1');
    expect(idsOf(planRedo(graph, { rows: ['c1'], target: 'a' }))).toBe('c1 b b c1');
    expect(idsOf(planRedo(graph, { rows: ['c1'], target: 'base' }))).toBe('c1 b a a b c1');
  });

  it('brings back what depended on the way down', () => {
    const steps = planRedo(graph, { rows: ['d1'], target: 'two@b' });
    expect(idsOf(steps)).toBe('d1 d2 c2 c2 d2 d1');
    expect(rowsAfterAll(steps)).toBe('d1');
  });

  it('is nothing where the target is current', () => {
    expect(planRedo(graph, { rows: ['c1'], target: 'c1' })).toEqual([]);
    expect(planRedo(graph, { rows: [], target: 'base' })).toEqual([]);
  });

  it('refuses to guess between several current revisions', () => {
    const ambiguous = errorOf(() => planRedo(graph, { rows: ['c1', 'c2'], target: '-1' }));
    expect(ambiguous).toMatchObject({ code: 'E1014', facts: { rows: ['c1', 'c2'] } });
    expect(idsOf(planRedo(graph, { rows: ['c1', 'c2'], target: 'two@-1' }))).toBe('c2 c2');
    expect(errorOf(() => planRedo(graph, { rows: [], target: '-1' }))).toMatchObject({
      code: 'E1014',
    });
  });

  it('ends with the rows that it began with, whatever the graph', () => {
    const earlier = (choices: readonly number[], place: number): string[] =>
      place === 0 ? [] : [...new Set(choices.map((choice) => `r${choice % place}`))];
    const draft = fc.record({
      down: fc.array(fc.nat(), { maxLength: 2 }),
      dependsOn: fc.array(fc.nat(), { maxLength: 1 }),
    });
    const journeys = fc.tuple(fc.array(draft, { minLength: 1, maxLength: 10 }), fc.nat(), fc.nat());
    let redone = 0;
    fc.assert(
      fc.property(journeys, ([drafts, up, down]) => {
        const random = RevisionGraph.build(
          drafts.map(({ down: parents, dependsOn }, place) => ({
            id: `r${place}`,
            downRevisions: earlier(parents, place),
            dependsOn: earlier(dependsOn, place),
            branchLabels: [],
            message: '',
          })),
        );
        const targets = [`r${up % drafts.length}`];
        const rows = planUpgrade(random, { rows: [], targets }).at(-1)?.rowsAfter ?? [];
        const request = { rows, target: `r${down % drafts.length}` };
        const steps = stepsOf(() => planRedo(random, request));
        if (steps.length === 0) return;
        redone += 1;
        expect(steps.at(-1)?.rowsAfter).toEqual(rows);
        expect(steps.length % 2).toBe(0);
      }),
      { numRuns: 3_000 },
    );
    expect(redone).toBeGreaterThan(200);
  });
});
