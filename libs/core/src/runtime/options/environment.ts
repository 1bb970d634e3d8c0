import type { RevisionDirective } from '../../autogenerate/drafted-revision.js';
import type { NamingConvention } from '../../operations/naming-convention.js';
import type { OperationRegistry } from '../../operations/own/register-operations.js';
import { NO_OPERATIONS, registerOperations } from '../../operations/own/register-operations.js';
import { resolve } from 'node:path';
import { MigrationError } from '../../errors/migration-error.js';
import type { Connection } from '../../dialects/common/connection.js';
import type { Dialect } from '../../dialects/common/dialect.js';
import type { RenderItem } from '../../render/rendered-item.js';
import { withReplacedStatements } from '../../dialects/common/replaced-statements.js';
import { defaultRootDirectory } from '../../revisions/root-directory.js';
import { newRevisionId } from '../../revisions/revision-id.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Emit } from '../emit-event.js';
import { createEmit } from '../emit-event.js';
import { checkOptions } from './check-options.js';
import { comparisonSettings } from './comparison-settings.js';
import type { ComparisonSettings } from './comparison-settings.js';
import { configuredFolders } from './configured-folders.js';
import type { MigratorOptions, RevisionModule } from '../migrator-options.js';
import type { RegisteredObject } from '../comparing/registered-objects.js';
import { MIGRATOR_OPTION_RULES } from './option-rules.js';
import { writingSettings } from './writing-settings.js';
import type { WritingSettings } from './writing-settings.js';

/** The options of an environment with every default filled in. */
export interface Environment {
  readonly name: string;
  /** Asked for only when a command needs it: the driver may be known late. */
  readonly dialect: () => Dialect;
  readonly connect: () => Promise<Connection>;
  readonly targetSchema: MigratorOptions['targetSchema'];
  /** Absolute. */
  readonly root: string;
  readonly directory: string;
  readonly versionLocations: readonly string[];
  /** Version locations that were found in an installed package, with its name. */
  readonly packageLocations: ReadonlyMap<string, string>;
  readonly recursiveVersionLocations: boolean;
  readonly followSymlinks: boolean;
  readonly strictPermissions: boolean;
  readonly strict: boolean;
  readonly revisions: readonly RevisionModule[] | undefined;
  /** Changes of a table are written as a batch. */
  readonly renderAsBatch: boolean;
  /** Names of constraints and indexes (OP-04). */
  readonly namingConvention?: NamingConvention;
  /** Operations of the app's own, and what they replace. */
  readonly operations: OperationRegistry;
  /** As configured; without a schema it is that of the connection's default schema. */
  readonly versionTable: ObjectName;
  readonly importSource: string;
  readonly writing: WritingSettings;
  readonly headsLock: boolean;
  readonly revisionEnvironment: boolean;
  readonly processRevisionDirectives?: RevisionDirective;
  readonly renderItem?: RenderItem;
  readonly lockTimeoutMs: number;
  readonly statementLockTimeoutMs: number;
  /** 0 for none. */
  readonly statementTimeoutMs: number;
  readonly revisionTries: number;
  readonly retryPauseMs: number;
  readonly transactionPerRevision: boolean;
  /** 0 for none. */
  readonly revisionTimeoutMs: number;
  readonly comparison: ComparisonSettings;
  /** Undefined where the options do not speak of it. */
  readonly objects: readonly RegisteredObject[] | undefined;
  readonly ignoredTables: readonly ObjectName[];
  readonly x: Readonly<Record<string, string>>;
  /** Of the run, for its revisions (CLI-60). */
  readonly tag?: string;
  readonly emit: Emit;
  readonly now: () => Date;
  readonly newId: () => string;
}

/**
 * Fills in the defaults of the options. Opens nothing, and reads nothing unless a folder has the form `package:path`.
 * @throws MigrationError E9001, E9002, E9003 for wrong options
 */
export function resolveEnvironment(given: MigratorOptions): Environment {
  const options = checkOptions(
    given,
    MIGRATOR_OPTION_RULES,
    'createMigrator',
  ) as unknown as MigratorOptions;
  const root = resolve(options.rootDirectory ?? defaultRootDirectory());
  const operations = options.operations ? registerOperations(options.operations) : NO_OPERATIONS;
  return Object.freeze({
    ...namedParts(options),
    dialect: memoised(options.dialect, operations),
    operations,
    root,
    ...configuredFolders(options, root),
    recursiveVersionLocations: options.recursiveVersionLocations ?? false,
    ...cautions(options),
    ...(options.namingConvention && { namingConvention: options.namingConvention }),
    ...(options.renderItem && { renderItem: options.renderItem }),
    ...(options.processRevisionDirectives && {
      processRevisionDirectives: options.processRevisionDirectives,
    }),
    writing: writingSettings(options, root),
    comparison: comparisonSettings(options),
    lockTimeoutMs: options.lockTimeoutMs ?? 60_000,
    ...transactionSettings(options),
    emit: createEmit(options.onEvent),
    now: options.now ?? (() => new Date()),
    newId: options.newId ?? (() => newRevisionId()),
  });
}

const transactionSettings = (options: MigratorOptions) => ({
  transactionPerRevision: options.transactionPerRevision ?? true,
  statementLockTimeoutMs: options.statementLockTimeoutMs ?? 5_000,
  statementTimeoutMs: options.statementTimeoutMs ?? 0,
  revisionTimeoutMs: options.revisionTimeoutMs ?? 0,
  revisionTries: options.revisionTries ?? 3,
  retryPauseMs: options.retryPauseMs ?? 200,
});

const cautions = (options: MigratorOptions) => ({
  followSymlinks: options.followSymlinks ?? false,
  strictPermissions: options.strictPermissions ?? false,
  strict: options.strict ?? false,
});

const namedParts = (options: MigratorOptions) => ({
  renderAsBatch: options.renderAsBatch ?? false,
  name: options.name ?? 'default',
  connect: options.connect,
  targetSchema: options.targetSchema,
  revisions: options.revisions,
  versionTable: {
    schema: options.versionTableSchema ?? null,
    name: options.versionTable ?? 'alembic_version',
  },
  importSource: options.importSource ?? '@nest-alembic/core',
  headsLock: options.headsLock ?? false,
  revisionEnvironment: options.revisionEnvironment ?? false,
  objects: options.objects,
  ignoredTables: options.ignoredTables ?? [],
  x: Object.freeze({ ...options.x }),
});

function memoised(
  dialect: MigratorOptions['dialect'],
  operations: OperationRegistry,
): () => Dialect {
  let known: Dialect | undefined;
  return () =>
    (known ??= withReplacedStatements(
      typeof dialect === 'function' ? dialect() : dialect,
      operations,
    ));
}

/**
 * Checks a time-out option.
 * @throws MigrationError E9002 unless it is a number of milliseconds, 0 or more
 */
export function timeOut(name: string, value: number): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new MigrationError('E9002', {
    problem: `option "${name}" is ${String(value)}`,
    advice: 'It must be a number of milliseconds, 0 or more.',
    facts: { option: name },
  });
}
