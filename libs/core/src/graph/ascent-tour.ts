import type { GraphNode } from './graph-node.js';

/** An edge that the tour cannot follow: from a node down to one of its parents other than the first. */
export interface SideEdge {
  readonly from: GraphNode;
  readonly place: number;
}

/**
 * Nodes in a row, so that each is followed by all that are above it through first parents. Every node has a place of its
 * own, then one for each {@link SideEdge} that comes down to it, then those of what is above it.
 */
export interface AscentTour {
  /** Number of places. */
  readonly size: number;
  /** By position of a node: its place. */
  readonly start: Int32Array;
  /** By position of a node: the end of what is above it. */
  readonly end: Int32Array;
  /** By place: the edge that comes down there. */
  readonly edges: ReadonlyMap<number, SideEdge>;
  /** By node: the edges that go down from it. */
  readonly edgesFrom: ReadonlyMap<GraphNode, readonly SideEdge[]>;
}

/** Makes a tour through nodes of which all parents are given as well. */
export function tourOf(nodes: readonly GraphNode[], size: number): AscentTour {
  const above = edgesAbove(nodes);
  const tour = {
    size: 0,
    start: new Int32Array(size),
    end: new Int32Array(size),
    edges: new Map<number, SideEdge>(),
    edgesFrom: new Map<GraphNode, SideEdge[]>(),
  };
  const todo: { readonly node: GraphNode; readonly isLeft: boolean }[] = nodes
    .filter(({ parents }) => parents.length === 0)
    .map((node) => ({ node, isLeft: false }));
  for (let visit = todo.pop(); visit !== undefined; visit = todo.pop()) {
    const { node, isLeft } = visit;
    if (isLeft) {
      tour.end[node.position] = tour.size;
      continue;
    }
    tour.start[node.position] = tour.size++;
    for (const from of above.sides.get(node) ?? []) addEdge(tour, { from, place: tour.size++ });
    todo.push({ node, isLeft: true });
    for (const next of above.firsts.get(node) ?? []) todo.push({ node: next, isLeft: false });
  }
  return tour;
}

interface EdgesAbove {
  /** Nodes that have this one as first parent. */
  readonly firsts: ReadonlyMap<GraphNode, readonly GraphNode[]>;
  /** Nodes that have this one as another parent. */
  readonly sides: ReadonlyMap<GraphNode, readonly GraphNode[]>;
}

function edgesAbove(nodes: readonly GraphNode[]): EdgesAbove {
  const firsts = new Map<GraphNode, GraphNode[]>();
  const sides = new Map<GraphNode, GraphNode[]>();
  for (const node of nodes) {
    for (const [place, parent] of node.parents.entries()) {
      const lists = place === 0 ? firsts : sides;
      const list = lists.get(parent);
      if (list === undefined) lists.set(parent, [node]);
      else list.push(node);
    }
  }
  return { firsts, sides };
}

function addEdge(
  {
    edges,
    edgesFrom,
  }: Record<'edges', Map<number, SideEdge>> & Record<'edgesFrom', Map<GraphNode, SideEdge[]>>,
  edge: SideEdge,
): void {
  edges.set(edge.place, edge);
  const known = edgesFrom.get(edge.from);
  if (known === undefined) edgesFrom.set(edge.from, [edge]);
  else known.push(edge);
}
