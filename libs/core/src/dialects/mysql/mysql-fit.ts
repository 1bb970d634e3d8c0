import { mysqlQuoting } from './mysql-quoting.js';
import { baseOf, isUnsigned, labelsOf, numbersOf } from './mysql-types.js';
import { BLOB_BYTES, INTEGER_BITS, TEXT_BYTES } from './mysql-widening.js';

const { literal } = mysqlQuoting;

/**
 * A condition in SQL that holds for values that a type would refuse, round or cut; undefined where nothing is known of the type.
 *
 * @param column quoted
 * @param type canonical
 */
export function doesNotFit(column: string, type: string): string | undefined {
  const base = baseOf(type);
  const bits = INTEGER_BITS.get(base);
  if (bits !== undefined) return notWithin(column, rangeOf(BigInt(bits), isUnsigned(type)));
  const bytes = TEXT_BYTES.get(base) ?? BLOB_BYTES.get(base);
  if (bytes !== undefined) return `LENGTH(${column}) > ${bytes}`;
  const [size = 0, scale = 0] = numbersOf(type);
  return CONDITIONS.get(base)?.({ column, type, size, scale });
}

interface Fit {
  readonly column: string;
  readonly type: string;
  readonly size: number;
  readonly scale: number;
}

/** By the base of a canonical type. */
const CONDITIONS = new Map<string, (fit: Fit) => string>([
  ['decimal', ({ column, size, scale }) => notDecimal(column, size, scale)],
  ['varchar', ({ column, size }) => `CHAR_LENGTH(${column}) > ${size}`],
  // Blanks at the end are cut.
  ['char', ({ column, size }) => `CHAR_LENGTH(${column}) > ${size} OR ${column} LIKE '% '`],
  ['varbinary', ({ column, size }) => `LENGTH(${column}) > ${size}`],
  ['binary', ({ column, size }) => `LENGTH(${column}) > ${size}`],
  [
    'enum',
    ({ column, type }) =>
      `${column} IS NOT NULL AND CAST(${column} AS CHAR) NOT IN (${(labelsOf(type) ?? []).map(literal).join(', ')})`,
  ],
  ['set', ({ column, type }) => notInSet(column, labelsOf(type) ?? [])],
  ['datetime', ({ column, size }) => notMoment(column, 'DATETIME', size)],
  ['time', ({ column, size }) => notMoment(column, 'TIME', size)],
  [
    'timestamp',
    ({ column, size }) =>
      `(${column} IS NOT NULL AND COALESCE(UNIX_TIMESTAMP(${column}), 0) = 0) OR ${notMoment(column, 'DATETIME', size)}`,
  ],
  [
    'date',
    ({ column }) =>
      `${column} IS NOT NULL AND NOT CAST(CAST(${column} AS DATE) AS DATETIME(6)) <=> CAST(${column} AS DATETIME(6))`,
  ],
  // What has two digits would be another year.
  ['year', ({ column }) => `${column} + 0 <> 0 AND ${column} + 0 NOT BETWEEN 1901 AND 2155`],
  ['bit', ({ column, size }) => `${column} + 0 > ${2n ** BigInt(size) - 1n}`],
  ['json', ({ column }) => `JSON_VALID(${column}) = 0`],
  ['uuid', ({ column }) => `CAST(${column} AS CHAR) NOT REGEXP '^[{]?([0-9a-fA-F]{4}-?){8}[}]?$'`],
  ['inet6', ({ column }) => `${column} IS NOT NULL AND INET6_ATON(${column}) IS NULL`],
  ['inet4', ({ column }) => `${column} IS NOT NULL AND INET_ATON(${column}) IS NULL`],
]);

const rangeOf = (bits: bigint, unsigned: boolean): readonly [bigint, bigint] =>
  unsigned ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];

/** Of a text, what is no number at all; of any value, a fraction or what is too great. */
const notWithin = (column: string, [least, greatest]: readonly [bigint, bigint]): string =>
  `CAST(${column} AS CHAR) NOT REGEXP '^[[:space:]]*[-+]?[0-9]+([.]0*)?[[:space:]]*$' OR ${column} + 0 NOT BETWEEN ${least} AND ${greatest}`;

const notDecimal = (column: string, digits: number, scale: number): string =>
  `CAST(${column} AS CHAR) NOT REGEXP '^[[:space:]]*[-+]?[0-9]*([.][0-9]{0,${scale}}0*)?[[:space:]]*$' OR ABS(${column} + 0) >= 1e${digits - scale}`;

/** Fewer of its labels are in the set than it has. */
function notInSet(column: string, labels: readonly string[]): string {
  const text = `CAST(${column} AS CHAR)`;
  const known = labels.map((label) => `(FIND_IN_SET(${literal(label)}, ${text}) > 0)`);
  const count = `CHAR_LENGTH(${text}) - CHAR_LENGTH(REPLACE(${text}, ',', '')) + 1`;
  return `${text} <> '' AND ${known.join(' + ') || '0'} < ${count}`;
}

/** A text that is none, or one with more digits of a second than are kept. */
function notMoment(column: string, base: 'DATETIME' | 'TIME', digits: number): string {
  const moment = `CAST(${column} AS ${base}(6))`;
  const isNone = `(${column} IS NOT NULL AND ${moment} IS NULL)`;
  return `${isNone} OR MICROSECOND(${moment}) % ${10 ** (6 - digits)} <> 0`;
}
