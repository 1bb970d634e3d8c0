import type { Column, Index, SchemaModel, Table } from '@nest-alembic/core';
import * as fc from 'fast-check';
import { comment, drawColumn, familyOf, withCollation, withDefault } from './arb-columns.js';
import { drawIndexes, typesFor } from './arb-indexes.js';
import { drawSchema, drawSequence, marked, SIZE } from './arb-schema.js';
import { drawChecks, drawTable, withForeignKey } from './arb-tables.js';
import { drawViews, withoutViewsOn } from './arb-views.js';
import type { Drawing } from './draw.js';
import { below, Names, oneOf, sometimes } from './draw.js';
import type { DrawnDialect } from './drawn-dialect.js';

/** Two schemas: near to each other, or (one pair in five) independent. */
export interface SchemaPair {
  readonly current: SchemaModel;
  readonly target: SchemaModel;
}

/** Pairs of which the second comes from the first by one to ten edits, mostly. */
export const arbPair = (drawn: DrawnDialect): fc.Arbitrary<SchemaPair> =>
  fc.gen().map((g) => {
    const drawing = { g, drawn, names: new Names(drawn.words, '') };
    const current = drawSchema(drawing);
    if (sometimes(g, 20))
      return { current, target: drawSchema({ ...drawing, names: new Names(drawn.words, 'b') }) };
    let target = current;
    const edits = 1 + below(g, 10);
    for (let at = 0; at < edits; at += 1) target = mutate(drawing, target);
    return { current, target };
  });

type Edit = (drawing: Drawing, model: SchemaModel) => SchemaModel;

function mutate(drawing: Drawing, model: SchemaModel): SchemaModel {
  const edit = oneOf(drawing.g, model.tables.length === 0 ? [addTable] : EDITS);
  const edited = edit(drawing, model);
  // An edit knows nothing of what one database refuses.
  return edited.tables.every((table) => drawing.drawn.fits?.(table) ?? true)
    ? marked(edited)
    : model;
}

const addTable: Edit = (drawing, model) => ({
  ...model,
  tables: [...model.tables, drawTable(drawing, model, SIZE.columns)],
});

const dropTable: Edit = (drawing, model) => {
  const gone = oneOf(drawing.g, model.tables);
  return {
    ...model,
    tables: model.tables
      .filter(({ name }) => name !== gone.name)
      .map((table) => ({
        ...table,
        foreignKeys: table.foreignKeys.filter(
          ({ referencedTable }) => referencedTable.name !== gone.name,
        ),
      })),
    views: withoutViewsOn(drawing, model.views, gone),
  };
};

type TableChange = (drawing: Drawing, table: Table, model: SchemaModel) => Table;

/** Changes one table. */
function inTable(change: TableChange): Edit {
  return (drawing, model) => {
    const current = oneOf(drawing.g, model.tables);
    const target = change(drawing, current, model);
    return replaced(model, current, target);
  };
}

const replaced = (model: SchemaModel, current: Table, target: Table): SchemaModel => ({
  ...model,
  tables: model.tables.map((table) => (table === current ? target : table)),
});

/** A column that refers is no source of a generated one: what it becomes by a foreign key would have to be computed. */
const addColumn = inTable((drawing, table, { enums }) => {
  const tied = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  const others = table.columns.filter(({ name }) => !tied.has(name));
  return { ...table, columns: [...table.columns, drawColumn(drawing, { enums, others })] };
});

const dropColumn: Edit = (drawing, model) => {
  const table = oneOf(drawing.g, model.tables);
  const column = oneOf(drawing.g, table.columns);
  if (isNeeded(drawing, table, column)) return model;
  return {
    ...replaced(model, table, withoutColumn(drawing, table, column)),
    views: withoutViewsOn(drawing, model.views, table),
  };
};

/** A key, the source of a generated column, or all that the table has. */
function isNeeded({ drawn }: Drawing, table: Table, { name }: Column): boolean {
  if (table.columns.length === 1 || table.primaryKey?.columns.includes(name)) return true;
  const text = drawn.tested.dialect.quoting.identifier(name);
  return table.columns.some(({ generated }) => generated?.expression.includes(text));
}

function withoutColumn({ drawn }: Drawing, table: Table, { name }: Column): Table {
  const text = drawn.tested.dialect.quoting.identifier(name);
  return {
    ...table,
    columns: table.columns.filter((column) => column.name !== name),
    foreignKeys: table.foreignKeys.filter(({ columns }) => !columns.includes(name)),
    uniques: table.uniques.filter(({ columns }) => !columns.includes(name)),
    checks: table.checks.filter(({ expression }) => !expression.includes(text)),
    exclusions: table.exclusions.filter(({ definition }) => !definition.includes(text)),
    indexes: table.indexes.filter(
      ({ elements, where, include }) =>
        !where?.includes(text) &&
        !include?.includes(name) &&
        elements.every(({ column, expression }) => column !== name && !expression?.includes(text)),
    ),
  };
}

