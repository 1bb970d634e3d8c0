import type { ConflictAction, Deferrable, ReferentialAction } from '../../schema/schema-model.js';
import type { GivenName } from '../naming-convention.js';
import type { TableBuilder, TableItem } from './table-api.js';
import type { DropOptions, EntityOption, SchemaOption } from './common-options.js';

/** Options of every constraint. */
export interface ConstraintOptions extends EntityOption {
  /** @default the name of the naming convention, or one of the server's choice */
  readonly name?: GivenName;
  /** Needs a name: the server is told it by name. */
  readonly comment?: string;
}

/** Options of a primary key. */
export interface PrimaryKeyOptions extends ConstraintOptions {
  /** Columns that its index holds besides the key. */
  readonly include?: readonly string[];
  /** @default checked at once, row by row */
  readonly deferrable?: Deferrable;
  /** What becomes of a row that breaks it: `ON CONFLICT` of SQLite. @default the statement fails */
  readonly onConflict?: ConflictAction;
  /**
   * The last column is a range (`daterange`), and rows that are equal in the others must not overlap in it. Needs
   * PostgreSQL 18, and the extension `btree_gist` where the other columns are no ranges. @default false
   */
  readonly withoutOverlaps?: boolean;
}

/** Options of a foreign key. */
export interface ForeignKeyOptions extends ConstraintOptions {
  /** @default the schema of the referencing side's connection, not of its table */
  readonly referencedSchema?: string;
  /** @default 'no action' */
  readonly onDelete?: ReferentialAction | 'no action';
  /** Columns that `set null` or `set default` changes on delete. Needs PostgreSQL 15. @default all of the key */
  readonly onDeleteColumns?: readonly string[];
  /** @default 'no action' */
  readonly onUpdate?: ReferentialAction | 'no action';
  /** Whether a key of several columns may be NULL in part: `full` forbids it. @default 'simple' */
  readonly match?: 'simple' | 'full';
  /** @default checked at the end of each statement */
  readonly deferrable?: Deferrable;
  /** Rows that are there are not checked until `op.validateConstraint`. @default false */
  readonly notValid?: boolean;
  /** No row is ever checked, until `op.alterConstraint` enforces it. Needs PostgreSQL 18. @default false */
  readonly notEnforced?: boolean;
  /**
   * The last column of both sides is a range: the referenced rows must cover that of the referencing one, together. The
   * other side needs a key `withoutOverlaps`. Needs PostgreSQL 18, which has no other action than `no action` for it.
   * @default false
   */
  readonly period?: boolean;
}

/** Options of a unique constraint. */
export interface UniqueOptions extends ConstraintOptions {
  /** Two NULLs count as equal. @default false */
  readonly nullsNotDistinct?: boolean;
  /** Columns that its index holds besides the key. */
  readonly include?: readonly string[];
  /** @default checked at once, row by row */
  readonly deferrable?: Deferrable;
  /** What becomes of a row that breaks it: `ON CONFLICT` of SQLite. @default the statement fails */
  readonly onConflict?: ConflictAction;
  /** As of a primary key. @default false */
  readonly withoutOverlaps?: boolean;
}

/** Options of a check constraint. */
export interface CheckOptions extends ConstraintOptions {
  /** Rows that are there are not checked until `op.validateConstraint`. @default false */
  readonly notValid?: boolean;
  /** No row is ever checked: it says what should be. Needs PostgreSQL 18, which cannot enforce it later. @default false */
  readonly notEnforced?: boolean;
}

/** Options of an exclusion constraint. */
export interface ExclusionOptions extends ConstraintOptions {
  /** @default checked at once, row by row */
  readonly deferrable?: Deferrable;
}

/** A key part of an exclusion constraint: no two rows may answer yes to all operators. */
export interface ExclusionPart {
  /** Either a column or an expression. */
  readonly column?: string;
  readonly expression?: string;
  /** The operator that compares two rows: `=`, `&&`, `OPERATOR(public.=)`. */
  readonly with: string;
  readonly opclass?: string;
  readonly collation?: string;
  readonly order?: 'asc' | 'desc';
  readonly nulls?: 'first' | 'last';
}

/** An exclusion constraint as data. */
export interface ExclusionDefinition {
  /** Access method. @default that of the server, which is rarely the one that is meant */
  readonly using?: string;
  readonly elements: readonly ExclusionPart[];
  /** Columns that its index holds besides. */
  readonly include?: readonly string[];
  /** Only rows for which this is true are compared. */
  readonly where?: string;
}

/** Makes a key of a unique index that is there, which takes no time: the index becomes its own, and gets its name. */
export interface UsingIndexOption {
  readonly usingIndex?: string;
}

/** A plain unique index that is made in the place of a dropped key: the way back of `usingIndex`. */
export interface IndexInPlace {
  readonly name: string;
  readonly columns: readonly string[];
  readonly include?: readonly string[];
  readonly nullsNotDistinct?: boolean;
}

