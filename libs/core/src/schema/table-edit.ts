import { displayName } from './object-name.js';
import type { Column, Index, SchemaModel, Table } from './schema-model.js';
import { missingObject, presentObject } from './schema-edit.js';

/** The column with this name, or undefined. */
export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

/**
 * The table with one column more, at the end, where servers put it.
 * @throws MigrationError E3014 when it has the column already
 */
export function addColumnToTable(table: Table, column: Column): Table {
  if (findColumn(table, column.name)) throw presentObject('column', partName(table, column.name));
  return { ...table, columns: [...table.columns, column] };
}

/**
 * The table with one column replaced by what `change` makes of it, in the same place.
 * @throws MigrationError E3014 when it has no such column
 */
export function updateColumn(
  table: Table,
  name: string,
  change: (column: Column) => Column,
): Table {
  if (!findColumn(table, name)) throw missingObject('column', partName(table, name));
  return {
    ...table,
    columns: table.columns.map((column) => (column.name === name ? change(column) : column)),
  };
}

/**
 * The table without a column, and without the keys, uniques and indexes of its own that use it: servers drop those with
 * it (PostgreSQL manual, ALTER TABLE … DROP COLUMN). Texts of checks are not searched.
 * @throws MigrationError E3014 when it has no such column
 */
export function dropColumnFromTable(table: Table, name: string): Table {
  if (!findColumn(table, name)) throw missingObject('column', partName(table, name));
  const unused = (part: Keyed): boolean =>
    !part.columns.includes(name) && !(part.include ?? []).includes(name);
  const { primaryKey, ...rest } = table;
  return {
    ...rest,
    columns: table.columns.filter((column) => column.name !== name),
    ...(primaryKey && unused(primaryKey) && { primaryKey }),
    foreignKeys: table.foreignKeys.filter(unused),
    uniques: table.uniques.filter(unused),
    indexes: table.indexes.filter((index) => !indexUses(index, name)),
  };
}

interface Keyed {
  readonly columns: readonly string[];
  readonly include?: readonly string[];
}

/** The table with its columns of these names NOT NULL, as a primary key makes them. */
export function withColumnsNotNull(table: Table, names: readonly string[]): Table {
  const columns = table.columns.map((column) =>
    names.includes(column.name) ? { ...column, nullable: false } : column,
  );
  return { ...table, columns };
}

/** The name of a part of a table as people read it: `account.email`. */
export function partName(table: Pick<Table, 'schema' | 'name'>, name: string): string {
  return `${displayName(table)}.${name}`;
}

/** True when a column is a key part of the index or included in it; expressions are not searched. */
export function indexUses(index: Index, column: string): boolean {
  return (
    index.elements.some((element) => element.column === column) ||
    (index.include ?? []).includes(column)
  );
}

/** The model with every table replaced by what `change` makes of it. The names stay. */
export function mapTables(model: SchemaModel, change: (table: Table) => Table): SchemaModel {
  return { ...model, tables: model.tables.map(change) };
}
