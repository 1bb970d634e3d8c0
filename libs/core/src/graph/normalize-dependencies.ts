import type { DraftNode } from './graph-node.js';

/**
 * Adds to `parents`, which are the down revisions so far, those dependencies that no ancestor (through down revisions) has
 * already, so that only what a revision really adds counts when rows of the version table change (REV-02).
 *
 * @param order - all nodes, down revisions before children
 * @param dependent - those that have dependencies, in any order
 */
export function normalizeDependencies(
  order: readonly DraftNode[],
  dependent: readonly DraftNode[],
): void {
  if (dependent.length === 0) return;
  const dropped = redundantDependencies(order, dependentsByDependency(dependent));
  for (const node of dependent) {
    const has = dropped.get(node);
    const added = node.dependencies.filter((one) => !has?.has(one) && !node.down.includes(one));
    node.parents = added.length === 0 ? node.down : [...node.down, ...added];
  }
}

function redundantDependencies(
  order: readonly DraftNode[],
  dependents: ReadonlyMap<DraftNode, readonly DraftNode[]>,
): ReadonlyMap<DraftNode, ReadonlySet<DraftNode>> {
  const height = heights(order);
  const dropped = new Map<DraftNode, Set<DraftNode>>();
  for (const [dependency, nodes] of dependents) {
    if (nodes.length < 2) continue;
    for (const node of dependentsAboveOthers(nodes, height)) {
      dropped.set(node, (dropped.get(node) ?? new Set()).add(dependency));
    }
  }
  return dropped;
}

/** Longest way down to a base, by position; an ancestor is always lower. */
function heights(order: readonly DraftNode[]): Int32Array {
  const height = new Int32Array(order.length);
  for (const node of order) {
    height[node.position] = node.down.reduce(
      (most, { position }) => Math.max(most, (height[position] ?? 0) + 1),
      0,
    );
  }
  return height;
}

function dependentsByDependency(nodes: readonly DraftNode[]): Map<DraftNode, DraftNode[]> {
  const dependents = new Map<DraftNode, DraftNode[]>();
  for (const node of nodes) {
    for (const dependency of node.dependencies) {
      const known = dependents.get(dependency);
      if (known === undefined) dependents.set(dependency, [node]);
      else known.push(node);
    }
  }
  return dependents;
}

/** The dependents that have another one among their ancestors. Looks at each node between them once. */
function dependentsAboveOthers(
  dependents: readonly DraftNode[],
  height: Int32Array,
): readonly DraftNode[] {
  const heightOf = ({ position }: DraftNode): number => height[position] ?? 0;
  const floor = dependents.reduce((least, node) => Math.min(least, heightOf(node)), Infinity);
  const search: DependentSearch = {
    covered: new Set(dependents),
    clear: new Set(),
    isTooLow: (node) => heightOf(node) < floor,
  };
  return dependents.filter((node) => standsOnCovered(node, search));
}

interface DependentSearch {
  /** Dependents, and nodes known to have one among their ancestors. */
  readonly covered: Set<DraftNode>;
  /** Nodes known to have none. */
  readonly clear: Set<DraftNode>;
  readonly isTooLow: (node: DraftNode) => boolean;
}

function standsOnCovered(start: DraftNode, search: DependentSearch): boolean {
  const cameFrom = new Map<DraftNode, DraftNode>();
  const todo = [start];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    for (const next of node.down) {
      if (search.covered.has(next)) {
        coverPath(node, cameFrom, search.covered);
        return true;
      }
      if (cameFrom.has(next) || search.clear.has(next) || search.isTooLow(next)) continue;
      cameFrom.set(next, node);
      todo.push(next);
    }
  }
  for (const node of cameFrom.keys()) search.clear.add(node);
  return false;
}

function coverPath(
  from: DraftNode,
  cameFrom: ReadonlyMap<DraftNode, DraftNode>,
  covered: Set<DraftNode>,
): void {
  let node: DraftNode | undefined = from;
  while (node !== undefined) {
    covered.add(node);
    node = cameFrom.get(node);
  }
}
