import type { VersionChange } from './step.js';
import { applyChange } from './version-changes.js';

const SPACING = 64;

/** The rows of the version table before each step of a plan. Cheap for who reads the steps in order, or only the last. */
export class RowsTimeline {
  /** Rows before every 64th step, as far as they have been needed. */
  private readonly marks: ReadonlySet<string>[];
  private place = 0;
  private readonly rows: Set<string>;
  /** Rows at `place`, once they have been asked for. */
  private sorted: readonly string[] | undefined;

  constructor(
    rows: readonly string[],
    private readonly changes: readonly (readonly VersionChange[])[],
  ) {
    this.marks = [new Set(rows)];
    this.rows = new Set(rows);
  }

  /** How many rows there are before all the steps together. */
  get size(): number {
    let rows = this.marks[0]?.size ?? 0;
    let total = 0;
    for (const step of this.changes) {
      total += rows;
      for (const { action } of step) {
        if (action === 'insert') rows += 1;
        if (action === 'delete') rows -= 1;
      }
    }
    return total;
  }

  /** Rows before the step at this place, sorted; before the one past the last step: rows at the end. */
  before(place: number): readonly string[] {
    if (place < this.place) this.goBackTo(Math.floor(place / SPACING));
    while (this.place < place) this.goOn();
    return (this.sorted ??= Object.freeze([...this.rows].sort()));
  }

  private goBackTo(mark: number): void {
    this.place = mark * SPACING;
    this.sorted = undefined;
    this.rows.clear();
    for (const row of this.marks[mark] ?? []) this.rows.add(row);
  }

  private goOn(): void {
    for (const change of this.changes[this.place] ?? []) applyChange(this.rows, change);
    this.place += 1;
    this.sorted = undefined;
    if (this.place === this.marks.length * SPACING) this.marks.push(new Set(this.rows));
  }
}
