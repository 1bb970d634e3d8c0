import type { ObjectName } from './object-name.js';
import type {
  Domain,
  Extension,
  Partition,
  Partitioning,
  Policy,
  Routine,
  RowSecurity,
  Trigger,
} from './server-objects.js';

/**
 * SQL text of an expression: a default, a check, a predicate. Comes from the user's code or from the server, is never
 * taken apart. A literal is SQL too: `'it''s'`, `0`, `true`.
 */
export type SqlText = string;

/** Mark of an object that came from the entity model (design D8). Absent on reflected and hand-written objects. */
export interface FromEntity {
  /** Name of the entity class that the object came from. */
  readonly entity?: string;
}

/** A column's generated expression. */
export interface GeneratedColumn {
  readonly expression: SqlText;
  readonly stored: boolean;
}

/** Options of an identity column or a sequence; what is absent is the server's default. */
export interface SequenceOptions {
  readonly start?: string;
  readonly increment?: string;
  readonly minValue?: string;
  readonly maxValue?: string;
  readonly cache?: string;
  readonly cycle?: boolean;
}

/** An SQL-standard identity column. */
export interface Identity {
  readonly generation: 'always' | 'by default';
  readonly options?: SequenceOptions;
}

/** How the server stores long values of a column: whether it compresses them, and moves them out of the row. */
export type ColumnStorage = 'plain' | 'external' | 'extended' | 'main';

/** What becomes of a row that breaks a constraint, where a statement does not say it (`ON CONFLICT`, SQLite). Absent: it fails. */
export type ConflictAction = 'rollback' | 'fail' | 'ignore' | 'replace';

/** A column. */
export interface Column extends FromEntity {
  readonly name: string;
  /** The database's own spelling, quoted where it must be: `varchar(255)`, `"Odd type"`, `audit.kind[]`. */
  readonly type: SqlText;
  readonly nullable: boolean;
  /** Of NOT NULL. */
  readonly onConflict?: ConflictAction;
  readonly default?: SqlText;
  readonly generated?: GeneratedColumn;
  readonly identity?: Identity;
  /** A server-side counter of the older kind: `serial` on PostgreSQL, AUTO_INCREMENT on MySQL, AUTOINCREMENT on SQLite. */
  readonly autoIncrement?: true;
  readonly collation?: string;
  /** Character set, where it is not the table's (MySQL). */
  readonly charset?: string;
  /** What the column becomes when another one of its row changes (MySQL): `CURRENT_TIMESTAMP(6)`. */
  readonly onUpdate?: SqlText;
  /** `SELECT *` leaves it out (MySQL 8.0.23, MariaDB 10.3). */
  readonly invisible?: true;
  /** Where it is not that of the type. */
  readonly storage?: ColumnStorage;
  /** Compression of long values, where it is not the server's: `pglz`, `lz4`. */
  readonly compression?: string;
  readonly comment?: string;
  /** Path of the entity property (`address.street` in an embedded), present on columns of entities. */
  readonly property?: string;
}

/** A primary key. */
export interface PrimaryKey extends FromEntity {
  readonly name?: string;
  readonly columns: readonly string[];
  /** Columns that its index holds besides the key. */
  readonly include?: readonly string[];
  readonly deferrable?: Deferrable;
  readonly onConflict?: ConflictAction;
  /** The last column is a range, and rows that are equal in the others must not overlap in it. */
  readonly withoutOverlaps?: true;
  readonly comment?: string;
}

/** Whether and when a constraint can be deferred; absent means not deferrable. */
export type Deferrable = 'initially immediate' | 'initially deferred';

/** What happens to a referencing row. Absent in the model means NO ACTION. */
export type ReferentialAction = 'cascade' | 'set null' | 'set default' | 'restrict';

/** A foreign key. */
export interface ForeignKey extends FromEntity {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly referencedTable: ObjectName;
  readonly referencedColumns: readonly string[];
  readonly onDelete?: ReferentialAction;
  /** Columns that ON DELETE SET NULL or SET DEFAULT changes, where it is not all of them. */
  readonly onDeleteColumns?: readonly string[];
  readonly onUpdate?: ReferentialAction;
  readonly match?: 'full';
  readonly deferrable?: Deferrable;
  /** The server has not checked the rows that were there before (`NOT VALID`). */
  readonly notValid?: true;
  /** The server checks no row, neither now nor later (`NOT ENFORCED`); then {@link notValid} says nothing more. */
  readonly notEnforced?: true;
  /** The last column of both sides is a range: the referenced rows must cover it, together (`PERIOD`). */
  readonly period?: true;
  readonly comment?: string;
}

