import type { ParameterPlace } from '../common/parameters.js';
import { skipToken, tokensOf } from './mysql-tokens.js';

const NAME = /:([A-Za-z_]\w*)/y;

/**
 * The `:name` places of a text, and its escaped colons (`\:`). None are inside of strings, quoted names and comments; an
 * assignment (`:=`) is none, and neither is a label (`again: LOOP`).
 */
export function findParameters(sql: string): readonly ParameterPlace[] {
  const places: ParameterPlace[] = [];
  let position = 0;
  while (position < sql.length) {
    const place = placeAt(sql, position);
    if (place) places.push(place);
    position = place ? place.end : skipToken(sql, position);
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

const WITH_ROWS = /^(select|insert|update|delete|replace|with|values|table|call|do)$/i;

/** True for a statement that the server takes with parameters: a change of the schema must have its values in the text. */
export function takesParameters(statement: string): boolean {
  const first = tokensOf(statement).find((token) => token !== '(');
  return WITH_ROWS.test(first ?? '');
}
