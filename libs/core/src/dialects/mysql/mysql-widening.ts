import { baseOf, canonicalType, isUnsigned, labelsOf, numbersOf } from './mysql-types.js';

/** True when every value of `from` is kept by `to`: the same family and not narrower. */
export function isWidening(from: string, to: string): boolean {
  return keepsValues(canonicalType(from), canonicalType(to));
}

/** {@link isWidening} for canonical types. */
export function keepsValues(from: string, to: string): boolean {
  if (from === to) return true;
  const [source, target] = [baseOf(from), baseOf(to)];
  const rule = RULES.find(({ has }) => has(source) && has(target));
  if (rule) return rule.keeps(from, to);
  if (TEXT_BYTES.has(target)) return roomOf(from) <= roomOf(to);
  return OTHER_PAIRS.has(`${source} > ${target}`);
}

interface Rule {
  has(this: void, base: string): boolean;
  keeps(this: void, from: string, to: string): boolean;
}

/** Binary digits of exact number types. */
export const INTEGER_BITS = new Map([
  ['tinyint', 8],
  ['smallint', 16],
  ['mediumint', 24],
  ['int', 32],
  ['bigint', 64],
]);

/** Bytes that the values of text types have at most. */
export const TEXT_BYTES = new Map([
  ['tinytext', 255],
  ['text', 65_535],
  ['mediumtext', 16_777_215],
  ['longtext', 4_294_967_295],
]);
/** Bytes that the values of binary types have at most. */
export const BLOB_BYTES = new Map([
  ['tinyblob', 255],
  ['blob', 65_535],
  ['mediumblob', 16_777_215],
  ['longblob', 4_294_967_295],
]);

const isSized = (base: string): boolean => base === 'varchar' || base === 'char';
const isBinary = (base: string): boolean => base === 'varbinary';

const RULES: readonly Rule[] = [
  { has: (base) => INTEGER_BITS.has(base), keeps: keepsInteger },
  { has: (base) => INTEGER_BITS.has(base) || base === 'decimal', keeps: keepsDigits },
  // A char is filled with blanks, and loses those at its end.
  {
    has: isSized,
    keeps: (from, to) =>
      lengthOf(to) >= lengthOf(from) && !(baseOf(from) === 'varchar' && baseOf(to) === 'char'),
  },
  { has: isBinary, keeps: (from, to) => lengthOf(to) >= lengthOf(from) },
  {
    has: (base) => BLOB_BYTES.has(base),
    keeps: (from, to) => (BLOB_BYTES.get(baseOf(to)) ?? 0) >= (BLOB_BYTES.get(baseOf(from)) ?? 0),
  },
  { has: (base) => /^(datetime|timestamp|time)$/.test(base), keeps: keepsTime },
  {
    has: (base) => base === 'enum' || base === 'set',
    keeps: (from, to) => {
      const labels = new Set(labelsOf(to));
      return (
        baseOf(from) === baseOf(to) && (labelsOf(from) ?? []).every((label) => labels.has(label))
      );
    },
  },
  {
    has: (base) => base === 'float' || base === 'double',
    keeps: (from, to) =>
      baseOf(to) === 'double' && numbersOf(to).length === 0 && numbersOf(from).length === 0,
  },
  { has: (base) => base === 'bit', keeps: (from, to) => lengthOf(to) >= lengthOf(from) },
];

const OTHER_PAIRS = new Set([
  'date > datetime',
  'tinyint > double',
  'smallint > double',
  'int > double',
  'year > int',
]);

const lengthOf = (type: string): number => numbersOf(type)[0] ?? 0;

function keepsInteger(from: string, to: string): boolean {
  const [source, target] = [INTEGER_BITS.get(baseOf(from)) ?? 0, INTEGER_BITS.get(baseOf(to)) ?? 0];
  if (isUnsigned(from) === isUnsigned(to)) return target >= source;
  return isUnsigned(from) && target > source;
}

function keepsDigits(from: string, to: string): boolean {
  if (baseOf(to) !== 'decimal' || (isUnsigned(to) && !isUnsigned(from))) return false;
  const [digits = 0, scale = 0] = baseOf(from) === 'decimal' ? numbersOf(from) : [20];
  const [toDigits = 0, toScale = 0] = numbersOf(to);
  return toScale >= scale && toDigits - toScale >= digits - scale;
}

/** A timestamp becomes what the session's time zone makes of it, and has fewer years. */
function keepsTime(from: string, to: string): boolean {
  return baseOf(from) === baseOf(to) && lengthOf(to) >= lengthOf(from);
}

/** Bytes that the longest value of a text type has. */
function roomOf(type: string): number {
  const bytes = TEXT_BYTES.get(baseOf(type));
  if (bytes !== undefined) return bytes;
  return isSized(baseOf(type)) ? lengthOf(type) * 4 : Infinity;
}
