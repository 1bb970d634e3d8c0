import type { TextRenaming } from '../common/dialect.js';
import { mysqlQuoting } from './mysql-quoting.js';
import { skipToken } from './mysql-tokens.js';

const { identifier } = mysqlQuoting;

/**
 * An expression with a column renamed: see `Dialect.renameInText`. The server puts every name of a column into backticks, and what
 * is quoted so is nothing else; types and labels have no names of their own here.
 */
export function renameInText(sql: string, { kind, from, to }: TextRenaming): string {
  if (kind !== 'column') return sql;
  const [before, after] = [identifier(from.name), identifier(to.name)];
  let renamed = '';
  let position = 0;
  while (position < sql.length) {
    const end = endOfName(sql, position);
    const token = sql.slice(position, end);
    renamed += token === before ? after : token;
    position = end;
  }
  return renamed;
}

/** A doubled backtick inside a name is the end of one token and the beginning of the next. */
function endOfName(sql: string, start: number): number {
  let end = skipToken(sql, start);
  if (sql.charAt(start) !== '`') return end;
  while (sql.charAt(end) === '`') end = skipToken(sql, end);
  return end;
}
