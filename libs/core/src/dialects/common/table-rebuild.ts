import type { BatchAlterTable } from '../../operations/batch-operations.js';
import type { BatchedOperation } from '../../operations/batch/batched-operation.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Table } from '../../schema/schema-model.js';

/** A table as the database keeps it: its definition, and what hangs on it. What is in it is the dialect's own business. */
export interface StoredTable {
  readonly name: ObjectName;
}

/** Runs a query of the engine's own, in the open transaction where there is one. */
export type Ask = (sql: string, parameters: readonly unknown[]) => Promise<readonly object[]>;

/**
 * How a database makes a table anew whose ALTER TABLE cannot do everything (SQLite manual, "Making Other Kinds Of Table Schema
 * Changes"). All but `read` is pure.
 */
export interface TableRebuild {
  /** Whether an operation can be run as it is: `look` where that hangs on the table as it stands. */
  needs(operation: BatchedOperation): 'alter' | 'look' | 'rebuild';
  /** The table as it stands; undefined where it is not there. */
  read(ask: Ask, table: ObjectName): Promise<StoredTable | undefined>;
  /** The table as a definition would make it. @throws MigrationError E3012 for what the database does not have */
  storedAs(table: Table): StoredTable;
  /**
   * The statements of a batch, without semicolons, in order: they fail, and leave the transaction to be rolled back, where a row or a
   * reference would be lost.
   * @throws MigrationError E3012, E3014 for what the table does not have
   */
  compile(batch: BatchAlterTable, stored: StoredTable): readonly string[];
  /** What a check of these statements says that failed, in words; undefined for any other error. */
  refusal(error: unknown): string | undefined;
}
