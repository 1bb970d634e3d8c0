import type { ParameterPlace } from '../common/parameters.js';
import { isBlankSql, skipToken } from './postgres-tokens.js';

const NAME = /:([A-Za-z_]\w*)/y;

/**
 * The `:name` places of a text, and its escaped colons (`\:`). None are inside of strings, quoted names and comments; a
 * cast (`::`), an assignment (`:=`) and the bound of a slice (`a[1:n]`) are none.
 */
export function findParameters(sql: string): readonly ParameterPlace[] {
  const places: ParameterPlace[] = [];
  let position = 0;
  while (position < sql.length) {
    const place = placeAt(sql, position);
    if (place) places.push(place);
    position = place ? place.end : nextPosition(sql, position);
  }
  return places;
}

function placeAt(sql: string, position: number): ParameterPlace | undefined {
  if (sql.startsWith('\\:', position)) return { start: position, end: position + 2 };
  if (/[:\w]/.test(sql.charAt(position - 1))) return undefined;
  NAME.lastIndex = position;
  const name = NAME.exec(sql)?.[1];
  return name === undefined
    ? undefined
    : { name, start: position, end: position + name.length + 1 };
}

const nextPosition = (sql: string, position: number): number =>
  sql.startsWith('::', position) ? position + 2 : skipToken(sql, position);

const WITH_ROWS = /^(select|insert|update|delete|merge|with|values|table)\b/i;

/** True for a statement that the server takes with parameters: a change of the schema must have its values in the text. */
export function takesParameters(statement: string): boolean {
  let position = 0;
  while (position < statement.length) {
    const end = skipToken(statement, position);
    const token = statement.slice(position, end);
    if (token !== '(' && !isBlankSql(token)) break;
    position = end;
  }
  return WITH_ROWS.test(statement.slice(position));
}
