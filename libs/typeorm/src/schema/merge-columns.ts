import type { Column } from '@nest-alembic/core';
import { entityProblem } from './entity-problem.js';

/** How two descriptions of one column are brought together. */
export interface MergeColumnsOptions {
  /** Whether all that both say must be equal; otherwise only the type, and the first description wins. */
  readonly strict: boolean;
}

/**
 * Adds columns to those of a table. A column that is there already must agree.
 *
 * @throws MigrationError E3015 naming both properties where they do not
 */
export function mergeColumns(
  columns: readonly Column[],
  added: readonly Column[],
  options: MergeColumnsOptions,
): readonly Column[] {
  if (columns.length === 0 && !added.some(isRepeated)) return added;
  const merged = new Map(columns.map((column) => [column.name, column]));
  for (const column of added) {
    const first = merged.get(column.name);
    merged.set(column.name, first ? mergeColumn(first, column, options) : column);
  }
  return [...merged.values()];
}

const isRepeated = ({ name }: Column, at: number, columns: readonly Column[]): boolean =>
  columns.findIndex((column) => column.name === name) < at;

/** What may be said in one place only, as a second entity of the same table often leaves it out. */
const OPTIONAL = ['default', 'comment', 'collation', 'charset', 'onUpdate'] as const;
/** What both must say alike. */
const REQUIRED = ['type', 'nullable', 'generated', 'identity', 'autoIncrement'] as const;

function mergeColumn(first: Column, second: Column, { strict }: MergeColumnsOptions): Column {
  for (const attribute of strict ? REQUIRED : (['type'] as const)) {
    if (!isSame(first[attribute], second[attribute])) throw disagreement(first, second, attribute);
  }
  if (!strict) return first;
  for (const attribute of OPTIONAL) {
    const isSaidTwice = first[attribute] !== undefined && second[attribute] !== undefined;
    if (isSaidTwice && !isSame(first[attribute], second[attribute])) {
      throw disagreement(first, second, attribute);
    }
  }
  return { ...second, ...first };
}

const isSame = (left: unknown, right: unknown): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

function disagreement(first: Column, second: Column, attribute: keyof Column): Error {
  const said = (column: Column) => JSON.stringify(column[attribute] ?? null);
  return entityProblem({
    entity: second.entity ?? '',
    ...(second.property !== undefined && { property: second.property }),
    problem: `shares the column "${second.name}" with property "${first.property}" of entity "${first.entity}", but its ${attribute} is ${said(second)} and not ${said(first)}`,
    advice: 'Make both say the same, or give one another column name.',
  });
}
