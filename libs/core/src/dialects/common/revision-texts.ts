import type { VersionChange } from '../../graph/step.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { RevisionGuard, TransactionToken } from './session.js';
import type { LogEntry } from './version-tables.js';

/** What the transaction of nearly every revision ends with: one change of a version row, one line of the log. */
export interface StepWrite {
  readonly versionTable: ObjectName;
  readonly change: VersionChange;
  /** Place of the change in its transaction, which an error names. */
  readonly at: number;
  readonly entry: LogEntry;
}

/** The texts that the transaction of every revision repeats. Pure. */
export interface RevisionTexts {
  /** See `TransactionGuards.begin`. */
  begin(guard: RevisionGuard): string;
  /** See `TransactionGuards.stillOpen`. */
  stillOpen(token: TransactionToken): string;
  /** See `VersionTables.changeOne`. */
  changeOne(versionTable: ObjectName, change: VersionChange, at: number): string;
  /** See `VersionTables.insertLog`. */
  insertLog(versionTable: ObjectName, entry: LogEntry): string;
  /** The three before this as one statement, where it can be one. */
  endStep?(token: TransactionToken, write: StepWrite): string | undefined;
}

/** What texts are kept for: all transactions of a run have it in common. */
export type KeptGuard = Omit<RevisionGuard, 'expectedRows' | 'resumes'>;

/**
 * The same texts for a session that keeps their statements: parsed and planned once instead of by each revision, which is most of
 * what they cost. A revision may make the session forget them; then {@link KeptTexts.isForgotten} knows the error.
 */
export interface KeptTexts extends RevisionTexts {
  /** Makes the session keep them. Outside of a transaction; the version tables must be there. */
  readonly keep: string;
  /** Makes the session forget them. */
  readonly forget: string;
  /** Whether a statement of a revision may make the session forget them, as far as its words say. */
  mayForget(sql: string): boolean;
  /** Whether an error of a text comes from a statement that the session does not keep any more. */
  isForgotten(error: unknown): boolean;
}
