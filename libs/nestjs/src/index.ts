export { MigrationsModule } from './migrations.module.js';
export { MigrationService } from './migration.service.js';
export type { MigrationEnvironment, MigratorOverrides } from './migration.service.js';
export type {
  AutoUpgrade,
  MigrationsEnvironmentOptions,
  MigrationsModuleAsyncOptions,
  MigrationsModuleOptions,
  MigrationsModuleRootOptions,
  MigrationsOptionsFactory,
} from './migrations-module-options.js';
export { MIGRATION_ENVIRONMENT, getMigrationServiceToken } from './tokens.js';
export { migratedDataSource } from './migrated-data-source.js';
export { withoutAutoUpgrade } from './without-auto-upgrade.js';
export { untilInterrupted } from './until-interrupted.js';
export { describeStep, describeWait } from './log-events.js';

// What entities say, so that an app depends on one package only.
export { RenamedFrom } from '@nest-alembic/typeorm';

// What revision files and callers of the service need, so that an app depends on one package only.
export {
  MigrationError,
  applyOperations,
  argument,
  closestName,
  defineOperation,
  drawGraph,
  effectsOf,
  isMigrationError,
  replaceOperation,
  reverseAll,
  rewriter,
  sqlFile,
} from '@nest-alembic/core';
export type { CustomOperations } from './custom-operations.js';
export type {
  CheckSchemaOptions,
  BranchInfo,
  CheckResult,
  CheckWarning,
  ColumnComparison,
  Comparator,
  ComparatorContext,
  ComparatorFindings,
  CompareColumn,
  CurrentResult,
  DirectiveContext,
  DirectiveResult,
  DraftedChanges,
  DraftedRevision,
  DrawingFormat,
  EditResult,
  EnsureVersionResult,
  HeadsCheck,
  HeadsOptions,
  FilteredKind,
  FilteredObject,
  HistoryOptions,
  IncludeName,
  IncludeObject,
  MigrateOptions,
  MigrateResult,
  MigrationEvent,
  MigrationListener,
  Migrator,
  Operation,
  OperationKind,
  OperationOf,
  OperationMethod,
  Operations,
  ParentNames,
  OwnCode,
  PostWriteHook,
  RedoResult,
  RenderItem,
  RenderedItem,
  RegisteredObject,
  RegisteredOperation,
  RevisionContext,
  RevisionDirective,
  RevisionEnvironment,
  RevisionInfo,
  RevisionModule,
  RevisionOptions,
  RevisionResult,
  StatementTools,
  RewriteDirection,
  RewriteHandler,
  RewriteOptions,
  RewritePlace,
  Rewriter,
  SqlFile,
  TemplateArgs,
  WrittenRevision,
} from '@nest-alembic/core';
