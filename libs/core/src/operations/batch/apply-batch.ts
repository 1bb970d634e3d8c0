import type { ObjectName } from '../../schema/object-name.js';
import { updateTable } from '../../schema/schema-edit.js';
import type { SchemaModel, Table } from '../../schema/schema-model.js';
import type { BatchAlterTable } from '../batch-operations.js';
import { conventionalName } from '../naming-convention.js';
import type { NamedSubject, NamingConvention } from '../naming-convention.js';
import type { BatchedOperation } from './batched-operation.js';
import { definitionOfBatched } from './batched-operation.js';
import { orderColumns } from './column-order.js';

/**
 * The model after a batch: names by the naming convention first, then its operations one by one, then the order of the columns.
 * @throws MigrationError E3014 as its operations do, E3013 for orders that contradict each other
 */
export function applyBatch(operation: BatchAlterTable, model: SchemaModel): SchemaModel {
  const { table, namingConvention } = operation;
  const named = namingConvention
    ? updateTable(model, table, (found) => withConventionalNames(found, namingConvention))
    : model;
  const changed = operation.operations.reduce(applyBatched, named);
  return updateTable(changed, table, (found) => withOrder(found, operation));
}

function applyBatched(model: SchemaModel, operation: BatchedOperation): SchemaModel {
  return definitionOfBatched(operation).apply(operation, withoutUnnamedKey(model, operation));
}

/** BATCH-34: a new primary key takes the place of one that has no name. */
function withoutUnnamedKey(model: SchemaModel, operation: BatchedOperation): SchemaModel {
  if (operation.kind !== 'addConstraint' || operation.added.type !== 'primaryKey') return model;
  return updateTable(model, operation.table, ({ primaryKey, ...rest }) =>
    primaryKey?.name === undefined ? rest : { ...rest, primaryKey },
  );
}

function withOrder(table: Table, operation: BatchAlterTable): Table {
  const names = table.columns.map(({ name }) => name);
  const ordered = orderColumns(names, operation);
  const at = (name: string): number => ordered.indexOf(name);
  return {
    ...table,
    columns: table.columns.toSorted((left, right) => at(left.name) - at(right.name)),
  };
}

/** BATCH-12: the table with a name for each constraint that has none, where the convention can tell one. */
export function withConventionalNames(table: Table, convention: NamingConvention): Table {
  const { schema, name } = table;
  const named =
    (type: NamedSubject['type'], subjectOf: (part: never) => Partial<NamedSubject> = () => ({})) =>
    <T extends { readonly name?: string }>(part: T): T =>
      withName(part, { type, table: { schema, name }, ...subjectOf(part as never) }, convention);
  const keyed = (key: { readonly columns: readonly string[] }) => ({ columns: key.columns });
  return {
    ...table,
    ...(table.primaryKey && { primaryKey: named('primaryKey', keyed)(table.primaryKey) }),
    uniques: table.uniques.map(named('unique', keyed)),
    checks: table.checks.map(named('check')),
    foreignKeys: table.foreignKeys.map(named('foreignKey', referring)),
  };
}

const referring = (key: {
  readonly columns: readonly string[];
  readonly referencedTable: ObjectName;
  readonly referencedColumns: readonly string[];
}): Partial<NamedSubject> => ({
  columns: key.columns,
  referredTable: key.referencedTable,
  referredColumns: key.referencedColumns,
});

function withName<T extends { readonly name?: string }>(
  part: T,
  subject: NamedSubject,
  convention: NamingConvention,
): T {
  if (part.name !== undefined) return part;
  const name = conventionalName(undefined, subject, convention);
  return name === undefined ? part : { ...part, name };
}
