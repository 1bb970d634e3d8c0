import type { GivenName } from '../naming-convention.js';
import type { TableAttributes } from '../table-operations.js';
import type { BodyIndexOptions, IndexPart } from './index-api.js';
import type { ColumnOptions } from './column-api.js';
import type { DropOptions, EntityOption, SchemaOption } from './common-options.js';
import type {
  CheckOptions,
  ExclusionDefinition,
  ExclusionOptions,
  ForeignKeyOptions,
  PrimaryKeyOptions,
  UniqueOptions,
} from './constraint-api.js';

import type { ColumnType } from './type-api.js';
import type { PartitioningOption } from './partition-api.js';

/** An item of a table body. Opaque: made by {@link TableBuilder}. */
export interface TableItem {
  readonly item: string;
}

/** Makes the items of a table body. */
export interface TableBuilder {
  /** A column; `type` is the database's own spelling, or portable: `op.type.string(50)`. */
  column(name: string, type: ColumnType, options?: ColumnOptions): TableItem;
  primaryKey(columns: readonly string[], options?: PrimaryKeyOptions): TableItem;
  foreignKey(
    columns: readonly string[],
    referencedTable: string,
    referencedColumns: readonly string[],
    options?: ForeignKeyOptions,
  ): TableItem;
  unique(columns: readonly string[], options?: UniqueOptions): TableItem;
  check(expression: string, options?: CheckOptions): TableItem;
  exclude(definition: string | ExclusionDefinition, options?: ExclusionOptions): TableItem;
  /** An index, made after the table. `null` for the name: that of the naming convention, or `ix_<table>_<first column>`. */
  index(name: GivenName | null, parts: readonly IndexPart[], options?: BodyIndexOptions): TableItem;
}

/** How a table is stored. */
export interface TableStorageOptions {
  /** Not in the write-ahead log: faster, and emptied by a crash of the server. @default false */
  readonly unlogged?: boolean;
  /** Storage parameters as written: `fillfactor=70`; of SQLite `STRICT` and `WITHOUT ROWID`. */
  readonly storage?: readonly string[];
  /** @default that of the database */
  readonly tablespace?: string;
  /** Storage engine (MySQL). @default that of the server */
  readonly engine?: string;
  /** Character set and collation of columns that have none of their own (MySQL). @default those of the database */
  readonly charset?: string;
  readonly collation?: string;
}

/** What {@link TableDirectives.setTableStorage} changes; `null` stands for none, `storage` for the whole list. */
export type TableChange = TableAttributes;

/** The directives about whole tables. */
export interface TableDirectives {
  /**
   * Makes a table.
   * @example
   * op.createTable('account', (t) => [
   *   t.column('id', 'bigint', { identity: 'always' }),
   *   t.column('email', 'text', { nullable: false }),
   *   t.primaryKey(['id']),
   *   t.index(null, ['email'], { unique: true }),
   * ], { comment: 'Who may log in.', storage: ['fillfactor=90'] });
   */
  createTable(
    name: string,
    body: (t: TableBuilder) => readonly TableItem[],
    options?: SchemaOption &
      EntityOption &
      TableStorageOptions & {
        readonly comment?: string;
        readonly ifNotExists?: boolean;
        /** How the table is divided; `op.createPartition` makes the parts. */
        readonly partitionBy?: PartitioningOption;
      },
  ): Promise<void>;
  /**
   * Drops a table with its rows.
   * @example
   * op.dropTable('account', { ifExists: true });
   */
  dropTable(name: string, options?: DropOptions): Promise<void>;
  /**
   * Gives a table another name, or moves it to another schema; foreign keys follow.
   * @example
   * op.renameTable('user', 'account', { toSchema: 'auth' });
   */
  renameTable(
    from: string,
    to: string,
    options?: DropOptions & EntityOption & { readonly toSchema?: string | null },
  ): Promise<void>;
  /**
   * Changes how a table is stored: what is not named stays. `from` says the same keys as they are, and makes it reversible; it is needed
   * to take storage parameters away.
   * @example
   * op.setTableStorage('event', { unlogged: true, storage: ['fillfactor=70'] }, { from: { unlogged: false, storage: null } });
   */
  setTableStorage(
    table: string,
    change: TableChange,
    options?: SchemaOption & { readonly from?: TableChange },
  ): Promise<void>;
  /**
   * Sets the comment of a table; `null` removes it.
   * @example
   * op.setTableComment('account', 'Who may log in.', { from: null });
   */
  setTableComment(
    table: string,
    comment: string | null,
    options?: SchemaOption & { readonly from?: string | null },
  ): Promise<void>;
}
