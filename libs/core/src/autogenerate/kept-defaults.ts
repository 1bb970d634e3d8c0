import { nameKey } from '../schema/object-name.js';
import type { Column, SchemaModel, Table } from '../schema/schema-model.js';
import { shapeKey } from './shape-key.js';

/**
 * The target with the defaults of the database where the model only says that there is one: a column that is generated
 * as a uuid, in whatever way (PG-S2).
 */
export function withKeptDefaults(current: SchemaModel, target: SchemaModel): SchemaModel {
  const left = (target.unmanaged ?? []).filter(({ kind }) => kind === 'default');
  if (left.length === 0) return target;
  const keys = new Set(left.map(({ schema, table, name }) => shapeKey([schema, table, name])));
  const present = new Map(current.tables.map((table) => [nameKey(table), table]));
  const keep = (table: Table, column: Column): Column => {
    if (!keys.has(shapeKey([table.schema, table.name, column.name]))) return column;
    const before = present.get(nameKey(table))?.columns.find(({ name }) => name === column.name);
    return before?.default === undefined ? column : { ...column, default: before.default };
  };
  return {
    ...target,
    tables: target.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) => keep(table, column)),
    })),
  };
}
