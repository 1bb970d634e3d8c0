import type { RevisionDirective } from '../autogenerate/drafted-revision.js';
import type { NamingConvention } from '../operations/naming-convention.js';
import type { Comparator } from '../autogenerate/comparators/comparator.js';
import type { CompareColumn } from '../autogenerate/comparators/comparison-rules.js';
import type { IncludeName, IncludeObject } from '../autogenerate/filters/filter-types.js';
import type { RegisteredOperation } from '../operations/own/register-operations.js';
import type { Connection } from '../dialects/common/connection.js';
import type { Dialect } from '../dialects/common/dialect.js';
import type { RenderItem } from '../render/rendered-item.js';
import type { ObjectName } from '../schema/object-name.js';
import type { PortableHint } from '../schema/portable-type.js';
import type { SchemaModel } from '../schema/schema-model.js';
import type { MigrationListener } from './events.js';
import type { RegisteredObject } from './comparing/registered-objects.js';

/** A revision handed in as a module, for bundles without files. */
export interface RevisionModule {
  readonly revision: string;
  readonly downRevision?: string | readonly string[] | null;
  readonly branchLabels?: readonly string[] | null;
  readonly dependsOn?: readonly string[] | null;
  readonly message?: string;
  readonly createdAt?: string;
  /** @default 'revision' */
  readonly transaction?: 'revision' | 'none';
  readonly upgrade?: unknown;
  readonly downgrade?: unknown;
  /** Of several databases: a function for each environment. */
  readonly upgrades?: unknown;
  readonly downgrades?: unknown;
}

/** Values for placeholders of a template, by name. */
export type TemplateArgs = Readonly<Record<string, string>>;

/** What `templateArgs` may look at. */
export interface RevisionEnvironment {
  readonly revision: string;
  readonly message: string;
  /** Values of `-x key=value`. */
  readonly x: Readonly<Record<string, string>>;
  /** Only with `revisionEnvironment`, and not with `--sql`. */
  readonly connection?: Connection;
}

/** What every post-write hook has. */
interface HookBase {
  /** For messages: `Running post write hook "prettier" ...`. */
  readonly name: string;
  /** Ends the program after this time, in milliseconds. @default 60_000 */
  readonly timeoutMs?: number;
}

/** What a hook that runs a program has. Arguments are passed as they are: there is no shell. */
interface HookProgram extends HookBase {
  /** `REVISION_SCRIPT_FILENAME` in an argument is replaced by the path; where none has it, the path comes first (HOOK-04). */
  readonly options?: readonly string[];
  /** Folder to run in, from `rootDirectory`. @default `rootDirectory` */
  readonly cwd?: string;
}

/**
 * A program or function that treats a new revision file (Alembic's write hooks): `exec` an executable from PATH or by
 * path; `bin` the command of an installed npm package (Alembic's `console_scripts`), run by this Node; `module` a
 * JavaScript file or package entry, run by this Node; `function` one of the app's own.
 */
export type PostWriteHook =
  | (HookProgram & { readonly type: 'exec'; readonly executable: string })
  | (HookProgram & { readonly type: 'bin'; readonly bin: string })
  | (HookProgram & { readonly type: 'module'; readonly module: string })
  | (HookBase & {
      readonly type: 'function';
      readonly run: (file: string) => Promise<void> | void;
    });

