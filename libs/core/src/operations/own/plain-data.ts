import type { LiteralValue } from '../../schema/literal-value.js';
import type { Place } from '../directives/place.js';
import { inside, wrongType } from '../directives/place.js';
import { listOf, readText } from '../directives/read-argument.js';
import { readLiteralValue } from '../directives/read-value.js';
import type { CallArgument } from '../operation-call.js';

/** Texts, numbers, true, false, null, and lists and objects of them: what a revision file can say. */
export type PlainData =
  string | number | boolean | null | readonly PlainData[] | { readonly [key: string]: PlainData };

/**
 * Reads plain data, as a copy; members that are undefined are left out.
 * @throws MigrationError E3005, E3006, E3013 for anything else: a date, a function, an instance of a class, a circle
 */
export function readPlain(value: unknown, place: Place): PlainData {
  return readWithin(value, place, []);
}

function readWithin(value: unknown, place: Place, around: readonly object[]): PlainData {
  if (typeof value === 'bigint') throw wrongType(place, value, EXPECTED);
  if (typeof value !== 'object' || value === null) return readScalar(value, place);
  if (around.includes(value)) throw wrongType(place, value, 'data without a circle');
  const within = [...around, value];
  if (Array.isArray(value))
    return listOf((item, inner) => readWithin(item, inner, within), 'a list')(value, place);
  if (!isPlainObject(value)) throw wrongType(place, value, EXPECTED);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members.map(([key, member]) => [
      readText(key, place),
      readWithin(member, inside(place, key), within),
    ]),
  );
}

const EXPECTED = 'plain data: texts, numbers, true, false, null, and lists and objects of them';

const readScalar = (value: unknown, place: Place): Exclude<LiteralValue, bigint> =>
  readLiteralValue(value, place) as Exclude<LiteralValue, bigint>;

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype as object) === null;
}

/** Plain data as an argument of a call: an object may have any member, also one that marks code. */
export function plainCode(data: PlainData): CallArgument {
  if (typeof data !== 'object' || data === null) return data;
  if (isList(data)) return data.map(plainCode);
  return {
    code: 'row',
    entries: Object.entries(data).map(([key, value]) => [key, plainCode(value)]),
  };
}

const isList = (data: object): data is readonly PlainData[] => Array.isArray(data);
