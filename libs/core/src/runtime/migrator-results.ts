import type { ErrorCode } from '../errors/error-codes.js';
import type { Question, SchemaDiff } from '../autogenerate/schema-diff.js';
import type { Revision } from '../graph/revision.js';
import type { RowsInTheWay } from './comparing/look-at-rows.js';
import type { Step } from '../graph/step.js';

/** A revision with its place in the graph, for `heads`, `history`, `show`, `current`. */
export interface RevisionInfo extends Revision {
  readonly isHead: boolean;
  readonly isEffectiveHead: boolean;
  readonly isBase: boolean;
  readonly isBranchPoint: boolean;
  readonly isMergePoint: boolean;
  /** Present where the database was asked: a row of the version table. */
  readonly isCurrent?: boolean;
  /** Labels after propagation along the branch. */
  readonly labels: readonly string[];
  readonly children: readonly string[];
}

/** Result of `upgrade`, `downgrade` and `stamp`. */
export interface MigrateResult {
  readonly steps: readonly Step[];
  /** Rows of the version table afterwards. */
  readonly rows: readonly string[];
  /** The script, when SQL was asked for instead of execution. */
  readonly sql?: string;
  /** How many lines about unfinished statements a stamp removed from the ledger. @default none */
  readonly settled?: number;
}

/** One operation of a plan. */
export interface PlannedOperation {
  readonly kind: string;
  /** As `create table account`. */
  readonly words: string;
  /** The statements as a script would have them, without passwords. */
  readonly statements: readonly string[];
  /** Data can be lost. */
  readonly destructive: boolean;
  /** The transaction of the revision is committed before it: what came before stays, whatever happens after. */
  readonly leaves: boolean;
}

/** Rows that a revision of a plan would fail on. */
export interface RowsOfPlan extends Omit<RowsInTheWay, 'rows'> {
  /** How many, as {@link RowsInTheWay.rows}; undefined where it could not be found out, which a warning tells. */
  readonly rows: number | undefined;
  /** What runs before and may mend them, in words: SQL that mentions the table, what depends on data. Absent: nothing does. */
  readonly after?: readonly string[];
}

/** One revision of a plan. */
export interface PlannedStep {
  readonly step: Step;
  /** `none` for a revision whose statements are committed one by one. */
  readonly transaction: 'revision' | 'run' | 'none';
  readonly operations: readonly PlannedOperation[];
  /** Present where the rest depends on the answer of a query: its line in the revision's file. */
  readonly dependsOnData?: { readonly line: number | undefined; readonly sql: string };
  /** With `checkData`: what the rows of the database refuse now; empty when nothing. */
  readonly rowsInTheWay?: readonly RowsOfPlan[];
}

/** Result of `plan`. */
export interface PlanResult {
  readonly steps: readonly PlannedStep[];
  /** Rows of the version table now, and afterwards. */
  readonly rowsBefore: readonly string[];
  readonly rowsAfter: readonly string[];
  /**
   * With `checkData`: true when no row is in the way. Rows that are not counted are in the way; those that a statement before may mend are not.
   */
  readonly fitsData?: boolean;
}

/** A revision that was written. */
export interface WrittenRevision {
  /** Absolute. */
  readonly file: string;
  readonly revision: string;
  readonly downRevisions: readonly string[];
}

/** Result of `revision`. */
export interface RevisionResult {
  /** The file that was written, or undefined when there was nothing to write; of several the first. */
  readonly file: string | undefined;
  readonly revision: string | undefined;
  readonly downRevisions: readonly string[];
  /** Each operation in words, as it is after `processRevisionDirectives`. */
  readonly changes: readonly string[];
  /** What fails with the rows that this database has now, and the query that finds them. Absent: none. */
  readonly rowsInTheWay?: readonly RowsInTheWay[];
  /** Questions that are open: then nothing is written and the command ends with 2. */
  readonly questions: readonly Question[];
  /** All files: `processRevisionDirectives` may make several. */
  readonly written: readonly WrittenRevision[];
  /** True when `processRevisionDirectives` left nothing to write. */
  readonly cancelled: boolean;
}

/** Something that is no difference and no error, and better looked at. */
export interface CheckWarning {
  /** E4010 an edited revision, E2013 a type error, E2014 an effect of loading a file. */
  readonly code: ErrorCode;
  readonly message: string;
  /** The facts as data, such as `revision` and `file`. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Result of `check`. */
export interface CheckResult {
  /** True when models and database are equal, or `processRevisionDirectives` leaves nothing of the difference. */
  readonly upToDate: boolean;
  /** Each operation that a revision would have, in words, but for those that `diff.questions` asks about. */
  readonly changes: readonly string[];
  /** Those of `changes` that may only be spelled otherwise, since the server could not be asked. Absent: none. */
  readonly doubtful?: readonly string[];
  /** The difference, as it is before `processRevisionDirectives`. */
  readonly diff: SchemaDiff;
  /** Each is told as an event as well. */
  readonly warnings: readonly CheckWarning[];
}

/** Result of `current`. */
export interface CurrentResult {
  /** Rows of the version table, sorted; empty for a database without one. */
  readonly rows: readonly string[];
  /** The rows' revisions and those implied by dependencies. */
  readonly revisions: readonly RevisionInfo[];
  readonly heads: readonly string[];
  readonly isAtHead: boolean;
  /** A revision that was left unfinished outside of a transaction (E6011), in whichever direction; null where there is none. */
  readonly unfinished: string | null;
}

/** Result of `init`. */
export interface InitResult {
  readonly directory: string;
  readonly files: readonly string[];
  /** The lines to add to the app. */
  readonly next: string;
}

/** A template of `init` (CLI-16). */
export interface TemplateInfo {
  readonly name: string;
  /** One sentence. */
  readonly description: string;
}

/** A branch point with what follows it (CLI-70). */
export interface BranchInfo {
  readonly branchPoint: RevisionInfo;
  readonly children: readonly RevisionInfo[];
}

/** Result of `edit`. */
export interface EditResult {
  /** Files that were opened, absolute. */
  readonly files: readonly string[];
}

/** Result of `ensureVersion`. */
export interface EnsureVersionResult {
  /** False when the version table was there already; undefined with `sql`. */
  readonly created: boolean | undefined;
  /** The script, when SQL was asked for. */
  readonly sql?: string;
}

/** Result of `redo`. */
export interface RedoResult {
  /** The steps down, then the same up again. */
  readonly steps: readonly Step[];
  readonly rows: readonly string[];
}

/** Result of `rebase`. */
export interface RebaseResult {
  readonly revision: string;
  /** The file that was rewritten, absolute. */
  readonly file: string;
  readonly from: readonly string[];
  readonly onto: readonly string[];
  /** False when the revision stood there already: nothing was written. */
  readonly changed: boolean;
  /** Ids of the heads afterwards. */
  readonly heads: readonly string[];
}

/** Result of `checkHeads`. */
export interface HeadsCheck {
  readonly heads: readonly RevisionInfo[];
  /** What is wrong, in words; empty when there is one head and the lock file is true. */
  readonly problems: readonly string[];
}
