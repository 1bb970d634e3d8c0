import { nameKey } from '../../schema/object-name.js';
import type { SchemaModel, Table } from '../../schema/schema-model.js';

/**
 * The tables of the database with those of their columns that filters left out. They take no part in a comparison; but a type that one
 * of them has can only be replaced or dropped with it.
 */
export function hiddenColumns(whole: SchemaModel, filtered: SchemaModel): readonly Table[] {
  if (whole === filtered) return [];
  const shown = new Map(filtered.tables.map((table) => [nameKey(table), columnNames(table)]));
  return whole.tables.flatMap((table) => {
    const names = shown.get(nameKey(table));
    const columns = table.columns.filter(({ name }) => names?.has(name) !== true);
    return columns.length === 0 ? [] : [{ ...table, columns }];
  });
}

const columnNames = ({ columns }: Table): ReadonlySet<string> =>
  new Set(columns.map(({ name }) => name));
