import type { ColumnComment } from '../../schema/schema-model.js';
import type { RowNames } from './postgres-json-rows.js';

/** The row of the facts query. */
export interface FactsRow {
  /** Null when the search path names no schema that exists. */
  readonly defaultSchema: string | null;
  readonly major: number;
  /** Those of the schemas that exist. */
  readonly schemas: readonly string[];
  /** What the settings for reading are in this session. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Schema and name as the catalog has them: the default schema has its name too. */
export interface NameRow {
  readonly schema: string;
  readonly name: string;
}

/** An enumerated type. */
export interface EnumRow extends NameRow {
  readonly comment: string | null;
  readonly labels: readonly string[];
}

/** The options of a sequence, all of them. */
export interface SequenceOptionsRow {
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly minValue: string;
  readonly maxValue: string;
  readonly cache: string;
  readonly cycle: boolean;
}

/** A sequence, of a column (`ownerKind` i: identity, a: serial or OWNED BY) or free. */
export interface SequenceRow extends NameRow, SequenceOptionsRow {
  readonly comment: string | null;
  readonly ownerTable: string | null;
  readonly ownerColumn: number | null;
  readonly ownerKind: 'a' | 'i' | null;
  /** The text of a default that draws from this sequence. */
  readonly nextval: string;
}

/** A table. `id` is its OID. */
export interface TableRow extends NameRow {
  readonly id: string;
  readonly comment: string | null;
  readonly unlogged: boolean;
  readonly storage: readonly string[] | null;
  /** Null for that of the database. */
  readonly tablespace: string | null;
}

/** A column, in the order of the table. */
export interface ColumnRow {
  readonly table: string;
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** The default, or the expression of a generated column. */
  readonly expression: string | null;
  /** Stored, virtual or not generated. */
  readonly generated: 's' | 'v' | '';
  /** Always, by default or no identity. */
  readonly identity: 'a' | 'd' | '';
  readonly collation: string | null;
  /** Plain, external, extended, main; null for that of the type. */
  readonly storage: 'p' | 'e' | 'x' | 'm' | null;
  /** Null for that of the server. */
  readonly compression: string | null;
  readonly comment: string | null;
}

/** Cascade, set null, set default, restrict, no action. */
export type ActionCode = 'c' | 'n' | 'd' | 'r' | 'a' | ' ';

/** A constraint, in the order of creation. */
export interface ConstraintRow {
  readonly table: string;
  readonly name: string;
  /** Primary key, unique, foreign key, check, exclusion. */
  readonly type: 'p' | 'u' | 'f' | 'c' | 'x';
  /** Numbers of the columns; null for a check without any. */
  readonly columns: readonly number[] | null;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly validated: boolean;
  readonly enforced: boolean;
  /** Its last column is a period: WITHOUT OVERLAPS of a key, PERIOD of a foreign key. */
  readonly temporal: boolean;
  readonly nullsNotDistinct: boolean;
  /** Columns of its index besides the key; null without. */
  readonly include: readonly string[] | null;
  readonly comment: string | null;
  /** The expression of a check; the whole definition of an exclusion constraint. */
  readonly definition: string | null;
  readonly referencedSchema: string | null;
  readonly referencedTable: string | null;
  readonly referencedColumns: readonly string[] | null;
  readonly onUpdate: ActionCode;
  readonly onDelete: ActionCode;
  /** Numbers of the columns that it changes; null for all. */
  readonly onDeleteColumns: readonly number[] | null;
  /** Full, partial, simple. */
  readonly match: 'f' | 'p' | 's' | ' ';
}

/** One key part or included column of an index. */
export interface IndexElementRow {
  readonly column: string | null;
  readonly expression: string | null;
  /** Bit 1: descending; bit 2: nulls first. Null for an included column. */
  readonly options: number | null;
  readonly opclass: string | null;
  readonly collation: string | null;
}

/** An index without a constraint, of a table or a materialized view, in the order of creation. */
export interface IndexRow {
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  readonly valid: boolean;
  /** How many of the elements are key parts; the rest are included columns. */
  readonly keyCount: number;
  readonly where: string | null;
  readonly nullsNotDistinct: boolean;
  readonly storage: readonly string[] | null;
  /** Null for that of the database. */
  readonly tablespace: string | null;
  readonly comment: string | null;
  readonly elements: readonly IndexElementRow[];
}

/** A view or materialized view. */
export interface ViewRow extends NameRow {
  readonly id: string;
  readonly materialized: boolean;
  /** With the semicolon. */
  readonly definition: string;
  readonly dependsOn: readonly NameRow[] | null;
  /** Columns of tables; null where it reads none. */
  readonly reads: readonly (NameRow & { readonly column: string })[] | null;
  /** As `check_option=local`; storage parameters of a materialized view. */
  readonly options: readonly string[] | null;
  readonly populated: boolean;
  readonly comment: string | null;
  /** Null where no column has one. */
  readonly columnComments: readonly ColumnComment[] | null;
}

/** All that the catalog queries read. The larger lists come in parts, each of which is there when it is asked for, and only then. */
export interface CatalogRows {
  readonly enums: readonly EnumRow[];
  readonly sequences: readonly SequenceRow[];
  readonly tables: readonly TableRow[];
  readonly columns: Iterable<readonly ColumnRow[]>;
  readonly constraints: Iterable<readonly ConstraintRow[]>;
  readonly indexes: Iterable<readonly IndexRow[]>;
  readonly views: readonly ViewRow[];
}

/** What the rows of columns and of constraints have, in the order in which it is sent. */
export const COLUMN_NAMES: RowNames<ColumnRow> = {
  table: true,
  number: true,
  name: true,
  type: true,
  nullable: true,
  expression: true,
  generated: true,
  identity: true,
  collation: true,
  storage: true,
  compression: true,
  comment: true,
};

export const CONSTRAINT_NAMES: RowNames<ConstraintRow> = {
  table: true,
  name: true,
  type: true,
  columns: true,
  deferrable: true,
  deferred: true,
  validated: true,
  enforced: true,
  temporal: true,
  nullsNotDistinct: true,
  include: true,
  comment: true,
  definition: true,
  referencedSchema: true,
  referencedTable: true,
  referencedColumns: true,
  onUpdate: true,
  onDelete: true,
  onDeleteColumns: true,
  match: true,
};
