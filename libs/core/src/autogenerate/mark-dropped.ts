import { partRef, refOf } from '../operations/effects.js';
import type { ObjectKind, ObjectRef } from '../operations/object-effect.js';
import type { Constraint } from '../operations/constraint-operations.js';
import { definitionInWords } from '../operations/unnamed-constraint.js';
import type { UnnamedConstraint } from '../operations/unnamed-constraint.js';
import type { Operation } from '../operations/operation.js';
import type { ObjectName } from '../schema/object-name.js';
import type { Column, FromEntity, Table, View } from '../schema/schema-model.js';
import type { OwnershipMemory } from './ownership.js';
import { signatureOf } from '../schema/signature.js';

/**
 * Gives what an operation drops the marks that it is remembered by: the way back then makes it managed again, as it was
 * (design D8). What the server tells has none. A part that nobody made from the model inherits those of its table.
 */
export function markDropped(operation: Operation, memory: OwnershipMemory): Operation {
  const marks = new Marks(memory);
  switch (operation.kind) {
    case 'dropSchema':
      return marks.object(operation, refOf('schema', { schema: null, name: operation.name }));
    case 'dropEnum':
      return withDropped(operation, (found) => marks.object(found, refOf('enum', found)));
    case 'dropSequence':
      return withDropped(operation, (found) => marks.object(found, refOf('sequence', found)));
    case 'dropView':
      return withDropped(operation, (found) => marks.view(found));
    case 'dropTable':
      return withDropped(operation, (found) => marks.table(found));
    case 'dropColumn':
      return withDropped(operation, (found) => marks.column(operation.table, found));
    case 'dropIndex':
      return withDropped(operation, (found) => marks.part('index', operation.table)(found));
    case 'dropConstraint':
      return withDropped(operation, (found) => marks.constraint(operation.table, found));
    case 'dropUnnamedConstraint':
      return { ...operation, dropped: marks.unnamed(operation.table, operation.dropped) };
    default:
      return markListed(operation, marks);
  }
}

/** Extensions, domains, routines and partitions; triggers and policies of a table or view. */
function markListed(operation: Operation, marks: Marks): Operation {
  switch (operation.kind) {
    case 'dropExtension':
      return withDropped(operation, (found) =>
        marks.object(found, refOf('extension', { schema: null, name: found.name })),
      );
    case 'dropDomain':
      return withDropped(operation, (found) => marks.object(found, refOf('domain', found)));
    case 'dropRoutine':
      return withDropped(operation, (found) => {
        const { schema, name, arguments: argumentList } = found;
        const signed = `${name}(${signatureOf(argumentList)})`;
        return marks.object(found, refOf('routine', { schema, name: signed }));
      });
    case 'dropPartition':
      return withDropped(operation, (found) => marks.object(found, refOf('partition', found)));
    case 'dropTrigger':
      return withDropped(operation, (found) => marks.part('trigger', operation.table)(found));
    case 'dropPolicy':
      return withDropped(operation, (found) => marks.part('policy', operation.table)(found));
    default:
      return operation;
  }
}

function withDropped<O extends Operation & { readonly dropped?: unknown }>(
  operation: O,
  mark: (found: NonNullable<O['dropped']>) => O['dropped'],
): O {
  const { dropped } = operation;
  return dropped ? { ...operation, dropped: mark(dropped) } : operation;
}

class Marks {
  constructor(private readonly memory: OwnershipMemory) {}

  object<T extends FromEntity>(object: T, ref: ObjectRef): T {
    const owner = this.memory.of(ref);
    return owner.state === 'managed' ? { ...object, entity: owner.entity } : object;
  }

  part(kind: ObjectKind, owner: ObjectName) {
    return <T extends FromEntity & { readonly name?: string }>(part: T): T =>
      part.name === undefined ? part : this.object(part, partRef(kind, owner, part.name));
  }

  column(table: ObjectName, column: Column): Column {
    const owner = this.memory.of(partRef('column', table, column.name));
    if (owner.state !== 'managed') return column;
    const { entity, property = column.name } = owner;
    return { ...column, entity, property };
  }

  constraint(table: ObjectName, { type, constraint }: Constraint): Constraint {
    return { type, constraint: this.part(type, table)(constraint) } as Constraint;
  }

  unnamed(table: ObjectName, dropped: UnnamedConstraint): UnnamedConstraint {
    const { type, constraint } = dropped;
    const ref = partRef(type, table, definitionInWords(dropped));
    return { type, constraint: this.object(constraint, ref) } as UnnamedConstraint;
  }

  table(table: Table): Table {
    const { primaryKey } = table;
    return {
      ...this.object(table, refOf('table', table)),
      columns: table.columns.map((column) => this.column(table, column)),
      ...(primaryKey && { primaryKey: this.part('primaryKey', table)(primaryKey) }),
      foreignKeys: table.foreignKeys.map(this.part('foreignKey', table)),
      uniques: table.uniques.map(this.part('unique', table)),
      checks: table.checks.map(this.part('check', table)),
      exclusions: table.exclusions.map(this.part('exclusion', table)),
      indexes: table.indexes.map(this.part('index', table)),
      ...(table.policies && { policies: table.policies.map(this.part('policy', table)) }),
      ...(table.triggers && { triggers: table.triggers.map(this.part('trigger', table)) }),
    };
  }

  view(view: View): View {
    return {
      ...this.object(view, refOf('view', view)),
      indexes: view.indexes.map(this.part('index', view)),
      ...(view.triggers && { triggers: view.triggers.map(this.part('trigger', view)) }),
    };
  }
}
