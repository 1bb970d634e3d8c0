import fc from 'fast-check';
import { planDowngrade } from './plan-downgrade.js';
import { planUpgrade } from './plan-upgrade.js';
import { RevisionGraph } from './revision-graph.js';
import type { Revision } from './revision.js';
import { checkRows, currentRevisions, isAtHead } from './rows-state.js';
import type { MigrationStep } from './step.js';
import { walk } from './walk.js';

/** Twelve revisions at most, so that the brute-force model below can be plain. Each draws from earlier ones. */
const revisionLists: fc.Arbitrary<readonly Revision[]> = fc
  .array(
    fc.record({
      down: fc.array(fc.nat(), { maxLength: 3 }),
      dependsOn: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(fc.nat(), { maxLength: 3 }) },
      ),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((drafts) =>
    drafts.map(({ down, dependsOn }, place) => ({
      id: `r${place}`,
      downRevisions: earlier(down, place),
      dependsOn: earlier(dependsOn, place),
      branchLabels: [],
      message: '',
    })),
  )
  .chain((revisions) => fc.shuffledSubarray(revisions, { minLength: revisions.length }));

function earlier(choices: readonly number[], place: number): string[] {
  return place === 0 ? [] : [...new Set(choices.map((choice) => `r${choice % place}`))];
}

/** A graph, and a set of its revisions to go to. */
const journeys = revisionLists.chain((revisions) =>
  fc.record({
    revisions: fc.constant(revisions),
    first: fc.subarray(revisions.map(({ id }) => id)),
    second: fc.subarray(revisions.map(({ id }) => id)),
  }),
);

/** The brute-force model: everything below, by definition. */
function closure(revisions: readonly Revision[], ids: Iterable<string>): Set<string> {
  const all = new Set(ids);
  for (let size = -1; size !== all.size;) {
    size = all.size;
    for (const { id, downRevisions, dependsOn } of revisions) {
      if (all.has(id)) [...downRevisions, ...dependsOn].forEach((below) => all.add(below));
    }
  }
  return all;
}

/** Those of the ids that are below none of the others: what the version table must say. */
function tips(revisions: readonly Revision[], ids: Iterable<string>): string[] {
  const all = [...new Set(ids)];
  return all
    .filter((id) => !all.some((other) => other !== id && closure(revisions, [other]).has(id)))
    .sort();
}

function run(steps: readonly MigrationStep[]): string[] {
  return steps.map(({ revision }) => revision.id);
}

function rowsOf(steps: readonly MigrationStep[], rows: readonly string[]): readonly string[] {
  return steps.at(-1)?.rowsAfter ?? [...rows].sort();
}

function expectParentsFirst(revisions: readonly Revision[], order: readonly string[]): void {
  for (const { id, downRevisions, dependsOn } of revisions) {
    for (const below of [...downRevisions, ...dependsOn]) {
      if (order.includes(id) && order.includes(below)) {
        expect(order.indexOf(below)).toBeLessThan(order.indexOf(id));
      }
    }
  }
}

/** A row, or a revision with an applied child: what only a dependency implies is no target of a downgrade (REV-66). */
function reachableTarget(
  graph: RevisionGraph,
  rows: readonly string[],
  choice: number,
): string | undefined {
  const applied = graph.ancestorsOf(rows);
  const targets = [...applied].filter(
    (id) => rows.includes(id) || graph.childrenOf(id).some((child) => applied.has(child)),
  );
  return targets[choice % Math.max(targets.length, 1)];
}

const many = { numRuns: 300 };

describe('laws of the graph (Q12, Q16)', () => {
  it('SCN-25: history has every revision once, children first', () => {
    fc.assert(
      fc.property(revisionLists, (revisions) => {
        const order = walk(RevisionGraph.build(revisions)).map(({ id }) => id);
        expect([...order].sort()).toEqual(revisions.map(({ id }) => id).sort());
        expectParentsFirst(revisions, [...order].reverse());
      }),
      many,
    );
  });

  it('an upgrade runs just what is missing, parents first, and leaves the tips as rows', () => {
    fc.assert(
      fc.property(journeys, ({ revisions, first, second }) => {
        const graph = RevisionGraph.build(revisions);
        const rows = tips(revisions, first);
        const steps = planUpgrade(graph, { rows, targets: tips(revisions, second) });
        const applied = closure(revisions, first);
        const needed = [...closure(revisions, second)].filter((id) => !applied.has(id));
        expect(run(steps).sort()).toEqual(needed.sort());
        expectParentsFirst(revisions, run(steps));
        const end = rowsOf(steps, rows);
        expect(end).toEqual(tips(revisions, [...applied, ...needed]));
        expect(() => checkRows(graph, end)).not.toThrow();
      }),
      many,
    );
  });

  it('heads are reached from wherever the database is, and then it is at head', () => {
    fc.assert(
      fc.property(journeys, ({ revisions, first }) => {
        const graph = RevisionGraph.build(revisions);
        const rows = tips(revisions, first);
        const end = rowsOf(planUpgrade(graph, { rows, targets: ['heads'] }), rows);
        expect(end).toEqual(graph.realHeads.map(({ id }) => id).sort());
        expect([isAtHead(graph, end), isAtHead(graph, rows)]).toEqual([
          true,
          closure(revisions, first).size === revisions.length,
        ]);
      }),
      many,
    );
  });

  it('a downgrade to base undoes just what is applied, in an order that can be run, and leaves no row', () => {
    fc.assert(
      fc.property(journeys, ({ revisions, first }) => {
        const graph = RevisionGraph.build(revisions);
        const rows = tips(revisions, first);
        const steps = planDowngrade(graph, { rows, target: 'base' });
        expect(run(steps).sort()).toEqual([...closure(revisions, first)].sort());
        expectParentsFirst(revisions, run(steps).reverse());
        expect(rowsOf(steps, rows)).toEqual([]);
      }),
      many,
    );
  });

  it('a downgrade to a revision undoes what is above it, and rows still tell all that is applied', () => {
    fc.assert(
      fc.property(journeys, fc.nat(), ({ revisions, first }, choice) => {
        const graph = RevisionGraph.build(revisions);
        const rows = tips(revisions, first);
        const applied = [...closure(revisions, first)];
        const target = reachableTarget(graph, rows, choice);
        fc.pre(target !== undefined);
        const steps = planDowngrade(graph, { rows, target });
        const above = graph.descendantsOf(graph.childrenOf(target));
        const undone = applied.filter((id) => above.has(id));
        expect(run(steps).sort()).toEqual(undone.sort());
        expectParentsFirst(revisions, run(steps).reverse());
        const left = applied.filter((id) => !above.has(id));
        expect([...closure(revisions, rowsOf(steps, rows))].sort()).toEqual(left.sort());
      }),
      many,
    );
  });

  it('an upgrade back after a downgrade comes to the same rows', () => {
    fc.assert(
      fc.property(journeys, fc.nat(), ({ revisions, first }, choice) => {
        const graph = RevisionGraph.build(revisions);
        const rows = tips(revisions, first);
        const target = reachableTarget(graph, rows, choice) ?? 'base';
        const down = planDowngrade(graph, { rows, target });
        const between = tips(revisions, rowsOf(down, rows));
        const up = planUpgrade(graph, { rows: between, targets: rows });
        expect(rowsOf(up, between)).toEqual(rows);
        expect(run(up).sort()).toEqual(run(down).sort());
      }),
      many,
    );
  });

  it('Q16: to one target and then to another, or the other way round, comes to the same', () => {
    fc.assert(
      fc.property(journeys, ({ revisions, first, second }) => {
        const graph = RevisionGraph.build(revisions);
        const go = (rows: readonly string[], ids: readonly string[]) =>
          rowsOf(planUpgrade(graph, { rows, targets: tips(revisions, ids) }), rows);
        expect(go(go([], first), second)).toEqual(go(go([], second), first));
      }),
      many,
    );
  });

  it('each step takes over the rows that the one before it left, and changes just one row more or less', () => {
    fc.assert(
      fc.property(journeys, ({ revisions, first }) => {
        const graph = RevisionGraph.build(revisions);
        let before: readonly string[] = tips(revisions, first);
        for (const step of planUpgrade(graph, { rows: before, targets: ['heads'] })) {
          expect(step.rowsBefore).toEqual(before);
          expect(step.rowsAfter).toContain(step.revision.id);
          expect(step.changes.at(-1)).toMatchObject({
            action: expect.stringMatching(/insert|update/),
          });
          before = step.rowsAfter;
        }
      }),
      many,
    );
  });

  it('CLI-71: current revisions are the applied ones without an applied child', () => {
    fc.assert(
      fc.property(journeys, ({ revisions, first }) => {
        const graph = RevisionGraph.build(revisions);
        const applied = closure(revisions, first);
        const expected = [...applied].filter(
          (id) => !graph.childrenOf(id).some((child) => applied.has(child)),
        );
        const given = currentRevisions(graph, tips(revisions, first)).map(({ id }) => id);
        expect(given.sort()).toEqual(expected.sort());
      }),
      many,
    );
  });

  it('REV-61: a range has what its upper end needs and what descends from its lower end', () => {
    fc.assert(
      fc.property(journeys, fc.nat(), ({ revisions, second }, choice) => {
        const graph = RevisionGraph.build(revisions);
        const head = second[0] ?? 'r0';
        const needed = closure(revisions, [head]);
        const base = [...needed][choice % needed.size] as string;
        const above = graph.descendantsOf([base], { dependencies: false });
        const order = walk(graph, { base, head }).map(({ id }) => id);
        expect([...order].sort()).toEqual([...needed].filter((id) => above.has(id)).sort());
        expectParentsFirst(revisions, [...order].reverse());
      }),
      many,
    );
  });

  it('REV-02: ancestors through parents are those of the definition', () => {
    fc.assert(
      fc.property(journeys, ({ revisions, first }) => {
        const graph = RevisionGraph.build(revisions);
        expect([...graph.ancestorsOf(first)].sort()).toEqual([...closure(revisions, first)].sort());
      }),
      many,
    );
  });
});
