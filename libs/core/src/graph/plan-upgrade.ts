import { collectUpgrade } from './collect-upgrade.js';
import type { GraphNode } from './graph-node.js';
import type { PlannedChange } from './plan-steps.js';
import { migrationSteps } from './plan-steps.js';
import type { RevisionGraph } from './revision-graph.js';
import { sortNewestFirst } from './sort-revisions.js';
import type { MigrationStep } from './step.js';
import { upgradeTargets } from './upgrade-target.js';
import { mergeRows } from './version-changes.js';
import { nodesOfRows } from './version-rows.js';

/** What is applied, and where to go. */
export interface UpgradeRequest {
  /** Rows of the version table. */
  readonly rows: readonly string[];
  /** Targets as typed; each is counted from the rows where it is relative. */
  readonly targets: readonly string[];
}

/**
 * The steps from the rows of the version table up to targets, oldest first, as `alembic upgrade`: the targets and all that
 * they need, nothing else (CLI-56). Empty when all of it is applied (CLI-54).
 *
 * @throws MigrationError E1007, E1013, E1014, E1017, E1018, E1019, E4001, E4002
 */
export function planUpgrade(
  graph: RevisionGraph,
  { rows, targets }: UpgradeRequest,
): readonly MigrationStep[] {
  const { index } = graph;
  const current = nodesOfRows(index, rows);
  const from = current.map(({ id }) => id);
  const nodes = targets.flatMap((target) => upgradeTargets(index, target, { from }));
  const order = sortNewestFirst(index, collectUpgrade(nodes, current), nodes);
  return migrationSteps('upgrade', current, upgradeChanges(current, [...order].reverse()));
}

function upgradeChanges(
  current: readonly GraphNode[],
  order: readonly GraphNode[],
): readonly PlannedChange[] {
  const rows = new Set(current);
  return order.map((node) => {
    const merged = node.parents.filter((parent) => rows.delete(parent));
    rows.add(node);
    return { node, changes: mergeRows(merged, node) };
  });
}
