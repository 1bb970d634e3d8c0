import { MigrationError } from '../../../errors/migration-error.js';
import { isKeyword, nameIn, wordsIn } from '../sqlite-tokens.js';
import type { SqliteToken } from '../sqlite-tokens.js';
import type { TextRange } from './split-body.js';

/** Reads the pieces of a text one after the other. */
export class TokenReader {
  readonly #tokens: readonly SqliteToken[];
  #at = 0;

  /** Reads all of the text, or one part of it. */
  constructor(
    readonly sql: string,
    private readonly range: TextRange = { start: 0, end: sql.length },
  ) {
    this.#tokens = wordsIn(sql, range);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** The next piece, or one behind it. */
  peek(ahead = 0): SqliteToken | undefined {
    return this.#tokens[this.#at + ahead];
  }

  /** True when the next pieces are these keywords. */
  isNext(...keywords: readonly string[]): boolean {
    // Mostly something else is next: no need to look at more than its kind.
    if (this.peek()?.kind !== 'word') return false;
    return keywords.every((keyword, ahead) => isKeyword(this.peek(ahead), keyword));
  }

  isSign(sign: string): boolean {
    const token = this.peek();
    return token?.kind === 'sign' && token.text === sign;
  }

  /** @throws MigrationError E3013 at the end of the text */
  take(): SqliteToken {
    const token = this.peek();
    if (token === undefined) throw this.unreadable('ends too early');
    this.#at += 1;
    return token;
  }

  /** Takes the keywords where they are next. */
  accept(...keywords: readonly string[]): boolean {
    if (!this.isNext(...keywords)) return false;
    this.#at += keywords.length;
    return true;
  }

  acceptSign(sign: string): boolean {
    if (!this.isSign(sign)) return false;
    this.#at += 1;
    return true;
  }

  /** @throws MigrationError E3013 when something else is next */
  expectSign(sign: string): void {
    if (!this.acceptSign(sign)) throw this.unreadable(`lacks "${sign}"`);
  }

  /** @throws MigrationError E3013 when no name is next */
  takeName(): string {
    const name = nameIn(this.take());
    if (name === undefined) throw this.unreadable('lacks a name');
    return name;
  }

  /** Takes what is enclosed in parentheses, with them. @throws MigrationError E3013 */
  takeParentheses(): void {
    this.expectSign('(');
    for (let depth = 1; depth > 0;) {
      if (this.isSign('(')) depth += 1;
      if (this.isSign(')')) depth -= 1;
      this.take();
    }
  }

  /** What `read` takes, as it is written. */
  textOf(read: () => void): string {
    const start = this.offset;
    read();
    const end = this.#tokens[this.#at - 1]?.end ?? start;
    return this.sql.slice(start, Math.max(start, end));
  }

  /** Offset of the next piece; that of the end of what is read where there is none. */
  get offset(): number {
    return this.peek()?.start ?? this.range.end;
  }

  /** E3013 for text that cannot be read. */
  unreadable(clause: string): MigrationError {
    return new MigrationError('E3013', {
      problem: `the definition of a table cannot be read: it ${clause} at character ${this.offset}`,
      facts: { sql: this.sql, at: this.offset },
    });
  }
}
