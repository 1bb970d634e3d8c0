import { HEADER_NAMES } from './header-names.js';
import { leadingComment } from './leading-comment.js';
import { mayHaveMore } from './plain-header.js';
import { scanTokens, type Token } from './scan-text.js';

/** A constant of the header as found in the text. */
export type HeaderValue = string | number | boolean | null | readonly HeaderValue[];

/** A header constant that stands in the text as a literal. */
export interface HeaderLiteral {
  readonly value: HeaderValue;
  /** Where the literal begins in the text, and the position behind it. */
  readonly at: number;
  readonly end: number;
}

/** The constants of the header that stand in the text as literals, by export name. */
export interface HeaderScan {
  readonly values: ReadonlyMap<string, HeaderLiteral>;
  /** Header constants that exist but are computed: only running the file tells their value. */
  readonly computed: ReadonlySet<string>;
  /** True when the text has a function, or an export, of this name. */
  readonly exportsUpgrade: boolean;
  /** First paragraph of the comment that the file begins with. */
  readonly comment: string;
}

/**
 * Reads the header of a revision file from its text, without running it (design D2): TypeScript, ESM, and CommonJS as
 * compilers write it. Tolerant: what it does not understand is reported as computed.
 */
export function readHeader(text: string): HeaderScan {
  const reader = new TokenReader(scanTokens(text));
  const header = new HeaderCollector(reader, text);
  for (let token = reader.next(); token; token = reader.next()) {
    if (reader.depth === 0 && !header.visit(token)) break;
  }
  return { ...header.found(), comment: leadingComment(text) };
}

/** Collects the header constants of the statements at the top. */
class HeaderCollector {
  private readonly values = new Map<string, HeaderLiteral>();
  private readonly computed = new Set<string>();
  private exportsUpgrade = false;

  constructor(
    private readonly reader: TokenReader,
    private readonly text: string,
  ) {}

  /** Looks at a token and what follows it; false when nothing of the header can come any more. */
  visit(token: Token): boolean {
    if (token.kind !== 'word') return true;
    if (token.text === 'function') {
      this.noteExport(this.reader.peek()?.text);
      if (this.isWhole(token.at)) return false;
    }
    const name = assignedName(token, this.reader);
    if (name !== undefined) this.take(name);
    return true;
  }

  found(): Omit<HeaderScan, 'comment'> {
    for (const name of this.values.keys()) this.computed.delete(name);
    const { values, computed, exportsUpgrade } = this;
    return { values, computed, exportsUpgrade };
  }

  private isWhole(at: number): boolean {
    if (!this.exportsUpgrade || !this.values.has('revision')) return false;
    return this.computed.size === 0 && !mayHaveMore(this.text, at, (name) => this.values.has(name));
  }

  private noteExport(name: string | undefined): void {
    if (isDirection(name)) this.exportsUpgrade = true;
  }

  private take(name: string): void {
    this.noteExport(name);
    if (!HEADER_NAMES.has(name) || this.values.has(name)) return;
    const at = this.reader.peek()?.at ?? this.text.length;
    const found = readValue(this.reader);
    if (found === undefined) this.computed.add(name);
    else if (found.value !== ABSENT)
      this.values.set(name, { value: found.value, at, end: found.end });
  }
}

/** Also in the plural, of a revision for several environments. */
const isDirection = (name: string | undefined): boolean => /^(?:up|down)grades?$/.test(name ?? '');

/** `exports.revision = void 0`, which compilers write first: no value yet. */
const ABSENT = Symbol('absent');

/** A look-ahead of a few tokens, and the depth of brackets. */
class TokenReader {
  private readonly ahead: Token[] = [];
  depth = 0;
  /** Position behind the last token that was taken. */
  end = 0;

  constructor(private readonly tokens: Generator<Token, undefined>) {}

  peek(distance = 0): Token | undefined {
    while (this.ahead.length <= distance) {
      const { value } = this.tokens.next();
      if (value === undefined) return undefined;
      this.ahead.push(value);
    }
    return this.ahead[distance];
  }

  next(): Token | undefined {
    const token = this.peek();
    this.ahead.shift();
    this.end = token?.end ?? this.end;
    if (token?.kind === 'punctuation') {
      if ('([{'.includes(token.text)) this.depth++;
      else if (')]}'.includes(token.text)) this.depth = Math.max(0, this.depth - 1);
    }
    return token;
  }

