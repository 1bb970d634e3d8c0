/**
 * Position after the token at `position` (MySQL 8.0 manual, 9.1 and 9.7): a word, a string, a quoted name, a comment, or one
 * character of anything else. What is not closed reaches to the end of the text. Strings have escapes and double quotes
 * enclose a string: our sessions are without NO_BACKSLASH_ESCAPES and ANSI_QUOTES.
 */
export function skipToken(sql: string, position: number): number {
  const first = sql.charAt(position);
  if (first === "'" || first === '"') return skipString(sql, position);
  if (first === '`') return skipPast(sql, '`', position + 1);
  if (first === '#' || isDashComment(sql, position)) return skipLine(sql, position);
  if (sql.startsWith('/*', position)) return skipBlockComment(sql, position);
  return skipMatch(WORD_OR_SPACE, sql, position) ?? position + 1;
}

/** True when the text has nothing but white space and comments. An executable comment (`/*! … *\/`) is a statement. */
export function isBlankSql(sql: string): boolean {
  let position = 0;
  while (position < sql.length) {
    if (!isComment(sql, position) && /\S/.test(sql.charAt(position))) return false;
    position = skipToken(sql, position);
  }
  return true;
}

/** The text with the marks of executable comments (`/*!50003`, `/*M!100100`) taken away: what the server reads. */
export function unwrapComments(sql: string): string {
  if (!EXECUTABLE_ANYWHERE.test(sql)) return sql;
  let unwrapped = '';
  let position = 0;
  while (position < sql.length) {
    const end = skipToken(sql, position);
    const token = sql.slice(position, end);
    unwrapped += EXECUTABLE.test(token)
      ? ` ${token.replace(EXECUTABLE, '').replace(/\*\/$/, '')} `
      : token;
    position = end;
  }
  return unwrapped;
}

/** The words and signs of a text, without white space and comments. */
export function tokensOf(sql: string): readonly string[] {
  const text = unwrapComments(sql);
  const tokens: string[] = [];
  let position = 0;
  while (position < text.length) {
    const end = skipToken(text, position);
    const token = text.slice(position, end);
    if (!isBlankSql(token)) tokens.push(token);
    position = end;
  }
  return tokens;
}

const EXECUTABLE = /^\/\*M?!\d*/;
const EXECUTABLE_ANYWHERE = /\/\*M?!/;
const WORD_OR_SPACE = /[\p{L}\p{N}_$\u0080-\uffff]+|\s+/uy;

function isComment(sql: string, position: number): boolean {
  if (sql.charAt(position) === '#' || isDashComment(sql, position)) return true;
  return sql.startsWith('/*', position) && !EXECUTABLE.test(sql.slice(position, position + 4));
}

/** Two dashes begin a comment only before white space or a control character: `5--1` is 6. */
const isDashComment = (sql: string, position: number): boolean =>
  // eslint-disable-next-line no-control-regex
  sql.startsWith('--', position) && /^(?:[\s\u0000-\u001f]|$)/.test(sql.slice(position + 2));

function skipMatch(pattern: RegExp, sql: string, position: number): number | undefined {
  pattern.lastIndex = position;
  return pattern.test(sql) ? pattern.lastIndex : undefined;
}

function skipPast(sql: string, end: string, position: number): number {
  const found = sql.indexOf(end, position);
  return found === -1 ? sql.length : found + end.length;
}

/** A doubled quote inside is the end of one token and the beginning of the next: the same positions, no special case. */
function skipString(sql: string, position: number): number {
  const quote = sql.charAt(position);
  let at = position + 1;
  while (at < sql.length && sql.charAt(at) !== quote) at += sql.charAt(at) === '\\' ? 2 : 1;
  return Math.min(at + 1, sql.length);
}

function skipLine(sql: string, position: number): number {
  const found = sql.indexOf('\n', position);
  return found === -1 ? sql.length : found;
}

/** Comments do not nest; in an executable one a string may hold what looks like its end. */
function skipBlockComment(sql: string, position: number): number {
  if (!EXECUTABLE.test(sql.slice(position, position + 4))) return skipPast(sql, '*/', position + 2);
  let at = position + 2;
  while (at < sql.length && !sql.startsWith('*/', at)) at = skipToken(sql, at);
  return Math.min(at + 2, sql.length);
}
