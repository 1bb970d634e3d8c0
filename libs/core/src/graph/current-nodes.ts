import type { GraphNode } from './graph-node.js';
import { reach, throughParents } from './traverse.js';

/**
 * The tips of what is applied when the version table has these rows: the rows, and revisions that rows of other branches
 * imply by dependency (CLI-71, Alembic's `_get_all_current`). In load order.
 */
export function currentNodes(rows: readonly GraphNode[]): readonly GraphNode[] {
  const applied = reach(rows, throughParents);
  return [...applied]
    .filter((node) => !node.children.some((child) => applied.has(child)))
    .sort((one, other) => one.position - other.position);
}
