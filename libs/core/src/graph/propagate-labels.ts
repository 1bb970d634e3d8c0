import type { DraftNode } from './graph-node.js';

/**
 * Gives every node the labels of its branch (REV-10): a label goes to all descendants through down revisions; and, where
 * the branch runs on to its head without a branch or merge point, down to the next such point as well.
 *
 * @param order - all nodes, down revisions before children
 */
export function propagateLabels(order: readonly DraftNode[]): void {
  for (const node of order) node.labels = inherited(node);
  for (const node of order) {
    if (node.revision.branchLabels.length > 0 && runsOnToHead(node)) labelDownwards(node);
  }
}

function inherited(node: DraftNode): readonly string[] {
  const own = node.revision.branchLabels;
  // Most nodes share the array of their parent: ten thousand revisions of one branch have one list.
  if (own.length === 0 && node.down.length < 2) return node.down[0]?.labels ?? [];
  return union([own, ...node.down.map(({ labels }) => labels)]);
}

function runsOnToHead(start: DraftNode): boolean {
  let node: DraftNode | undefined = start;
  while (node !== undefined) {
    if (isJunction(node)) return false;
    node = node.children[0];
  }
  return true;
}

function labelDownwards(start: DraftNode): void {
  const own = start.revision.branchLabels;
  let before: readonly string[] = [];
  let after = union([own]);
  for (let node = start.down[0]; node !== undefined && !isJunction(node); node = node.down[0]) {
    if (node.labels !== before) {
      before = node.labels;
      after = union([own, before]);
    }
    node.labels = after;
  }
}

/** A merge point, or a branch point where dependents count as well (Alembic's "real" branch point). */
function isJunction(node: DraftNode): boolean {
  return node.down.length > 1 || node.allChildren.length > 1;
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort();
}
