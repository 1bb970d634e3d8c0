import { isMigrationError } from '../../errors/migration-error.js';
import { PendingBatches } from '../../operations/batch/pending-batches.js';
import { partsOfBatch } from '../../operations/batch/plan-batch.js';
import type { RenameText } from '../../operations/batch/rename-in-batched.js';
import type { BatchAlterTable } from '../../operations/batch-operations.js';
import { applyOperation } from '../../operations/operation-definitions.js';
import type { Operation } from '../../operations/operation.js';
import { findTable } from '../../schema/schema-edit.js';
import type { SchemaModel, Table } from '../../schema/schema-model.js';
import type { Dialect } from './dialect.js';
import type { TableRebuild } from './table-rebuild.js';

/**
 * The statements of operations that follow each other on a schema that is known: where ALTER TABLE does not do, tables are made anew, once
 * for neighbours (`Dialect.compile` knows neither). Pure.
 * @throws MigrationError as `Dialect.compile` does
 */
export function compileOperations(
  dialect: Dialect,
  operations: readonly Operation[],
  before: SchemaModel,
): readonly string[] {
  const { tableRebuild: rebuild } = dialect;
  if (rebuild === undefined) return operations.flatMap((operation) => dialect.compile(operation));
  const pending = new PendingBatches((operation) => rebuild.needs(operation) !== 'alter');
  const joined = [...operations.flatMap((one) => pending.take(one)), ...pending.flush()];
  let model = before;
  return joined.flatMap((operation) => {
    const table =
      operation.kind === 'batchAlterTable' ? findTable(model, operation.table) : undefined;
    model = after(operation, model);
    return operation.kind === 'batchAlterTable' && table
      ? compileToldBatch(dialect, rebuild, { batch: operation, table })
      : dialect.compile(operation);
  });
}

/** The statements of a batch on a table that is told. */
export function compileToldBatch(
  dialect: Dialect,
  rebuild: TableRebuild,
  { batch, table }: { readonly batch: BatchAlterTable; readonly table: Table },
): readonly string[] {
  const parts = partsOfBatch(batch, renameTextOf(dialect));
  const operations = parts.flatMap((part) => part.operations);
  return rebuild.compile({ ...batch, ...parts.at(-1), operations }, rebuild.storedAs(table));
}

/** An expression with a column renamed, as the dialect spells it. */
export const renameTextOf =
  ({ renameInText }: Pick<Dialect, 'renameInText'>): RenameText =>
  (sql, from, to) =>
    renameInText(sql, {
      kind: 'column',
      from: { schema: null, name: from },
      to: { schema: null, name: to },
    });

/** What the model does not have, no later operation can stand on either. */
function after(operation: Operation, model: SchemaModel): SchemaModel {
  try {
    return applyOperation(operation, model);
  } catch (error) {
    if (isMigrationError(error) && error.code === 'E3014') return model;
    throw error;
  }
}
