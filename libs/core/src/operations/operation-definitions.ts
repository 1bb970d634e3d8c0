import type { SchemaModel } from '../schema/schema-model.js';
import { batchAlterTable } from './batch-operations.js';
import type { Capabilities } from './capabilities.js';
import { addColumn, alterColumn, dropColumn, renameColumn } from './column-operations.js';
import { setComment } from './comment-operations.js';
import {
  addConstraint,
  alterConstraint,
  dropConstraint,
  renameConstraint,
  validateConstraint,
} from './constraint-operations.js';
import { bulkInsert, execute } from './data-operations.js';
import { alterDomain, createDomain, dropDomain, renameDomain } from './domain-operations.js';
import { alterEnum, createEnum, dropEnum, renameEnum } from './enum-operations.js';
import { alterExtension, createExtension, dropExtension } from './extension-operations.js';
import { createIndex, dropIndex, renameIndex } from './index-operations.js';
import type { ObjectEffect } from './object-effect.js';
import type { OperationCall } from './operation-call.js';
import type { OperationDefinition, TransactionClass } from './operation-definition.js';
import type { Operation, OperationKind, OperationOf } from './operation.js';
import { own } from './own-operations.js';
import {
  attachIndex,
  attachPartition,
  createPartition,
  detachPartition,
  dropPartition,
} from './partition-operations.js';
import {
  alterPolicy,
  createPolicy,
  dropPolicy,
  renamePolicy,
  setRowSecurity,
} from './policy-operations.js';
import { createRoutine, dropRoutine, renameRoutine } from './routine-operations.js';
import { createSchema, dropSchema, renameSchema } from './schema-operations.js';
import {
  alterSequence,
  createSequence,
  dropSequence,
  renameSequence,
} from './sequence-operations.js';
import {
  setTableStorage,
  createTable,
  dropTable,
  renameTable,
  setTableComment,
} from './table-operations.js';
import {
  createTrigger,
  dropTrigger,
  renameTrigger,
  setTriggerState,
} from './trigger-operations.js';
import { dropUnnamedConstraint } from './unnamed-constraint-operations.js';
import { createView, dropView, refreshView, renameView } from './view-operations.js';

/** The definition of every kind; a forgotten kind does not compile. */
const OPERATION_DEFINITIONS: {
  readonly [K in OperationKind]: OperationDefinition<OperationOf<K>>;
} = Object.freeze({
  createSchema,
  dropSchema,
  renameSchema,
  createEnum,
  dropEnum,
  alterEnum,
  renameEnum,
  createSequence,
  dropSequence,
  alterSequence,
  renameSequence,
  createTable,
  dropTable,
  renameTable,
  setTableStorage,
  setTableComment,
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
  setComment,
  createIndex,
  dropIndex,
  renameIndex,
  attachIndex,
  createView,
  dropView,
  refreshView,
  renameView,
  execute,
  bulkInsert,
  createExtension,
  dropExtension,
  alterExtension,
  createDomain,
  dropDomain,
  alterDomain,
  renameDomain,
  createRoutine,
  dropRoutine,
  renameRoutine,
  createTrigger,
  dropTrigger,
  renameTrigger,
  setTriggerState,
  setRowSecurity,
  createPolicy,
  dropPolicy,
  renamePolicy,
  alterPolicy,
  createPartition,
  dropPartition,
  attachPartition,
  detachPartition,
  batchAlterTable,
  own,
});

/** Every kind of operation, by family. */
export const OPERATION_KINDS: readonly OperationKind[] = Object.freeze(
  Object.keys(OPERATION_DEFINITIONS) as OperationKind[],
);

/** The definition of an operation's kind. */
export function definitionOf(operation: Operation): OperationDefinition<Operation> {
  return OPERATION_DEFINITIONS[operation.kind] as OperationDefinition<Operation>;
}

/** The kind of an operation as people know it: of one of their own its name. */
export function kindOf(operation: Operation): string {
  return operation.kind === 'own' ? operation.definition.name : operation.kind;
}

/** The operation in words: `create table account`. */
export function describeOperation(operation: Operation): string {
  return definitionOf(operation).describe(operation);
}

/** The operation that undoes this one, or undefined where it carries too little to be undone. */
export function reverseOperation(operation: Operation): Operation | undefined {
  return definitionOf(operation).reverse(operation);
}

/**
 * The model after an operation.
 * @throws MigrationError E3014 when the model lacks what the operation names, or has it already
 */
export function applyOperation(operation: Operation, model: SchemaModel): SchemaModel {
  return definitionOf(operation).apply(operation, model);
}

/**
 * The model after a list of operations, in their order.
 * @throws MigrationError E3014 when the model lacks what an operation names, or has it already
 */
export function applyOperations(operations: readonly Operation[], model: SchemaModel): SchemaModel {
  return operations.reduce((before, operation) => applyOperation(operation, before), model);
}

/** What the log remembers of an operation: objects made, dropped, renamed (design D8). */
export function effectsOf(operation: Operation): readonly ObjectEffect[] {
  return definitionOf(operation).effects(operation);
}

/**
 * The operations that a revision file makes of this one: without what a call does not say (the dropped object, marks that
 * follow from the place), and with indexes of a new table or view as operations of their own.
 */
export function writtenForm(operation: Operation): readonly Operation[] {
  return definitionOf(operation).written?.(operation) ?? [operation];
}

/** The calls that make an operation, one for each operation of its written form. */
export function callsOf(operation: Operation): readonly OperationCall[] {
  return writtenForm(operation).map(callOf);
}

/** The call that makes an operation, which is in written form. */
export function callOf(operation: Operation): OperationCall {
  return definitionOf(operation).toCall(operation);
}

/** True when data can be lost. A narrowed type is not known here: that needs the dialect. */
export function isDestructive(operation: Operation): boolean {
  return definitionOf(operation).isDestructive(operation);
}

/** How an operation takes part in transactions on a database with these capabilities. */
export function transactionClassOf(
  operation: Operation,
  capabilities: Capabilities,
): TransactionClass {
  return definitionOf(operation).transactionClass(operation, capabilities);
}
