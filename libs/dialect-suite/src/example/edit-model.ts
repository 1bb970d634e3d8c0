import type { Column, EnumType, SchemaModel, Table } from '@nest-alembic/core';

/** Makes another model of a model. */
export type ModelEdit = (model: SchemaModel) => SchemaModel;

/** The model with every table changed. */
export function eachTable(change: (table: Table) => Table): ModelEdit {
  return (model) => ({ ...model, tables: model.tables.map(change) });
}

/** The model with every column changed; what it says of a column then counts, a default that the database chose too. */
export function eachColumn(change: (column: Column, table: Table) => Column): ModelEdit {
  return (model) => ({
    ...eachTable((table) => ({
      ...table,
      columns: table.columns.map((column) => change(column, table)),
    }))(model),
    unmanaged: (model.unmanaged ?? []).filter(({ kind }) => kind !== 'default'),
  });
}

/** The model with other labels for every enum. */
export function eachEnum(labels: (type: EnumType) => readonly string[]): ModelEdit {
  return (model) => ({
    ...model,
    enums: model.enums.map((type) => ({ ...type, labels: labels(type) })),
  });
}

/** One edit after the other. */
export function inTurn(...edits: readonly ModelEdit[]): ModelEdit {
  return (model) => edits.reduce((edited, edit) => edit(edited), model);
}

/** The object without some of its attributes. */
export function without<T extends object>(object: T, ...names: readonly (keyof T)[]): T {
  const rest = Object.entries(object).filter(([name]) => !names.includes(name as keyof T));
  return Object.fromEntries(rest) as T;
}
