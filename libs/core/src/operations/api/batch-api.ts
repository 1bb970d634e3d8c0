import type { AlterAlgorithm, AlterLock } from '../batch-operations.js';
import type { GivenName, FinalName, NamingConvention } from '../naming-convention.js';
import type { AddColumnOptions, AlterColumnOptions, ColumnChange } from './column-api.js';
import type { EntityOption, SchemaOption, SqlFragment } from './common-options.js';
import type {
  CheckOptions,
  ConstraintChange,
  DropConstraintType,
  ExclusionDefinition,
  ExclusionOptions,
  ForeignKeyOptions,
  IndexInPlace,
  PrimaryKeyOptions,
  UniqueOptions,
  UsingIndexOption,
} from './constraint-api.js';
import type { IndexOptions, IndexPart } from './index-api.js';
import type { ColumnType } from './type-api.js';
import type { TableBuilder, TableChange, TableItem } from './table-api.js';

/** Where a column goes; only where the table is made anew (`recreate: 'always'`). */
export interface PlaceOption {
  /** Name of the column that it goes in front of. */
  readonly insertBefore?: string;
  /** Name of the column that it goes behind. @default the end, or where it is */
  readonly insertAfter?: string;
}

/** The body of a table, as `op.createTable` has it, with its indexes. */
export type TableDefinitionBody = (t: TableBuilder) => readonly TableItem[];

/** Options of {@link BatchTableDirectives.batchAlterTable}. */
export interface BatchOptions extends SchemaOption {
  /**
   * Whether a new table takes the place of the old one: `auto` where the database's ALTER TABLE cannot do what is asked for, which
   * is so on SQLite alone. @default 'auto'
   */
  readonly recreate?: 'auto' | 'always' | 'never';
  /**
   * The table as it is before, instead of asking the database. A script (`--sql`) needs it, unless the same script makes the table; the
   * script stops where the table that it finds has other columns, indexes or triggers.
   */
  readonly copyFrom?:
    | TableDefinitionBody
    | {
        readonly body: TableDefinitionBody;
        /** `STRICT` and `WITHOUT ROWID` of SQLite. @default none */
        readonly storage?: readonly string[];
      };
  /** Lists of columns, each in the order in which a new table has them; what is in no list stays about where it is. */
  readonly partialReordering?: readonly (readonly string[])[];
  /** Names for the constraints of the table that have none, so that they can be dropped by them. */
  readonly namingConvention?: NamingConvention;
  /** Name of the new table until it takes that of the old one. @default `_alembic_tmp_` and the name, 50 characters at most */
  readonly temporaryName?: string;
  /**
   * How MySQL or MariaDB may change the table: `ALGORITHM` of its ALTER TABLE. Other databases pass it over.
   * @default what the changes are expected to need; the server refuses where it would need more. `default` leaves it to the server
   */
  readonly algorithm?: AlterAlgorithm;
  /**
   * What others may do with the table meanwhile on MySQL and MariaDB: `LOCK` of its ALTER TABLE. Other databases pass it over.
   * @default as little as the algorithm allows; with `algorithm`, what the server takes. `default` leaves it to the server
   */
  readonly lock?: AlterLock;
}

/**
 * The changes of a batch: as those of `op`, without the table. They are collected, and made together when the function has returned; one
 * that throws leaves all undone.
 */
