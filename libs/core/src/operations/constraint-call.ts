import type { ForeignKey } from '../schema/schema-model.js';
import type { CallOptions } from './call-arguments.js';
import type { Constraint } from './constraint-operations.js';
import type { CallArgument } from './operation-call.js';
import { nameCode, textCode } from './operation-call.js';

/** The arguments that a constraint has in a table body and, after the table, in its own directive. */
export interface ConstraintArguments {
  readonly positional: readonly CallArgument[];
  /** Without `entity`, which depends on the place. */
  readonly options: CallOptions;
}

/** What a call says of a constraint. */
export function constraintArguments(added: Constraint): ConstraintArguments {
  const { comment } = added.constraint;
  const name = nameCode(added.constraint.name);
  switch (added.type) {
    case 'primaryKey': {
      const { columns, include, deferrable, withoutOverlaps, onConflict } = added.constraint;
      const options = { name, include, deferrable, withoutOverlaps, onConflict, comment };
      return { positional: [columns], options };
    }
    case 'foreignKey':
      return foreignKeyArguments(added.constraint);
    case 'unique': {
      const { columns, nullsNotDistinct, include, deferrable, withoutOverlaps, onConflict } =
        added.constraint;
      const options = {
        name,
        nullsNotDistinct,
        include,
        deferrable,
        withoutOverlaps,
        onConflict,
        comment,
      };
      return { positional: [columns], options };
    }
    case 'check': {
      const { expression, notValid, notEnforced } = added.constraint;
      const options = { name, notValid, notEnforced, comment };
      return { positional: [textCode(expression)], options };
    }
    case 'exclusion': {
      const { definition, deferrable } = added.constraint;
      return { positional: [textCode(definition)], options: { name, deferrable, comment } };
    }
  }
}

function foreignKeyArguments(key: ForeignKey): ConstraintArguments {
  return {
    positional: [key.columns, key.referencedTable.name, key.referencedColumns],
    options: {
      name: nameCode(key.name),
      referencedSchema: key.referencedTable.schema ?? undefined,
      onDelete: key.onDelete,
      onDeleteColumns: key.onDeleteColumns,
      onUpdate: key.onUpdate,
      match: key.match,
      deferrable: key.deferrable,
      notValid: key.notValid,
      notEnforced: key.notEnforced,
      period: key.period,
      comment: key.comment,
    },
  };
}
