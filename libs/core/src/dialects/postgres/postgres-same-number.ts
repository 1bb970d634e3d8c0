import { baseOf, canonicalType } from './postgres-types.js';

const NUMBERS: ReadonlySet<string> = new Set([
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'real',
  'double precision',
]);

/** A number as `pg_get_expr` tells it: `0`, `1.5`, `'-1'::integer`, `(2)::numeric`. */
const NUMBER = /^(?:'(-?[\d.]+)'|\((-?[\d.]+)\)|(-?[\d.]+))(?:::(.+))?$/;

/**
 * True where two defaults of a column are the same number, in quotes or not: `0` and `'0'::numeric` are two expressions to the server, and
 * one value. TypeORM writes quotes around every number but those of an `integer`, a person does not.
 */
export function isSameNumber(one: string, other: string, columnType: string): boolean {
  if (!NUMBERS.has(baseOf(canonicalType(columnType)))) return false;
  const value = numberIn(one);
  return value !== undefined && value === numberIn(other);
}

/** The digits; undefined for what is no number, or is rounded before it comes to the column. */
function numberIn(text: string): string | undefined {
  const [, quoted, enclosed, bare, cast] = NUMBER.exec(text) ?? [];
  const digits = quoted ?? enclosed ?? bare;
  if (digits === undefined || cast === undefined) return digits;
  const base = baseOf(canonicalType(cast));
  const keepsFractions = !['smallint', 'integer', 'bigint'].includes(base);
  const isKept =
    NUMBERS.has(base) && !cast.includes('(') && (keepsFractions || !digits.includes('.'));
  return isKept ? digits : undefined;
}
