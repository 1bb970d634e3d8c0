import type { ErrorCode } from '../../errors/error-codes.js';
import type { Place } from './place.js';
import { inside, shown, wrongArgument, wrongType } from './place.js';

/** Checks a value that may be anything, as JavaScript callers have no types, and gives it as what it must be. */
export type Reader<T> = (value: unknown, place: Place) => T;

/**
 * Reads a text, which may be empty.
 * @throws MigrationError E3005 NUL, E3006 lone surrogate, E3013 no string
 */
export function readText(value: unknown, place: Place): string {
  if (typeof value !== 'string') throw wrongType(place, value, 'a string');
  const odd = oddity(value);
  if (odd) throw wrongArgument(place, odd);
  return value;
}

/**
 * Reads the name of an object.
 * @throws MigrationError E3005, E3006, E3008 empty, E3013 no string
 */
export function readName(value: unknown, place: Place): string {
  if (value === '') throw wrongArgument(place, { code: 'E3008', clause: 'is an empty name' });
  return readText(value, place);
}

/**
 * Reads SQL: a string or what `op.sql` made.
 * @throws MigrationError E3005, E3006, E3013 blank or no SQL
 */
export function readSql(value: unknown, place: Place): string {
  const text = isSqlFragment(value) ? value.sql : value;
  if (typeof text === 'string' && text.trim() === '') {
    throw wrongArgument(place, { clause: 'is blank, but must be SQL' });
  }
  return readText(text, place);
}

/** True for what `op.sql` made. */
export function isSqlFragment(value: unknown): value is { readonly sql: string } {
  if (typeof value !== 'object' || value === null) return false;
  return 'sql' in value && typeof value.sql === 'string' && Object.keys(value).length === 1;
}

/**
 * Checks that a value is a function.
 * @throws MigrationError E3013
 */
export function readFunction(value: unknown, place: Place): void {
  if (typeof value !== 'function') throw wrongType(place, value, 'a function');
}

/**
 * Reads true or false.
 * @throws MigrationError E3013
 */
export function readBoolean(value: unknown, place: Place): boolean {
  if (typeof value !== 'boolean') throw wrongType(place, value, 'true or false');
  return value;
}

/**
 * Reads an option that says something only when it is true.
 * @throws MigrationError E3013
 */
export function readFlag(value: unknown, place: Place): true | undefined {
  return readBoolean(value, place) || undefined;
}

/** A whole number as text, as wide as the database has it: `-9223372036854775808`. */
export function readInteger(value: unknown, place: Place): string {
  if (typeof value === 'string' && /^[+-]?\d{1,40}$/.test(value)) return value;
  throw wrongType(place, value, "a whole number as a string, such as '1000'");
}

/** Reads a length: a whole number above 0. */
export function readLength(value: unknown, place: Place): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  throw wrongType(place, value, 'a whole number above 0');
}

/** Makes a reader of one of several words. */
export function oneOf<const T extends string>(...words: readonly T[]): Reader<T> {
  return (value, place) => {
    const word = words.find((other) => other === value);
    if (word === undefined) throw wrongType(place, value, words.map((w) => `'${w}'`).join(' or '));
    return word;
  };
}

/** Makes a reader that lets `null` pass. */
export function orNull<T>(read: Reader<T>): Reader<T | null> {
  return (value, place) => (value === null ? null : read(value, place));
}

/** Makes a reader of a list; `expected` is a noun such as `a list of labels`. */
export function listOf<T>(read: Reader<T>, expected: string): Reader<readonly T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) throw wrongType(place, value, expected);
    return Array.from(value as readonly unknown[], (item, index) =>
      read(item, inside(place, index)),
    );
  };
}

/** Makes a reader of a list without items that are equal. */
export function distinct(read: Reader<readonly string[]>): Reader<readonly string[]> {
  return (value, place) => {
    const list = read(value, place);
    const twice = list.find((item, index) => list.indexOf(item) !== index);
    if (twice === undefined) return list;
    throw wrongArgument(place, { clause: `has ${shown(twice)} twice` });
  };
}

/** Makes a reader of a list that has at least one item. */
export function nonEmpty<T>(read: Reader<readonly T[]>): Reader<readonly T[]> {
  return (value, place) => {
    const list = read(value, place);
    if (list.length === 0) throw wrongArgument(place, { clause: 'is an empty list' });
    return list;
  };
}

/** Reads column names: at least one, none twice. */
export const readColumnNames = distinct(nonEmpty(listOf(readName, 'a list of column names')));

function oddity(text: string): { readonly code: ErrorCode; readonly clause: string } | undefined {
  if (text.includes('\0')) {
    return { code: 'E3005', clause: 'contains NUL (U+0000), which no database stores' };
  }
  return /\p{Surrogate}/u.test(text)
    ? { code: 'E3006', clause: 'has half of a surrogate pair, which is no character' }
    : undefined;
}

/** Storage parameters of a table, view or index, at least one. */
export const readStorageParameters = nonEmpty(listOf(readSql, 'a list of storage parameters'));
