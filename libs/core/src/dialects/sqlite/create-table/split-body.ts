import { skipMatch } from '../../common/sql-scan.js';
import { skipToken } from '../sqlite-tokens.js';

/** A part of a text: offset of its first character, and behind its last. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Where the body of a CREATE TABLE statement is. */
export interface TableBody {
  /** Offset of the parenthesis that opens it. */
  readonly open: number;
  /** What stands between its commas, in order. */
  readonly pieces: readonly TextRange[];
  /** Offset of the parenthesis that closes it; that of the end of the text where nothing does. */
  readonly close: number;
}

/** What neither ends a piece nor may hide what does. */
const PLAIN_TEXT = /[^(),'"`[\-/]+/y;

/** Finds the columns and constraints without reading them: much quicker than taking all of the text apart. */
export function splitBody(sql: string): TableBody {
  const pieces: TextRange[] = [];
  let [open, start, depth, at] = [sql.length, sql.length, 0, 0];
  for (; at < sql.length; at = endOfPart(sql, at)) {
    const sign = sql.charAt(at);
    if (sign === '(' && depth++ === 0) [open, start] = [at, at + 1];
    if (sign === ')' && --depth <= 0) break;
    if (sign !== ',' || depth !== 1) continue;
    pieces.push({ start, end: at });
    start = at + 1;
  }
  pieces.push({ start: Math.min(start, at), end: at });
  return { open: Math.min(open, at), pieces, close: at };
}

const endOfPart = (sql: string, at: number): number =>
  skipMatch(PLAIN_TEXT, sql, at) ?? skipToken(sql, at);
