import type { Connection } from '../dialects/common/connection.js';
import type { Operation } from '../operations/operation.js';

/** What a drafted revision does in one environment. */
export interface DraftedChanges {
  /** Name of the environment. */
  readonly environment: string;
  readonly upgrade: readonly Operation[];
  /**
   * The way back, in the order to run it in. Absent: the reverse of `upgrade` as that will be when it is written, so that it stays
   * true whatever is done to `upgrade`; `reverseAll(draft.upgrade)` shows it.
   */
  readonly downgrade?: readonly Operation[] | undefined;
}

/** A revision before it is written (Alembic's `MigrationScript`). What it does in its own environment stands in itself. */
export interface DraftedRevision extends DraftedChanges {
  readonly revisionId: string;
  readonly message: string;
  /** Targets of the down revisions: `['head']`, `['base']`, several for a merge. */
  readonly head: readonly string[];
  /** Whether it may build on a revision that is no head. */
  readonly splice: boolean;
  readonly branchLabels: readonly string[];
  /** One of the version locations; undefined for that of the first parent. */
  readonly versionPath: string | undefined;
  /** Targets. */
  readonly dependsOn: readonly string[];
  /** Import declarations for the file, a line each: `import { regions } from '../regions.js';`. */
  readonly imports: readonly string[];
  /** What it does in other environments that share the revision files (`init -t multidb`). */
  readonly others: readonly DraftedChanges[];
}

/** What a directive may look at. */
export interface DirectiveContext {
  /** `check` writes nothing, but differs by what is left of the drafts. */
  readonly command: 'revision' | 'check';
  /** Name of the environment that the directive is asked for; of several that share their revisions each in turn. */
  readonly environment: string;
  readonly autogenerate: boolean;
  /** Values of `-x key=value`. */
  readonly x: Readonly<Record<string, string>>;
  /** Rows of the version table; absent where the command needs no database. */
  readonly rows?: readonly string[];
  /** A session, closed afterwards; with autogenerate, `check` and `revisionEnvironment`, but not with `--sql`. */
  readonly connection?: Connection;
  /** Makes another draft: as for an empty `revision` with a new id, but for the parts that are given. */
  newDraft(parts?: Partial<DraftedRevision>): DraftedRevision;
}

/** The drafts that are left; none or `null` writes nothing. */
export type DirectiveResult = readonly DraftedRevision[] | null;

/**
 * Changes what `revision` is about to write, as Alembic's `process_revision_directives`. It is handed one draft and
 * returns what takes its place: others, several (one file each, in this order), none or `null` to write nothing. The drafts are
 * frozen: a change is a new object.
 */
export type RevisionDirective = (
  drafts: readonly DraftedRevision[],
  context: DirectiveContext,
) => DirectiveResult | Promise<DirectiveResult>;
