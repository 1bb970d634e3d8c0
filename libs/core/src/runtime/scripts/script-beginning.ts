import type { ScriptBeginning } from '../../dialects/common/script-guards.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import type { Step } from '../../graph/step.js';

/**
 * What the version table must say for the steps of a script to be the right ones: the rows that they change are there, and none on the line of
 * a revision that they add a row for.
 * @param rows of the version table where the script begins
 * @returns undefined where nothing has to be there, or not: for no steps
 */
export function scriptBeginning(
  graph: RevisionGraph,
  steps: readonly Step[],
  rows: readonly string[],
): ScriptBeginning | undefined {
  const changes = steps.flatMap((step) => step.changes);
  const changed = changes.flatMap((change) =>
    change.action === 'insert' ? [] : [change.action === 'update' ? change.from : change.revision],
  );
  const added = changes.flatMap((change) => (change.action === 'insert' ? [change.revision] : []));
  const down = { dependencies: false };
  const line = new Set([...graph.ancestorsOf(added, down), ...graph.descendantsOf(added, down)]);
  const absent = [...line].filter((id) => !rows.includes(id)).sort();
  const present = rows.filter((row) => changed.includes(row));
  if (present.length + absent.length === 0) return undefined;
  return { present, absent: absent.length === graph.revisions.length ? 'all' : absent };
}
