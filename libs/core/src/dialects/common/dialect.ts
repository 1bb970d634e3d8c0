import type { BatchedOperation } from '../../operations/batch/batched-operation.js';
import type { AlterWays } from '../../operations/batch-operations.js';
import type { Capabilities } from '../../operations/capabilities.js';
import type { Operation, OperationOf } from '../../operations/operation.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { LiteralValue } from '../../schema/literal-value.js';
import type { PortableSql } from '../../schema/portable-type.js';
import type { SchemaModel, Table } from '../../schema/schema-model.js';
import type { Connection } from './connection.js';
import type { MadeObjects, ObjectRequest, ObjectStatement, ObjectText } from './object-texts.js';
import type { BoundStatement, ParameterPlace } from './parameters.js';
import type { Session } from './session.js';
import type { TableRebuild } from './table-rebuild.js';
import type { VersionTables } from './version-tables.js';

/** How a dialect writes names and literals. Pure. */
export interface Quoting {
  /**
   * @throws MigrationError E3001 too long, E3005 NUL, E3006 not well-formed, E3008 empty
   */
  identifier(name: string): string;
  /** `"schema"."name"`, or `"name"` in the default schema. */
  qualified(name: ObjectName): string;
  /** @throws MigrationError E3005 NUL, E3006 not well-formed */
  literal(value: LiteralValue): string;
  /** The value that `literal` turns into exactly this text, or undefined where the text is no such literal. */
  parseLiteral(sql: string): LiteralValue | undefined;
}

/** What the inspector reads. */
export interface InspectOptions {
  /** Tables that are never part of the model: our own. */
  readonly ignoredTables: readonly ObjectName[];
  /** Schemas to read besides the default one; `all` for every one but the server's own. */
  readonly schemas: 'all' | readonly string[];
  /** Asked about each of these schemas, and with null about the default one, before anything in it is read. @default yes */
  readonly includesSchema?: (schema: string | null) => boolean;
  /**
   * Kinds to read besides schemas, enums, sequences, tables and views. What is not read is in no diff.
   * @default none
   */
  readonly also?: readonly InspectedKind[];
}

/** The kinds of objects that are read only when they are asked for. `policies` is row-level security as a whole. */
export type InspectedKind =
  'extensions' | 'domains' | 'routines' | 'triggers' | 'policies' | 'partitions';

/** A target model whose expressions are spelled as the server spells them. */
export interface CanonicalModels {
  readonly current: SchemaModel;
  readonly target: SchemaModel;
  /** True when the server could not be asked (no right to make temporary objects): texts were compared as they stand. */
  readonly unverified: boolean;
  /** Why it could not be asked, and what to do. @default the dialect does not say */
  readonly notAsked?: NotAsked;
  /**
   * The target where each text that could not be asked about is taken to mean what the database has: what differs from this one
   * differs for certain. Absent: the target.
   */
  readonly alike?: SchemaModel;
  /** Casts between types of columns that differ, where {@link Dialect.castBetween} does not know by itself: for {@link Dialect.castsKnowing}. @default none */
  readonly casts?: readonly KnownCast[];
}

/** Why a server could not be asked how it spells a text. */
export interface NotAsked {
  /** As a clause. */
  readonly problem: string;
  /** What to do, in sentences. */
  readonly advice: string;
}

/** A cast that a database has, between types without length. */
export interface KnownCast {
  readonly from: string;
  readonly to: string;
  /** Whether the server casts on assignment, or only where it is written. */
  readonly kind: 'implicit' | 'explicit';
  /** The function that converts the values. Absent: none is called, or their text is read. */
  readonly routine?: string;
}

/**
 * A database family. The rest of the engine sees only this interface; no file outside `dialects/<name>` names a dialect.
 */
