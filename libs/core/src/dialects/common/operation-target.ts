import type { Operation, OperationKind, OperationOf } from '../../operations/operation.js';

/** The schemas that an operation changes something in; `null` is the default schema. SQL of the user's own has none. */
export function targetSchemas(operation: Operation): readonly (string | null)[] {
  const schemasOf = TARGETS[operation.kind] as (operation: Operation) => readonly (string | null)[];
  return schemasOf(operation);
}

type Targets = {
  readonly [K in OperationKind]: (operation: OperationOf<K>) => readonly (string | null)[];
};

const TARGETS: Targets = {
  createSchema: ({ name }) => [name],
  dropSchema: ({ name }) => [name],
  renameSchema: ({ from, to }) => [from, to],
  createEnum: (operation) => [operation.enum.schema],
  dropEnum: ({ name }) => [name.schema],
  alterEnum: ({ name, uses }) => [name.schema, ...(uses ?? []).map((use) => use.table.schema)],
  renameEnum: ({ from, to }) => [from.schema, to.schema],
  createSequence: ({ sequence }) => [sequence.schema],
  dropSequence: ({ name }) => [name.schema],
  alterSequence: ({ name }) => [name.schema],
  renameSequence: ({ from, to }) => [from.schema, to.schema],
  createTable: ({ table }) => [table.schema],
  dropTable: ({ name }) => [name.schema],
  renameTable: ({ from, to }) => [from.schema, to.schema],
  setTableStorage: ({ table }) => [table.schema],
  setTableComment: ({ table }) => [table.schema],
  addColumn: ({ table }) => [table.schema],
  dropColumn: ({ table }) => [table.schema],
  alterColumn: ({ table }) => [table.schema],
  renameColumn: ({ table }) => [table.schema],
  addConstraint: ({ table }) => [table.schema],
  dropConstraint: ({ table }) => [table.schema],
  dropUnnamedConstraint: ({ table }) => [table.schema],
  renameConstraint: ({ table }) => [table.schema],
  validateConstraint: ({ table }) => [table.schema],
  alterConstraint: ({ table }) => [table.schema],
  setComment: ({ object }) => {
    if ('table' in object) return [object.table.schema];
    if (typeof object.name !== 'string') return [object.name.schema];
    return object.type === 'schema' ? [object.name] : [];
  },
  createIndex: ({ table }) => [table.schema],
  dropIndex: ({ table }) => [table.schema],
  attachIndex: ({ name, of }) => [name.schema, of.schema],
  renameIndex: ({ table }) => [table.schema],
  createView: ({ view }) => [view.schema],
  dropView: ({ name }) => [name.schema],
  refreshView: ({ name }) => [name.schema],
  createExtension: ({ extension }) => [extension.schema ?? null],
  dropExtension: () => [],
  alterExtension: ({ to }) => [to.schema ?? null],
  createDomain: ({ domain }) => [domain.schema],
  dropDomain: ({ name }) => [name.schema],
  alterDomain: ({ name }) => [name.schema],
  renameDomain: ({ from, to }) => [from.schema, to.schema],
  createRoutine: ({ routine }) => [routine.schema],
  dropRoutine: ({ name }) => [name.schema],
  renameRoutine: ({ from, to }) => [from.schema, to.schema],
  createTrigger: ({ table }) => [table.schema],
  renameTrigger: ({ table }) => [table.schema],
  dropTrigger: ({ table }) => [table.schema],
  setTriggerState: ({ table }) => [table.schema],
  setRowSecurity: ({ table }) => [table.schema],
  createPolicy: ({ table }) => [table.schema],
  renamePolicy: ({ table }) => [table.schema],
  dropPolicy: ({ table }) => [table.schema],
  alterPolicy: ({ table }) => [table.schema],
  createPartition: ({ partition }) => [partition.schema, partition.of.schema],
  dropPartition: ({ name }) => [name.schema],
  attachPartition: ({ name, of }) => [name.schema, of.schema],
  detachPartition: ({ name, of }) => [name.schema, of.schema],
  renameView: ({ from, to }) => [from.schema, to.schema],
  batchAlterTable: ({ table }) => [table.schema],
  execute: () => [],
  bulkInsert: ({ table }) => [table.schema],
  own: ({ definition, data }) => definition.effects(data).map(({ schema }) => schema),
};
