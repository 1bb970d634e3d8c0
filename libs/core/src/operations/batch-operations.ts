import type { ObjectName } from '../schema/object-name.js';
import { displayName } from '../schema/object-name.js';
import type { Table } from '../schema/schema-model.js';
import { applyBatch } from './batch/apply-batch.js';
import { batchCall } from './batch/batch-call.js';
import type { BatchedOperation } from './batch/batched-operation.js';
import { definitionOfBatched, isBatched } from './batch/batched-operation.js';
import type { ColumnOrder } from './batch/column-order.js';
import type { NamingConvention } from './naming-convention.js';
import { defineOperation } from './operation-definition.js';
import type { TransactionClass } from './operation-definition.js';
import { nameInWords } from './words.js';

/**
 * Changes of one table that are made together (Alembic's batch mode): one after the other where ALTER TABLE can do them, else by a new
 * table that takes the place of the old one, with its rows.
 */
export interface BatchAlterTable extends ColumnOrder, AlterWays {
  readonly kind: 'batchAlterTable';
  readonly table: ObjectName;
  readonly operations: readonly BatchedOperation[];
  /** Absent: a new table only where ALTER TABLE does not do. */
  readonly recreate?: 'always' | 'never';
  /** The table as it is before, where the database is not to be asked: a script needs it. */
  readonly copyFrom?: Table;
  /** Names for the constraints of the table that have none. */
  readonly namingConvention?: NamingConvention;
  /** Name of the new table until it takes that of the old one. */
  readonly temporaryName?: string;
}

/** How a server may alter a table. */
export interface AlterWays {
  /** How it may make the changes, instead of as expected (MySQL); `default` leaves it to the server. */
  readonly algorithm?: AlterAlgorithm;
  /** What others may do meanwhile (MySQL); `default` leaves it to the server. */
  readonly lock?: AlterLock;
}

/** `ALGORITHM` of ALTER TABLE, from the least to the most. */
export type AlterAlgorithm = 'default' | 'instant' | 'nocopy' | 'inplace' | 'copy';

/** `LOCK` of ALTER TABLE: others read and write, read, or wait. */
export type AlterLock = 'default' | 'none' | 'shared' | 'exclusive';

/** Every operation on a table as a batch. */
export type BatchOperation = BatchAlterTable;

/** Definition of {@link BatchAlterTable}. The way back leaves the columns in the order that they have then. */
export const batchAlterTable = defineOperation<BatchAlterTable>({
  describe: ({ table, operations }) =>
    `alter table ${nameInWords(table)} in one batch: ${operations.map((one) => definitionOfBatched(one).describe(one)).join('; ') || 'nothing but a new copy'}`,
  reverse: (operation) => {
    const { places: _places, partialReordering: _order, ...rest } = operation;
    const undone = operation.operations.filter(leavesSomething).toReversed().map(reverseOf);
    const operations = undone.flatMap((one) => one ?? []);
    if (undone.includes(undefined)) return undefined;
    return { ...rest, operations, ...(rest.copyFrom && { copyFrom: tableAfter(operation) }) };
  },
  apply: applyBatch,
  written: (operation) => {
    const operations = operation.operations.flatMap((one) =>
      (definitionOfBatched(one).written?.(one) ?? [one]).filter(isBatched),
    );
    return [{ ...operation, operations }];
  },
  toCall: batchCall,
  effects: ({ operations }) => operations.flatMap((one) => definitionOfBatched(one).effects(one)),
  transactionClass: ({ operations }, capabilities) => {
    const classes = operations.map((one): TransactionClass =>
      definitionOfBatched(one).transactionClass(one, capabilities),
    );
    const [first = capabilities.transactionalDdl ? 'transactional' : 'autocommit'] = classes;
    return classes.find((one) => one !== 'transactional') ?? first;
  },
  isDestructive: ({ operations }) =>
    operations.some((one) => definitionOfBatched(one).isDestructive(one)),
});

/** The operations of a batch, and any other operation by itself. */
export function operationsIn<O extends { readonly kind: string }>(
  operation: O,
): readonly (Exclude<O, BatchAlterTable> | BatchedOperation)[] {
  return operation.kind === 'batchAlterTable'
    ? (operation as unknown as BatchAlterTable).operations
    : [operation as Exclude<O, BatchAlterTable>];
}

/** A check of the rows leaves nothing that could be undone. */
const leavesSomething = ({ kind }: BatchedOperation): boolean => kind !== 'validateConstraint';

function reverseOf(operation: BatchedOperation): readonly BatchedOperation[] | undefined {
  const reversed = definitionOfBatched(operation).reverse(operation);
  if (reversed === undefined) return undefined;
  const operations = operationsIn(reversed).filter(isBatched);
  return operations.length > 0 ? operations : undefined;
}

/** The definition that the way back starts from. */
function tableAfter(operation: BatchAlterTable): Table {
  const { copyFrom } = operation;
  if (!copyFrom) throw new TypeError(`no definition of ${displayName(operation.table)}`);
  const before = { schemas: [], enums: [], sequences: [], tables: [copyFrom], views: [] };
  return applyBatch(operation, before).tables[0] ?? copyFrom;
}
