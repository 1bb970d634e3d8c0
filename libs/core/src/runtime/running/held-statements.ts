/** A statement that waits to be sent with others. */
export interface HeldStatement {
  readonly sql: string;
  /** What to tell when it fails: the statement and its line. */
  failed(error: unknown): unknown;
  /** Told when it has run. @param together statements of a revision in its text, this one included */
  ran(durationMs: number, together: number): void;
}

/** Statements of a text at most. */
const MOST_STATEMENTS = 64;

/** Characters of a text from which on it is sent: the server reads all of it ahead. */
const MANY_CHARACTERS = 65_536;

/** Statements of a transaction that nothing has asked about yet, in call order. */
export class HeldStatements {
  #all: HeldStatement[] = [];
  #characters = 0;

  get all(): readonly HeldStatement[] {
    return this.#all;
  }

  /** They fill a text. */
  get areMany(): boolean {
    return this.#all.length >= MOST_STATEMENTS || this.#characters >= MANY_CHARACTERS;
  }

  add(statement: HeldStatement): void {
    this.#all.push(statement);
    this.#characters += statement.sql.length;
  }

  /** Those that wait; none does any more. */
  take(): readonly HeldStatement[] {
    const all = this.#all;
    this.clear();
    return all;
  }

  /** None waits any more. */
  clear(): void {
    this.#all = [];
    this.#characters = 0;
  }
}
