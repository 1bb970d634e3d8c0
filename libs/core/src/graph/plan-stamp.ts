import { refuseOverlappingTargets } from './collect-upgrade.js';
import type { GraphIndex, GraphNode } from './graph-node.js';
import type { PlannedChange } from './plan-steps.js';
import { stampSteps } from './plan-steps.js';
import { filterByLineage } from './resolve-name.js';
import { resolveAll } from './resolve-target.js';
import type { RevisionGraph } from './revision-graph.js';
import type { StampStep } from './step.js';
import { reach, throughAllChildren, throughParents } from './traverse.js';
import { mergeRows, removal } from './version-changes.js';
import { nodesOfRows } from './version-rows.js';
import { isNode } from './walk-steps.js';

/** What the version table says, and what it shall say. */
export interface StampRequest {
  /** Rows of the version table; empty after `--purge`. */
  readonly rows: readonly string[];
  /** Targets as typed; none means `base`. */
  readonly targets: readonly string[];
}

/**
 * The steps that make the version table say that targets are applied, as `alembic stamp`; nothing runs (REV-70 to REV-73).
 * Rows without lineage in common with a target stay.
 *
 * @throws MigrationError E1007, E1013, E1014, E1017, E1018, E1019, E4001
 */
export function planStamp(
  graph: RevisionGraph,
  { rows, targets }: StampRequest,
): readonly StampStep[] {
  const { index } = graph;
  const current = nodesOfRows(index, rows);
  const related = relatedRows(index, current, targets);
  const nodes = targets.flatMap((target) => resolveAll(index, target)).filter(isNode);
  // Alembic lets an ancestor and its descendant be stamped together (CLI-79); no upgrade could start from such rows.
  if (targets.length > 1) refuseOverlappingTargets(nodes);
  if (nodes.length === 0) return stampSteps(current, related.map(removalStep));
  return stampSteps(current, stampChanges(new Set(current), related, new Set(nodes)));
}

/** Rows that share lineage with a target, by dependency as well. */
function relatedRows(
  index: GraphIndex,
  rows: readonly GraphNode[],
  targets: readonly string[],
): readonly GraphNode[] {
  const named = targets.length === 0 ? ['base'] : targets;
  const related = named.flatMap((target) =>
    filterByLineage(index, rows, { target, withDependencies: true }),
  );
  return [...new Set(related)];
}

function removalStep(node: GraphNode): PlannedChange<undefined> {
  return { node: undefined, changes: [removal(node)] };
}

function stampChanges(
  rows: Set<GraphNode>,
  related: readonly GraphNode[],
  targets: ReadonlySet<GraphNode>,
): readonly PlannedChange[] {
  const below = reach(related, throughParents);
  const above = reach(related, throughAllChildren);
  const there = new Set(related);
  const planned: PlannedChange[] = [];
  for (const node of targets) {
    if (there.has(node)) continue;
    const isMove = below.has(node) || above.has(node);
    // The first target that lies on the way takes over all related rows, as in Alembic; for further ones none is left.
    const merged = isMove && related.every((row) => rows.has(row)) ? related : [];
    for (const row of merged) rows.delete(row);
    rows.add(node);
    planned.push({ node, changes: mergeRows(merged, node) });
  }
  return planned;
}
