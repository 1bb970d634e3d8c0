import type { ParameterPlace } from './parameters.js';

/** Gives the position after the token at a position: how a dialect reads SQL text. Pure. */
export type SkipToken = (sql: string, position: number) => number;

/** Position after what a sticky pattern matches here; undefined where it does not. */
export function skipMatch(pattern: RegExp, sql: string, position: number): number | undefined {
  pattern.lastIndex = position;
  return pattern.test(sql) ? pattern.lastIndex : undefined;
}

/** Position after the next `end`; what is not closed reaches to the end of the text. */
export function skipPast(sql: string, end: string, position: number): number {
  const found = sql.indexOf(end, position);
  return found === -1 ? sql.length : found + end.length;
}

/** Position of the end of the line. */
export function skipLineComment(sql: string, position: number): number {
  const length = sql.slice(position).search(/[\n\r]/);
  return length === -1 ? sql.length : position + length;
}

/** True when the text has nothing but white space and comments (`--`, `/*`). */
export function isBlankText(sql: string, skipToken: SkipToken): boolean {
  return withoutLeadingBlanks(sql, skipToken) === '';
}

/** The text from its first token on that is neither white space nor a comment. */
export function withoutLeadingBlanks(sql: string, skipToken: SkipToken): string {
  let position = 0;
  while (position < sql.length) {
    const isComment = /^(--|\/\*)/.test(sql.slice(position, position + 2));
    if (!isComment && /\S/.test(sql.charAt(position))) break;
    position = skipToken(sql, position);
  }
  return sql.slice(position);
}

const NAME = /:([A-Za-z_]\w*)/y;

/**
 * The `:name` places of a text, and its escaped colons (`\:`). None are inside of strings, quoted names and comments; a
 * cast (`::`), an assignment (`:=`) and the bound of a slice (`a[1:n]`) are none.
 */
export function findNamedPlaces(sql: string, skipToken: SkipToken): readonly ParameterPlace[] {
  const places: ParameterPlace[] = [];
  let position = 0;
  while (position < sql.length) {
    const place = placeAt(sql, position);
    if (place) places.push(place);
    const isCast = sql.startsWith('::', position);
    position = place ? place.end : isCast ? position + 2 : skipToken(sql, position);
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
