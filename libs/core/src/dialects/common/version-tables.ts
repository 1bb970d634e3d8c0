import type { VersionChange } from '../../graph/step.js';
import type { ObjectEffect } from '../../operations/object-effect.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { LedgerTables } from './ledger-tables.js';

/** One line of `alembic_version_log`. */
export interface LogEntry {
  readonly revision: string;
  readonly direction: 'upgrade' | 'downgrade' | 'stamp';
  /** Rows of the version table after the step. */
  readonly rows: readonly string[];
  readonly message: string;
  /** SHA-256 of the revision file, hexadecimal; absent for a stamp. */
  readonly checksum?: string;
  readonly durationMs: number;
  /** Statements that belong to it stand ahead of this line in the same text: the server adds what they took. @default false */
  readonly plusText?: boolean;
  readonly runId: string;
  readonly appliedBy: string;
  readonly toolVersion: string;
  readonly effects: readonly ObjectEffect[];
}

/** The row of {@link VersionTables.exists}. */
export interface VersionTableForm {
  readonly present: boolean;
  /** The log beside it is there. */
  readonly log_present: boolean;
  /** An ordinary table, no view or foreign table. */
  readonly is_table: boolean;
  /** JSON array of the column names. */
  readonly columns: string | null;
  /** `version_num` is of a string type. */
  readonly is_text: boolean | null;
  /** Longest revision id that fits, in characters; null for any. */
  readonly width: number | null;
  readonly can_read: boolean | null;
  /** Rows of both tables can be inserted, updated and deleted as the engine does. */
  readonly can_write: boolean | null;
}

/**
 * The SQL of the version table (the same as Alembic's: VT-01) and of the log beside it. All values are inline literals,
 * so that the same statements work offline (VT-12). Pure.
 */
export interface VersionTables {
  /** Statements that make both tables where they are missing. */
  create(versionTable: ObjectName): readonly string[];
  /** The statement that makes the log where it is missing: a database of Alembic's own has none. */
  createLog(versionTable: ObjectName): string;
  /** Query with one row: {@link VersionTableForm}. It needs no rights on the tables. */
  exists(versionTable: ObjectName): string;
  /**
   * Query with a column `version_num`, sorted. Without a schema it reads the table of the default schema only, never one
   * that happens to be found elsewhere (reliability.md E15); it fails when there is no such table anywhere.
   */
  selectRows(versionTable: ObjectName): string;
  change(versionTable: ObjectName, change: VersionChange): string;
  /**
   * The same, failing unless it meets exactly one row: compare and swap, the guard that holds even without the lock (VT-11).
   * @param at place among the changes, for `TransactionGuards.refusal` (E4011)
   */
  changeOne(versionTable: ObjectName, change: VersionChange, at: number): string;
  /** Removes all rows (`stamp --purge`). */
  purge(versionTable: ObjectName): string;
  insertLog(versionTable: ObjectName, entry: LogEntry): string;
  /** Query with a column `objects`: texts of JSON lists that hold, one after the other, the effects that the log tells of, oldest first. */
  selectObjects(versionTable: ObjectName): string;
  /**
   * Query with columns `revision` and `checksum`: of each revision whose last line in the log is an upgrade, the checksum of
   * the file that was run.
   */
  selectChecksums(versionTable: ObjectName): string;
  readonly ledger: LedgerTables;
  /** The tables that are ours, given the version table. */
  ownTables(versionTable: ObjectName): readonly ObjectName[];
}
