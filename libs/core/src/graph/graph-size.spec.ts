import { planDowngrade } from './plan-downgrade.js';
import { planStamp } from './plan-stamp.js';
import { planUpgrade } from './plan-upgrade.js';
import { RevisionGraph } from './revision-graph.js';
import type { Revision } from './revision.js';
import { checkRows } from './rows-state.js';
import { walk } from './walk.js';

/** Seconds, far above what is needed: a quadratic algorithm, or recursion, does not come through. */
const ENOUGH_MS = 15_000;

type Edges = readonly [down: readonly number[], dependsOn?: readonly number[]];

function graphOfSize(size: number, edges: (place: number) => Edges): RevisionGraph {
  const revisions = Array.from({ length: size }, (_, place): Revision => {
    const [down, dependsOn = []] = edges(place);
    return {
      id: `r${place}`,
      downRevisions: down.map((one) => `r${one}`),
      dependsOn: dependsOn.map((one) => `r${one}`),
      branchLabels: [],
      message: '',
    };
  });
  return RevisionGraph.build(revisions);
}

const shapes: readonly (readonly [string, number, (place: number) => Edges])[] = [
  ['a line', 100_000, (place) => [place === 0 ? [] : [place - 1]]],
  [
    'diamonds',
    30_000,
    (place) => {
      if (place === 0) return [[]];
      if (place % 3 === 0) return [[place - 1, place - 2]];
      return [[place % 3 === 1 ? place - 1 : place - 2]];
    },
  ],
  ['a fan of branches', 20_000, (place) => [place === 0 ? [] : [0]]],
  ['a comb', 20_000, (place) => [place < 2 ? [0].slice(0, place) : [place - (place % 2 ? 1 : 2)]]],
  [
    'two lines of which one depends on the other',
    20_000,
    (place) => [place < 2 ? [] : [place - 2], place % 2 === 1 ? [place - 1] : []],
  ],
  [
    'two lines of which one depends on the lower half of the other',
    20_000,
    (place) => [place < 2 ? [] : [place - 2], place % 2 === 1 ? [2 * Math.floor(place / 4)] : []],
  ],
  [
    'branches that all depend on one revision',
    20_000,
    (place) => [place < 50 ? [] : [place - 50], place % 50 === 0 ? [] : [0]],
  ],
];

describe('size (B026, issue 3: no recursion, nothing quadratic)', () => {
  it.each(shapes)(
    '%s: build, history, upgrade, downgrade, stamp',
    (_, size, edges) => {
      const graph = graphOfSize(size, edges);
      const rows = graph.realHeads.map(({ id }) => id);
      expect(walk(graph)).toHaveLength(size);
      const up = planUpgrade(graph, { rows: [], targets: ['heads'] });
      expect(up).toHaveLength(size);
      expect(up.at(-1)?.rowsAfter).toHaveLength(rows.length);
      const down = planDowngrade(graph, { rows, target: 'base' });
      expect(down).toHaveLength(size);
      expect(down.at(-1)?.rowsAfter).toEqual([]);
      expect(planStamp(graph, { rows: [], targets: ['heads'] })).toHaveLength(rows.length);
      expect(() => checkRows(graph, rows)).not.toThrow();
    },
    ENOUGH_MS,
  );

  it('rows of a plan with many branches are worked out when they are read, and can be copied', () => {
    const graph = graphOfSize(200, (place) => [place === 0 ? [] : [0]]);
    const steps = planUpgrade(graph, { rows: [], targets: ['heads'] });
    expect(steps.map(({ rowsAfter }) => rowsAfter.length).slice(0, 4)).toEqual([1, 1, 2, 3]);
    expect(steps[150]?.rowsBefore).toHaveLength(149);
    expect(steps[10]?.rowsBefore).toHaveLength(9);
    expect({ ...steps[100] }.rowsAfter).toHaveLength(100);
    expect(JSON.parse(JSON.stringify(steps[100])).rowsBefore).toEqual(steps[99]?.rowsAfter);
    expect(steps.at(-1)?.rowsAfter).toEqual([...(steps.at(-1)?.rowsAfter ?? [])].sort());
  });

  it('B105: 10,000 rows that overlap are refused at once', () => {
    const graph = graphOfSize(10_001, (place) => [place === 0 ? [] : [0]]);
    const rows = graph.revisions.map(({ id }) => id);
    expect(() => checkRows(graph, rows)).toThrow(expect.objectContaining({ code: 'E4002' }));
  });
});
