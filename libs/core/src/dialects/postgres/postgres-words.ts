import { skipToken } from './postgres-tokens.js';

/** A token of SQL, and where it begins. */
export interface SqlToken {
  readonly text: string;
  readonly at: number;
}

/** The tokens of a text without white space and comments. */
export function tokensOf(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let at = 0; at < sql.length;) {
    const end = skipToken(sql, at);
    const text = sql.slice(at, end);
    if (!/^(?:\s|--|\/\*)/.test(text)) tokens.push({ text, at });
    at = end;
  }
  return joinQuoted(tokens);
}

/** A doubled quote inside of a name makes two tokens without anything between them. */
function joinQuoted(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const joined: SqlToken[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    const isContinued =
      last !== undefined &&
      last.at + last.text.length === token.at &&
      ((token.text.startsWith('"') && last.text.startsWith('"')) ||
        (token.text.startsWith("'") && last.text.endsWith("'")));
    if (isContinued) joined[joined.length - 1] = { at: last.at, text: last.text + token.text };
    else joined.push(token);
  }
  return joined;
}

/** Reads tokens one after the other: keywords in any case, names as the server folds them. */
export class WordReader {
  #position = 0;
  #qualifiedAt: readonly [start: number, end: number] | undefined;
  readonly #tokens: readonly SqlToken[];

  constructor(sql: string) {
    this.#tokens = tokensOf(sql);
  }

  /** The next token in lower case; empty at the end. */
  get next(): string {
    return (this.#tokens[this.#position]?.text ?? '').toLowerCase();
  }

  /** Where the token that was read last begins. */
  get lastAt(): number {
    return this.#tokens[this.#position - 1]?.at ?? 0;
  }

  /** Where the name begins and ends that {@link qualified} read last. */
  get qualifiedAt(): readonly [start: number, end: number] | undefined {
    return this.#qualifiedAt;
  }

  /** Takes the words if they are the next ones. */
  take(...words: readonly string[]): boolean {
    const found = words.every(
      (word, offset) => (this.#tokens[this.#position + offset]?.text ?? '').toLowerCase() === word,
    );
    if (found) this.#position += words.length;
    return found;
  }

  /** Takes tokens until after an unquoted word. False where it does not come. */
  skipPast(word: string): boolean {
    while (this.#position < this.#tokens.length) {
      if (this.take(word)) return true;
      this.#position += 1;
    }
    return false;
  }

  /** A name, or undefined where there is none. */
  name(): string | undefined {
    const text = this.#tokens[this.#position]?.text ?? '';
    const isQuoted = text.startsWith('"') && text.endsWith('"') && text.length > 2;
    if (!isQuoted && !/^[\p{L}_\u0080-\uffff]/u.test(text)) return undefined;
    this.#position += 1;
    return isQuoted ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
  }

  /** `schema.name` or `name`. */
  qualified(): { readonly schema: string | null; readonly name: string } | undefined {
    const start = this.#position;
    const found = this.#qualified();
    if (found) this.#qualifiedAt = this.#span(start);
    return found;
  }

  #qualified(): { readonly schema: string | null; readonly name: string } | undefined {
    const first = this.name();
    if (first === undefined || !this.take('.')) {
      return first === undefined ? undefined : { schema: null, name: first };
    }
    const name = this.name();
    return name === undefined ? undefined : { schema: first, name };
  }

  /** From the token at a position to the end of the one that was read last. */
  #span(position: number): readonly [start: number, end: number] {
    const [first, last] = [this.#tokens[position], this.#tokens[this.#position - 1]];
    return [first?.at ?? 0, (last?.at ?? 0) + (last?.text.length ?? 0)];
  }

  /** A string literal or a name, as `VERSION '1.6'` and `VERSION "1.6"` have it. */
  textOrName(): string | undefined {
    const text = this.#tokens[this.#position]?.text ?? '';
    if (!text.startsWith("'")) return this.name();
    this.#position += 1;
    return text.slice(1, -1).replaceAll("''", "'");
  }
}
