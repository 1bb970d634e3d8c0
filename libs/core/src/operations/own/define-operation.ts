import type { SchemaModel } from '../../schema/schema-model.js';
import type { Capabilities } from '../capabilities.js';
import type { ObjectEffect } from '../object-effect.js';
import type { Operation } from '../operation.js';
import type { ArgumentsOf, DataOf, OperationParameters } from './argument-type.js';
import { checkDefinition } from './check-definition.js';
import { ownDefinition } from './own-definition.js';
import type { AnyOperationInit } from './own-definition.js';
import type {
  Compile,
  CompileByDialect,
  OwnDefinition,
  OwnOperation,
  OwnTransactionClass,
  TouchedObject,
} from './own-operation.js';

/** What {@link defineOperation} is told; `data` is what was read from the arguments, by their names. */
export interface OperationInit<Name extends string, P extends OperationParameters> {
  /** Name of the method: `grantRole` for `op.grantRole(…)`. */
  readonly name: Name;
  /** Takes the name of a built-in operation, or of one that is registered before it. @default false: that is an error */
  readonly replace?: boolean;
  /** The arguments of the method in their order, the options object last. They are read, kept and printed by their types. */
  readonly parameters: P;
  /** The intended change in words, as `plan`, logs and errors show it: `grant reader to bob`. */
  describe(data: DataOf<P>): string;
  /** The operation that undoes it, or undefined where nothing does. @default nothing does */
  reverse?(data: DataOf<P>): Operation | undefined;
  /**
   * The schema model after the operation.
   * @default the same model: what the operation makes is not in it
   */
  apply?(data: DataOf<P>, model: SchemaModel): SchemaModel;
  /** Objects that it makes, drops and renames: what the database remembers as known. @default none */
  effects?(data: DataOf<P>): readonly ObjectEffect[];
  /**
   * Objects that it changes or needs, for `merge --auto`; an empty list says that it has to do with none.
   * @default those of `effects`; without any it does not tell, and `merge --auto` refuses (E1026)
   */
  touches?(data: DataOf<P>): readonly TouchedObject[];
  /**
   * `'autocommit'` for what the server refuses inside a transaction.
   * @default 'transactional'
   */
  readonly transactionClass?:
    OwnTransactionClass | ((data: DataOf<P>, capabilities: Capabilities) => OwnTransactionClass);
  /** True when data can be lost. @default false */
  readonly isDestructive?: boolean | ((data: DataOf<P>) => boolean);
  /** The statements: one function for every dialect, or one for each with `default` for all others. */
  readonly compile: Compile<DataOf<P>> | CompileByDialect<DataOf<P>>;
}

/** An operation of one's own, to be registered with the option `operations`. */
export interface DefinedOperation<
  Name extends string = string,
  Args extends readonly unknown[] = readonly unknown[],
  Data extends object = object,
> extends OwnDefinition<Data> {
  readonly registers: 'operation';
  readonly name: Name;
  /**
   * The operation with this data: for `reverse`, and for programs that put operations into a draft.
   * @throws MigrationError E3013 for data that the parameters do not have
   */
  of(data: Data): OwnOperation<Data>;
  /** True for an operation that this made. */
  is(operation: Operation): operation is OwnOperation<Data>;
  /** Only for types: the arguments of the method. */
  readonly args?: Args;
}

/**
 * The method of `op` that an operation makes, for the declaration that makes it known to TypeScript.
 *
 * @example
 * declare module '@nest-alembic/nestjs' {
 *   interface CustomOperations {
 *     grantRole: OperationMethod<typeof grantRole>;
 *   }
 * }
 */
export type OperationMethod<D> = D extends { readonly args?: infer Args }
  ? (...args: Extract<Args, readonly unknown[]>) => Promise<void>
  : never;

/**
 * Defines an operation of one's own in one place: its arguments, its words, its way back, its statements. Register it with
 * the option `operations`; revisions then call it as a method of `op`.
 *
 * @throws MigrationError E3018 for a definition that lacks something, or has something wrong
 * @example
 * export const grantRole = defineOperation({
 *   name: 'grantRole',
 *   parameters: [['role', argument.name], ['member', argument.name], { admin: argument.flag }],
 *   describe: ({ role, member }) => `grant ${role} to ${member}`,
 *   reverse: ({ role, member }): Operation => revokeRole.of({ role, member }),
 *   compile: ({ role, member, admin }, { identifier }) =>
 *     `GRANT ${identifier(role)} TO ${identifier(member)}${admin ? ' WITH ADMIN OPTION' : ''}`,
 * });
 */
export function defineOperation<const Name extends string, const P extends OperationParameters>(
  init: OperationInit<Name, P>,
): DefinedOperation<Name, ArgumentsOf<P>, DataOf<P>> {
  const any = init as unknown as AnyOperationInit;
  checkDefinition(any);
  return ownDefinition(any) as unknown as DefinedOperation<Name, ArgumentsOf<P>, DataOf<P>>;
}
