import type { GraphNode } from './graph-node.js';
import type { NodeSet } from './node-set.js';
import { overlappingTargets } from './target-errors.js';
import { findOverlap, reach, throughParents } from './traverse.js';
import { refuseOverlappingRows } from './version-rows.js';

/**
 * What an upgrade has to run: targets and all their ancestors, without what the rows imply; dependencies count (REV-60).
 *
 * @throws MigrationError E1019, E4002
 */
export function collectUpgrade(
  targets: readonly GraphNode[],
  rows: readonly GraphNode[],
): NodeSet<GraphNode> {
  refuseOverlappingTargets(targets);
  refuseOverlappingRows(rows);
  const needed = reach(targets, throughParents);
  for (const applied of reach(rows, throughParents)) needed.delete(applied);
  return needed;
}

/**
 * Refuses targets of which one is an ancestor of another one (REV-63); the same one twice is tolerated.
 *
 * @throws MigrationError E1019
 */
export function refuseOverlappingTargets(targets: readonly GraphNode[]): void {
  const overlap = findOverlap(targets);
  if (overlap !== undefined) throw overlappingTargets(...overlap);
}
