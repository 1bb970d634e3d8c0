import type { CheckConstraint, Column } from '../../schema/schema-model.js';
import type { Differences } from './mariadb-differences.js';
import type { CheckRow, ColumnRow } from './mysql-catalog.js';
import { ownCharacters } from './mysql-characters.js';
import { canonicalNow } from './mysql-now.js';
import { mysqlQuoting } from './mysql-quoting.js';
import { baseOf, canonicalType } from './mysql-types.js';

/** What the rows of a table's columns are read with. */
export interface ColumnReading {
  /** Of the table. */
  readonly collation: string | null;
  /** Those of the table. */
  readonly checks: readonly CheckRow[];
  readonly differences: Differences;
}

/** A column of a table. */
export function columnOfRow(row: ColumnRow, reading: ColumnReading): Column {
  const { name, comment, extra } = row;
  const isJson = reading.checks.some((check) => isJsonCheck(check, row));
  const { collation } = row;
  const hasCharacters = collation !== null && !isJson;
  return {
    name,
    type: isJson ? 'json' : canonicalType(row.type),
    nullable: row.nullable === 'YES',
    ...valuesOf(row, reading.differences),
    ...(hasCharacters && ownCharacters(collation, reading.collation)),
    ...(/\bINVISIBLE\b/i.test(extra) && { invisible: true }),
    ...(comment !== '' && { comment }),
  };
}

/** Where the values of a column come from. */
function valuesOf(row: ColumnRow, differences: Differences): Partial<Column> {
  const generated = generatedOf(row);
  if (generated) return { generated };
  const value = defaultOf(row, differences);
  const onUpdate = /on update (current_timestamp(?:\(\d*\))?)/i.exec(row.extra)?.[1];
  return {
    ...(value !== undefined && { default: value }),
    ...(/auto_increment/i.test(row.extra) && { autoIncrement: true }),
    ...(onUpdate !== undefined && { onUpdate: canonicalNow(onUpdate) }),
  };
}

/** The checks of a table, but for those that make LONGTEXT of MariaDB a JSON. */
export function checksOfRows(
  rows: readonly CheckRow[],
  columns: readonly ColumnRow[],
): readonly CheckConstraint[] {
  const isJson = (row: CheckRow): boolean => columns.some((column) => isJsonCheck(row, column));
  return rows
    .filter((row) => !isJson(row))
    .map(({ name, expression }) => ({ name, expression: unescaped(expression) }));
}

/**
 * JSON is an alias on MariaDB: LONGTEXT of binary collation with this check (MariaDB manual, JSON Data Type). Its name is that of the
 * column when it was made: RENAME COLUMN leaves it.
 */
function isJsonCheck({ level, expression }: CheckRow, column: ColumnRow): boolean {
  return (
    level === 'Column' &&
    baseOf(column.type) === 'longtext' &&
    column.collation === 'utf8mb4_bin' &&
    expression === `json_valid(${mysqlQuoting.identifier(column.name)})`
  );
}

function generatedOf({ expression, extra }: ColumnRow): Column['generated'] {
  if (expression === null || expression === '') return undefined;
  return { expression: unescaped(expression), stored: /STORED|PERSISTENT/i.test(extra) };
}

/** MySQL keeps expressions with backslashes before their quotes; MariaDB does not. */
const unescaped = (expression: string): string =>
  /_\w+\\'/.test(expression) ? expression.replaceAll("\\'", "'") : expression;

/** MariaDB has SQL there, with NULL for what has no default; MySQL has a text, and says elsewhere that it is SQL. */
function defaultOf(
  { default: value, extra, type }: ColumnRow,
  { defaultsInParentheses }: Differences,
): string | undefined {
  if (value === null) return undefined;
  if (!defaultsInParentheses) return value === 'NULL' ? undefined : value;
  if (/^current_timestamp/i.test(value)) return canonicalNow(value);
  if (/DEFAULT_GENERATED/i.test(extra)) return unescaped(value);
  const isBare = /^(b'|-?[\d.]+(e[-+]?\d+)?$)/.test(value) && !/char|text|enum|set\(/.test(type);
  return isBare ? value : mysqlQuoting.literal(value);
}
