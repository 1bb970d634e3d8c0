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

/** The kinds in the order in which they are tried: what a piece begins with, and all of it. */
const PATTERNS: readonly (readonly [SqliteToken['kind'], RegExp, RegExp])[] = [
  ['space', /[ \t\n\f\r]/, /[ \t\n\f\r]+/y],
  ['comment', /[-/]/, /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['blob', /[xX]/, /[xX]'[0-9a-fA-F]*'/y],
  ['string', /'/, /'(?:[^']|'')*(?:'|$)/y],
  ['name', /["`[]/, /"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|\[[^\]]*(?:\]|$)/y],
  ['number', /[\d.]/, /0[xX][0-9a-fA-F]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_\u0080-\uffff]/, /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y],
  ['sign', /[\s\S]/, /[\s\S]/y],
];

const beginningWith = (character: string) => PATTERNS.filter(([, first]) => first.test(character));

/** What a piece can be, by the code of its first character: mostly one kind. */
const BY_CODE = Array.from({ length: 128 }, (_, code) => beginningWith(String.fromCharCode(code)));
const BEYOND_ASCII = beginningWith('\u0080');

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
  return wordsIn(sql, { start: 0, end: sql.length });
}

/** Those of a part of a text, from its first character to before its last. */
export function wordsIn(
  sql: string,
  { start, end }: Pick<SqliteToken, 'start' | 'end'>,
): readonly SqliteToken[] {
  const words: SqliteToken[] = [];
  for (let at = start; at < end;) {
    const token = tokenAt(sql, at);
    if (isMeant(token)) words.push(token);
    at = token.end;
  }
  return words;
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
  for (const [kind, , pattern] of BY_CODE[sql.charCodeAt(start)] ?? BEYOND_ASCII) {
    pattern.lastIndex = start;
    if (!pattern.test(sql)) continue;
    const end = pattern.lastIndex;
    return { kind, text: sql.slice(start, end), start, end };
  }
  return { kind: 'sign', text: '', start, end: start };
}

/** Position behind the piece that begins here. */
export const skipToken: SkipToken = (sql, start) => tokenAt(sql, start).end;

/** True when the text has nothing but white space and comments. */
export const isBlankSql = (sql: string): boolean => isBlankText(sql, skipToken);
