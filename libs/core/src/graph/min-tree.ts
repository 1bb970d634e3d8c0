/** The value of a leaf that does not count. */
export const NOTHING = 2 ** 31 - 1;

/** Numbers in a row, of which the place of the smallest one in any stretch is found in logarithmic time. */
export class MinTree {
  private readonly values: Int32Array;
  /** Node i has the children 2i and 2i + 1; each holds the place of the smallest value below it. */
  private readonly winners: Int32Array;

  /** All values are {@link NOTHING} at first. */
  constructor(private readonly size: number) {
    this.values = new Int32Array(size).fill(NOTHING);
    this.winners = new Int32Array(2 * size);
    for (let place = 0; place < size; place += 1) this.winners[size + place] = place;
    for (let node = size - 1; node > 0; node -= 1) this.winners[node] = this.winnerBelow(node);
  }

  valueAt(place: number): number {
    return this.values[place] ?? NOTHING;
  }

  set(place: number, value: number): void {
    this.values[place] = value;
    for (let node = (place + this.size) >> 1; node > 0; node >>= 1) {
      this.winners[node] = this.winnerBelow(node);
    }
  }

  /** The place of the smallest value from `from` up to, not including, `to`; undefined when there is none. */
  smallest(from: number, to: number): number | undefined {
    let best: number | undefined;
    let [left, right] = [from + this.size, to + this.size];
    for (; left < right; left >>= 1, right >>= 1) {
      if (left & 1) best = this.better(best, this.winners[left++]);
      if (right & 1) best = this.better(best, this.winners[--right]);
    }
    return best === undefined || this.valueAt(best) === NOTHING ? undefined : best;
  }

  private winnerBelow(node: number): number {
    return this.better(this.winners[2 * node], this.winners[2 * node + 1]) ?? 0;
  }

  private better(one: number | undefined, other: number | undefined): number | undefined {
    if (one === undefined || other === undefined) return one ?? other;
    return this.valueAt(other) < this.valueAt(one) ? other : one;
  }
}
