import type { DrawnRevision } from './drawn-graph.js';
import { edgesBetween, marksOf, oneLine } from './drawn-graph.js';
import { Lanes } from './lanes.js';

/**
 * Draws revisions with lines, as `git log --graph`: one row for each revision, newest first, rows where lines part and
 * join. Dotted is what only `dependsOn` says.
 * @param describe what stands beside a revision. @default id, labels, place and message
 */
export function drawText(
  revisions: readonly DrawnRevision[],
  describe: (revision: DrawnRevision) => string = describeRevision,
): string {
  const edges = edgesBetween(revisions);
  const lanes = new Lanes();
  const rows: string[] = [];
  for (const revision of revisions) {
    const { rows: above, column } = lanes.place(revision.id);
    rows.push(...above, `${lanes.mark(column)} ${describe(revision)}`);
    rows.push(...lanes.leave(column, edges.get(revision.id) ?? []));
  }
  return rows.map((row) => `${row}\n`).join('');
}

function describeRevision(revision: DrawnRevision): string {
  const labels = revision.labels.length === 0 ? '' : ` (${revision.labels.join(', ')})`;
  const marks = marksOf(revision).map((mark) => ` (${mark})`);
  return `${revision.id}${labels}${marks.join('')}, ${oneLine(revision.message) || 'empty message'}`;
}
