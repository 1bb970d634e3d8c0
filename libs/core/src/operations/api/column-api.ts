import type {
  ColumnStorage,
  ConflictAction,
  Identity,
  SequenceOptions,
} from '../../schema/schema-model.js';
import type { PortableNow } from '../../schema/portable-type.js';
import type { GivenName } from '../naming-convention.js';
import type {
  DropOptions,
  EntityOption,
  SchemaOption,
  SqlFragment,
  Value,
} from './common-options.js';
import type { ForeignKeyOptions } from './constraint-api.js';
import type { ColumnType } from './type-api.js';

/** Options of a column. */
export interface ColumnOptions extends EntityOption {
  /** @default true, as in SQL */
  readonly nullable?: boolean;
  /** What becomes of a row with NULL where it must not be: `ON CONFLICT` of SQLite. @default the statement fails */
  readonly onConflict?: ConflictAction;
  readonly default?: Value;
  /** Expression of a generated column. */
  readonly generated?: SqlFragment | string;
  /** Whether the generated column is stored. @default true */
  readonly stored?: boolean;
  readonly identity?:
    Identity['generation'] | (SequenceOptions & { readonly generation: Identity['generation'] });
  /** `serial` on PostgreSQL, AUTO_INCREMENT on MySQL. */
  readonly autoIncrement?: boolean;
  /** Name of the collation: `de-x-icu`; one of a schema in quotes: `"audit"."german"`. @default that of the type */
  readonly collation?: string;
  /** Character set (MySQL). @default that of the table */
  readonly charset?: string;
  /** What the column becomes when its row changes (MySQL): `CURRENT_TIMESTAMP(6)`. */
  readonly onUpdate?: SqlFragment | PortableNow | string;
  /** `SELECT *` leaves it out (MySQL 8.0.23, MariaDB 10.3). */
  readonly invisible?: boolean;
  /** How long values are stored. @default that of the type */
  readonly storage?: ColumnStorage;
  /** Compression of long values: `pglz`, `lz4`. Needs PostgreSQL 14. @default that of the server */
  readonly compression?: string;
  readonly comment?: string;
  /** Entity property where it differs from the column's name. */
  readonly property?: string;
}

/** A foreign key in the clause of a new column: the rows that are there get no second look. */
export interface ReferencesOption extends Pick<
  ForeignKeyOptions,
  'name' | 'onDelete' | 'onUpdate' | 'match' | 'deferrable'
> {
  readonly table: string;
  readonly column: string;
  /** Schema of the referenced table. @default the default schema of the connection */
  readonly schema?: string;
}

/** Options of {@link ColumnDirectives.addColumn}. */
export interface AddColumnOptions extends ColumnOptions, SchemaOption {
  readonly ifNotExists?: boolean;
  /** It has what the column of this name had that `op.dropColumn` with `anew` dropped in this run. */
  readonly anew?: boolean;
  /** For a constraint after the column, call `op.createForeignKey`. */
  readonly references?: ReferencesOption;
  /** The column is the primary key; for one of several columns, call `op.createPrimaryKey`. */
  readonly primaryKey?: boolean | { readonly name: GivenName };
}

/** The attributes of a column that an alteration changes. */
export interface ColumnChange {
  readonly type?: ColumnType;
  readonly nullable?: boolean;
  /** `null` drops the default. */
  readonly default?: Value;
  /** `null` makes it a plain column that keeps its values. */
  readonly generated?: SqlFragment | string | null;
  /** Whether the generated column is stored. @default true */
  readonly stored?: boolean;
  readonly identity?: ColumnOptions['identity'] | null;
  readonly autoIncrement?: boolean;
  readonly collation?: string | null;
  readonly charset?: string | null;
  /** `null` takes it away. */
  readonly onUpdate?: SqlFragment | PortableNow | string | null;
  readonly invisible?: boolean;
  /** `null` is that of the type, which PostgreSQL takes from 16 on: name it before. */
  readonly storage?: ColumnStorage | null;
  /** `null` is that of the server. Rows that are there stay as they are. */
  readonly compression?: string | null;
  readonly comment?: string | null;
}

/** Options of {@link ColumnDirectives.alterColumn}. */
export interface AlterColumnOptions extends SchemaOption, EntityOption {
  /** What the column is now, for the way back: the same keys as the change. */
  readonly from?: ColumnChange;
  /** How old values become new ones in a type change. */
  readonly using?: string;
  /** The same for the way back. */
  readonly reverseUsing?: string;
  readonly property?: string;
}

/** The directives about columns. */
export interface ColumnDirectives {
  /**
   * Adds a column.
   * @example
   * op.addColumn('account', 'plan', 'text', { nullable: false, default: 'free', comment: 'What is paid for.' });
   * op.addColumn('account', 'owner_id', 'bigint', { references: { table: 'person', column: 'id', onDelete: 'cascade' } });
   */
  addColumn(
    table: string,
    name: string,
    type: ColumnType,
    options?: AddColumnOptions,
  ): Promise<void>;
  /**
   * Drops a column, with the keys and indexes on it. With `anew`, which is for generated columns, the column of that name that is added
   * behind, with `anew` too, has what this one has in the database besides: rights, statistics, and what else the server drops with it.
   * @example
   * op.dropColumn('account', 'plan', { ifExists: true });
   */
  dropColumn(
    table: string,
    name: string,
    options?: DropOptions & { readonly anew?: boolean },
  ): Promise<void>;
  /**
   * Changes attributes of a column in place: what is not named stays. `from` says the same keys as they are, and makes it reversible.
   * @example
   * op.alterColumn('invoice', 'amount', { type: 'numeric(12,2)' }, { from: { type: 'text' }, using: 'amount::numeric' });
   * op.alterColumn('invoice', 'id', { identity: { generation: 'always', start: '1000' } }, { from: { identity: null } });
   */
  alterColumn(
    table: string,
    name: string,
    change: ColumnChange,
    options?: AlterColumnOptions,
  ): Promise<void>;
  /**
   * Gives a column another name; keys, checks and indexes follow.
   * @example
   * op.renameColumn('account', 'mail', 'email');
   */
  renameColumn(
    table: string,
    from: string,
    to: string,
    options?: SchemaOption & EntityOption & { readonly property?: string },
  ): Promise<void>;
}