/** A unique constraint. */
export interface UniqueConstraint extends FromEntity {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly nullsNotDistinct?: true;
  /** Columns that its index holds besides the key. */
  readonly include?: readonly string[];
  readonly deferrable?: Deferrable;
  readonly onConflict?: ConflictAction;
  /** As of a primary key. */
  readonly withoutOverlaps?: true;
  readonly comment?: string;
}

/** A check constraint. */
export interface CheckConstraint extends FromEntity {
  readonly name?: string;
  readonly expression: SqlText;
  readonly notValid?: true;
  /** As of a foreign key. */
  readonly notEnforced?: true;
  readonly comment?: string;
}

/** An exclusion constraint; `definition` is what follows EXCLUDE: `USING gist (room WITH =, during WITH &&)`. */
export interface ExclusionConstraint extends FromEntity {
  readonly name?: string;
  readonly definition: SqlText;
  readonly deferrable?: Deferrable;
  readonly comment?: string;
}

/** One key part of an index: a column, or an expression without its outer parentheses. */
export interface IndexElement {
  readonly column?: string;
  readonly expression?: SqlText;
  readonly order?: 'desc';
  /** Present where it is not what `order` implies (PostgreSQL: last for ASC, first for DESC). */
  readonly nulls?: 'first' | 'last';
  readonly opclass?: string;
  readonly collation?: string;
  /** How much of the column is in the index, in characters or bytes, where it is not all of it (MySQL). */
  readonly prefix?: number;
}

/** An index that no constraint owns. */
export interface Index extends FromEntity {
  readonly name: string;
  readonly elements: readonly IndexElement[];
  readonly unique: boolean;
  /** Access method where it is not the default (`btree`); `fulltext` and `spatial` on MySQL. */
  readonly method?: string;
  /** What takes the texts of a `fulltext` index apart, where it is not the server's own: `ngram`. */
  readonly parser?: string;
  readonly include?: readonly string[];
  readonly where?: SqlText;
  readonly nullsNotDistinct?: true;
  /** Storage parameters as written: `fillfactor=70`; of SQLite `STRICT` and `WITHOUT ROWID`. */
  readonly storage?: readonly string[];
  /** The tablespace where it is not the database's own. */
  readonly tablespace?: string;
  readonly comment?: string;
  /** The server did not finish to build it (a failed CONCURRENTLY). */
  readonly invalid?: true;
}

/** A table. The lists are in the order of creation; columns in the order of the table. */
export interface Table extends ObjectName, FromEntity {
  readonly columns: readonly Column[];
  readonly primaryKey?: PrimaryKey;
  readonly foreignKeys: readonly ForeignKey[];
  readonly uniques: readonly UniqueConstraint[];
  readonly checks: readonly CheckConstraint[];
  readonly exclusions: readonly ExclusionConstraint[];
  readonly indexes: readonly Index[];
  readonly comment?: string;
  /** How the table is divided; its partitions are in {@link SchemaModel.partitions}. */
  readonly partitionBy?: Partitioning;
  readonly rowSecurity?: RowSecurity;
  /** By name. Absent where none is known, never empty but in a target that wants none. */
  readonly policies?: readonly Policy[];
  /** By name. Absent where none is known, never empty but in a target that wants none. */
  readonly triggers?: readonly Trigger[];
  /** Not in the write-ahead log: writing is faster, and a crash of the server empties the table. */
  readonly unlogged?: true;
  /** Storage parameters as written: `fillfactor=70`. */
  readonly storage?: readonly string[];
  /** The tablespace where it is not the database's own. */
  readonly tablespace?: string;
  /** Storage engine, where it is not the server's (MySQL): `MyISAM`. */
  readonly engine?: string;
  /** Character set and collation of columns that have none of their own, where it is not the database's (MySQL). */
  readonly charset?: string;
  readonly collation?: string;
}

