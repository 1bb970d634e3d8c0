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
 * How values are copied into a column of another type: as they are where the affinity is the same; else by CAST, as Alembic
 * does (BATCH-24).
 */
export function castBetween(from: string, to: string, column: string): TypeCast {
  if (isWidening(from, to)) return { kind: 'implicit' };
  const [before, after] = [affinityOf(from), affinityOf(to)];
  const expression = castTo(to, column);
  const keeps = before === 'integer' && (after === 'numeric' || after === 'text');
  return keeps ? { kind: 'using', expression } : { kind: 'using', expression, lossy: true };
}

/** The way back of {@link castBetween}: SQLite casts everything to everything. */
export const castThroughText = (_from: string, to: string, column: string): string =>
  castTo(to, column);

const castTo = (type: string, column: string): string =>
  `CAST(${sqliteQuoting.identifier(column)} AS ${type})`;
