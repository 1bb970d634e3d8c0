import type { GraphNode } from './graph-node.js';
import { NodeSet } from './node-set.js';

/** Which nodes come next from one node. */
export type Edges<N extends GraphNode = GraphNode> = (node: N) => readonly N[];

/** Down revisions only. */
export const throughDown: Edges = (node) => node.down;
/** Down revisions and dependencies. */
export const throughParents: Edges = (node) => node.parents;
/** Children by down revision only. */
export const throughChildren: Edges = (node) => node.children;
/** Children by down revision and by dependency. */
export const throughAllChildren: Edges = (node) => node.allChildren;

/** The given nodes and all that can be reached from them. Takes time in proportion to what is reached; never recurses. */
export function reach<N extends GraphNode>(from: Iterable<N>, edges: Edges<N>): NodeSet<N> {
  const seen = new NodeSet<N>(from);
  let place = 0;
  for (let node = seen.at(place); node !== undefined; node = seen.at(++place)) {
    for (const next of edges(node)) seen.add(next);
  }
  return seen;
}

/** The lineage of nodes: themselves, all their ancestors and all their descendants (REV-28). */
export function lineage(from: readonly GraphNode[], withDependencies: boolean): NodeSet<GraphNode> {
  const below = reach(from, withDependencies ? throughParents : throughDown);
  const above = reach(from, withDependencies ? throughAllChildren : throughChildren);
  for (const node of above) below.add(node);
  return below;
}

/** Two of the nodes where the second is an ancestor of the first (dependencies count), or undefined. */
export function findOverlap(
  nodes: readonly GraphNode[],
): readonly [upper: GraphNode, lower: GraphNode] | undefined {
  const wanted = new NodeSet(nodes);
  if (wanted.size < 2) return undefined;
  const seen = new NodeSet<GraphNode>();
  for (const upper of wanted) {
    const todo = [...upper.parents];
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      if (wanted.has(node)) return [upper, node];
      if (seen.add(node)) todo.push(...node.parents);
    }
  }
  return undefined;
}

/** Parents before children; shorter than `nodes` (all of a graph, in load order) when there is a cycle. */
export function parentsFirst<N extends GraphNode>(
  nodes: readonly N[],
  below: Edges<N>,
  above: Edges<N>,
): N[] {
  const waiting = new Int32Array(nodes.length);
  const order: N[] = [];
  for (const node of nodes) {
    const { length } = below(node);
    waiting[node.position] = length;
    if (length === 0) order.push(node);
  }
  for (const node of order) {
    const nodesAbove = above(node);
    // Counted, because an iterator for each of ten thousand short lists takes longer than what is done here.
    for (let place = 0; place < nodesAbove.length; place++) {
      const next = nodesAbove[place] as N;
      const left = (waiting[next.position] ?? 0) - 1;
      waiting[next.position] = left;
      if (left === 0) order.push(next);
    }
  }
  return order;
}
