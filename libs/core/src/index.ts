export { MigrationError, isMigrationError } from './errors/migration-error.js';
export type { MigrationErrorInit } from './errors/migration-error.js';
export { closestName } from './errors/closest-name.js';
export { ERROR_CODES } from './errors/error-codes.js';
export type { ErrorCode } from './errors/error-codes.js';

export { compareNames, compareText, displayName, nameKey, sameName } from './schema/object-name.js';
export type { ObjectName } from './schema/object-name.js';
export type { LiteralValue } from './schema/literal-value.js';
export type {
  PortableHint,
  PortableNow,
  PortableSql,
  PortableType,
} from './schema/portable-type.js';
export { EMPTY_SCHEMA } from './schema/schema-model.js';
export type {
  Domain,
  Extension,
  Partition,
  PartitionBounds,
  Partitioning,
  Policy,
  Routine,
  RowSecurity,
  Trigger,
  TriggerEvent,
  TriggerState,
} from './schema/server-objects.js';
export type {
  CheckConstraint,
  Column,
  Deferrable,
  EnumType,
  ExclusionConstraint,
  ForeignKey,
  FromEntity,
  GeneratedColumn,
  Identity,
  Index,
  IndexElement,
  PrimaryKey,
  ReferentialAction,
  SchemaModel,
  Sequence,
  SequenceOptions,
  SqlText,
  Table,
  UniqueConstraint,
  RenameHint,
  UnmanagedObject,
  View,
} from './schema/schema-model.js';

export type { Capabilities } from './operations/capabilities.js';
export type { ObjectEffect, ObjectKind, ObjectRef } from './operations/object-effect.js';
export {
  applyOperation,
  applyOperations,
  describeOperation,
  effectsOf,
  isDestructive,
  kindOf,
  reverseOperation,
  transactionClassOf,
  writtenForm,
} from './operations/operation-definitions.js';
export { createOperations } from './operations/create-operations.js';
export { argument } from './operations/own/argument.js';
export type {
  AnyArgumentType,
  ArgumentType,
  ArgumentsOf,
  DataOf,
  LiteralWriter,
  OptionParameters,
  OperationParameters,
  OptionalArgument,
  PositionalParameter,
  RequiredArgument,
} from './operations/own/argument-type.js';
export type { CustomOperations } from './operations/own/custom-operations.js';
export { defineOperation } from './operations/own/define-operation.js';
export type {
  DefinedOperation,
  OperationInit,
  OperationMethod,
} from './operations/own/define-operation.js';
export type {
  Compile,
  CompileByDialect,
  OwnDefinition,
  OwnOperation,
  OwnTransactionClass,
  StatementTools,
  TouchedObject,
} from './operations/own/own-operation.js';
export type { PlainData } from './operations/own/plain-data.js';
export { replaceOperation } from './operations/own/replace-operation.js';
export type {
  BuiltInKind,
  ReplacedOperation,
  ReplacementInit,
} from './operations/own/replace-operation.js';
export type { RegisteredOperation } from './operations/own/register-operations.js';
export type { CallArgument, OperationCall } from './operations/operation-call.js';
export type { BatchAlterTable } from './operations/batch-operations.js';
export type { BatchedOperation } from './operations/batch/batched-operation.js';
export type { ColumnOrder, ColumnPlace } from './operations/batch/column-order.js';
export { reverseAll } from './operations/reverse-all.js';
export type { Reversal } from './operations/reverse-all.js';
export type { Constraint, ConstraintType } from './operations/constraint-operations.js';
export type { Operation, OperationKind, OperationOf } from './operations/operation.js';
export type { TransactionClass } from './operations/operation-definition.js';
export type {
  AddColumnOptions,
  AlterColumnOptions,
  BodyIndexOptions,
  AlterEnumOptions,
  BatchOperations,
  BatchOptions,
  CommentOptions,
  ConstraintChange,
  ConstraintOptions,
  CheckOptions,
  ColumnChange,
  ColumnOptions,
  ColumnType,
  DropConstraintType,
  DropOptions,
  EntityOption,
  EnumUseOption,
  ExclusionOptions,
  ForeignKeyOptions,
  ExclusionDefinition,
  ExclusionPart,
  IndexInPlace,
  IndexOptions,
  IndexPart,
  MovedType,
  NewSequenceOptions,
  OwnerOption,
  Operations,
  PartCommentOptions,
  PlaceOption,
  PrimaryKeyOptions,
  RevisionContext,
  ReferencesOption,
  SchemaOption,
  SequenceChange,
  PortableDirectives,
  PortableTypes,
  SqlFragment,
  TableBuilder,
  TableChange,
  TableDefinitionBody,
  TableItem,
  TableStorageOptions,
  UniqueOptions,
  UsingIndexOption,
  Value,
} from './operations/operations-api.js';
export type {
  FinalName,
  GivenName,
  NamedSubject,
  NamingConvention,
} from './operations/naming-convention.js';

export type {
  Comparator,
  ComparatorContext,
  ComparatorFindings,
} from './autogenerate/comparators/comparator.js';
export type {
  ColumnComparison,
  CompareColumn,
} from './autogenerate/comparators/comparison-rules.js';
export type {
  FilteredKind,
  FilteredObject,
  IncludeName,
  IncludeObject,
  ParentNames,
} from './autogenerate/filters/filter-types.js';

