import type { BatchOperation } from './batch-operations.js';
import type { ColumnOperation } from './column-operations.js';
import type { CommentOperation } from './comment-operations.js';
import type { ConstraintOperation } from './constraint-operations.js';
import type { DataOperation } from './data-operations.js';
import type { DomainOperation } from './domain-operations.js';
import type { EnumOperation } from './enum-operations.js';
import type { ExtensionOperation } from './extension-operations.js';
import type { IndexOperation } from './index-operations.js';
import type { OwnOperation } from './own/own-operation.js';
import type { PartitionOperation } from './partition-operations.js';
import type { PolicyOperation } from './policy-operations.js';
import type { RoutineOperation } from './routine-operations.js';
import type { SchemaOperation } from './schema-operations.js';
import type { SequenceOperation } from './sequence-operations.js';
import type { TableOperation } from './table-operations.js';
import type { TriggerOperation } from './trigger-operations.js';
import type { ViewOperation } from './view-operations.js';

/** Every operation, by family. One line per family file. */
export type Operation =
  | SchemaOperation
  | EnumOperation
  | SequenceOperation
  | TableOperation
  | ColumnOperation
  | ConstraintOperation
  | CommentOperation
  | IndexOperation
  | ViewOperation
  | DataOperation
  | ExtensionOperation
  | DomainOperation
  | RoutineOperation
  | TriggerOperation
  | PolicyOperation
  | PartitionOperation
  | BatchOperation
  | OwnOperation;

/** The kind of an operation, such as `'createTable'`. */
export type OperationKind = Operation['kind'];

/** The operation of one kind. */
export type OperationOf<K extends OperationKind> = Extract<Operation, { readonly kind: K }>;
