import type { Dialect, KnownCast, TypeCast } from '../common/dialect.js';
import {
  ASSIGNMENT_CASTS,
  BUILT_IN_TYPES,
  EXPLICIT_CASTS,
  NUMBERS,
  STRINGS,
} from './postgres-cast-tables.js';
import { canLose } from './postgres-loss.js';
import { postgresQuoting } from './postgres-quoting.js';
import { baseOf, canonicalType, elementOf } from './postgres-types.js';

/**
 * How values of one type become another, decided by what the database was asked for, and by what `pg_cast` has on every supported
 * version: `implicit` where
 * `ALTER … TYPE` needs no USING (implicit and assignment casts, and anything to text), `using` where it needs one. The
 * server's own cast between times with and without zone depends on the session's time zone: there UTC is written,
 * and a note says so.
 */
export const castsKnowing =
  (known: readonly KnownCast[]): Dialect['castBetween'] =>
  (from, to, column) => {
    const [source, target] = [canonicalType(from), canonicalType(to)];
    const path = pathBetween(source, target, known);
    if (path === undefined) return { kind: 'none' };
    const cast = toTypeCast(path, postgresQuoting.identifier(column));
    return canLose(source, target) ? { ...cast, lossy: true } : cast;
  };

/** The same by what every server has. */
export const castBetween = castsKnowing([]);

/**
 * An expression for the way back of a change of type where there is no cast: values go through their text, the only one of an array
 * out of it. Rows that cannot are refused by the server, and nothing is lost.
 */
export function castThroughText(from: string, to: string, column: string): string {
  const [source, target] = [canonicalType(from), canonicalType(to)];
  const value = postgresQuoting.identifier(column);
  const isUnwrapped = elementOf(source) !== undefined && elementOf(target) === undefined;
  return `${isUnwrapped ? `${value}[1]` : value}::text::${target}`;
}

/** The way from type to type: casts one after the other (none: the server casts by itself), or an own expression. */
type Path = CastPath | { readonly expression: (column: string) => string; readonly note?: string };

interface CastPath {
  readonly casts: readonly string[];
  readonly note?: string;
}

function toTypeCast(
  path: Path,
  column: string,
): TypeCast & { readonly kind: 'implicit' | 'using' } {
  if ('casts' in path && path.casts.length === 0)
    return { kind: 'implicit', ...(path.note !== undefined && { note: path.note }) };
  return {
    kind: 'using',
    expression: write(path, column),
    ...(path.note !== undefined && { note: path.note }),
  };
}

function write(path: Path, column: string): string {
  return 'expression' in path ? path.expression(column) : [column, ...path.casts].join('::');
}

const IMPLICIT: CastPath = { casts: [] };

type Known = readonly KnownCast[];

function pathBetween(from: string, to: string, known: Known): Path | undefined {
  const [fromElement, toElement] = [elementOf(from), elementOf(to)];
  if (from === to) return IMPLICIT;
  if (fromElement !== undefined && toElement !== undefined)
    return arrayPath(fromElement, toElement, known);
  if (toElement !== undefined) return wrapPath(from, toElement, known);
  if (fromElement !== undefined) return STRINGS.has(baseOf(to)) ? IMPLICIT : undefined;
  return scalarPath(from, to, known);
}

/** Casts of arrays cast each element; an expression would need a subquery, which USING does not take. */
function arrayPath(from: string, to: string, known: Known): Path | undefined {
  const path = pathBetween(from, to, known);
  if (path === undefined || 'casts' in path) return path && eachElement(path);
  const cast = catalogPath(baseOf(from), baseOf(to), to);
  return cast && eachElement(cast);
}

function eachElement(path: CastPath): CastPath {
  return { ...path, casts: path.casts.map((type) => `${type}[]`) };
}

function wrapPath(from: string, element: string, known: Known): Path | undefined {
  const path = pathBetween(from, element, known);
  if (path === undefined) return undefined;
  return {
    expression: (column) =>
      `CASE WHEN ${column} IS NOT NULL THEN ARRAY[${write(path, column)}] END`,
    note: 'each value becomes an array of one; write string_to_array(…) where the text is a list',
  };
}

function scalarPath(from: string, to: string, known: Known): Path | undefined {
  const [source, target] = [baseOf(from), baseOf(to)];
  if (source === target) return IMPLICIT;
  const cast = known.find((one) => one.from === source && one.to === target);
  if (cast !== undefined) return knownPath(cast, to);
  if (STRINGS.has(target)) return IMPLICIT;
  return (
    timeZonePath(source, target) ?? truthPath(source, target) ?? catalogPath(source, target, to)
  );
}

/** What a function of a person or an extension makes of values, nobody here knows. */
function knownPath({ kind, routine }: KnownCast, to: string): CastPath {
  return {
    casts: kind === 'implicit' ? [] : [to],
    ...(routine !== undefined && { note: `the database converts the values by ${routine}()` }),
  };
}

/** True where a database need not be asked for a cast between two types without length. */
export function isKnownToTables(from: string, to: string): boolean {
  if (!BUILT_IN_TYPES.has(from) || !BUILT_IN_TYPES.has(to)) return false;
  return scalarPath(from, to, []) !== undefined;
}

const IN_UTC = 'times without a zone are taken as UTC';
const TIME_ZONE_EXPRESSIONS = new Map<string, (column: string) => string>([
  ['timestamp without time zone > timestamp with time zone', (c) => `${c} AT TIME ZONE 'UTC'`],
  ['timestamp with time zone > timestamp without time zone', (c) => `${c} AT TIME ZONE 'UTC'`],
  ['date > timestamp with time zone', (c) => `${c}::timestamp AT TIME ZONE 'UTC'`],
  ['timestamp with time zone > date', (c) => `(${c} AT TIME ZONE 'UTC')::date`],
  ['timestamp with time zone > time without time zone', (c) => `(${c} AT TIME ZONE 'UTC')::time`],
  ['timestamp with time zone > time with time zone', (c) => `${c}::timetz AT TIME ZONE 'UTC'`],
  ['time without time zone > time with time zone', (c) => `(${c}::text || '+00')::timetz`],
]);

function timeZonePath(source: string, target: string): Path | undefined {
  const expression = TIME_ZONE_EXPRESSIONS.get(`${source} > ${target}`);
  return expression && { expression, note: IN_UTC };
}

/** The server casts only integer to boolean and back; the other numbers go the same way. */
function truthPath(source: string, target: string): Path | undefined {
  if (target === 'boolean' && NUMBERS.has(source)) {
    return { expression: (c) => `${c} <> 0`, note: '0 becomes false, every other number true' };
  }
  if (source !== 'boolean' || !NUMBERS.has(target)) return undefined;
  return { casts: ['integer'] };
}

function catalogPath(source: string, target: string, to: string): CastPath | undefined {
  if (ASSIGNMENT_CASTS.get(source)?.has(target)) return IMPLICIT;
  if (STRINGS.has(source) || EXPLICIT_CASTS.get(source)?.has(target)) return { casts: [to] };
  const areBuiltIn = BUILT_IN_TYPES.has(source) && BUILT_IN_TYPES.has(target);
  // A type of the user's own (an enum, a domain) has at least its text.
  return areBuiltIn ? undefined : { casts: ['text', to] };
}