export type { Attempt, Connection, QueryResult } from './dialects/common/connection.js';
export type {
  MadeObjects,
  ObjectHead,
  ObjectRequest,
  ObjectStatement,
  ObjectText,
} from './dialects/common/object-texts.js';
export type {
  CanonicalModels,
  Dialect,
  InspectOptions,
  InspectedKind,
  Quoting,
  TypeCast,
} from './dialects/common/dialect.js';
export type {
  DriverErrorKind,
  Glance,
  LockHolder,
  RevisionGuard,
  ServerInfo,
  Session,
  Survey,
  SurveyRequest,
  TransactionGuards,
  TransactionToken,
} from './dialects/common/session.js';
export type {
  LedgerEnd,
  LedgerLine,
  LedgerPlace,
  LedgerRow,
  LedgerState,
  LedgerTables,
} from './dialects/common/ledger-tables.js';
export type {
  GuardedRevision,
  GuardedStep,
  ScriptGuards,
} from './dialects/common/script-guards.js';
export type { RefusalFacts } from './dialects/common/refusals.js';
export type {
  LogEntry,
  VersionTableForm,
  VersionTables,
} from './dialects/common/version-tables.js';

export { postgresDialect } from './dialects/postgres/postgres-dialect.js';
export { attemptPostgres, takesSubmittables } from './dialects/postgres/postgres-attempt.js';
export type { AttemptOptions, SubmittingClient } from './dialects/postgres/postgres-attempt.js';
export { mariadbDialect, mysqlDialect } from './dialects/mysql/mysql-dialect.js';
export { compileOperations } from './dialects/common/compile-operations.js';
export type { Ask, StoredTable, TableRebuild } from './dialects/common/table-rebuild.js';
export { sqliteDialect } from './dialects/sqlite/sqlite-dialect.js';

export type { Revision } from './graph/revision.js';
export { RevisionGraph } from './graph/revision-graph.js';
export type { EdgeOptions, RevisionPlace } from './graph/revision-graph.js';
export { planDowngrade } from './graph/plan-downgrade.js';
export { planStamp } from './graph/plan-stamp.js';
export { planUpgrade } from './graph/plan-upgrade.js';
export { walk } from './graph/walk.js';
export type { WalkRange } from './graph/walk.js';
export { DRAWING_FORMATS, drawGraph } from './graph/drawing/draw-graph.js';
export type { DrawingFormat, DrawingOptions } from './graph/drawing/draw-graph.js';
export type { DrawnRevision } from './graph/drawing/drawn-graph.js';
export type { MigrationStep, StampStep, Step, VersionChange } from './graph/step.js';

export { diffSchema } from './autogenerate/diff-schema.js';
export type { DiffInput } from './autogenerate/diff-schema.js';
export { NO_MEMORY, replayLog } from './autogenerate/replay-log.js';
export { withDefaultSchema } from './autogenerate/default-schema.js';
export type { Ownership, OwnershipMemory } from './autogenerate/ownership.js';
export type { Choice, Question, SchemaDiff } from './autogenerate/schema-diff.js';

export type {
  DirectiveContext,
  DirectiveResult,
  DraftedChanges,
  DraftedRevision,
  RevisionDirective,
} from './autogenerate/drafted-revision.js';
export { rewriter } from './autogenerate/rewriter.js';
export type { RewriteHandler, RewriteOptions, Rewriter } from './autogenerate/rewriter.js';
export type { RewriteDirection, RewritePlace } from './autogenerate/rewrite-draft.js';

export { loadModule } from './revisions/load-revision-module.js';

export { renderRevision } from './render/render-revision.js';
export type { OwnCode, RenderedItem, RenderItem } from './render/rendered-item.js';
export type { RevisionDraft } from './render/render-revision.js';

export { OfflineConnection } from './runtime/scripts/offline-connection.js';
export { checkOptions } from './runtime/options/check-options.js';
export type { OptionRule, OptionRules } from './runtime/options/check-options.js';
export { sqlFile } from './runtime/comparing/registered-objects.js';
export type { RegisteredObject, SqlFile } from './runtime/comparing/registered-objects.js';
export { createMigrator } from './runtime/create-migrator.js';
export { groupByRevisions } from './runtime/alongside.js';
export type { MigrationEvent, MigrationListener } from './runtime/events.js';
export type {
  CheckSchemaOptions,
  HeadsOptions,
  HistoryOptions,
  InitOptions,
  MergeOptions,
  MigrateOptions,
  Migrator,
  RebaseOptions,
  RevisionOptions,
  PlanOptions,
} from './runtime/migrator-api.js';
export { MIGRATOR_OPTION_RULES } from './runtime/options/option-rules.js';
export type {
  MigratorOptions,
  PostWriteHook,
  RevisionEnvironment,
  RevisionModule,
  TemplateArgs,
} from './runtime/migrator-options.js';
export type {
  BranchInfo,
  CheckResult,
  CheckWarning,
  CurrentResult,
  EditResult,
  EnsureVersionResult,
  HeadsCheck,
  InitResult,
  MigrateResult,
  PlanResult,
  PlannedOperation,
  PlannedStep,
  RebaseResult,
  RedoResult,
  RevisionInfo,
  RevisionResult,
  RowsOfPlan,
  TemplateInfo,
  WrittenRevision,
} from './runtime/migrator-results.js';
