import type { Column, Index, SchemaModel, Table, View } from '@nest-alembic/core';
import * as fc from 'fast-check';
import type { Draw } from './arb-columns.js';
import {
  comment,
  drawColumn,
  familyOf,
  oneOf,
  quoted,
  sometimes,
  withDefault,
} from './arb-columns.js';
import {
  drawChecks,
  drawIndexes,
  drawSchema,
  drawTable,
  drawViews,
  marked,
  Names,
  withForeignKey,
} from './arb-schema.js';

/** Two schemas: near to each other, or (one pair in five) independent. */
export interface SchemaPair {
  readonly current: SchemaModel;
  readonly target: SchemaModel;
}

/** Pairs of which the second comes from the first by one to ten edits, mostly. */
export const arbPair: fc.Arbitrary<SchemaPair> = fc.gen().map((g) => {
  const names = new Names('');
  const current = drawSchema(g, names);
  if (sometimes(g, 20)) return { current, target: drawSchema(g, new Names('b')) };
  let target = current;
  const edits = g(fc.integer, { min: 1, max: 10 });
  for (let at = 0; at < edits; at += 1) target = mutate(g, names, target);
  return { current, target };
});

type Edit = (g: Draw, names: Names, model: SchemaModel) => SchemaModel;

function mutate(g: Draw, names: Names, model: SchemaModel): SchemaModel {
  const edit = oneOf(g, model.tables.length === 0 ? [addTable] : EDITS);
  const { enums, tables, views } = edit(g, names, model);
  return marked({ enums, tables, views });
}

const addTable: Edit = (g, names, model) => ({
  ...model,
  tables: [...model.tables, drawTable(g, names, model)],
});

const dropTable: Edit = (g, _names, model) => {
  const gone = oneOf(g, model.tables).name;
  return {
    ...model,
    tables: model.tables
      .filter(({ name }) => name !== gone)
      .map((table) => ({
        ...table,
        foreignKeys: table.foreignKeys.filter(
          ({ referencedTable }) => referencedTable.name !== gone,
        ),
      })),
    views: withoutViewsOn(model.views, gone),
  };
};

/** Views of a table, and those above them. */
function withoutViewsOn(views: readonly View[], table: string): readonly View[] {
  const isOn = (name: string, { definition }: View): boolean =>
    definition.includes(` FROM ${quoted(name)}`);
  const gone = views.filter((view) => isOn(table, view)).map(({ name }) => name);
  return views.filter(
    (view) => !gone.includes(view.name) && !gone.some((name) => isOn(name, view)),
  );
}

/** Changes one table, and drops the views of it: they may name what changes. */
function inTable(change: (g: Draw, names: Names, table: Table, model: SchemaModel) => Table): Edit {
  return (g, names, model) => {
    const before = oneOf(g, model.tables);
    const after = change(g, names, before, model);
    const tables = model.tables.map((table) => (table === before ? after : table));
    return { ...model, tables };
  };
}

const addColumn = inTable((g, names, table, { enums }) => ({
  ...table,
  columns: [...table.columns, drawColumn(g, names.next(g), { enums, others: table.columns })],
}));

const dropColumn: Edit = (g, _names, model) => {
  const table = oneOf(g, model.tables);
  const column = oneOf(g, table.columns);
  if (isNeeded(model, table, column)) return model;
  return {
    ...model,
    tables: model.tables.map((one) => (one === table ? withoutColumn(table, column) : one)),
    views: withoutViewsOn(model.views, table.name),
  };
};

/** A key that others refer to, the source of a generated column, or all that the table has. */
function isNeeded(model: SchemaModel, table: Table, { name }: Column): boolean {
  if (table.columns.length === 1 || table.primaryKey?.columns.includes(name)) return true;

  return table.columns.some(({ generated }) => generated?.expression.includes(quoted(name)));
}

function withoutColumn(table: Table, { name }: Column): Table {
  const text = quoted(name);
  return {
    ...table,
    columns: table.columns.filter((column) => column.name !== name),
    foreignKeys: table.foreignKeys.filter(({ columns }) => !columns.includes(name)),
    uniques: table.uniques.filter(({ columns }) => !columns.includes(name)),
    checks: table.checks.filter(({ expression }) => !expression.includes(text)),
    indexes: table.indexes.filter(
      ({ elements, where }) =>
        !where?.includes(text) &&
        elements.every(({ column, expression }) => column !== name && !expression?.includes(text)),
    ),
  };
}

