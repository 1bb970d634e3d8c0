import type { TypeCast } from '../common/dialect.js';
import { mysqlQuoting } from './mysql-quoting.js';
import { canonicalType, numbersOf } from './mysql-types.js';
import { keepsValues } from './mysql-widening.js';

/**
 * How values become those of another type in MODIFY, which has no USING: `implicit` where the server converts each value or
 * refuses it (our sessions are strict), `none` where it would convert without a word what means something else.
 * Measured on MariaDB 10.11.
 */
export function castBetween(from: string, to: string, _column: string): TypeCast {
  const [source, target] = [canonicalType(from), canonicalType(to)];
  if (keepsValues(source, target)) return { kind: 'implicit' };
  const [family, wanted] = [familyOf(source), familyOf(target)];
  if (family === undefined || wanted === undefined) return { kind: 'none' };
  // A time of day would be that of today.
  const isOfToday = /^time\b/.test(source) && wanted === 'time' && !/^time\b/.test(target);
  if (isOfToday || !CASTS.get(family)?.includes(wanted)) return { kind: 'none' };
  return losesSilently(source, target) ? { kind: 'implicit', lossy: true } : { kind: 'implicit' };
}

/** MODIFY has no expression: a change of type with one is refused when it is compiled (E3012), and says what to do. */
export const castThroughText = (_from: string, _to: string, column: string): string =>
  mysqlQuoting.identifier(column);

type Family = 'number' | 'text' | 'time' | 'label' | 'bytes' | 'json' | 'bit' | 'uuid' | 'address';

const FAMILIES: readonly (readonly [RegExp, Family])[] = [
  [/^(tinyint|smallint|mediumint|int|bigint|decimal|float|double|year)\b/, 'number'],
  [/^((var)?char|(tiny|medium|long)?text)\b/, 'text'],
  [/^(date|datetime|timestamp|time)\b/, 'time'],
  [/^(enum|set)\b/, 'label'],
  [/^((var)?binary|(tiny|medium|long)?blob)\b/, 'bytes'],
  [/^json$/, 'json'],
  [/^bit\b/, 'bit'],
  [/^uuid$/, 'uuid'],
  [/^inet[46]$/, 'address'],
];

const familyOf = (type: string): Family | undefined =>
  FAMILIES.find(([pattern]) => pattern.test(type))?.[1];

/** Conversions that give each value what it says, or fail. A number made of a label would be its place in the list. */
const CASTS = new Map<Family, readonly Family[]>([
  ['number', ['number', 'text', 'json']],
  ['text', ['text', 'number', 'time', 'label', 'json', 'uuid', 'address', 'bytes']],
  ['time', ['time', 'text']],
  ['label', ['label', 'text']],
  ['bytes', ['bytes', 'text']],
  ['json', ['json', 'text']],
  ['bit', ['bit', 'number']],
  ['uuid', ['uuid', 'text']],
  ['address', ['address', 'text']],
]);

/** True where a value can be rounded or cut without an error, though the session is strict. */
const losesSilently = (from: string, to: string): boolean =>
  LOSSES.some(([source, target]) => source.test(from) && target.test(to)) ||
  (/^decimal\b/.test(to) && scaleOf(to) < scaleOf(from));

/** Pairs of canonical types. A text that is no whole number is refused by an integer. */
const LOSSES: readonly (readonly [RegExp, RegExp])[] = [
  [/^(float|double|decimal)\b/, /^(tinyint|smallint|mediumint|int|bigint|year)\b/],
  [/^(float|double)\b/, /^(float|double|decimal)\b/],
  [/^(decimal|bigint|int)\b/, /^float\b/],
  [/^(decimal|bigint)\b/, /^double\b/],
  [
    /^((var)?char|(tiny|medium|long)?text)\b/,
    /^(decimal|float|double|date|datetime|timestamp|time)\b/,
  ],
  [/^(date|datetime|timestamp|time)\b/, /^(date|datetime|timestamp|time)\b/],
  // Blanks at the end are cut.
  [/^(varchar|(tiny|medium|long)?text)\b/, /^char\b/],
];

const scaleOf = (type: string): number => (/^decimal\(/.test(type) ? (numbersOf(type)[1] ?? 0) : 0);
