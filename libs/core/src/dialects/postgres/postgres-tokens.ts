import { isBlankText, skipLineComment, skipMatch, skipPast } from '../common/sql-scan.js';

/**
 * Position after the token at `position` (PostgreSQL 16 manual, 4.1): a word, a string, a quoted name, a comment, or
 * one character of anything else. What is not closed reaches to the end of the text.
 */
export function skipToken(sql: string, position: number): number {
  const first = sql.charAt(position);
  if (first === "'") return skipString(sql, position);
  if (first === '"') return skipPast(sql, '"', position + 1);
  if (first === '$') return skipDollar(sql, position);
  if (sql.startsWith('--', position)) return skipLineComment(sql, position);
  if (sql.startsWith('/*', position)) return skipBlockComment(sql, position);
  if (/^[eE]'/.test(sql.slice(position, position + 2))) return skipEscapeString(sql, position + 1);
  return skipMatch(WORD_OR_SPACE, sql, position) ?? position + 1;
}

/** True when the text has nothing but white space and comments. */
export const isBlankSql = (sql: string): boolean => isBlankText(sql, skipToken);

const WORD_OR_SPACE = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*|[0-9]\w*|\s+/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const STRING_CONTINUES = /[ \t\f\v]*(?:--[^\n\r]*)?[\n\r](?:\s|--[^\n\r]*[\n\r])*'/y;

/** A doubled quote inside is the end of one token and the beginning of the next: the same positions, no special case. */
function skipString(sql: string, position: number): number {
  return skipPast(sql, "'", position + 1);
}

/** `position` is that of the quote. A string that continues on the next line is still one with escapes. */
function skipEscapeString(sql: string, position: number): number {
  let end = position;
  for (let quote: number | undefined = position; quote !== undefined;) {
    end = closingQuote(sql, quote);
    quote = sql.charAt(end) === "'" ? end : continuedAt(sql, end);
  }
  return end;
}

/** Position after the quote that closes the part of an escape string that opens at `quote`. */
function closingQuote(sql: string, quote: number): number {
  let at = quote + 1;
  while (at < sql.length && sql.charAt(at) !== "'") at += sql.charAt(at) === '\\' ? 2 : 1;
  return Math.min(at + 1, sql.length);
}

function continuedAt(sql: string, end: number): number | undefined {
  const next = skipMatch(STRING_CONTINUES, sql, end);
  return next === undefined ? undefined : next - 1;
}

function skipDollar(sql: string, position: number): number {
  const afterTag = skipMatch(DOLLAR_TAG, sql, position);
  if (afterTag === undefined) return position + 1;
  return skipPast(sql, sql.slice(position, afterTag), afterTag);
}

/** Comments nest in SQL. */
function skipBlockComment(sql: string, position: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = position;
  let depth = 0;
  for (let match = edge.exec(sql); match !== null; match = edge.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return sql.length;
}
