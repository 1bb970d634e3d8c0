import type { GraphNode } from './graph-node.js';

/** A place in the list of branches that are being walked down; `node` moves down, and is undefined when the branch has ended. */
export interface Slot {
  /** Grows with each new slot, and never changes: earlier in the list is smaller. */
  readonly order: number;
  node: GraphNode | undefined;
  previous: Slot | undefined;
  next: Slot | undefined;
}

/** The branches that are being walked down, in order. */
export class SlotList {
  private readonly byPosition: (Slot | undefined)[];
  private readonly byOrder: Slot[] = [];
  private last: Slot | undefined;
  first: Slot | undefined;

  /** @param size - number of revisions of the graph */
  constructor(size: number) {
    this.byPosition = new Array<Slot | undefined>(size).fill(undefined);
  }

  slotOf(node: GraphNode): Slot | undefined {
    return this.byPosition[node.position];
  }

  /** The slot with this order, also after its branch has ended. */
  at(order: number): Slot | undefined {
    return this.byOrder[order];
  }

  append(node: GraphNode): void {
    const order = this.byOrder.length;
    const slot: Slot = { order, node, previous: this.last, next: undefined };
    this.byOrder.push(slot);
    if (this.last === undefined) this.first = slot;
    else this.last.next = slot;
    this.last = slot;
    this.byPosition[node.position] = slot;
  }

  /** The branch of a slot goes on at another node. */
  move(slot: Slot, to: GraphNode): void {
    this.forget(slot);
    slot.node = to;
    this.byPosition[to.position] = slot;
  }

  /** Ends the branch of a slot. */
  remove(slot: Slot): void {
    this.forget(slot);
    slot.node = undefined;
    if (slot.previous === undefined) this.first = slot.next;
    else slot.previous.next = slot.next;
    if (slot.next === undefined) this.last = slot.previous;
    else slot.next.previous = slot.previous;
  }

  private forget(slot: Slot): void {
    if (slot.node !== undefined) this.byPosition[slot.node.position] = undefined;
  }
}
