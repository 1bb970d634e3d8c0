import * as fc from 'fast-check';
import { sameName } from '../../schema/object-name.js';
import type { SchemaModel, Table } from '../../schema/schema-model.js';
import type { BatchAlterTable } from '../batch-operations.js';
import type { Operation, OperationKind } from '../operation.js';
import type { BatchedOperation } from './batched-operation.js';
import { definitionOfBatched, isBatched } from './batched-operation.js';

type MakerOf = (kind: OperationKind, model: SchemaModel) => fc.Arbitrary<Operation> | undefined;

const KINDS = [
  'addColumn',
  'dropColumn',
  'alterColumn',
  'renameColumn',
  'addConstraint',
  'dropConstraint',
  'dropUnnamedConstraint',
  'renameConstraint',
  'createIndex',
  'dropIndex',
  'renameIndex',
  'setTableComment',
] as const satisfies readonly BatchedOperation['kind'][];

/** Batches of up to three operations that are possible one after the other on a table of the model. */
export function arbBatch(
  model: SchemaModel,
  makerOf: MakerOf,
): fc.Arbitrary<BatchAlterTable> | undefined {
  if (model.tables.length === 0) return undefined;
  const ofTable = fc.constantFrom(...model.tables);
  return ofTable.chain((table) =>
    fc
      .integer({ min: 1, max: 3 })
      .chain((count) => arbOperations({ ...model, tables: [table] }, { makerOf, table, count }))
      .map((operations) => ({
        kind: 'batchAlterTable',
        table: { schema: table.schema, name: table.name },
        operations,
      })),
  );
}

interface Drawing {
  readonly makerOf: MakerOf;
  readonly table: Table;
  readonly count: number;
}

function arbOperations(
  model: SchemaModel,
  { makerOf, table, count }: Drawing,
): fc.Arbitrary<readonly BatchedOperation[]> {
  const none = fc.constant<readonly BatchedOperation[]>([]);
  if (count === 0) return none;
  const possible = KINDS.flatMap((kind) => makerOf(kind, model) ?? []);
  return fc.oneof(...possible).chain((operation) => {
    if (!isBatched(operation) || !sameName(operation.table, table)) return none;
    const after = definitionOfBatched(operation).apply(operation, model);
    return arbOperations(after, { makerOf, table, count: count - 1 }).map((rest) => [
      operation,
      ...rest,
    ]);
  });
}
