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
  /** Place in the table, from 0. */
  readonly at: number;
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
  readonly index: string;
  /** Place in the index, from 0. */
  readonly at: number;
  readonly unique: number;
  /** Null for an expression. */
  readonly column: string | null;
  readonly desc: number;
  readonly collation: string;
}

/** A column of a foreign key, as `PRAGMA foreign_key_list` has it. */
export interface KeyRow {
  /** Counts the keys of a table from the last one to the first. */
  readonly id: number;
  /** Place in the key, from 0. */
  readonly at: number;
  readonly parent: string;
  readonly from: string;
  /** Null where it is the primary key that is not named. */
  readonly to: string | null;
  readonly onUpdate: string;
  readonly onDelete: string;
}

/** What pragmas tell of a table. */
export interface TableDetails {
  /** In the order of the table. */
  readonly columns: readonly ColumnRow[];
  /** Those of an index in its order. */
  readonly elements: readonly ElementRow[];
  /** As they are written, each with its columns in order. */
  readonly keys: readonly KeyRow[];
}

/** The same, each list as JSON: a quarter less to do for SQLite and us than with a row for each. */
export interface DetailsRow extends Readonly<Record<keyof TableDetails, string>> {
  readonly table: string;
}

/** The lists of a row. Aggregates of SQLite promise no order. */
export function detailsIn({ columns, elements, keys }: DetailsRow): TableDetails {
  return {
    columns: (JSON.parse(columns) as ColumnRow[]).sort(byPlace),
    elements: (JSON.parse(elements) as ElementRow[]).sort(byPlace),
    keys: (JSON.parse(keys) as KeyRow[]).sort(
      (one, other) => other.id - one.id || byPlace(one, other),
    ),
  };
}

const byPlace = (one: { readonly at: number }, other: { readonly at: number }): number =>
  one.at - other.at;

const listOf = (members: string, source: string): string =>
  `(SELECT json_group_array(json_object(${members})) FROM ${source})`;

const COLUMNS = listOf(
  `'at', cid, 'name', name, 'type', type, 'notnull', "notnull", 'default', dflt_value, 'pk', pk, 'hidden', hidden`,
  `pragma_table_xinfo(m.name, 'main')`,
);
const ELEMENTS = listOf(
  `'index', l.name, 'at', x.seqno, 'unique', l."unique", 'column', x.name, 'desc', x."desc", 'collation', x.coll`,
  `pragma_index_list(m.name, 'main') AS l JOIN pragma_index_xinfo(l.name, 'main') AS x
  WHERE l.origin = 'c' AND x.key = 1`,
);
const KEYS = listOf(
  `'id', id, 'at', seq, 'parent', "table", 'from', "from", 'to', "to", 'onUpdate', on_update, 'onDelete', on_delete`,
  `pragma_foreign_key_list(m.name, 'main')`,
);

/** The queries of the inspector: always these three, however many tables there are. Virtual tables have no details: their modules may be missing. */
export const CATALOG_QUERIES = {
  objects: `SELECT type, name, tbl_name AS "table", sql, rootpage FROM main.sqlite_master
WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid`,
  tables: `SELECT name, type FROM pragma_table_list WHERE schema = 'main'`,
  details: `SELECT m.name AS "table", ${COLUMNS} AS columns,
  ${ELEMENTS} AS elements,
  ${KEYS} AS keys
FROM main.sqlite_master AS m
WHERE m.type = 'table' AND m.rootpage > 0 AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
} as const;

/** All that the queries read. */
export interface CatalogRows {
  readonly objects: readonly ObjectRow[];
  readonly tables: readonly TableRow[];
  readonly details: readonly DetailsRow[];
}
