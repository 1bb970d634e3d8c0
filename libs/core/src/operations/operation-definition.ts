import type { SchemaModel } from '../schema/schema-model.js';
import type { Capabilities } from './capabilities.js';
import type { ObjectEffect } from './object-effect.js';
import type { OperationCall } from './operation-call.js';
import type { Operation } from './operation.js';

/**
 * How an operation takes part in transactions. `transactional`: runs in the revision's transaction. `autocommit`: the
 * server refuses it inside one. `needsCommit`: runs inside one, but later operations see it only after a commit.
 */
export type TransactionClass = 'transactional' | 'autocommit' | 'needsCommit';

/** What one kind of operation owes the system (after Django's operation protocol). All of it is pure. */
export interface OperationDefinition<O> {
  /** The intended change in words: `create table account`. */
  describe(operation: O): string;
  /** The operation that undoes it, or undefined where it carries too little to be undone. */
  reverse(operation: O): Operation | undefined;
  /**
   * The model after the operation.
   * @throws MigrationError E3014 when the model lacks what the operation names, or has it already.
   */
  apply(operation: O, model: SchemaModel): SchemaModel;
  /**
   * The operations that a revision file makes of this one: without what a call does not say (the dropped object, marks
   * that follow from the place), and with indexes as operations of their own. Absent: the operation itself.
   */
  written?(operation: O): readonly Operation[];
  /** The `op.…()` call that makes this operation, which is in written form: what the renderer prints. */
  toCall(operation: O): OperationCall;
  /** Objects made, dropped, renamed: what the log remembers (design D8). */
  effects(operation: O): readonly ObjectEffect[];
  transactionClass(operation: O, capabilities: Capabilities): TransactionClass;
  /** True when data can be lost: a dropped table or column, a narrowed type. */
  isDestructive(operation: O): boolean;
}

/** The transaction class of a schema change that needs nothing special. */
export function ddl(_operation: unknown, capabilities: Capabilities): TransactionClass {
  return capabilities.transactionalDdl ? 'transactional' : 'autocommit';
}

/** The effects of an operation that makes, drops and renames nothing. */
export const noEffects = (): readonly ObjectEffect[] => [];

/** The answer of a kind that never loses data. */
export const harmless = (): boolean => false;

/** The answer of a kind that loses data. */
export const destructive = (): boolean => true;

/** Freezes the definition of one kind. */
export function defineOperation<O>(definition: OperationDefinition<O>): OperationDefinition<O> {
  return Object.freeze(definition);
}
