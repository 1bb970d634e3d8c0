import type { GraphNode } from './graph-node.js';
import { RowsTimeline } from './rows-timeline.js';
import type { MigrationStep, StampStep, Step, VersionChange } from './step.js';

/** A revision and how its step changes the rows of the version table. */
export interface PlannedChange<N extends GraphNode | undefined = GraphNode> {
  readonly node: N;
  readonly changes: readonly VersionChange[];
}

/** Above this many rows for each step, on average, rows are worked out only when they are read. */
const FEW_ROWS = 16;

/** Makes the steps of an upgrade or a downgrade, in the order given. */
export function migrationSteps(
  direction: MigrationStep['direction'],
  rows: readonly GraphNode[],
  planned: readonly PlannedChange[],
): readonly MigrationStep[] {
  const cores = planned.map(({ node, changes }) => ({
    direction,
    revision: node.revision,
    changes,
  }));
  return withRows(rows, cores);
}

/** Makes the steps of a stamp, in the order given. */
export function stampSteps(
  rows: readonly GraphNode[],
  planned: readonly PlannedChange<GraphNode | undefined>[],
): readonly StampStep[] {
  const cores = planned.map(({ node, changes }) => ({
    direction: 'stamp' as const,
    revision: node?.revision ?? null,
    changes,
  }));
  return withRows(rows, cores);
}

interface StepCore<D, R> {
  readonly direction: D;
  readonly revision: R;
  readonly changes: readonly VersionChange[];
}

type WithRows<D, R> = StepCore<D, R> & Pick<Step, 'rowsBefore' | 'rowsAfter'>;

function withRows<D, R>(
  rows: readonly GraphNode[],
  cores: readonly StepCore<D, R>[],
): readonly WithRows<D, R>[] {
  const timeline = new RowsTimeline(
    rows.map(({ id }) => id),
    cores.map(({ changes }) => changes),
  );
  const make = timeline.size > FEW_ROWS * cores.length ? readingRows : havingRows;
  return cores.map((core, place) => make(timeline, place, core));
}

function havingRows<D, R>(
  timeline: RowsTimeline,
  place: number,
  { direction, revision, changes }: StepCore<D, R>,
): WithRows<D, R> {
  const rowsBefore = timeline.before(place);
  const rowsAfter = timeline.before(place + 1);
  return Object.freeze({ direction, revision, rowsBefore, rowsAfter, changes });
}

/**
 * Ten thousand steps over a thousand branches would be ten million rows; so they are getters here, of the object itself, so
 * that copies and `JSON.stringify` have them too.
 */
function readingRows<D, R>(
  timeline: RowsTimeline,
  place: number,
  { direction, revision, changes }: StepCore<D, R>,
): WithRows<D, R> {
  return Object.freeze({
    direction,
    revision,
    get rowsBefore(): readonly string[] {
      return timeline.before(place);
    },
    get rowsAfter(): readonly string[] {
      return timeline.before(place + 1);
    },
    changes,
  });
}
