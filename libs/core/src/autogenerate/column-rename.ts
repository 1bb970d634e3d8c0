import type { Column, Table } from '../schema/schema-model.js';

/** One column under two names. */
export interface ColumnRename {
  readonly from: string;
  readonly to: string;
  readonly entity?: string;
  readonly property?: string;
  /** How a person said it. */
  readonly stated?: string;
}

/** The two states of a table. */
export interface TableSides {
  readonly table: Table;
  /** The table as it is, under its new name. */
  readonly before: Table;
}

/** The new name of a column and the marks that it is remembered by; a part that says nothing comes from the table's entity. */
export function marked(
  { name, entity, property = name }: Column,
  table: Table,
): Omit<ColumnRename, 'from'> {
  const owner = entity ?? table.entity;
  return { to: name, ...(owner !== undefined && { entity: owner, property }) };
}
