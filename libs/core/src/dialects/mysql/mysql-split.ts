import { isBlankSql, skipToken, tokensOf } from './mysql-tokens.js';

/**
 * Splits SQL text into statements where the `mariadb` and `mysql` clients would: at the delimiter (a semicolon, or what a line
 * `DELIMITER //` has made it) outside of strings, quoted names and comments. Unlike the clients it keeps the body of a
 * routine, trigger or event together without DELIMITER, as drivers send it. Each statement is a verbatim piece of the text.
 */
export function splitStatements(sql: string): readonly string[] {
  const statements: string[] = [];
  let delimiter = ';';
  let start = 0;
  while (start < sql.length) {
    const command = delimiterAt(sql, start);
    if (command) {
      ({ delimiter, end: start } = command);
      continue;
    }
    const { end, next } = endOfStatement(sql, start, delimiter);
    const statement = sql.slice(start, end);
    if (!isBlankSql(statement)) statements.push(statement.trim());
    start = next;
  }
  return statements;
}

/**
 * A statement as the clients take it: one with semicolons of its own stands between two DELIMITER lines. A semicolon behind a
 * comment would belong to the comment.
 */
export function terminated(statement: string): string {
  const lastLine = statement.slice(statement.lastIndexOf('\n') + 1);
  const text = /--|#/.test(lastLine) ? `${statement}\n` : statement;
  if (!tokensOf(statement).includes(';')) return `${text};`;
  let delimiter = '$$';
  while (statement.includes(delimiter)) delimiter += '$';
  return `DELIMITER ${delimiter}\n${text}${delimiter}\nDELIMITER ;`;
}

/** A command of the client, not a statement: it reaches to the end of its line. */
const DELIMITER = /\s*delimiter[ \t]+(\S+)[^\n]*\n?/iy;

function delimiterAt(
  sql: string,
  position: number,
): { readonly delimiter: string; readonly end: number } | undefined {
  DELIMITER.lastIndex = afterComments(sql, position);
  const found = DELIMITER.exec(sql);
  return found?.[1] === undefined ? undefined : { delimiter: found[1], end: DELIMITER.lastIndex };
}

function afterComments(sql: string, start: number): number {
  let position = start;
  while (position < sql.length) {
    const end = skipToken(sql, position);
    if (!isBlankSql(sql.slice(position, end))) return position;
    position = end;
  }
  return position;
}

interface End {
  /** Of the statement, and where the next one begins. */
  readonly end: number;
  readonly next: number;
}

function endOfStatement(sql: string, start: number, delimiter: string): End {
  const body = new RoutineBody();
  let position = start;
  while (position < sql.length) {
    const isEnd = sql.startsWith(delimiter, position);
    if (isEnd && (delimiter !== ';' || !body.isOpen)) {
      return { end: position, next: position + delimiter.length };
    }
    const end = endOfToken(sql, position, delimiter);
    body.enter(sql.slice(position, end));
    position = end;
  }
  return { end: sql.length, next: sql.length };
}

/** A delimiter such as `$$` may stand right behind a word, which could have it as its end. */
function endOfToken(sql: string, position: number, delimiter: string): number {
  const end = skipToken(sql, position);
  const isWord = /[\p{L}\p{N}_$]/u.test(sql.charAt(position));
  const at = isWord ? sql.indexOf(delimiter, position) : -1;
  return at > position && at < end ? at : end;
}

const STORED = /^create .*?\b(procedure|function|trigger|event|package)\b/;
const ANONYMOUS = /^begin not atomic\b/;

/** Counts the blocks of a stored program, which semicolons can be inside of. */
class RoutineBody {
  private words = '';
  private blocks = 0;
  private last = '';

  get isOpen(): boolean {
    return this.blocks > 0;
  }

  enter(token: string): void {
    if (!/^[\p{L}_]/u.test(token)) return;
    const word = token.toLowerCase();
    if (this.words.length < 400) this.words += `${word} `;
    if (STORED.test(this.words) || ANONYMOUS.test(this.words)) this.count(word);
    this.last = word;
  }

  /** `END IF`, `END LOOP` and the like close what is not counted; `END CASE` and `END` close a block. */
  private count(word: string): void {
    if (word === 'atomic' && this.blocks === 0) this.blocks = 1;
    else if (word === 'begin' || (word === 'case' && this.last !== 'end')) this.blocks += 1;
    else if (word === 'end') this.blocks -= 1;
    else if (this.last === 'end' && /^(if|loop|repeat|while|for)$/.test(word)) this.blocks += 1;
    this.blocks = Math.max(0, this.blocks);
  }
}
