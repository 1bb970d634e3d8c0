import type { BatchedOperation } from '../operations/batch/batched-operation.js';
import { isBatched } from '../operations/batch/batched-operation.js';
import type { Operation } from '../operations/operation.js';
import { sameName } from '../schema/object-name.js';

/**
 * Operations with each run of changes of one table as one batch (ENV-29, AGR-08), also a run of one; what a batch cannot hold stays
 * as it is, and so does what `staysApart` says. The order stays. Pure.
 */
export function inBatches(
  operations: readonly Operation[],
  staysApart: (operation: BatchedOperation) => boolean = () => false,
): readonly Operation[] {
  const said: Operation[] = [];
  for (const operation of operations) {
    const last = said.at(-1);
    if (!isBatched(operation) || staysApart(operation)) said.push(operation);
    else if (last?.kind === 'batchAlterTable' && sameName(last.table, operation.table))
      said.splice(-1, 1, { ...last, operations: [...last.operations, operation] });
    else said.push(batchOf(operation));
  }
  return said;
}

const batchOf = (operation: BatchedOperation): Operation => ({
  kind: 'batchAlterTable',
  table: { schema: operation.table.schema, name: operation.table.name },
  operations: [operation],
});
