import type { RevisionDirective } from '../autogenerate/drafted-revision.js';
import type {
  BranchInfo,
  CheckResult,
  CurrentResult,
  EditResult,
  EnsureVersionResult,
  HeadsCheck,
  InitResult,
  MigrateResult,
  PlanResult,
  RebaseResult,
  RedoResult,
  RevisionInfo,
  RevisionResult,
  TemplateInfo,
} from './migrator-results.js';

/** Options of `upgrade`, `downgrade` and `stamp`. */
export interface MigrateOptions {
  /** Write SQL instead of running it; the target may then be a range `from:to`. */
  readonly sql?: boolean;
  /**
   * With `sql`, of upgrade and downgrade: each revision stands behind a condition, so that the script can be run on a database wherever
   * it is in the range, and again. Refused for a revision that leaves its transaction (E6015). @default false
   */
  readonly idempotent?: boolean;
  /** A word for the revisions that run, as `ctx.tag` (CLI-60). */
  readonly tag?: string;
  /** Overrides `lockTimeoutMs` of the environment. */
  readonly lockTimeoutMs?: number;
  /** Overrides `transactionPerRevision` of the environment: false runs all of it as one transaction. */
  readonly transactionPerRevision?: boolean;
  /** Ends waiting, and stops between revisions. */
  readonly signal?: AbortSignal;
}

/** Options of `plan`. */
export interface PlanOptions extends Pick<MigrateOptions, 'tag' | 'transactionPerRevision'> {
  /** @default 'upgrade' */
  readonly direction?: 'upgrade' | 'downgrade';
  /**
   * Also counts the rows that the operations would fail on, with queries that cannot write; not for a range (E7007). @default false
   */
  readonly checkData?: boolean;
}

/** What `revision` and `merge` share. */
interface NewRevisionOptions {
  readonly message?: string;
  /** @default a new random id */
  readonly revisionId?: string;
  /** Builds on a revision that is no head, which starts a new branch. @default false */
  readonly splice?: boolean;
  /** Labels of the new revision (CLI-39). */
  readonly branchLabels?: readonly string[];
  /** One of the version locations. @default that of the first parent */
  readonly versionPath?: string;
  /** Revisions that must be applied before, as targets (CLI-38). */
  readonly dependsOn?: readonly string[];
  /**
   * Other environments with the same version locations, made by `createMigrator`: the revision gets a function for each of
   * them, which the template must have a place for (`init -t multidb`). @default []
   */
  readonly alongside?: readonly Migrator[];
}

/** Options of `revision`. */
export interface RevisionOptions extends NewRevisionOptions {
  /** Compare the model with the database and write the difference. */
  readonly autogenerate?: boolean;
  /** Down revision as a target; several make a merge (CLI-32). @default 'head' */
  readonly head?: string | readonly string[];
  /** Runs the environment offline, as Alembic does; needs `revisionEnvironment` (CLI-41). */
  readonly sql?: boolean;
  /** Write what can lose data as well: drops of tables and columns, narrower types (design D9). */
  readonly allowDestructive?: boolean;
  /** Changes what is about to be written, before the directive of the options does (API-07). */
  readonly processRevisionDirectives?: RevisionDirective;
  /**
   * Answers to the questions of an earlier try, by their ids. With several environments an id begins with the name of its own and
   * a slash. @default {}
   */
  readonly answers?: Readonly<Record<string, string>>;
  /**
   * Renames: `account.email:address`, `table:account:customer`, `enum:mood:feeling`, `label:mood.sad:unhappy`. `none`: what goes and
   * comes is never one, and is not asked about. @default what looks like one is asked about
   */
  readonly renames?: readonly string[] | 'none';
}

/** Options of `merge`. */
export interface MergeOptions extends NewRevisionOptions {
  /** Merges all heads, when what their branches touch is disjoint; nothing to do with one head. @default false */
  readonly auto?: boolean;
}

/** Options of `rebase`. */
export interface RebaseOptions {
  /** New down revision, as a target; `base` for none. @default the only head that does not come after the revision */
  readonly onto?: string;
  /** Of a merge revision, the down revision that gives way, as a target. */
  readonly from?: string;
}

/** Which heads are meant. */
export interface HeadsOptions {
  /** Without those that another revision depends on, as they have no row of their own. @default false */
  readonly resolveDependencies?: boolean;
}

/** Which revisions are meant. */
export interface HistoryOptions {
  /** `a:b`, `a:` or `:b`; both ends belong to it (CLI-63). @default all */
  readonly range?: string;
  /** Asks the database, and marks its rows (CLI-65). @default `revisionEnvironment` of the environment */
  readonly indicateCurrent?: boolean;
}

