/** An object of `sqlite_schema`. */
export interface ObjectRow {
  readonly type: 'table' | 'index' | 'view' | 'trigger';
  readonly name: string;
  readonly table: string;
  /** Null for an index that a constraint made. */
  readonly sql: string | null;
  /** 0 for what has no rows of its own: views, triggers, virtual tables. */
  readonly rootpage: number;
}

/** A table or view, as `PRAGMA table_list` has it. */
export interface TableRow {
  readonly name: string;
  readonly type: 'table' | 'view' | 'virtual' | 'shadow';
}

/** A column of a table, as `PRAGMA table_xinfo` has it. */
export interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly default: string | null;
  /** Place in the primary key, from 1; 0 outside of it. */
  readonly pk: number;
  /** 2: generated, virtual; 3: stored. */
  readonly hidden: number;
}

/** A key part of an index that a statement made. */
export interface ElementRow {
  readonly table: string;
  readonly index: string;
  readonly unique: number;
  /** Null for an expression. */
  readonly column: string | null;
  readonly desc: number;
  readonly collation: string;
}

/** A column of a foreign key, as `PRAGMA foreign_key_list` has it. */
export interface KeyRow {
  readonly table: string;
  /** Counts the keys of a table from the last one to the first. */
  readonly id: number;
  readonly parent: string;
  readonly from: string;
  /** Null where it is the primary key that is not named. */
  readonly to: string | null;
  readonly onUpdate: string;
  readonly onDelete: string;
}

const TABLES = `main.sqlite_master AS m`;
/** Not those of SQLite, and not virtual ones: their modules may be missing. */
const OURS = `m.type = 'table' AND m.rootpage > 0 AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;

/** The queries of the inspector: always these five, however many tables there are. */
export const CATALOG_QUERIES = {
  objects: `SELECT type, name, tbl_name AS "table", sql, rootpage FROM main.sqlite_master
WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid`,
  tables: `SELECT name, type FROM pragma_table_list WHERE schema = 'main'`,
  columns: `SELECT m.name AS "table", c.name, c.type, c."notnull", c.dflt_value AS "default", c.pk, c.hidden
FROM ${TABLES} JOIN pragma_table_xinfo(m.name, 'main') AS c WHERE ${OURS} ORDER BY m.name, c.cid`,
  elements: `SELECT m.name AS "table", l.name AS "index", l."unique", x.name AS "column", x."desc", x.coll AS collation
FROM ${TABLES} JOIN pragma_index_list(m.name, 'main') AS l JOIN pragma_index_xinfo(l.name, 'main') AS x
WHERE ${OURS} AND l.origin = 'c' AND x.key = 1 ORDER BY m.name, l.seq DESC, x.seqno`,
  keys: `SELECT m.name AS "table", k.id, k."table" AS parent, k."from", k."to",
  k.on_update AS "onUpdate", k.on_delete AS "onDelete"
FROM ${TABLES} JOIN pragma_foreign_key_list(m.name, 'main') AS k WHERE ${OURS} ORDER BY m.name, k.id DESC, k.seq`,
} as const;

/** All that the queries read. */
export interface CatalogRows {
  readonly objects: readonly ObjectRow[];
  readonly tables: readonly TableRow[];
  readonly columns: readonly ColumnRow[];
  readonly elements: readonly ElementRow[];
  readonly keys: readonly KeyRow[];
}