/** To another type of the family, or another default, nullability or comment. */
const alterColumn = inTable((g, _names, table, model) => {
  const column = oneOf(g, table.columns);
  if (column.generated || column.identity) return table;
  const isKey = isReferred(model, table, column) || isReferring(table, column);
  const changed = changedColumn(g, column, { model, isKey });
  const inKey = table.primaryKey?.columns.includes(column.name) ?? false;
  const kept = inKey ? { ...changed, nullable: false } : changed;
  return { ...table, columns: table.columns.map((one) => (one === column ? kept : one)) };
});

function changedColumn(
  g: Draw,
  column: Column,
  { model, isKey }: { readonly model: SchemaModel; readonly isKey: boolean },
): Column {
  const { comment: _comment, ...rest } = column;
  switch (g(fc.integer, { min: 0, max: 3 })) {
    case 0:
      return isKey
        ? column
        : { ...column, type: oneOf(g, familyOf(column.type, model.enums).types) };
    case 1:
      return withDefault(g, column, model.enums);
    case 2:
      return { ...column, nullable: !column.nullable };
    default:
      return { ...rest, ...comment(g) };
  }
}

const isReferring = (table: Table, { name }: Column): boolean =>
  table.foreignKeys.some(({ columns }) => columns.includes(name)) ||
  table.columns.some(({ generated }) => generated?.expression.includes(quoted(name)));

const isReferred = (model: SchemaModel, table: Table, { name }: Column): boolean =>
  model.tables.some(({ foreignKeys }) =>
    foreignKeys.some(
      ({ referencedTable, referencedColumns }) =>
        referencedTable.name === table.name && referencedColumns.includes(name),
    ),
  );

/** The property stays: that makes it a rename. The sequence of an identity column keeps its name, and the judges see it. */
const renameColumn: Edit = (g, names, model) => {
  const table = oneOf(g, model.tables);
  const column = oneOf(g, table.columns);
  if (isNeeded(model, table, column) || column.identity) return model;
  const bare = withoutColumn(table, column);
  const renamed = { ...column, name: names.next(g) };
  const columns = table.columns.map((one) => (one === column ? renamed : one));
  return {
    ...model,
    tables: model.tables.map((one) => (one === table ? { ...bare, columns } : one)),
    views: withoutViewsOn(model.views, table.name),
  };
};

const renameTable: Edit = (g, names, model) => {
  const table = oneOf(g, model.tables);
  if (table.columns.some(({ identity }) => identity)) return model;
  const name = names.next(g);
  return {
    ...model,
    tables: model.tables.map((one) => ({
      ...one,
      ...(one === table && { name }),
      foreignKeys: one.foreignKeys.map((key) =>
        key.referencedTable.name === table.name
          ? { ...key, referencedTable: { schema: null, name } }
          : key,
      ),
    })),
    views: withoutViewsOn(model.views, table.name),
  };
};

const changeIndexes = inTable((g, _names, table) => {
  const kept = table.indexes.slice(1);
  const isNew = ({ name }: Index): boolean => !kept.some((index) => index.name === name);
  return { ...table, indexes: [...kept, ...drawIndexes(g, table, 1).filter(isNew)] };
});

const changeChecks = inTable((g, _names, table, { enums }) => ({
  ...table,
  checks: drawChecks(g, { table, enums }),
}));

const changeKeys = inTable((g, names, table, { tables }) =>
  withForeignKey(g, names, {
    table: { ...table, foreignKeys: table.foreignKeys.slice(1) },
    tables,
  }),
);

const changeComment = inTable((g, _names, { comment: _comment, ...table }) => ({
  ...table,
  ...comment(g),
}));

const changeEnum: Edit = (g, names, model) => {
  const [first, ...others] = model.enums;
  if (!first) return { ...model, enums: drawSchema(g, names).enums };
  const label = names.next(g);
  const labels = sometimes(g, 50) ? [...first.labels, label] : [label, ...first.labels];
  return { ...model, enums: [{ ...first, labels }, ...others] };
};

const changeViews: Edit = (g, names, model) => ({
  ...model,
  views: drawViews(g, names, model.tables),
});

const EDITS: readonly Edit[] = [
  addTable,
  dropTable,
  addColumn,
  addColumn,
  dropColumn,
  alterColumn,
  alterColumn,
  alterColumn,
  renameColumn,
  renameTable,
  changeIndexes,
  changeChecks,
  changeKeys,
  changeComment,
  changeEnum,
  changeViews,
];
