import { NUMBERS } from './postgres-cast-tables.js';
import { baseOf, canonicalType, elementOf, modifiersOf } from './postgres-types.js';

/**
 * True when every value of `from` is kept by `to`: the same family and not narrower, or any type to unlimited text.
 * `json` to `jsonb` counts as kept, though white space and the order of keys are not.
 */
export function isWidening(from: string, to: string): boolean {
  return keepsValues(canonicalType(from), canonicalType(to));
}

/** {@link isWidening} for canonical types. */
export function keepsValues(from: string, to: string): boolean {
  const [fromElement, toElement] = [elementOf(from), elementOf(to)];
  if (from === to || to === 'text' || to === 'character varying') return true;
  if (fromElement !== undefined && toElement !== undefined) {
    return keepsValues(fromElement, toElement);
  }
  if (fromElement !== undefined || toElement !== undefined) return false;
  return keepsScalars(from, to);
}

function keepsScalars(from: string, to: string): boolean {
  const pair = `${baseOf(from)} > ${baseOf(to)}`;
  if (SAFE_PAIRS.has(pair)) return true;
  if (SIZED_PAIRS.has(pair)) return lengthOf(to) >= lengthOf(from);
  if (TIMES.has(baseOf(from))) return baseOf(from) === baseOf(to) && keepsTime(from, to);
  return NUMBERS.has(baseOf(from)) && keepsNumber(from, to);
}

/** Pairs of types whose values are all kept, whatever the modifiers. */
const SAFE_PAIRS = new Set([
  'json > jsonb',
  'cidr > inet',
  'macaddr > macaddr8',
  'date > timestamp without time zone',
  'boolean > smallint',
  'boolean > integer',
  'boolean > bigint',
  'smallint > real',
  'smallint > double precision',
  'integer > double precision',
  'real > double precision',
]);

/** Pairs whose values are kept when the target is as long. */
const SIZED_PAIRS = new Set([
  'character varying > character varying',
  'character > character varying',
  'character > character',
  'bit varying > bit varying',
  'bit > bit varying',
]);

/** The length of a canonical string or bit type; infinite where it has none. */
export function lengthOf(type: string): number {
  return modifiersOf(type)[0] ?? Infinity;
}

const TIMES = new Set([
  'timestamp without time zone',
  'timestamp with time zone',
  'time without time zone',
  'time with time zone',
  'interval',
]);

/** Absent precision is the greatest, 6 digits; fields of an interval must stay the same, or go. */
function keepsTime(from: string, to: string): boolean {
  const [fromDigits = 6] = modifiersOf(from);
  const [toDigits = 6] = modifiersOf(to);
  const [fromFields, toFields] = [from, to].map((type) => type.replace(/\(\d+\)/, ''));
  return toDigits >= fromDigits && (fromFields === toFields || toFields === 'interval');
}

const INTEGER_DIGITS = new Map([
  ['smallint', 5],
  ['integer', 10],
  ['bigint', 19],
]);

/** A binary fraction is not kept by a numeric: the server rounds it to 6 or 15 digits. */
function keepsNumber(from: string, to: string): boolean {
  const [source, target] = [digitsNeeded(from), digitsHeld(to)];
  if (source === undefined || target === undefined) return false;
  return target.whole >= source.whole && target.fraction >= source.fraction;
}

/** Decimal digits before and after the point. */
export interface Digits {
  readonly whole: number;
  readonly fraction: number;
}

/** Digits that the greatest value of an exact number type has; undefined for other types. */
export function digitsNeeded(type: string): Digits | undefined {
  const whole = INTEGER_DIGITS.get(type);
  if (whole !== undefined) return { whole, fraction: 0 };
  if (baseOf(type) !== 'numeric') return undefined;
  const [precision, scale = 0] = modifiersOf(type);
  if (precision === undefined) return { whole: Infinity, fraction: Infinity };
  return { whole: precision - scale, fraction: scale };
}

/** Digits that an exact number type holds in any case: an integer one less than its greatest value has. */
export function digitsHeld(type: string): Digits | undefined {
  const needed = digitsNeeded(type);
  if (needed === undefined || !INTEGER_DIGITS.has(type)) return needed;
  return { whole: needed.whole - 1, fraction: 0 };
}
