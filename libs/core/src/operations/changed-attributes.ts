import type { AlterColumn, ColumnAttributes } from './column-operations.js';

/** The name of an attribute of a column. */
export type ColumnAttribute = keyof ColumnAttributes;

/** All that a column is, for a database that takes a changed column only as a whole (MySQL's MODIFY). */
export const WHOLE_COLUMN = [
  'type',
  'nullable',
  'default',
  'onUpdate',
  'generated',
  'autoIncrement',
  'charset',
  'collation',
  'invisible',
  'comment',
] as const satisfies readonly ColumnAttribute[];

/**
 * The attributes that an alteration really changes. An attribute that is equal in `from` and `to` is only told: a
 * type change names the default that it has to carry over, a new counter the type that it counts in.
 */
export function changedAttributes({ from, to }: AlterColumn): ReadonlySet<ColumnAttribute> {
  const attributes = Object.keys(to) as ColumnAttribute[];
  return new Set(attributes.filter((key) => from === undefined || !sameValue(from[key], to[key])));
}

/** Equal plain data; a key that is undefined is the same as an absent one. */
function sameValue(left: unknown, right: unknown): boolean {
  if (!isRecord(left) || !isRecord(right)) return left === right;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => sameValue(left[key], right[key]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
