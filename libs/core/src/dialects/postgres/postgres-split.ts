import { isBlankSql, skipToken } from './postgres-tokens.js';

/**
 * Splits SQL text into statements where `psql` would: at semicolons outside of strings, quoted names, comments,
 * parentheses and `BEGIN ATOMIC` bodies. Each statement is a verbatim piece of the text, without its semicolon and the
 * white space around it; pieces with nothing but white space and comments are left out.
 */
export function splitStatements(sql: string): readonly string[] {
  return segmentsOf(sql)
    .map((segment) => (segment.endsWith(';') ? segment.slice(0, -1) : segment))
    .filter((statement) => !isBlankSql(statement))
    .map((statement) => statement.trim());
}

/**
 * The same pieces with semicolons, white space and comments: joined they give the text again. Every piece but the last
 * ends with the semicolon that ends its statement.
 */
export function segmentsOf(sql: string): readonly string[] {
  const segments: string[] = [];
  let start = 0;
  while (start < sql.length) {
    const end = endOfStatement(sql, start);
    segments.push(sql.slice(start, end));
    start = end;
  }
  return segments;
}

/** Position after the semicolon that ends the statement at `start`, or the end of the text. */
function endOfStatement(sql: string, start: number): number {
  const nesting = new StatementNesting();
  let position = start;
  while (position < sql.length) {
    const end = skipToken(sql, position);
    const token = sql.slice(position, end);
    if (token === ';' && nesting.isOutermost) return end;
    nesting.enter(token);
    position = end;
  }
  return sql.length;
}

const WORD = /^[\p{L}_\u0080-\uffff]/u;
const ROUTINE = /^create (or replace )?(function|procedure)\b/;

/** Counts what a semicolon can be inside of: parentheses, and the blocks of an SQL-standard routine body. */
class StatementNesting {
  private parentheses = 0;
  private blocks = 0;
  private readonly opening: string[] = [];

  get isOutermost(): boolean {
    return this.parentheses === 0 && this.blocks === 0;
  }

  enter(token: string): void {
    if (token === '(') this.parentheses += 1;
    else if (token === ')') this.parentheses = Math.max(0, this.parentheses - 1);
    else if (WORD.test(token)) this.enterWord(token.toLowerCase());
  }

  /** Only a routine may have a body of statements; `BEGIN` anywhere else opens a transaction. */
  private enterWord(word: string): void {
    if (this.opening.length < 4) this.opening.push(word);
    if (this.parentheses > 0 || !ROUTINE.test(this.opening.join(' '))) return;
    if (word === 'begin' || (word === 'case' && this.blocks > 0)) this.blocks += 1;
    else if (word === 'end') this.blocks = Math.max(0, this.blocks - 1);
  }
}
