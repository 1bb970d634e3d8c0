import { displayName } from '../schema/object-name.js';
import type { ForeignKey } from '../schema/schema-model.js';
import type { Constraint } from './constraint-operations.js';

/** A constraint that may be there without a name. A primary key without one answers to any. */
export type UnnamedConstraint = Exclude<Constraint, { readonly type: 'primaryKey' }>;

/** True for a constraint that only its definition can tell from others. */
export function isUnnamed(constraint: Constraint): constraint is UnnamedConstraint {
  return constraint.type !== 'primaryKey' && constraint.constraint.name === undefined;
}

/** What a constraint without a name is known by in words, and in the memory of the log: what it says. */
export function definitionInWords(unnamed: UnnamedConstraint): string {
  switch (unnamed.type) {
    case 'check':
      return `CHECK (${unnamed.constraint.expression})`;
    case 'unique':
      return `UNIQUE (${unnamed.constraint.columns.join(', ')})`;
    case 'exclusion':
      return `EXCLUDE ${unnamed.constraint.definition}`;
    case 'foreignKey':
      return foreignKeyInWords(unnamed.constraint);
  }
}

function foreignKeyInWords(key: ForeignKey): string {
  const { columns, referencedTable, referencedColumns, onDelete, onUpdate, deferrable } = key;
  return [
    `FOREIGN KEY (${columns.join(', ')})`,
    `REFERENCES ${displayName(referencedTable)} (${referencedColumns.join(', ')})`,
    ...(onDelete ? [`ON DELETE ${onDelete.toUpperCase()}`] : []),
    ...(onUpdate ? [`ON UPDATE ${onUpdate.toUpperCase()}`] : []),
    ...(deferrable ? [`DEFERRABLE ${deferrable.toUpperCase()}`] : []),
  ].join(' ');
}
