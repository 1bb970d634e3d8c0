import type { LiteralValue } from '../../schema/literal-value.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import type { Capabilities } from '../capabilities.js';
import type { ObjectEffect } from '../object-effect.js';
import type { OperationCall } from '../operation-call.js';
import type { Operation } from '../operation.js';
import type { LiteralWriter } from './argument-type.js';

/** An operation of an app's or package's own: its data, and the definition that says what it means. */
export interface OwnOperation<Data extends object = object> {
  readonly kind: 'own';
  readonly definition: OwnDefinition<Data>;
  readonly data: Data;
}

/** What is at hand where statements are made. */
export interface StatementTools {
  /** Name of the dialect. */
  readonly dialect: string;
  readonly capabilities: Capabilities;
  /** Major version of the server; undefined where none is known, as in a script. */
  readonly serverMajor: number | undefined;
  /** Quotes a name. @throws MigrationError E3001 too long, E3005, E3006, E3008 */
  identifier(name: string): string;
  /** Quotes the name of a table, view, type …, with its schema where that is not the default one. */
  qualified(name: ObjectName): string;
  /** Writes a value as a literal. @throws MigrationError E3005, E3006 */
  literal(value: LiteralValue): string;
  /**
   * The statements of another operation; in a replacement those that the operation has without it.
   * @throws MigrationError E3012 where the database cannot do it
   */
  compile(operation: Operation): readonly string[];
}

/** Makes the statements of an operation, one text for each; a text with several is taken apart. Pure. */
export type Compile<Subject> = (
  subject: Subject,
  tools: StatementTools,
) => string | readonly string[];

/** The statements by the name of the dialect; `default` is for every other one. */
export type CompileByDialect<Subject> = Readonly<Record<string, Compile<Subject>>>;

/** An object that an operation has to do with; with `part`, such as `column email`, only that part of it. */
export interface TouchedObject extends ObjectName {
  readonly part?: string;
}

/** How an own operation takes part in transactions. */
export type OwnTransactionClass = 'transactional' | 'autocommit';

/** What an own operation owes the system. All of it is pure. */
export interface OwnDefinition<Data extends object = object> {
  /** Name of the method of `op`. */
  readonly name: string;
  /** It may take the name of a built-in operation, or of one that is registered before it. */
  readonly replace: boolean;
  /** Reads the arguments of a call. @throws MigrationError E3013 and its like */
  read(args: readonly unknown[], writer: LiteralWriter): Data;
  /** The call that makes it. */
  toCall(data: Data): OperationCall;
  /** The intended change in words. */
  describe(data: Data): string;
  /** What undoes it, or undefined where nothing does. */
  reverse(data: Data): Operation | undefined;
  /** The model after it. */
  apply(data: Data, model: SchemaModel): SchemaModel;
  effects(data: Data): readonly ObjectEffect[];
  /** Undefined where it does not tell. */
  touches(data: Data): readonly TouchedObject[] | undefined;
  transactionClass(data: Data, capabilities: Capabilities): OwnTransactionClass;
  /** False where it stays in the transaction whatever its data are. */
  readonly mayLeave: boolean;
  isDestructive(data: Data): boolean;
  /** @throws MigrationError E3012 without statements for the dialect */
  compile(data: Data, tools: StatementTools): readonly string[];
  /** In JSON the name stands for the definition. */
  toJSON(): string;
}