/** Options of `init`. */
export interface InitOptions {
  /** One of `listTemplates`. @default 'generic' */
  readonly template?: string;
  /** @default that of the environment */
  readonly directory?: string;
  /** Whether the app imports `MigrationsModule` already, for what the result says to do next. @default false */
  readonly imported?: boolean;
}

/** Options of `check`. */
export interface CheckSchemaOptions {
  /**
   * Loads every revision file, too, and tells of what it does besides exporting, as far as that can be seen; of type errors,
   * where `typescript` is installed. @default false
   */
  readonly load?: boolean;
}

/** The verbs of nest-alembic: what `migrate …` runs, what `MigrationService` offers, usable without Nest. */
export interface Migrator {
  readonly name: string;
  /** Writes the migrations folder. @throws MigrationError E7011 when it exists and is not empty */
  init(options?: InitOptions): Promise<InitResult>;
  /** The templates of `init`. */
  listTemplates(): Promise<readonly TemplateInfo[]>;
  /** Writes a new revision file. */
  revision(options?: RevisionOptions): Promise<RevisionResult>;
  /**
   * Writes a revision that has several down revisions, and changes nothing itself.
   * @param targets such as `heads`, or revisions; with `auto` none
   * @throws MigrationError E1025, E1026 when `auto` is asked for branches whose order may matter
   */
  merge(targets: readonly string[], options?: MergeOptions): Promise<RevisionResult>;
  /**
   * Gives a revision another down revision, in its file; works without a database.
   * @throws MigrationError E1024, E1007 when it is not clear or not possible where to, E7032 when the file does not have its
   * down revision as a literal
   */
  rebase(target: string, options?: RebaseOptions): Promise<RebaseResult>;
  /** Brings the database to a later target. @param target such as `head`, `heads`, `+1`, `ae10`; with `sql` also `a:b`. @throws MigrationError E7013 without one */
  upgrade(target: string, options?: MigrateOptions): Promise<MigrateResult>;
  /** Takes the database back. @param target such as `-1`, `base`, `ae10`; with `sql` `from:to` */
  downgrade(target: string, options?: MigrateOptions): Promise<MigrateResult>;
  /**
   * Shows what `upgrade` or `downgrade` would do: the operations of each revision in words and as statements. The functions of the
   * revisions are called, nothing is executed. What comes after a `ctx.query` depends on data, and is not told (design D17).
   * @param target as of `upgrade`; a range `from:to` asks no database. @default 'heads'; of a downgrade '-1'
   */
  plan(target?: string, options?: PlanOptions): Promise<PlanResult>;
  /** Sets the version rows without running anything. */
  stamp(
    targets: readonly string[],
    options?: MigrateOptions & { readonly purge?: boolean },
  ): Promise<MigrateResult>;
  /**
   * Takes the database back to a target and up again to the rows that it had, under one lock.
   * @param target as of `downgrade`. @default '-1'
   * @throws MigrationError E1014 when `-N` could mean several branches; the error of a failing revision says where the
   * database was left
   */
  redo(target?: string, options?: MigrateOptions): Promise<RedoResult>;
  /** Makes the version table where it is missing (CLI-82). */
  ensureVersion(options?: { readonly sql?: boolean }): Promise<EnsureVersionResult>;
  /**
   * The revisions that the database is at. Never creates the version table (CLI-73).
   * @throws MigrationError E4014 with `checkHeads`, when the database is not at all heads (CLI-74)
   */
  current(options?: { readonly checkHeads?: boolean }): Promise<CurrentResult>;
  /** The heads of the graph; works without a database. */
  heads(options?: HeadsOptions): Promise<readonly RevisionInfo[]>;
  /** Whether there is one head, for continuous integration; works without a database. Never throws for what it finds. */
  checkHeads(options?: HeadsOptions): Promise<HeadsCheck>;
  /** The branch points, newest first, each with what follows it; works without a database. */
  branches(): Promise<readonly BranchInfo[]>;
  /** Newest first; works without a database unless `indicateCurrent` or a range with `current`. */
  history(options?: HistoryOptions): Promise<readonly RevisionInfo[]>;
  /** As `history`, for `drawGraph`: never asks the database of its own accord. */
  graph(options?: HistoryOptions): Promise<readonly RevisionInfo[]>;
  /** The revisions that a target denotes; none for `base`, those that the database is at for `current` (CLI-61). */
  show(target: string): Promise<readonly RevisionInfo[]>;
  /**
   * Opens the files of the revisions that a target denotes in an editor, one after the other, and waits for it.
   * @throws MigrationError E7014 when there is no editor or it fails, E7015 when the target denotes no file
   */
  edit(target: string, options?: { readonly editor?: string }): Promise<EditResult>;
  /** Compares model and database. */
  check(options?: CheckSchemaOptions): Promise<CheckResult>;
  /** True when `upgrade heads` would do nothing; costs one query. */
  isAtHead(): Promise<boolean>;
}
