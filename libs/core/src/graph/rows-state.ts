import { currentNodes } from './current-nodes.js';
import type { Revision } from './revision.js';
import type { RevisionGraph } from './revision-graph.js';
import { nodesOfRows, refuseOverlappingRows } from './version-rows.js';

/**
 * The revisions that a database is at: its rows, and revisions that they imply by dependency on other branches (CLI-71).
 * In load order.
 *
 * @throws MigrationError E4001
 */
export function currentRevisions(
  graph: RevisionGraph,
  rows: readonly string[],
): readonly Revision[] {
  return currentNodes(nodesOfRows(graph.index, rows)).map(({ revision }) => revision);
}

/**
 * True when everything is applied. Unlike `alembic current --check-heads`, a head that another revision depends on needs
 * no row of its own (PORT-09, CLI-74).
 *
 * @throws MigrationError E4001
 */
export function isAtHead(graph: RevisionGraph, rows: readonly string[]): boolean {
  const current = new Set(nodesOfRows(graph.index, rows));
  return graph.index.realHeads.every((head) => current.has(head));
}

/**
 * Refuses rows of the version table that no upgrade could start from.
 *
 * @throws MigrationError E4001 for a row that is no revision, E4002 where one row is an ancestor of another one
 */
export function checkRows(graph: RevisionGraph, rows: readonly string[]): void {
  refuseOverlappingRows(nodesOfRows(graph.index, rows));
}
