import type { GraphNode } from './graph-node.js';
import type { VersionChange } from './step.js';

/** Rows of all given nodes become one: all but the last are deleted, the last is updated; of none, a new row (VT-06 to VT-08). */
export function mergeRows(from: readonly GraphNode[], to: GraphNode): readonly VersionChange[] {
  const last = from.at(-1);
  if (last === undefined) return [addition(to)];
  const update: VersionChange = { action: 'update', from: last.id, to: to.id };
  if (from.length === 1) return [update];
  return [...from.slice(0, -1).map(removal), update];
}

/** A row becomes several: all but the last are inserted, the row is updated to the last; to none, it is deleted (VT-09). */
export function splitRow(from: GraphNode, to: readonly GraphNode[]): readonly VersionChange[] {
  const last = to.at(-1);
  if (last === undefined) return [removal(from)];
  const update: VersionChange = { action: 'update', from: from.id, to: last.id };
  if (to.length === 1) return [update];
  return [...to.slice(0, -1).map(addition), update];
}

/** The row of a node is deleted. */
export function removal({ id }: GraphNode): VersionChange {
  return { action: 'delete', revision: id };
}

function addition({ id }: GraphNode): VersionChange {
  return { action: 'insert', revision: id };
}

/** Changes rows in place. */
export function applyChange(rows: Set<string>, change: VersionChange): void {
  if (change.action === 'insert') {
    rows.add(change.revision);
    return;
  }
  rows.delete(change.action === 'delete' ? change.revision : change.from);
  if (change.action === 'update') rows.add(change.to);
}
