import type { DrawnEdge } from './drawn-graph.js';

/** One column of a drawing: the edge that runs down in it, or nothing. */
export type Lane = DrawnEdge | undefined;

/** What a row that connects columns has at its left end, in columns between, and at its right end. */
type Corners = readonly [left: string, inner: string, right: string];
const FORK: Corners = ['├', '┬', '╮'];
const JOIN_LEFT: Corners = ['├', '┴', '╯'];
const JOIN_RIGHT: Corners = ['╰', '┴', '┤'];

/** The columns of a terminal drawing while it is made, newest revision first. Only `place` and `leave` change it. */
export class Lanes {
  #lanes: Lane[] = [];
  /** Column whose line ended in the row before: what begins there now must not look like its continuation. */
  #ended: number | undefined;

  /**
   * Finds the column of a revision, and ends there all edges that lead to it.
   * @returns rows to draw above it, and its column
   */
  place(id: string): { readonly rows: readonly string[]; readonly column: number } {
    const arriving = this.#columns((lane) => lane?.to === id);
    const [first, ...others] = arriving;
    if (first === undefined) return this.#begin();
    const rows = others.length === 0 ? [] : [this.#connector(first, others, JOIN_LEFT)];
    for (const column of arriving) this.#lanes[column] = undefined;
    return { rows, column: first };
  }

  /** The row of a revision: its mark, and the lines that pass by. */
  mark(column: number): string {
    const width = Math.max(this.#lanes.length, column + 1);
    const cells = Array.from({ length: width }, (_, at) =>
      at === column ? '*' : lineOf(this.#lanes[at]),
    );
    return cells.join(' ').trimEnd();
  }

  /**
   * Begins the edges that leave a revision: the first goes on in its column, or joins one that leads to the same revision;
   * the others begin to the right of it.
   * @returns rows to draw below it
   */
  leave(column: number, edges: readonly DrawnEdge[]): readonly string[] {
    const [first, ...others] = edges;
    this.#ended = first === undefined ? column : undefined;
    const joined = this.#columns((lane) => first !== undefined && leadsAlong(lane, first))[0];
    this.#lanes[column] = first;
    const columns = others.map((edge) => {
      const free = this.#freeAfter(column);
      this.#lanes[free] = edge;
      return free;
    });
    const fork = columns.length === 0 ? [] : [this.#connector(column, columns, FORK)];
    return [...fork, ...this.#goOn(column, joined)];
  }

  /** Below the fork of a revision: its first edge ends in the column that it joins, or goes on. */
  #goOn(column: number, joined: number | undefined): readonly string[] {
    const isDotted = this.#lanes[column]?.isDependency ?? false;
    if (joined === undefined) {
      this.#trim();
      // A dotted line needs a row to be seen, even where the next revision stands right below.
      return isDotted ? [this.#lines()] : [];
    }
    const isLeft = joined < column;
    const row = this.#connector(
      isLeft ? joined : column,
      [isLeft ? column : joined],
      isLeft ? JOIN_LEFT : JOIN_RIGHT,
    );
    this.#lanes[column] = undefined;
    this.#trim();
    return [row];
  }

  #begin(): { readonly rows: readonly string[]; readonly column: number } {
    const free = this.#lanes.indexOf(undefined);
    const column = free < 0 ? this.#lanes.length : free;
    return { rows: this.#ended === column ? [this.#lines()] : [], column };
  }

  /** A row with a line from one column to others that are to the right of it. */
  #connector(from: number, columns: readonly number[], [left, inner, right]: Corners): string {
    const last = columns.at(-1) as number;
    const isSolid = (at: number): boolean => this.#lanes[at]?.isDependency === false;
    const lastSolid = columns.filter(isSolid).at(-1) ?? from;
    const dash = (isFull: boolean): string => (isFull ? '─' : '┄');
    const inside = (at: number): string => {
      if (columns.includes(at)) return at === last ? right : inner;
      return this.#lanes[at] === undefined ? dash(at < lastSolid) : '┼';
    };
    const cells = Array.from({ length: Math.max(this.#lanes.length, last + 1) }, (_, at) => {
      if (at < from || at > last) return `${lineOf(this.#lanes[at])} `;
      const cell = at === from ? left : inside(at);
      return cell + (at === last ? ' ' : dash(at < lastSolid));
    });
    return cells.join('').trimEnd();
  }

  #lines(): string {
    return this.#lanes.map(lineOf).join(' ').trimEnd();
  }

  #freeAfter(column: number): number {
    for (let at = column + 1; at < this.#lanes.length; at += 1)
      if (this.#lanes[at] === undefined) return at;
    return this.#lanes.length;
  }

  #columns(test: (lane: Lane) => boolean): readonly number[] {
    return this.#lanes.flatMap((lane, at) => (test(lane) ? [at] : []));
  }

  #trim(): void {
    while (this.#lanes.length > 0 && this.#lanes.at(-1) === undefined) this.#lanes.pop();
  }
}

function lineOf(lane: Lane): string {
  if (lane === undefined) return ' ';
  return lane.isDependency ? '┊' : '│';
}

/** True for a column that an edge can join: it leads to the same revision, in the same kind of line. */
function leadsAlong(lane: Lane, { to, isDependency }: DrawnEdge): boolean {
  return lane?.to === to && lane.isDependency === isDependency;
}
