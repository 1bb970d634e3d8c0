import type { SkipToken } from '../common/sql-scan.js';
import { isBlankText } from '../common/sql-scan.js';

/**
 * A piece of SQL text (SQLite manual, "SQL As Understood By SQLite", tokenize.c). `word`: a keyword or a bare name. `name`: one in quotes,
 * backticks or brackets. `sign`: one character of anything else.
 */
export interface SqliteToken {
  readonly kind: 'word' | 'name' | 'string' | 'blob' | 'number' | 'comment' | 'space' | 'sign';
  readonly text: string;
  /** Offset of its first character. */
  readonly start: number;
  /** Offset behind its last character. */
  readonly end: number;
}

const PATTERNS = [
  ['space', /[ \t\n\f\r]+/],
  ['comment', /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/],
  ['blob', /[xX]'[0-9a-fA-F]*'/],
  ['string', /'(?:[^']|'')*(?:'|$)/],
  ['name', /"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|\[[^\]]*(?:\]|$)/],
  ['number', /0[xX][0-9a-fA-F]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/],
  ['word', /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/],
  ['sign', /[\s\S]/],
] as const satisfies readonly (readonly [SqliteToken['kind'], RegExp])[];

/** All of them as one, a group for each: a text is gone through once. */
const ANY_PIECE = new RegExp(PATTERNS.map(([, { source }]) => `(${source})`).join('|'), 'y');

/** Every piece of a text, in order and without gaps. What is not closed reaches to the end of the text. */
export function tokensOf(sql: string): readonly SqliteToken[] {
  const tokens: SqliteToken[] = [];
  for (let start = 0; start < sql.length; start = tokens.at(-1)?.end ?? sql.length) {
    tokens.push(tokenAt(sql, start));
  }
  return tokens;
}

/** The pieces that say something: no white space, no comments. */
export function wordsOf(sql: string): readonly SqliteToken[] {
  return tokensOf(sql).filter(isMeant);
}

/** True for what is neither white space nor a comment. */
export function isMeant({ kind }: SqliteToken): boolean {
  return kind !== 'space' && kind !== 'comment';
}

/** True for one of the keywords, however it is written; a quoted name is never one. */
export function isKeyword(token: SqliteToken | undefined, ...keywords: readonly string[]): boolean {
  return token?.kind === 'word' && keywords.includes(token.text.toUpperCase());
}

/** The name that a piece spells; a string is a name where a name must stand. Undefined for any other piece. */
export function nameIn(token: SqliteToken | undefined): string | undefined {
  if (token === undefined) return undefined;
  const { kind, text } = token;
  if (kind === 'word') return text;
  if (kind !== 'name' && kind !== 'string') return undefined;
  const quote = text.charAt(0);
  const inner = text.slice(1, -1);
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote);
}

/** True when two names are one to SQLite: it folds the letters of ASCII, and no others. */
export function isSameName(left: string, right: string): boolean {
  return left === right || foldName(left) === foldName(right);
}

/** A name as SQLite compares it. */
export function foldName(name: string): string {
  if (!/[A-Z]/.test(name)) return name;
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The piece that begins here; empty at the end of the text. */
export function tokenAt(sql: string, start: number): SqliteToken {
  ANY_PIECE.lastIndex = start;
  const match = ANY_PIECE.exec(sql);
  const group = match?.findIndex((text, at) => at > 0 && text !== undefined) ?? 0;
  const [kind] = PATTERNS[group - 1] ?? (['sign'] as const);
  const text = match?.[0] ?? '';
  return { kind, text, start, end: start + text.length };
}

/** Position behind the piece that begins here. */
export const skipToken: SkipToken = (sql, start) => tokenAt(sql, start).end;

/** True when the text has nothing but white space and comments. */
export const isBlankSql = (sql: string): boolean => isBlankText(sql, skipToken);
