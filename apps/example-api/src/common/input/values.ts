import type { Reader } from './reader.js';
import { InputError } from './reader.js';

const refuse = (expected: string): never => {
  throw new InputError([`must be ${expected}`]);
};

/** A text with something in it, without blanks around it. */
export function text(max: number): Reader<string> {
  return (value) => {
    const trimmed = typeof value === 'string' ? value.trim() : '';
    return trimmed.length > 0 && trimmed.length <= max
      ? trimmed
      : refuse(`a text of 1 to ${max} characters`);
  };
}

/** A text of the form that `pattern` describes. */
export function matching(pattern: RegExp, expected: string): Reader<string> {
  return (value) => (typeof value === 'string' && pattern.test(value) ? value : refuse(expected));
}

/** A lower-case name for a URL: `red-wine`. */
export const slug = matching(
  /^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$/,
  'lower-case words joined by hyphens',
);

/** An address that has the look of one; only a message to it can tell more. */
export const email = matching(/^(?=.{3,254}$)[^@\s]+@[^@\s]+\.[^@\s]+$/, 'an e-mail address');

export const uuid = matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a UUID');

/** A calendar day: `2026-02-28`. */
export const day: Reader<string> = (value) => {
  const found = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : '';
  const date = new Date(`${found}T00:00:00Z`);
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(found);
  return isReal ? found : refuse('a day such as 2026-02-28');
};

/** A moment with its time zone: `2026-02-28T12:00:00Z`. */
export const instant: Reader<Date> = (value) => {
  const isIso = typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value);
  const date = new Date(isIso ? value : Number.NaN);
  return Number.isNaN(date.getTime()) ? refuse('a moment such as 2026-02-28T12:00:00Z') : date;
};

/** An amount of money or a percentage, kept as text because a number cannot hold it exactly. */
export const decimal: Reader<string> = (value) => {
  const written = typeof value === 'number' ? String(value) : value;
  const isDecimal = typeof written === 'string' && /^\d{1,10}(\.\d{1,2})?$/.test(written);
  return isDecimal ? written : refuse('an amount such as 12.50');
};

/** A whole number. */
export function integer(min: number, max = 2_147_483_647): Reader<number> {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? value
      : refuse(`a whole number from ${min} to ${max}`);
}

/** A whole number as a URL carries it. */
export function integerText(min: number, max?: number): Reader<number> {
  const read = integer(min, max);
  return (value) =>
    read(typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value);
}

/** The key of a row with a 64-bit key, as the database's driver returns it. */
export const bigintKey = matching(/^[1-9]\d{0,18}$/, 'a key such as "42"');

export const boolean: Reader<boolean> = (value) =>
  typeof value === 'boolean' ? value : refuse('true or false');

/** One of the values of a constant object. */
export function oneOf<T extends string>(values: Readonly<Record<string, T>>): Reader<T> {
  const known = Object.values(values);
  return (value) =>
    known.find((candidate) => candidate === value) ?? refuse(`one of ${known.join(', ')}`);
}

/** Any JSON object. */
export const json: Reader<Record<string, unknown>> = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : refuse('an object');