/** To another type of the family, or another default, nullability, comment or collation. */
const alterColumn = inTable((drawing, table, model) => {
  const column = oneOf(drawing.g, table.columns);
  if (column.generated || column.identity || column.autoIncrement) return table;
  const changed = changedColumn(drawing, column, { model, table });
  const inKey = table.primaryKey?.columns.includes(column.name) ?? false;
  const kept = inKey ? { ...changed, nullable: false } : changed;
  return { ...table, columns: table.columns.map((one) => (one === column ? kept : one)) };
});

function changedColumn(
  drawing: Drawing,
  column: Column,
  { model, table }: { readonly model: SchemaModel; readonly table: Table },
): Column {
  const { g, drawn } = drawing;
  const { comment: _comment, ...rest } = column;
  const isKey = isReferred(model, table, column) || isReferring(drawing, table, column);
  const family = familyOf(drawn, column.type, model.enums);
  switch (below(g, 5)) {
    case 0: {
      const types = typesFor(drawn, family.types, { table, column });
      return isKey || types.length === 0 ? column : { ...column, type: oneOf(g, types) };
    }
    case 1:
      return withDefault(drawing, column, model.enums);
    case 2:
      return isSetNull(table, column) ? column : { ...column, nullable: !column.nullable };
    case 3:
      return isKey ? column : withCollation(drawing, column, model.enums);
    default:
      return { ...rest, ...comment(drawing) };
  }
}

/** A foreign key makes it NULL. */
const isSetNull = ({ foreignKeys }: Table, { name }: Column): boolean =>
  foreignKeys.some(
    ({ columns, onDelete, onUpdate }) =>
      columns.includes(name) && [onDelete, onUpdate].includes('set null'),
  );

/** Refers, or is the source of a generated column. */
function isReferring({ drawn }: Drawing, table: Table, { name }: Column): boolean {
  const text = drawn.tested.dialect.quoting.identifier(name);
  return (
    table.foreignKeys.some(({ columns }) => columns.includes(name)) ||
    table.columns.some(({ generated }) => generated?.expression.includes(text))
  );
}

const isReferred = (model: SchemaModel, table: Table, { name }: Column): boolean =>
  model.tables.some(({ foreignKeys }) =>
    foreignKeys.some(
      ({ referencedTable, referencedColumns }) =>
        referencedTable.name === table.name && referencedColumns.includes(name),
    ),
  );

/** The property stays: that makes it a rename. The sequence of an identity column keeps its name, and the judges see it. */
const renameColumn: Edit = (drawing, model) => {
  const { g, names } = drawing;
  const table = oneOf(g, model.tables);
  const column = oneOf(g, table.columns);
  if (isNeeded(drawing, table, column) || column.identity) return model;
  const bare = withoutColumn(drawing, table, column);
  const renamed = { ...column, name: names.next(g) };
  const columns = table.columns.map((one) => (one === column ? renamed : one));
  return {
    ...replaced(model, table, { ...bare, columns }),
    views: withoutViewsOn(drawing, model.views, table),
  };
};

const renameTable: Edit = (drawing, model) => {
  const { g, names } = drawing;
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
          ? { ...key, referencedTable: { ...key.referencedTable, name } }
          : key,
      ),
    })),
    views: withoutViewsOn(drawing, model.views, table),
  };
};

const changeIndexes = inTable((drawing, table) => {
  const kept = table.indexes.slice(1);
  const isNew = ({ name }: Index): boolean => !kept.some((index) => index.name === name);
  return { ...table, indexes: [...kept, ...drawIndexes(drawing, table, 1).filter(isNew)] };
});

const changeChecks = inTable((drawing, table, { enums }) => ({
  ...table,
  checks: drawChecks(drawing, { table, enums }),
}));

const changeKeys = inTable((drawing, table, { tables }) =>
  withForeignKey(drawing, {
    table: { ...table, foreignKeys: table.foreignKeys.slice(1) },
    tables,
  }),
);

const changeComment = inTable((drawing, { comment: _comment, ...table }) => ({
  ...table,
  ...comment(drawing),
}));

const changeEnum: Edit = (drawing, model) => {
  const { g, names, drawn } = drawing;
  const [first, ...others] = model.enums;
  if (!drawn.tested.dialect.capabilities.enumTypes) return model;
  if (!first) return { ...model, enums: drawSchema(drawing).enums };
  const label = names.next(g);
  const labels = sometimes(g, 50) ? [...first.labels, label] : [label, ...first.labels];
  return { ...model, enums: [{ ...first, labels }, ...others] };
};

const changeSequences: Edit = (drawing, model) => {
  if (!drawing.drawn.tested.dialect.capabilities.sequences) return model;
  return { ...model, sequences: model.sequences.length > 0 ? [] : [drawSequence(drawing)] };
};

const changeViews: Edit = (drawing, model) => ({
  ...model,
  views: drawViews(drawing, model.tables),
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
  alterColumn,
  renameColumn,
  renameTable,
  changeIndexes,
  changeIndexes,
  changeChecks,
  changeKeys,
  changeComment,
  changeEnum,
  changeSequences,
  changeViews,
];