/** Options of one environment: what `env.py` and `alembic.ini` say in Alembic (design D3). */
export interface MigratorOptions {
  /** Name of the environment. @default 'default' */
  readonly name?: string;
  /** The dialect, or a function for drivers that are known only later. */
  readonly dialect: Dialect | (() => Dialect);
  /** Opens a session for migrating; called only when a command needs the database. */
  readonly connect: () => Promise<Connection>;
  /** The model that autogenerate compares with, such as `schemaFromEntities(dataSource)`. Called after `connect`. */
  readonly targetSchema?: () => Promise<SchemaModel> | SchemaModel;
  /** Folder that relative paths start from. @default the folder of the nearest package.json above the entry script */
  readonly rootDirectory?: string;
  /** Folder with `versions/` and the template; `package:path` for one in an installed package. @default 'migrations' */
  readonly directory?: string;
  /**
   * Folders with revision files; `package:path` for one in an installed package, which is only read.
   * @default [`${directory}/versions`]
   */
  readonly versionLocations?: readonly string[];
  /** Looks for revisions in the folders below the version locations as well. @default false */
  readonly recursiveVersionLocations?: boolean;
  /**
   * Allows new revisions in version locations outside of the workspace: the folder of the repository, or of the
   * package.json with `workspaces`, above `rootDirectory`. @default false
   */
  readonly allowOutside?: boolean;
  /**
   * Reads revision files that are links to somewhere outside of the version locations, instead of refusing them (E7005): for
   * build systems that lay out sources as links. @default false
   */
  readonly followSymlinks?: boolean;
  /** Refuses a folder of revisions that every user of the machine may write to (E7004), instead of warning. @default false */
  readonly strictPermissions?: boolean;
  /** Refuses to upgrade when an applied revision file was changed since (E4010), instead of warning. @default false */
  readonly strict?: boolean;
  /** Revisions as modules, for bundles; then no folder is read. @default the files of `versionLocations` */
  readonly revisions?: readonly RevisionModule[];
  /** Name of the version table. @default 'alembic_version' */
  readonly versionTable?: string;
  /** Schema of the version table. @default the default schema of the connection */
  readonly versionTableSchema?: string;
  /** Package that generated revisions import their types from. @default '@nest-alembic/core' */
  readonly importSource?: string;
  /**
   * Name of a new revision file without its suffix, as Alembic's `file_template` (CFG-11): tokens `rev`, `slug`, `epoch`,
   * `year`, `month`, `day`, `hour`, `minute`, `second`, with printf number formats (`%(month).2d`); `%%` is a percent
   * sign. May contain `/`: then `recursiveVersionLocations` is needed. @default '%(rev)s_%(slug)s'
   */
  readonly fileTemplate?: string;
  /** Longest slug of a file name, in characters; it is cut at a word (CFG-13, CFG-14). @default 40 */
  readonly truncateSlugLength?: number;
  /** Time zone of `createdAt` and of the date tokens, such as `Europe/Berlin` (CFG-15). @default 'UTC' */
  readonly timezone?: string;
  /** Template of new revisions, from `rootDirectory`. @default `${directory}/revision.ts.tpl`, else the built-in one */
  readonly revisionTemplate?: string;
  /**
   * Values of placeholders of your own in the template, as Alembic's `template_args`; texts are inserted as they are.
   * @default {}
   */
  readonly templateArgs?:
    TemplateArgs | ((environment: RevisionEnvironment) => Promise<TemplateArgs> | TemplateArgs);
  /**
   * Connects to the database for `revision`, `merge` and `history` too, as Alembic's `revision_environment` (CFG-16):
   * `templateArgs` gets the connection, and `history` marks what is current. @default false
   */
  readonly revisionEnvironment?: boolean;
  /**
   * Changes what `revision` is about to write, and what `check` compares by: operations, message, id, place, or how many files there
   * are (Alembic's option of this name). A function, or what `rewriter()` makes. @default nothing is changed
   */
  readonly processRevisionDirectives?: RevisionDirective;
  /**
   * Writes operations, columns, constraints, types or defaults in a new revision in another way, as Alembic's `render_item`:
   * code, `undefined` for their own, `null` to leave one out. @default each has its own code
   */
  readonly renderItem?: RenderItem;
  /** Writes the changes of a table that is there as one `op.batchAlterTable` (Alembic's `render_as_batch`). @default false */
  readonly renderAsBatch?: boolean;
  /**
   * Generated revisions say types as `op.type.…`, and what else they can so that other databases understand it too: for a history that
   * runs on several. A type that no portable one is spelled as stays the database's own. @default false
   */
  readonly portableTypes?: boolean;
  /**
   * What the model says of types beyond their spelling on this database; asked when a revision is written with `portableTypes`. One
   * that is not spelled as its column is counts for nothing. @default []
   */
  readonly portableHints?: () => readonly PortableHint[];
  /** Run in order after a revision file is written (HOOK-02). @default [] */
  readonly postWriteHooks?: readonly PostWriteHook[];
  /**
   * Names for constraints and indexes that a directive gives none, as SQLAlchemy's `naming_convention` (OP-04):
   * `{ uq: 'uq_%(table_name)s_%(column_0_name)s' }`. A plain name is put through a template with `%(constraint_name)s`; `op.f('…')` is
   * final, and generated revisions write it. @default names as they are given
   */
  readonly namingConvention?: NamingConvention;
  /**
   * Operations of your own, made by `defineOperation`, which revisions call as methods of `op`; and replacements of built-in ones, made
   * by `replaceOperation`. @default []
   */
  readonly operations?: readonly RegisteredOperation[];
  /** Keeps `${directory}/heads.lock`, so that two new heads are a conflict in version control. @default false */
  readonly headsLock?: boolean;
  /** How long to wait for the migration lock, in milliseconds; 0 tries once. @default 60_000 */
  readonly lockTimeoutMs?: number;
  /** How long a statement of a revision waits for a lock on a table, in milliseconds; 0 waits for ever. @default 5_000 */
  readonly statementLockTimeoutMs?: number;
  /**
   * How long a statement in a revision's transaction may run, in milliseconds; then it is rolled back (E6003). 0 for any time.
   * @default 0
   */
  readonly statementTimeoutMs?: number;
  /**
   * True: each revision is a transaction of its own. False: the whole run is one, as in Alembic by default; a revision with an
   * operation that must leave it is then refused (E6014). @default true
   */
  readonly transactionPerRevision?: boolean;
  /**
   * How often a revision is tried that met a lock time-out, a deadlock, a serialization failure, or lost its connection. The
   * whole revision runs again, so what it does besides the database must bear that. Never one that has committed a
   * part. 1 never tries again. @default 3
   */
  readonly revisionTries?: number;
  /** Pause before the second try, in milliseconds; it doubles with each, with jitter. @default 200 */
  readonly retryPauseMs?: number;
  /**
   * How long one revision may take, its loading included, in milliseconds (E6012): it is rolled back and the lock released. A
   * loop that never lets go of the event loop cannot be ended. 0 waits for ever. @default 0
   */
  readonly revisionTimeoutMs?: number;
  /**
   * Views, functions, procedures, triggers, policies, extensions, domains, enums and sequences that autogenerate compares
   * besides the entities: SQL text that makes them, or `sqlFile('path')`. In any order. What is taken out is dropped where a
   * revision made it from here. @default []
   */
  readonly objects?: readonly RegisteredObject[];
  /**
   * Schemas to compare besides the default one and those of the model; `true` for all that the database has, but for the server's
   * own (ENV-32). @default []
   */
  readonly includeSchemas?: boolean | readonly string[];
  /** Says which names of the database take part in a comparison (ENV-30). @default all names */
  readonly includeName?: IncludeName;
  /** Says which objects take part in a comparison, of both sides (ENV-31). @default all objects */
  readonly includeObject?: IncludeObject;
  /** Compares the types of columns; or a function that decides about a column, or leaves it (ENV-33). @default true */
  readonly compareType?: boolean | CompareColumn;
  /** Compares the defaults of columns; or a function that decides about a column, or leaves it (ENV-34). @default true */
  readonly compareServerDefault?: boolean | CompareColumn;
  /** Comparators of the app's own, for kinds of objects that autogenerate does not know. @default [] */
  readonly comparators?: readonly Comparator[];
  /**
   * Which comparators take part (ENV-39): names with `*`, and `~` to exclude, such as `['~nest-alembic.check-constraints']`.
   * @default every one
   */
  readonly autogeneratePlugins?: readonly string[];
  /** Tables that are never compared or listed, such as those of another tool; one of the model's own is. @default [] */
  readonly ignoredTables?: readonly ObjectName[];
  /** Values of `-x key=value`. */
  readonly x?: Readonly<Record<string, string>>;
  readonly onEvent?: MigrationListener;
  /** Clock. @default `() => new Date()` */
  readonly now?: () => Date;
  /** Makes revision ids. @default the last 12 hexadecimal digits of a UUID, as Alembic */
  readonly newId?: () => string;
}
