import { MigrationError } from '../errors/migration-error.js';
import type { GraphIndex, GraphNode } from './graph-node.js';
import { listed, quoted } from './quote.js';
import { findOverlap } from './traverse.js';

/**
 * The nodes of rows of the version table, each once, in the order of the rows.
 *
 * @throws MigrationError E4001 for rows that are no revision of this graph; abbreviations and labels are none
 */
export function nodesOfRows(index: GraphIndex, rows: readonly string[]): readonly GraphNode[] {
  const nodes = new Set<GraphNode>();
  const unknown: string[] = [];
  for (const row of rows) {
    const node = index.byKey.get(row);
    if (node?.id === row) nodes.add(node);
    else unknown.push(row);
  }
  if (unknown.length > 0) throw unknownRows(unknown);
  return [...nodes];
}

/**
 * Refuses rows of which one is an ancestor of another one.
 *
 * @throws MigrationError E4002
 */
export function refuseOverlappingRows(rows: readonly GraphNode[]): void {
  const overlap = findOverlap(rows);
  if (overlap === undefined) return;
  const [upper, lower] = overlap;
  throw new MigrationError('E4002', {
    problem: `the version table has a row for ${quoted(lower.id)}, which ${quoted(upper.id)} has as an ancestor already`,
    advice: `Each row must stand for a branch of its own. Remove the row of ${quoted(lower.id)}, or run "stamp --purge" with the revisions that are really applied.`,
    facts: { row: lower.id, overlapsWith: upper.id, rows: rows.map(({ id }) => id) },
  });
}

function unknownRows(unknown: readonly string[]): MigrationError {
  const rows = unknown.length === 1 ? 'the row' : `${unknown.length} rows:`;
  return new MigrationError('E4001', {
    problem: `the version table has ${rows} ${listed(unknown)}, and no revision has this id`,
    advice:
      'Restore the missing revision files (was another version of the app deployed here?), or run "stamp --purge" with the revisions that are really applied.',
    facts: { rows: unknown },
  });
}
