import { CoverSearch } from './cover-search.js';
import type { GraphIndex, GraphNode } from './graph-node.js';
import type { NodeSet } from './node-set.js';
import type { Slot } from './sort-slots.js';
import { SlotList } from './sort-slots.js';

/**
 * Sorts revisions newest first, in exactly Alembic's order (REV-67): the branches are walked down one after the other; before
 * a revision is emitted, every branch that has it as an ancestor is walked down to it; at a merge point the parents after
 * the first one become branches at the end of the list.
 *
 * Alembic fails where wanted revisions are reached only through others that are not (CLI-67); here such a revision
 * becomes a branch of its own.
 *
 * @param wanted - what to sort
 * @param heads - where to begin; those that are not wanted are skipped
 */
export function sortNewestFirst(
  index: GraphIndex,
  wanted: NodeSet<GraphNode>,
  heads: readonly GraphNode[],
): readonly GraphNode[] {
  const sorter = new Sorter(index, wanted);
  const first = new Set([...heads].filter((head) => wanted.has(head)).sort(byPosition));
  for (const head of first) sorter.begin(head);
  for (const node of wanted.filter((one) => !sorter.isLive(one)).sort(byPosition)) {
    sorter.begin(node);
  }
  return sorter.run();
}

function byPosition(one: GraphNode, other: GraphNode): number {
  return one.position - other.position;
}

/** In {@link Sorter}: not at or below any slot. */
const OUTSIDE = -1;

class Sorter {
  /** For each node at or below the slots, the number of such nodes right above it. */
  private readonly pending: Int32Array;
  private readonly slots: SlotList;
  /** Made when the first branch has to wait: a line never needs it. */
  private search: CoverSearch | undefined;

  constructor(
    private readonly index: GraphIndex,
    private readonly wanted: NodeSet<GraphNode>,
  ) {
    this.pending = new Int32Array(index.nodes.length).fill(OUTSIDE);
    this.slots = new SlotList(index.nodes.length);
  }

  isLive(node: GraphNode): boolean {
    return this.countAbove(node) !== OUTSIDE;
  }

  begin(head: GraphNode): void {
    this.slots.append(head);
    if (!this.isLive(head)) this.addRegion(head);
  }

  run(): readonly GraphNode[] {
    const sorted: GraphNode[] = [];
    let slot = this.slots.first;
    while (slot?.node !== undefined) {
      const { node } = slot;
      if (this.countAbove(node) === 0) {
        sorted.push(node);
        slot = this.advance(slot, node);
      } else {
        slot = this.firstAbove(node);
      }
    }
    return sorted;
  }

  private countAbove(node: GraphNode): number {
    return this.pending[node.position] ?? OUTSIDE;
  }

  private addRegion(head: GraphNode): void {
    this.pending[head.position] = 0;
    const todo = [head];
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      for (const parent of node.parents) {
        if (!this.isLive(parent)) todo.push(parent);
        this.pending[parent.position] = Math.max(0, this.countAbove(parent)) + 1;
      }
    }
  }

  private firstAbove(node: GraphNode): Slot | undefined {
    this.search ??= new CoverSearch(
      this.slots,
      this.index.nodes.filter((one) => this.isLive(one)),
      this.index.nodes.length,
    );
    return this.search.firstAbove(node);
  }

  /** Goes on below an emitted node; where nothing is left below, with the branch before this one. */
  private advance(slot: Slot, node: GraphNode): Slot | undefined {
    const [first, ...others] = node.parents.filter(
      (parent) => this.wanted.has(parent) && this.slots.slotOf(parent) === undefined,
    );
    if (first === undefined) this.slots.remove(slot);
    else {
      this.slots.move(slot, first);
      this.search?.update(first);
    }
    for (const other of others) this.append(other);
    this.release(node);
    return first === undefined ? (slot.previous ?? this.slots.first) : slot;
  }

  private append(node: GraphNode): void {
    this.slots.append(node);
    this.search?.update(node);
  }

  /** Takes a node out; and what only it held, as far down as nothing wanted is met. */
  private release(emitted: GraphNode): void {
    const todo = [emitted];
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      this.pending[node.position] = OUTSIDE;
      this.search?.remove(node);
      for (const parent of node.parents) {
        const count = this.countAbove(parent) - 1;
        this.pending[parent.position] = count;
        if (count > 0 || this.slots.slotOf(parent) !== undefined) continue;
        if (this.wanted.has(parent)) this.append(parent);
        else todo.push(parent);
      }
    }
  }
}