  /** Takes the next token when it has this text. */
  accept(text: string): boolean {
    const token = this.peek();
    if (token?.text !== text || token.kind === 'string') return false;
    this.next();
    return true;
  }
}

const DECLARATIONS: ReadonlySet<string> = new Set(['const', 'let', 'var']);

/** The name that the statement at hand gives a value to, if it does; the reader then stands before the value. */
function assignedName(token: Token, reader: TokenReader): string | undefined {
  if (DECLARATIONS.has(token.text)) return declaredName(reader);
  return token.text === 'exports' ? exportedName(reader) : undefined;
}

/** `const NAME: type =` */
function declaredName(reader: TokenReader): string | undefined {
  const name = reader.peek();
  if (name?.kind !== 'word') return undefined;
  reader.next();
  skipType(reader);
  return reader.accept('=') ? name.text : undefined;
}

/** `exports.NAME =` */
function exportedName(reader: TokenReader): string | undefined {
  const [dot, name, equals, after] = [0, 1, 2, 3].map((distance) => reader.peek(distance));
  if (dot?.text !== '.' || name?.kind !== 'word') return undefined;
  if (equals?.text !== '=' || after?.text === '=') return undefined;
  for (let taken = 0; taken < 3; taken++) reader.next();
  return name.text;
}

/** Passes over `: string | readonly string[] | null` before the `=`. */
function skipType(reader: TokenReader): void {
  if (reader.peek()?.text !== ':') return;
  for (
    let token = reader.peek();
    token && token.text !== '=' && token.text !== ';';
    token = reader.peek()
  ) {
    reader.next();
  }
}

/** A literal value with its end, and what may follow it; undefined when it is not a literal. */
function readValue(
  reader: TokenReader,
): { readonly value: HeaderValue | typeof ABSENT; readonly end: number } | undefined {
  const value = readLiteral(reader);
  if (value === undefined) return undefined;
  const { end } = reader;
  while (reader.accept('as') || reader.accept('satisfies')) skipTypeAfterValue(reader);
  const after = reader.peek();
  const ends = after === undefined || after.kind === 'word' || ';,}'.includes(after.text);
  return ends ? { value, end } : undefined;
}

function skipTypeAfterValue(reader: TokenReader): void {
  const ends = new Set([';', ',', 'export', 'const', 'as', 'satisfies', undefined]);
  while (!ends.has(reader.peek()?.text) || reader.peek()?.text === 'const') {
    const isLast = reader.peek()?.text === 'const';
    reader.next();
    if (isLast) return;
  }
}

function readLiteral(reader: TokenReader, depth = 0): HeaderValue | typeof ABSENT | undefined {
  const token = reader.peek();
  if (token === undefined) return undefined;
  if (token.text === '[' && token.kind === 'punctuation') return readArray(reader, depth + 1);
  reader.next();
  if (token.kind === 'string') return token.text;
  if (token.kind === 'template') return plainTemplate(token.text);
  if (token.kind === 'number') return Number(token.text);
  return readWord(token, reader);
}

function readWord(token: Token, reader: TokenReader): HeaderValue | typeof ABSENT | undefined {
  if (token.kind !== 'word') return undefined;
  if (token.text === 'null') return null;
  if (token.text === 'undefined') return ABSENT;
  if (token.text === 'true' || token.text === 'false') return token.text === 'true';
  if (token.text === 'void' && reader.peek()?.kind === 'number') {
    reader.next();
    return ABSENT;
  }
  return undefined;
}

function plainTemplate(source: string): string | undefined {
  const body = source.slice(1, -1);
  return /\$\{|\\/.test(body) ? undefined : body;
}

/** No header has lists in lists: deep ones are left to the import. */
const DEEPEST = 4;

function readArray(reader: TokenReader, depth: number): readonly HeaderValue[] | undefined {
  if (depth > DEEPEST) return undefined;
  reader.next();
  const items: HeaderValue[] = [];
  while (!reader.accept(']')) {
    const item = readLiteral(reader, depth);
    if (item === undefined || item === ABSENT) return undefined;
    items.push(item as HeaderValue);
    if (!reader.accept(',') && reader.peek()?.text !== ']') return undefined;
  }
  return items;
}
