import type { ObjectName } from '../../schema/object-name.js';

/** A revision and what must be applied before it. */
export interface GuardedRevision {
  readonly revision: string;
  /** Down revisions and dependencies. */
  readonly parents: readonly string[];
}

/** One step of a script that may be run on a database wherever it is. */
export interface GuardedStep extends GuardedRevision {
  readonly direction: 'upgrade' | 'downgrade';
  /** Of each parent, the revisions that come right after it, but for this one. */
  readonly siblings: ReadonlyMap<string, readonly string[]>;
  /** What it does, and the line of the log. */
  readonly statements: readonly string[];
}

/** What the version table must say where a script begins. */
export interface ScriptBeginning {
  /** Rows that its first steps change. */
  readonly present: readonly string[];
  /** Revisions before or after those that it adds rows for: with a row of one of them the database is elsewhere. `all`: no row at all. */
  readonly absent: readonly string[] | 'all';
}

/**
 * The SQL of `--idempotent`: each step runs only where the version table says that it is wanted, and brings the version rows
 * along: they are the applied revisions that nothing applied comes after. Works with any client. Pure.
 */
export interface ScriptGuards {
  /** Statements that fail where a plain script does not begin where the database is, and print nothing. */
  begin(versionTable: ObjectName, beginning: ScriptBeginning): readonly string[];
  /** Notes what is applied, in a temporary table. Fails for a version row that is none of the revisions. */
  open(versionTable: ObjectName, revisions: readonly GuardedRevision[]): readonly string[];
  /**
   * A step as one statement, which does nothing where it is not wanted. Fails where what must be applied before it is not, or
   * something that comes after it is.
   */
  step(versionTable: ObjectName, step: GuardedStep): string;
  /** Removes the temporary table. */
  close(versionTable: ObjectName): readonly string[];
}
