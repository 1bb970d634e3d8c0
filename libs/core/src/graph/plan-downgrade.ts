import { collectDowngrade } from './collect-downgrade.js';
import { downgradeTarget } from './downgrade-target.js';
import { DowngradeRows } from './downgrade-rows.js';
import { migrationSteps } from './plan-steps.js';
import { parseRelative } from './relative-target.js';
import type { RevisionGraph } from './revision-graph.js';
import { sortNewestFirst } from './sort-revisions.js';
import type { MigrationStep } from './step.js';
import { nodesOfRows } from './version-rows.js';

/** What is applied, and where to go. */
export interface DowngradeRequest {
  /** Rows of the version table, in the order of the table: with several of them `-N` counts from the first (REV-45). */
  readonly rows: readonly string[];
  /** As typed. */
  readonly target: string;
}

/**
 * The steps from the rows of the version table down to a target, newest first, as `alembic downgrade`. Empty when the target
 * is current, and for `base` on an empty table (CLI-58).
 *
 * @throws MigrationError E1007, E1013, E1014, E1015, E1017, E1018, E1023, E4001
 */
export function planDowngrade(
  graph: RevisionGraph,
  { rows, target }: DowngradeRequest,
): readonly MigrationStep[] {
  const { index } = graph;
  const current = nodesOfRows(index, rows);
  const to = downgradeTarget(index, target, { from: current.map(({ id }) => id) });
  const undone = collectDowngrade(index, { target, to, rows: current });
  const table = new DowngradeRows(index, current);
  const planned = sortNewestFirst(index, undone, current).map((node) => ({
    node,
    changes: table.downgrade(node),
  }));
  return migrationSteps('downgrade', current, planned);
}

/** True when a downgrade by `-N` would silently take one of several current revisions (Alembic warns, REV-45). */
export function isAmbiguousDowngrade({ rows, target }: DowngradeRequest): boolean {
  const relative = parseRelative(target);
  return (
    relative !== undefined &&
    relative.steps < 0 &&
    relative.symbol === undefined &&
    relative.branch === undefined &&
    new Set(rows).size > 1
  );
}
