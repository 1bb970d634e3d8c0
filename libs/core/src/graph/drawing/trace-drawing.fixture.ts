/** An edge as read from a drawing: `c2 -> b`, dotted ones `c2 ~> b`. */
type ReadEdge = string;

/** What a drawing as text says, read from its characters alone. */
export interface ReadDrawing {
  readonly revisions: readonly string[];
  readonly edges: readonly ReadEdge[];
}

/** A line that runs down: where it came from, and whether it is dotted; undefined while nobody saw a dot or a line. */
interface Line {
  readonly from: string;
  dotted: boolean;
}

/**
 * Follows the lines of a drawing with the eyes: from each `*` down to where they end. It knows nothing of how the
 * drawing was made.
 */
export function traceDrawing(drawing: string): ReadDrawing {
  const tracer = new Tracer();
  const rows = drawing.split('\n').slice(0, -1);
  rows.forEach((row, at) => tracer.read(row, rows[at + 1] ?? ''));
  return { revisions: tracer.revisions, edges: tracer.edges };
}

class Tracer {
  readonly revisions: string[] = [];
  readonly edges: ReadEdge[] = [];
  /** By character column; several lines meet in one column only right above a revision. */
  readonly #lines = new Map<number, Line[]>();

  read(row: string, next: string): void {
    const star = row.indexOf('*');
    const corner = row.search(/[├╰]/);
    if (star >= 0 && (corner < 0 || star < corner)) this.#revision(row, star, next);
    else if (row[corner] === '╰') this.#joinRight(row, corner);
    else if (corner >= 0 && /[┬╮]/.test(row)) this.#fork(row, corner);
    else if (corner >= 0) this.#join(row, corner);
    else this.#pass(row);
  }

  #revision(row: string, column: number, next: string): void {
    const [, id = ''] = /^[^*]*\*[ │┊]*([^\s,]+)/.exec(row) ?? [];
    this.revisions.push(id);
    for (const { from, dotted } of this.#lines.get(column) ?? [])
      this.edges.push(`${from} ${dotted ? '~' : '-'}> ${id}`);
    this.#lines.delete(column);
    this.#pass(row.slice(0, row.indexOf(id, column)));
    // A line goes on where the character below is one, or a revision, or a bend.
    if (/[│┊├┼┴╯╰*]/.test(next[column] ?? ' '))
      this.#lines.set(column, [{ from: id, dotted: next[column] === '┊' }]);
  }

  #fork(row: string, corner: number): void {
    const [line] = this.#lines.get(corner) ?? [];
    if (line === undefined) throw new Error(`nothing forks in ${row}`);
    for (let at = corner + 1; at < row.length; at += 1)
      if (row[at] === '┬' || row[at] === '╮')
        this.#lines.set(at, [{ from: line.from, dotted: row[at - 1] === '┄' }]);
  }

  #join(row: string, corner: number): void {
    const target = this.#lines.get(corner) ?? [];
    for (let at = corner + 1; at < row.length; at += 1) {
      if (row[at] !== '┴' && row[at] !== '╯') continue;
      target.push(...this.#taken(at, row[at - 1] === '┄'));
    }
    this.#lines.set(corner, target);
  }

  #joinRight(row: string, corner: number): void {
    const end = row.indexOf('┤');
    const target = this.#lines.get(end) ?? [];
    this.#lines.set(end, [...target, ...this.#taken(corner, row[corner + 1] === '┄')]);
  }

  #taken(column: number, dotted: boolean): readonly Line[] {
    const lines = this.#lines.get(column) ?? [];
    this.#lines.delete(column);
    return lines.map((line) => ({ ...line, dotted: line.dotted || dotted }));
  }

  #pass(row: string): void {
    for (const [at, lines] of this.#lines)
      if (row[at] === '┊') for (const line of lines) line.dotted = true;
  }
}
