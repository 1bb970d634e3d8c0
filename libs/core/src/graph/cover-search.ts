import type { AscentTour, SideEdge } from './ascent-tour.js';
import { tourOf } from './ascent-tour.js';
import type { GraphNode } from './graph-node.js';
import { MinTree, NOTHING } from './min-tree.js';
import type { Slot, SlotList } from './sort-slots.js';

/**
 * Finds the first of the slots whose revisions have a given revision as an ancestor. Alembic keeps a set of all ancestors
 * for each head, which is quadratic.
 *
 * Here the live revisions stand in a row, each followed by those above it through first parents; with each stands the
 * number of its slot. So the first slot above a revision is the smallest number in a stretch of the row. Other parents
 * are edges: with each stands a lower bound for the slots at or above its upper end, which is verified only when it comes
 * out smallest. Bounds only grow, because slots move down and new ones come at the end.
 */
export class CoverSearch {
  private readonly tour: AscentTour;
  private readonly tree: MinTree;
  /** For an edge, where the slot of its bound stood when the bound was verified. */
  private readonly verified = new Map<SideEdge, GraphNode>();

  /**
   * @param live - all revisions at or below the slots
   * @param size - number of revisions of the graph
   */
  constructor(
    private readonly slots: SlotList,
    live: readonly GraphNode[],
    size: number,
  ) {
    this.tour = tourOf(live, size);
    this.tree = new MinTree(this.tour.size);
    for (const place of this.tour.edges.keys()) this.tree.set(place, 0);
    for (const node of live) this.update(node);
  }

  /** To be called when a slot has come to a node or has left it. */
  update(node: GraphNode): void {
    this.tree.set(this.startOf(node), this.slots.slotOf(node)?.order ?? NOTHING);
  }

  /** To be called when a node is emitted or dropped. */
  remove(node: GraphNode): void {
    this.tree.set(this.startOf(node), NOTHING);
    for (const edge of this.tour.edgesFrom.get(node) ?? []) this.tree.set(edge.place, NOTHING);
  }

  /** The first slot with a revision above `node`, not counting the node itself; undefined when there is none. */
  firstAbove(node: GraphNode): Slot | undefined {
    const stack: SideEdge[] = [];
    for (;;) {
      const edge = stack.at(-1);
      const place =
        edge === undefined
          ? this.tree.smallest(this.startOf(node) + 1, this.endOf(node))
          : this.tree.smallest(this.startOf(edge.from), this.endOf(edge.from));
      const unverified = place === undefined ? undefined : this.unverifiedAt(place);
      if (unverified !== undefined) {
        stack.push(unverified);
        continue;
      }
      const slot = place === undefined ? undefined : this.slots.at(this.tree.valueAt(place));
      if (edge === undefined) return slot;
      this.verify(edge, slot);
      stack.pop();
    }
  }

  private startOf(node: GraphNode): number {
    return this.tour.start[node.position] ?? 0;
  }

  private endOf(node: GraphNode): number {
    return this.tour.end[node.position] ?? 0;
  }

  /** The edge at a place, if there is one and its slot has moved since its bound was verified. */
  private unverifiedAt(place: number): SideEdge | undefined {
    const edge = this.tour.edges.get(place);
    if (edge === undefined) return undefined;
    const node = this.slots.at(this.tree.valueAt(place))?.node;
    return node !== undefined && node === this.verified.get(edge) ? undefined : edge;
  }

  private verify(edge: SideEdge, slot: Slot | undefined): void {
    this.tree.set(edge.place, slot?.order ?? NOTHING);
    if (slot?.node !== undefined) this.verified.set(edge, slot.node);
  }
}
