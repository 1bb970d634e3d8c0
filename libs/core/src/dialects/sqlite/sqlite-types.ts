import type { TypeCast } from '../common/dialect.js';
import { sqliteQuoting } from './sqlite-quoting.js';

/**
 * The spelling of a type that a comparison sees: SQLite keeps a type as it was written, and looks at a few syllables of it
 * only. Case and white space mean nothing.
 */
export function canonicalType(type: string): string {
  return type
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([(),]) ?/g, '$1');
}

/** What SQLite makes of values of a column. */
export type Affinity = 'integer' | 'text' | 'blob' | 'real' | 'numeric';

const SYLLABLES: readonly (readonly [RegExp, Affinity])[] = [
  [/int/i, 'integer'],
  [/char|clob|text/i, 'text'],
  [/blob|^\s*$/i, 'blob'],
  [/real|floa|doub/i, 'real'],
];

/** The affinity of a type ("Datatypes In SQLite", 3.1). */
export function affinityOf(type: string): Affinity {
  return SYLLABLES.find(([syllable]) => syllable.test(type))?.[1] ?? 'numeric';
}

/** Lengths are not kept to, so only the affinity counts: what is stored stays as it is where that is the same, or none. */
export function isWidening(from: string, to: string): boolean {
  const [before, after] = [affinityOf(from), affinityOf(to)];
  return before === after || after === 'blob';
}

/**
 * What becomes of values in a column of another type. A rebuild copies them as they are, and the affinity of the new column converts
 * what it can ("Datatypes In SQLite", 3.3); no CAST is made up (BATCH-24), so a value that does not fit stays as it is.
 */
export function castBetween(from: string, to: string, _column: string): TypeCast {
  if (isWidening(from, to)) return { kind: 'implicit' };
  const note = conversionNote(affinityOf(from), affinityOf(to));
  return note === undefined ? { kind: 'implicit' } : { kind: 'implicit', lossy: true, note };
}

/** What cannot be had back, for people. A number that is stored another way, but is the same, can. */
function conversionNote(before: Affinity, after: Affinity): string | undefined {
  if (after === 'text') return before === 'integer' ? undefined : FRACTIONS;
  if (before === 'text' || before === 'blob') return NUMERALS;
  return after === 'real' ? BIG_INTEGERS : undefined;
}

const FRACTIONS =
  'a number with a fraction becomes a text, of 15 digits where SQLite is an older one';
const NUMERALS =
  "a text that looks like a number becomes one, '007' becomes 7; every other text stays a text";
const BIG_INTEGERS = 'an integer beyond 2^53 is rounded';

/** An explicit cast: SQLite casts everything to everything. */
export const castThroughText = (_from: string, to: string, column: string): string =>
  castTo(to, column);

const castTo = (type: string, column: string): string =>
  `CAST(${sqliteQuoting.identifier(column)} AS ${type})`;
