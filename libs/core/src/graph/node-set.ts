/** What a {@link NodeSet} holds: something with a place in load order. */
interface Placed {
  readonly position: number;
}

const ABSENT = 0;
const PRESENT = 1;
const REMOVED = 2;

/**
 * A set of nodes of one graph: a byte for each position, which stays in the processor's cache where a hash table of ten
 * thousand objects would not. Iterates in the order in which nodes were added first.
 *
 * @internal
 */
export class NodeSet<N extends Placed> implements Iterable<N> {
  private marks = new Uint8Array(256);
  private readonly added: N[] = [];
  private removed = 0;

  constructor(nodes: Iterable<N> = []) {
    for (const node of nodes) this.add(node);
  }

  get size(): number {
    return this.added.length - this.removed;
  }

  has({ position }: Placed): boolean {
    return this.marks[position] === PRESENT;
  }

  /** @returns false when the node was there already */
  add(node: N): boolean {
    const { position } = node;
    if (position >= this.marks.length) this.growTo(position);
    const mark = this.marks[position];
    if (mark === PRESENT) return false;
    this.marks[position] = PRESENT;
    if (mark === ABSENT) this.added.push(node);
    else this.removed -= 1;
    return true;
  }

  delete({ position }: Placed): void {
    if (this.marks[position] !== PRESENT) return;
    this.marks[position] = REMOVED;
    this.removed += 1;
  }

  /** The node that was added at this place, counted from 0, whether or not it has been removed since. */
  at(place: number): N | undefined {
    return this.added[place];
  }

  /** The nodes that pass a test, in order. */
  filter(test: (node: N) => boolean): N[] {
    return this.added.filter((node) => this.has(node) && test(node));
  }

  [Symbol.iterator](): Iterator<N> {
    return (this.removed === 0 ? this.added : this.filter(() => true))[Symbol.iterator]();
  }

  private growTo(position: number): void {
    const larger = new Uint8Array(Math.max(position + 1, 4 * this.marks.length));
    larger.set(this.marks);
    this.marks = larger;
  }
}
