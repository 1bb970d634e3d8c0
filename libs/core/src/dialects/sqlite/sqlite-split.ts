import { isBlankSql, isMeant, tokenAt } from './sqlite-tokens.js';

/**
 * Splits SQL text into statements where the `sqlite3` client does (`sqlite3_complete`): at semicolons outside of strings,
 * quoted names and comments; CREATE TRIGGER ends only at `; END;`. Each statement is a verbatim piece of the text, without
 * its semicolon and the white space around it; pieces with nothing but white space and comments are left out.
 */
export function splitStatements(sql: string): readonly string[] {
  const statements: string[] = [];
  let start = 0;
  while (start < sql.length) {
    const end = endOfStatement(sql, start);
    const text = sql.slice(start, end);
    statements.push(text.endsWith(';') ? text.slice(0, -1) : text);
    start = end;
  }
  return statements
    .filter((statement) => !isBlankSql(statement))
    .map((statement) => statement.trim());
}

const TRIGGER = /^(explain (query plan )?)?create (temp |temporary )?trigger /;

/** Position after the semicolon that ends the statement at `start`, or the end of the text. */
function endOfStatement(sql: string, start: number): number {
  let opening = '';
  let [last, secondLast] = ['', ''];
  let position = start;
  while (position < sql.length) {
    const token = tokenAt(sql, position);
    position = token.end;
    if (!isMeant(token)) continue;
    const text = token.text.toLowerCase();
    const isBodyOver = last === 'end' && secondLast === ';';
    if (text === ';' && (!TRIGGER.test(opening) || isBodyOver)) return token.end;
    if (opening.length < 60) opening += `${text} `;
    [last, secondLast] = [text, last];
  }
  return sql.length;
}
