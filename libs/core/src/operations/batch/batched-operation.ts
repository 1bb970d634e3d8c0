import { addColumn, alterColumn, dropColumn, renameColumn } from '../column-operations.js';
import type { ColumnOperation } from '../column-operations.js';
import {
  addConstraint,
  alterConstraint,
  dropConstraint,
  renameConstraint,
  validateConstraint,
} from '../constraint-operations.js';
import type { ConstraintOperation } from '../constraint-operations.js';
import { dropUnnamedConstraint } from '../unnamed-constraint-operations.js';
import { createIndex, dropIndex, renameIndex } from '../index-operations.js';
import type { IndexOperation } from '../index-operations.js';
import type { OperationDefinition } from '../operation-definition.js';
import { setTableComment, setTableStorage } from '../table-operations.js';
import type { SetTableComment, SetTableStorage } from '../table-operations.js';

/** The operations that a batch can hold: all that change one table and leave it its name. */
export type BatchedOperation =
  ColumnOperation | ConstraintOperation | IndexOperation | SetTableComment | SetTableStorage;

type BatchedKind = BatchedOperation['kind'];

const DEFINITIONS: {
  readonly [K in BatchedKind]: OperationDefinition<Extract<BatchedOperation, { readonly kind: K }>>;
} = Object.freeze({
  addColumn,
  dropColumn,
  alterColumn,
  renameColumn,
  addConstraint,
  dropConstraint,
  dropUnnamedConstraint,
  renameConstraint,
  validateConstraint,
  alterConstraint,
  createIndex,
  dropIndex,
  renameIndex,
  setTableComment,
  setTableStorage,
});

/** True for an operation that a batch can hold. */
export function isBatched(operation: { readonly kind: string }): operation is BatchedOperation {
  return Object.hasOwn(DEFINITIONS, operation.kind);
}

/** The definition of the kind of an operation in a batch. */
export function definitionOfBatched(
  operation: BatchedOperation,
): OperationDefinition<BatchedOperation> {
  return DEFINITIONS[operation.kind] as OperationDefinition<BatchedOperation>;
}