export interface BatchOperations {
  /** Adds a column. @example batch.addColumn('plan', 'text', { nullable: false, default: 'free' }); */
  addColumn(
    name: string,
    type: ColumnType,
    options?: Omit<AddColumnOptions, 'schema'> & PlaceOption,
  ): void;
  /** Drops a column. @example batch.dropColumn('plan'); */
  dropColumn(name: string, options?: { readonly ifExists?: boolean }): void;
  /**
   * Changes attributes of a column: what is not named stays.
   * @example
   * batch.alterColumn('amount', { type: 'INTEGER', nullable: false }, { from: { type: 'TEXT', nullable: true } });
   */
  alterColumn(
    name: string,
    change: ColumnChange,
    options?: Omit<AlterColumnOptions, 'schema'> & PlaceOption,
  ): void;
  /** Gives a column another name; keys, checks, indexes, triggers and views follow. @example batch.renameColumn('mail', 'email'); */
  renameColumn(
    from: string,
    to: string,
    options?: EntityOption & { readonly property?: string },
  ): void;
  /** Adds a primary key; one without a name makes room for it. @example batch.createPrimaryKey(['id'], { name: 'pk_account' }); */
  createPrimaryKey(
    columns: readonly string[],
    options?: PrimaryKeyOptions & UsingIndexOption,
  ): void;
  /** Adds a foreign key. @example batch.createForeignKey(['owner_id'], 'person', ['id'], { onDelete: 'cascade' }); */
  createForeignKey(
    columns: readonly string[],
    referencedTable: string,
    referencedColumns: readonly string[],
    options?: ForeignKeyOptions,
  ): void;
  /** Adds a unique constraint. @example batch.createUniqueConstraint(['email'], { name: 'uq_email' }); */
  createUniqueConstraint(
    columns: readonly string[],
    options?: UniqueOptions & UsingIndexOption,
  ): void;
  /** Adds a check constraint. @example batch.createCheckConstraint('amount > 0', { name: 'ck_amount' }); */
  createCheckConstraint(expression: string, options?: CheckOptions): void;
  /** Adds an exclusion constraint. @example batch.createExclusionConstraint('USING gist (room WITH =)', { name: 'ex_room' }); */
  createExclusionConstraint(
    definition: string | ExclusionDefinition,
    options?: ExclusionOptions,
  ): void;
  /** Drops a constraint that has no name. @example batch.dropUnnamedConstraint((t) => [t.check('amount > 0')]); */
  dropUnnamedConstraint(body: (t: TableBuilder) => readonly [TableItem]): void;
  /** Drops a constraint by its name. @example batch.dropConstraint('ck_amount', 'check'); */
  dropConstraint(
    name: GivenName,
    type: DropConstraintType,
    options?: { readonly ifExists?: boolean; readonly index?: IndexInPlace },
  ): void;
  /** Checks the rows that a constraint was added without checking. @example batch.validateConstraint('fk_owner', 'foreignKey'); */
  validateConstraint(name: GivenName, type: 'check' | 'foreignKey'): void;
  /** Changes when a foreign key is checked. @example batch.alterConstraint('fk_owner', { deferrable: 'initially deferred' }); */
  alterConstraint(
    name: GivenName,
    change: ConstraintChange,
    options?: { readonly from?: ConstraintChange },
  ): void;
  /** Gives a constraint another name. @example batch.renameConstraint('uq_1', 'uq_email', 'unique'); */
  renameConstraint(
    from: string,
    to: string,
    type: DropConstraintType,
    options?: EntityOption,
  ): void;
  /** Makes an index. @example batch.createIndex('ix_email', ['email'], { unique: true, where: 'active' }); */
  createIndex(
    name: GivenName | null,
    parts: readonly IndexPart[],
    options?: Omit<IndexOptions, 'schema'>,
  ): void;
  /** Drops an index. @example batch.dropIndex('ix_email', { ifExists: true }); */
  dropIndex(
    name: GivenName,
    options?: { readonly ifExists?: boolean; readonly concurrently?: boolean },
  ): void;
  /** Gives an index another name. @example batch.renameIndex('ix_1', 'ix_email'); */
  renameIndex(
    from: string,
    to: string,
    options?: EntityOption & { readonly ifExists?: boolean },
  ): void;
  /** Sets the comment of the table; `null` removes it. @example batch.setTableComment('Who may log in.'); */
  setTableComment(comment: string | null, options?: { readonly from?: string | null }): void;
  /** Changes how the table is stored. @example batch.setTableStorage({ storage: ['fillfactor=70'] }); */
  setTableStorage(change: TableChange, options?: { readonly from?: TableChange }): void;
  /** As `op.sql`. @example batch.addColumn('made', 'TEXT', { default: batch.sql('CURRENT_TIMESTAMP') }); */
  sql(text: string): SqlFragment;
  /** As `op.f`. @example batch.dropConstraint(batch.f('ck_positive'), 'check'); */
  f(name: string): FinalName;
}

/** The directive about a batch. */
export interface BatchTableDirectives {
  /**
   * Makes several changes of one table together: by ALTER TABLE where the database can, else in one new table that takes the place of the
   * old one with its rows, indexes, triggers and all. The function is not async: it only says what is to be done.
   * @example
   * op.batchAlterTable('account', (batch) => {
   *   batch.alterColumn('age', { type: 'INTEGER', nullable: false });
   *   batch.createCheckConstraint('age >= 0', { name: 'ck_age' });
   * });
   * op.batchAlterTable('account', { schema: 'auth', partialReordering: [['id', 'email', 'plan']] }, (batch) => {
   *   batch.addColumn('plan', 'text');
   * });
   */
  batchAlterTable(table: string, changes: (batch: BatchOperations) => void): Promise<void>;
  batchAlterTable(
    table: string,
    options: BatchOptions,
    changes: (batch: BatchOperations) => void,
  ): Promise<void>;
}