export interface Dialect {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly quoting: Quoting;
  /** The words for portable types and values. */
  readonly portable: PortableSql;
  readonly session: Session;
  readonly versionTables: VersionTables;
  /** Present where ALTER TABLE cannot do everything, and a new table takes the place of the old one. */
  readonly tableRebuild?: TableRebuild;
  /**
   * The statements of an operation, without semicolons, in order. Pure. Without a server's version they are for the newest.
   * @throws MigrationError E3012 where the database cannot do it, in that version where it is known
   */
  compile(operation: Operation, server?: { readonly version: string }): readonly string[];
  /**
   * The statements of `op.execute` with parameters, for a connection that binds them. A statement that the server does not take
   * parameters in has its values as literals. Pure.
   * @throws MigrationError E3013 for a name without a value, or a value without a place
   */
  bind(operation: OperationOf<'execute'>): readonly BoundStatement[];
  /** The `:name` places of SQL text. Pure. */
  findParameters(sql: string): readonly ParameterPlace[];
  /** True for a statement that the server takes with parameters. Pure. */
  takesParameters(statement: string): boolean;
  /** Splits SQL text into statements as the database's own client does, without running anything. Pure. */
  splitStatements(sql: string): readonly string[];
  /** The spelling of a type that the server would report, as far as it is known without asking. Pure. */
  canonicalType(type: string): string;
  /** Reads the schema with a fixed number of queries, however many tables there are. */
  inspect(connection: Connection, options: InspectOptions): Promise<SchemaModel>;
  /**
   * Spells the expressions of `target` as the server does wherever they differ as text from `current`, by making them
   * on temporary objects in a transaction that is rolled back (design D6). Changes nothing.
   */
  canonicalize(
    connection: Connection,
    models: { readonly current: SchemaModel; readonly target: SchemaModel },
  ): Promise<CanonicalModels>;
  /**
   * What the statements of registered texts make. Pure. Names of `defaultSchema` are reported as `schema: null`.
   * @throws MigrationError E3016 for a statement that makes nothing that can be registered
   */
  readObjectTexts(texts: readonly ObjectText[], defaultSchema: string): readonly ObjectStatement[];
  /**
   * Makes registered objects under the tables of the model, in a transaction that is rolled back, and tells how the server
   * spells them (design D6). Changes nothing; the connection must not be in a transaction.
   * @throws MigrationError E3002 for a name that is given twice, E3017 for a statement that the server refuses
   */
  makeObjects(connection: Connection, request: ObjectRequest): Promise<MadeObjects>;
  /** True for a change of a column that the server refuses while a foreign key stands on it, on either side. Pure. @default it refuses none */
  isHeldByKeys?(change: OperationOf<'alterColumn'>): boolean;
  /**
   * How changes of a table have to be made that is not as most are (a FULLTEXT index, another engine), so that the server takes them;
   * undefined for any other. Pure. @default none is
   */
  waysOn?(table: Table, operations: readonly BatchedOperation[]): AlterWays | undefined;
  /** True when a change of type keeps every value (wider, or the same family). Pure. */
  isWidening(from: string, to: string): boolean;
  /**
   * How values of one type become another in `ALTER … TYPE … USING`: `implicit` where the server casts on assignment,
   * `using` with the expression where it must be told, `none` where no cast exists. Pure.
   */
  castBetween(from: string, to: string, column: string): TypeCast;
  /** {@link castBetween} with what a database was asked for. Pure. @default it knows no more */
  castsKnowing?(known: readonly KnownCast[]): Dialect['castBetween'];
  /** An expression for the way back of a change of type where no cast exists: the server refuses rows that it cannot read. Pure. */
  castThroughText(from: string, to: string, column: string): string;
  /**
   * An expression as the server spells it, with a name exchanged wherever it stands for a column, a type or a label of an
   * enum, as the server's own texts follow a rename. Other strings and calls of functions keep it. Pure.
   */
  renameInText(sql: string, renaming: TextRenaming): string;
  /** Queries for the rows that the server would refuse an operation for, for the tables as they are before it. Pure. */
  prechecks(operation: Operation): readonly Precheck[];
}

/** A question to the rows of a table. */
export interface Precheck {
  /** What the rows are that it counts. */
  readonly text: string;
  /** A query that gives one row with a number `rows`; 0 where nothing is in the way. */
  readonly sql: string;
}

/** A rename that texts follow. A column or label has no schema; `schema: null` of a type is the default schema. */
export type TextRenaming = { readonly from: ObjectName; readonly to: ObjectName } & (
  | { readonly kind: 'column' | 'type' }
  /** A label of the enum `type`, which texts have as a literal. */
  | { readonly kind: 'label'; readonly type: ObjectName }
);

/** The answer of {@link Dialect.castBetween}. */
export type TypeCast =
  | {
      readonly kind: 'implicit';
      /** Present when values can be rounded or cut without an error. */
      readonly lossy?: true;
      /** What converts the values, where a person should know. */
      readonly note?: string;
    }
  | {
      readonly kind: 'using';
      readonly expression: string;
      readonly lossy?: true;
      /** What the expression decides that a person should know: the time zone, which value becomes which. */
      readonly note?: string;
    }
  | { readonly kind: 'none' };
