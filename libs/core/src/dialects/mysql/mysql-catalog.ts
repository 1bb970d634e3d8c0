import type { Differences } from './mariadb-differences.js';

/** Who is at the other end, and what a table has that does not say otherwise. */
export const FACTS_QUERY = `SELECT VERSION() AS version, DATABASE() AS name, @@SESSION.default_storage_engine AS engine,
  (SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = DATABASE()) AS collation`;

/** The row of {@link FACTS_QUERY}. */
export interface FactsRow {
  readonly version: string;
  readonly name: string | null;
  readonly engine: string;
  readonly collation: string | null;
}

/** Rows of `information_schema`, in capitals or not: every column has a name of ours. Numbers may be texts. */
export interface TableRow {
  readonly name: string;
  readonly type: string;
  readonly engine: string | null;
  readonly collation: string | null;
  readonly comment: string;
}

/** A column. */
export interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: string;
  readonly default: string | null;
  readonly extra: string;
  readonly expression: string | null;
  readonly collation: string | null;
  readonly comment: string;
}

/** A key part of an index. */
export interface KeyPartRow {
  readonly table: string;
  readonly name: string;
  readonly non_unique: number | string;
  readonly column: string | null;
  readonly expression: string | null;
  readonly direction: string | null;
  readonly prefix: number | string | null;
  readonly type: string;
  readonly comment: string;
}

/** A column of a foreign key. */
export interface ForeignKeyRow {
  readonly table: string;
  readonly name: string;
  readonly column: string;
  readonly schema: string;
  readonly referenced: string;
  readonly referenced_column: string;
  readonly on_delete: string;
  readonly on_update: string;
}

/** A check. `level` is that of MariaDB: a column's, or the table's. */
export interface CheckRow {
  readonly table: string;
  readonly name: string;
  readonly level: string;
  readonly expression: string;
}

/** A view. */
export interface ViewRow {
  readonly name: string;
  readonly definition: string;
  readonly check_option: string;
  readonly security: string;
}

/** What is read of a database, each list in the order of creation where there is one. */
export interface CatalogRows {
  readonly tables: readonly TableRow[];
  readonly columns: readonly ColumnRow[];
  readonly keyParts: readonly KeyPartRow[];
  readonly foreignKeys: readonly ForeignKeyRow[];
  readonly checks: readonly CheckRow[];
  readonly views: readonly ViewRow[];
}

const HERE = 'TABLE_SCHEMA = DATABASE()';

/** The queries for {@link CatalogRows}: six, whatever there is. Names are compared as they are stored. */
export function catalogQueries({
  expressionIndexes,
  columnChecks,
}: Differences): Readonly<Record<keyof CatalogRows, string>> {
  const expression = expressionIndexes ? 'EXPRESSION' : 'NULL';
  return {
    tables: `SELECT TABLE_NAME AS name, TABLE_TYPE AS type, ENGINE AS engine, TABLE_COLLATION AS collation, TABLE_COMMENT AS comment
FROM information_schema.TABLES WHERE ${HERE}`,
    columns: `SELECT TABLE_NAME AS \`table\`, COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable, COLUMN_DEFAULT AS \`default\`,
  EXTRA AS extra, GENERATION_EXPRESSION AS expression, COLLATION_NAME AS collation, COLUMN_COMMENT AS comment
FROM information_schema.COLUMNS WHERE ${HERE} ORDER BY TABLE_NAME, ORDINAL_POSITION`,
    keyParts: `SELECT TABLE_NAME AS \`table\`, INDEX_NAME AS name, NON_UNIQUE AS non_unique, COLUMN_NAME AS \`column\`, ${expression} AS expression,
  COLLATION AS direction, SUB_PART AS prefix, INDEX_TYPE AS type, INDEX_COMMENT AS comment
FROM information_schema.STATISTICS WHERE ${HERE} ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX`,
    foreignKeys: `SELECT k.TABLE_NAME AS \`table\`, k.CONSTRAINT_NAME AS name, k.COLUMN_NAME AS \`column\`, k.REFERENCED_TABLE_SCHEMA AS \`schema\`,
  k.REFERENCED_TABLE_NAME AS referenced, k.REFERENCED_COLUMN_NAME AS referenced_column, r.DELETE_RULE AS on_delete, r.UPDATE_RULE AS on_update
FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r
  ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.TABLE_NAME = k.TABLE_NAME AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME
WHERE k.TABLE_SCHEMA = DATABASE() AND k.REFERENCED_TABLE_NAME IS NOT NULL
ORDER BY k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION`,
    checks: columnChecks
      ? `SELECT TABLE_NAME AS \`table\`, CONSTRAINT_NAME AS name, LEVEL AS level, CHECK_CLAUSE AS expression
FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE() ORDER BY TABLE_NAME, CONSTRAINT_NAME`
      : `SELECT t.TABLE_NAME AS \`table\`, c.CONSTRAINT_NAME AS name, 'Table' AS level, c.CHECK_CLAUSE AS expression
FROM information_schema.CHECK_CONSTRAINTS c JOIN information_schema.TABLE_CONSTRAINTS t USING (CONSTRAINT_SCHEMA, CONSTRAINT_NAME)
WHERE CONSTRAINT_SCHEMA = DATABASE() ORDER BY t.TABLE_NAME, c.CONSTRAINT_NAME`,
    views: `SELECT TABLE_NAME AS name, VIEW_DEFINITION AS definition, CHECK_OPTION AS check_option, SECURITY_TYPE AS security
FROM information_schema.VIEWS WHERE ${HERE}`,
  };
}
