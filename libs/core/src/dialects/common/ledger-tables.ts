import type { ObjectName } from '../../schema/object-name.js';

/** What became of a statement. `running`: it was sent, and what came of it was not written down. */
export type LedgerState = 'running' | 'done' | 'failed';

/** Which direction of which revision. */
export interface LedgerPlace {
  readonly revision: string;
  readonly direction: 'upgrade' | 'downgrade';
}

/** One statement of a revision that leaves its transaction (reliability.md §3.5). */
export interface LedgerLine extends LedgerPlace {
  /** Counts the statements of this direction, from 1. */
  readonly number: number;
  /** Kind of its operation. */
  readonly kind: string;
  /** The operation in words: `create index ix on account`. */
  readonly target: string;
  /** SHA-256 of the statement, hexadecimal. */
  readonly checksum: string;
  /** The statement, shortened and without passwords, for people. */
  readonly statement: string;
  readonly state: LedgerState;
  readonly runId: string;
}

/** A line as it is read. */
export interface LedgerRow {
  readonly revision: string;
  readonly direction: string;
  readonly stmt_no: number;
  readonly stmt_sha256: string;
  readonly op_kind: string;
  readonly target: string;
  readonly statement: string;
  readonly state: LedgerState;
  readonly error: string | null;
  readonly run_id: string;
  readonly started_at: string;
}

/** How a statement ended. */
export interface LedgerEnd extends LedgerPlace {
  readonly number: number;
  readonly state: 'done' | 'failed';
  /** Answer of the server, for `failed`. */
  readonly error?: string;
}

/**
 * The SQL of the ledger beside the version table: statements in flight of revisions that leave their transaction. It is
 * empty whenever nothing is under way and nothing was left unfinished. All values are inline literals. Pure.
 */
export interface LedgerTables {
  create(versionTable: ObjectName): string;
  insert(versionTable: ObjectName, lines: readonly LedgerLine[]): string;
  end(versionTable: ObjectName, end: LedgerEnd): string;
  /** Removes lines: all, those of one direction of a revision, or those that one run has written for it. */
  clear(versionTable: ObjectName, place?: LedgerPlace & { readonly runId?: string }): string;
  /** Removes one line. */
  remove(versionTable: ObjectName, line: LedgerPlace & { readonly number: number }): string;
  /** Query with rows {@link LedgerRow}, in order. */
  select(versionTable: ObjectName): string;
}
