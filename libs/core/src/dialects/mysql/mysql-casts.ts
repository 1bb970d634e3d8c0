import type { TypeCast } from '../common/dialect.js';
import { mysqlQuoting } from './mysql-quoting.js';
import { baseOf, canonicalType, numbersOf } from './mysql-types.js';
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
  if (!CASTS.get(family)?.includes(wanted)) return { kind: 'none' };
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
  ['number', ['number', 'text']],
  ['text', ['text', 'number', 'time', 'label', 'json', 'uuid', 'address']],
  ['time', ['time', 'text']],
  ['label', ['label', 'text']],
  ['bytes', ['bytes']],
  ['json', ['json', 'text']],
  ['bit', ['bit', 'number']],
  ['uuid', ['uuid', 'text']],
  ['address', ['address', 'text']],
]);

/** True where a value can be rounded or cut without an error, though the session is strict. */
function losesSilently(from: string, to: string): boolean {
  const [source, target] = [baseOf(from), baseOf(to)];
  if (/^(float|double)$/.test(source) || /^(float|double)$/.test(target)) return true;
  if (source === 'decimal' || target === 'decimal') {
    const scale = (type: string): number =>
      baseOf(type) === 'decimal' ? (numbersOf(type)[1] ?? 0) : 0;
    if (familyOf(from) === 'text' || scale(to) < scale(from)) return true;
  }
  if (familyOf(from) === 'text' && familyOf(to) === 'number') return true;
  if (familyOf(from) === 'time' && familyOf(to) === 'time') return true;
  if (familyOf(from) === 'text' && familyOf(to) === 'time') return true;
  // Blanks at the end go without an error; a json text keeps its words.
  return target === 'char' || (source === 'year' && target !== 'int');
}