/** What can be changed of a foreign key in place, at least one of it. */
export interface ConstraintChange {
  /** `null`: not deferrable. */
  readonly deferrable?: Deferrable | null;
  /** Whether rows are checked. Enforcing it checks those that are there. Needs PostgreSQL 18. */
  readonly enforced?: boolean;
}

/** The types of constraints that {@link ConstraintDirectives.dropConstraint} names. */
export type DropConstraintType = 'primaryKey' | 'foreignKey' | 'unique' | 'check' | 'exclusion';

/** The directives about constraints. */
export interface ConstraintDirectives {
  /**
   * Adds a primary key; its columns become NOT NULL.
   * @example
   * op.createPrimaryKey('account', ['id'], { name: 'account_pkey' });
   * op.createPrimaryKey('price', ['product', 'valid'], { name: 'price_pkey', withoutOverlaps: true });
   */
  createPrimaryKey(
    table: string,
    columns: readonly string[],
    options?: PrimaryKeyOptions & UsingIndexOption & SchemaOption,
  ): Promise<void>;
  /**
   * Adds a foreign key.
   * @example
   * op.createForeignKey('invoice', ['account_id'], 'account', ['id'], { onDelete: 'cascade', notValid: true });
   * op.createForeignKey('post', ['tenant', 'author'], 'person', ['tenant', 'id'], { onDelete: 'set null', onDeleteColumns: ['author'] });
   * op.createForeignKey('offer', ['product', 'shown'], 'price', ['product', 'valid'], { period: true });
   */
  createForeignKey(
    table: string,
    columns: readonly string[],
    referencedTable: string,
    referencedColumns: readonly string[],
    options?: ForeignKeyOptions & SchemaOption,
  ): Promise<void>;
  /**
   * Adds a unique constraint.
   * @example
   * op.createIndex('ix_email', 'account', ['email'], { unique: true, concurrently: true });
   * op.createUniqueConstraint('account', ['email'], { name: 'uq_account_email', usingIndex: 'ix_email' });
   */
  createUniqueConstraint(
    table: string,
    columns: readonly string[],
    options?: UniqueOptions & UsingIndexOption & SchemaOption,
  ): Promise<void>;
  /**
   * Adds a check constraint.
   * @example
   * op.createCheckConstraint('invoice', 'amount > 0', { name: 'ck_amount' });
   */
  createCheckConstraint(
    table: string,
    expression: string,
    options?: CheckOptions & SchemaOption,
  ): Promise<void>;
  /**
   * Adds an exclusion constraint, as data or as the text that follows EXCLUDE.
   * @example
   * op.createExclusionConstraint('booking', {
   *   using: 'gist',
   *   elements: [{ column: 'room', with: '=' }, { column: 'during', with: '&&' }],
   * }, { name: 'one_at_a_time' });
   */
  createExclusionConstraint(
    table: string,
    definition: string | ExclusionDefinition,
    options?: ExclusionOptions & SchemaOption,
  ): Promise<void>;
  /**
   * Drops a constraint by its name.
   * @example
   * op.dropConstraint('account', 'uq_account_email', 'unique');
   */
  dropConstraint(
    table: string,
    name: GivenName,
    type: DropConstraintType,
    options?: DropOptions & { readonly index?: IndexInPlace },
  ): Promise<void>;
  /**
   * Drops a constraint that has no name, as one of SQLite may have none, by what it says.
   * @example
   * op.dropUnnamedConstraint('account', (t) => [t.check("role IN ('admin', 'guest')")]);
   */
  dropUnnamedConstraint(
    table: string,
    body: (t: TableBuilder) => readonly [TableItem],
    options?: SchemaOption,
  ): Promise<void>;
  /**
   * Checks the rows that a constraint was added without checking, while others read and write. There is no way back.
   * @example
   * op.validateConstraint('invoice', 'fk_account', 'foreignKey');
   */
  validateConstraint(
    table: string,
    name: GivenName,
    type: 'check' | 'foreignKey',
    options?: SchemaOption,
  ): Promise<void>;
  /**
   * Changes when, or whether, a foreign key is checked. `from` with the same keys is for the way back.
   * @example
   * op.alterConstraint('invoice', 'fk_account', { deferrable: 'initially deferred' }, { from: { deferrable: null } });
   * op.alterConstraint('invoice', 'fk_account', { enforced: false }, { from: { enforced: true } });
   */
  alterConstraint(
    table: string,
    name: GivenName,
    change: ConstraintChange,
    options?: SchemaOption & { readonly from?: ConstraintChange },
  ): Promise<void>;
  /**
   * Gives a constraint another name. No naming convention touches either.
   * @example
   * op.renameConstraint('account', 'uq_1', 'uq_account_email', 'unique');
   */
  renameConstraint(
    table: string,
    from: string,
    to: string,
    type: DropConstraintType,
    options?: SchemaOption & EntityOption,
  ): Promise<void>;
}