/** An enumerated type. */
export interface EnumType extends ObjectName, FromEntity {
  readonly labels: readonly string[];
  readonly comment?: string;
}

/** A column of a table. */
export interface ColumnName {
  readonly table: ObjectName;
  readonly column: string;
}

/** The column that a sequence goes with when it is dropped. */
export type SequenceOwner = ColumnName;

/** A sequence of its own: not that of an identity or serial column. */
export interface Sequence extends ObjectName, FromEntity {
  readonly type?: SqlText;
  readonly options?: SequenceOptions;
  readonly ownedBy?: SequenceOwner;
  readonly comment?: string;
}

/** The comment of a column of a view. */
export interface ColumnComment {
  readonly column: string;
  readonly comment: string;
}

/** A view or materialized view. `definition` is the query without a semicolon. */
export interface View extends ObjectName, FromEntity {
  readonly definition: SqlText;
  readonly materialized: boolean;
  /** Views that must exist before this one. */
  readonly dependsOn: readonly ObjectName[];
  /** Columns of tables that the server says the query reads; absent where there are none, or nobody asked it. */
  readonly reads?: readonly ColumnName[];
  /** Indexes of a materialized view. */
  readonly indexes: readonly Index[];
  /** Names of the columns, where the query does not say them. */
  readonly columns?: readonly string[];
  /** Rights are those of who reads the view, not of its owner. */
  readonly securityInvoker?: true;
  readonly securityBarrier?: true;
  /** Whether a row that the view would not show can be written through it. */
  readonly checkOption?: 'local' | 'cascaded';
  /** Storage parameters of a materialized view as written: `fillfactor=70`. */
  readonly storage?: readonly string[];
  /** A materialized view that was not filled yet. */
  readonly withNoData?: true;
  /** By name. Absent where none is known, never empty but in a target that wants none. */
  readonly triggers?: readonly Trigger[];
  readonly comment?: string;
  /** By name of the column; absent where there are none. */
  readonly columnComments?: readonly ColumnComment[];
}

/**
 * An object that a model names only to say that it is somebody else's: it is never changed or dropped. `default` is that
 * of the column `name`: where the database has one it stays, the model's is for a column that has none.
 */
export interface UnmanagedObject extends ObjectName {
  readonly kind: 'table' | 'view' | 'index' | 'enum' | 'default';
  /** Table of an index or a column. */
  readonly table?: string;
}

/** What a model says of a former name: that of a table or its entity, of a column or its property. */
export type RenameHint =
  | { readonly kind: 'table'; readonly table: ObjectName; readonly from: string }
  | {
      readonly kind: 'column';
      readonly table: ObjectName;
      readonly column: string;
      readonly from: string;
    };

/**
 * A database schema as plain data: acyclic, references by name, every list sorted by name but for the parts of a table.
 * Objects of the default schema have `schema: null`.
 */
export interface SchemaModel {
  /** Schemas other than the default one. */
  readonly schemas: readonly string[];
  readonly enums: readonly EnumType[];
  readonly sequences: readonly Sequence[];
  readonly tables: readonly Table[];
  readonly views: readonly View[];
  /**
   * These four are absent where nothing is known of them, so that nothing is done to those that the database has. An empty list
   * stands only in a target that wants none; operations leave it out.
   */
  readonly extensions?: readonly Extension[];
  readonly domains?: readonly Domain[];
  /** By name and signature. */
  readonly routines?: readonly Routine[];
  readonly partitions?: readonly Partition[];
  /**
   * Names that the database has given to what this model does not describe: foreign tables, partitions, children of an
   * inheritance, tables and views of extensions. Present only where there are some.
   */
  readonly apart?: readonly ObjectName[];
  /** Present in models of entities: what was once made from them may be in here, and is left alone now. @default [] */
  readonly unmanaged?: readonly UnmanagedObject[];
  /** Present in models of entities that say how they were called before. @default [] */
  readonly renamed?: readonly RenameHint[];
}

/** The schema of an empty database. */
export const EMPTY_SCHEMA: SchemaModel = Object.freeze({
  schemas: Object.freeze([]),
  enums: Object.freeze([]),
  sequences: Object.freeze([]),
  tables: Object.freeze([]),
  views: Object.freeze([]),
});
