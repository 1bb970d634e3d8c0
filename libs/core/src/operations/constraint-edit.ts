import { presentObject } from '../schema/schema-edit.js';
import type { Table } from '../schema/schema-model.js';
import type { Renaming } from '../schema/rename-in-schema.js';
import { partName, withColumnsNotNull } from '../schema/table-edit.js';
import type { Constraint, ConstraintType } from './constraint-operations.js';

type ListedType = Exclude<ConstraintType, 'primaryKey'>;

const LISTS = {
  foreignKey: 'foreignKeys',
  unique: 'uniques',
  check: 'checks',
  exclusion: 'exclusions',
} as const satisfies Record<ListedType, keyof Table>;

interface Named {
  readonly name?: string;
  readonly comment?: string;
}

/** The constraints of one type. */
export function constraintsOf(table: Table, type: ConstraintType): readonly Named[] {
  if (type !== 'primaryKey') return table[LISTS[type]];
  return table.primaryKey ? [table.primaryKey] : [];
}

/** The constraint with this type and name. A primary key without a name has any: the server chose it. */
export function findConstraint(
  table: Table,
  type: ConstraintType,
  name: string,
): Named | undefined {
  return constraintsOf(table, type).find((constraint) => answersTo(constraint, type, name));
}

/**
 * The table with one constraint more, at the end of its list; a primary key makes its columns NOT NULL.
 * @throws MigrationError E3014 when the name is taken, or there is a primary key already
 */
export function addConstraintToTable(table: Table, { type, constraint }: Constraint): Table {
  const { name } = constraint;
  if (type === 'primaryKey') {
    if (table.primaryKey) throw presentObject('primary key', partName(table, name ?? ''));
    return { ...withColumnsNotNull(table, constraint.columns), primaryKey: constraint };
  }
  if (name !== undefined && findConstraint(table, type, name)) {
    throw presentObject('constraint', partName(table, name));
  }
  return { ...table, [LISTS[type]]: [...table[LISTS[type]], constraint] };
}

/** The table without the constraint. */
export function dropConstraintFromTable(table: Table, type: ConstraintType, name: string): Table {
  if (type === 'primaryKey') {
    const { primaryKey: _primaryKey, ...rest } = table;
    return rest;
  }
  const rest = constraintsOf(table, type).filter((other) => !answersTo(other, type, name));
  return { ...table, [LISTS[type]]: rest };
}

/**
 * The table with the constraint under another name, in the same place.
 * @throws MigrationError E3014 when the new name is taken
 */
export function renameConstraintInTable(
  table: Table,
  type: ConstraintType,
  { from, to }: Renaming<string>,
): Table {
  if (type !== 'primaryKey' && findConstraint(table, type, to))
    throw presentObject('constraint', partName(table, to));
  return changeConstraintInTable(table, { type, name: from }, (constraint) => ({
    ...constraint,
    name: to,
  }));
}

/** The table with one constraint replaced by what `change` makes of it, in the same place. */
export function changeConstraintInTable(
  table: Table,
  { type, name }: { readonly type: ConstraintType; readonly name: string },
  change: <T extends Named>(constraint: T) => T,
): Table {
  if (type === 'primaryKey') {
    return table.primaryKey ? { ...table, primaryKey: change(table.primaryKey) } : table;
  }
  const changed = constraintsOf(table, type).map((constraint) =>
    constraint.name === name ? change(constraint) : constraint,
  );
  return { ...table, [LISTS[type]]: changed };
}

function answersTo(constraint: Named, type: ConstraintType, name: string): boolean {
  return constraint.name === name || (type === 'primaryKey' && constraint.name === undefined);
}
