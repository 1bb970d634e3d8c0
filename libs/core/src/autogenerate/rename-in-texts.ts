import type { TextRenaming } from '../dialects/common/dialect.js';
import type { Operation } from '../operations/operation.js';
import { sameName } from '../schema/object-name.js';
import type { Column, Index, SchemaModel, SqlText, Table } from '../schema/schema-model.js';
import type { DiffDialect } from './diff-part.js';

/**
 * The model with the texts that name a renamed column, enum or label spelled as the server spells them after the rename: there
 * they follow by themselves, so they are no difference.
 */
export function withTextsRenamed(
  model: SchemaModel,
  operation: Operation,
  dialect: DiffDialect,
): SchemaModel {
  if (operation.kind === 'renameColumn') {
    const { table, from, to } = operation;
    const names = { from: { schema: null, name: from }, to: { schema: null, name: to } };
    const rename = renamer(dialect, { kind: 'column', ...names });
    return inTables(model, (found) => (sameName(found, table) ? inTexts(found, rename) : found));
  }
  if (operation.kind === 'renameEnum') {
    const rename = renamer(dialect, { kind: 'type', from: operation.from, to: operation.to });
    return inTables(model, (found) => inTexts(found, rename));
  }
  if (operation.kind === 'alterEnum') {
    const renames = (operation.renames ?? []).map(({ from, to }) =>
      renamer(dialect, { kind: 'label', type: operation.name, from: label(from), to: label(to) }),
    );
    const rename = (text: SqlText) => renames.reduce((sofar, one) => one(sofar), text);
    return inTables(model, (found) => inTexts(found, rename));
  }
  return model;
}

const label = (name: string) => ({ schema: null, name });

type Rename = (text: SqlText) => SqlText;

const renamer =
  (dialect: DiffDialect, renaming: TextRenaming): Rename =>
  (text) =>
    dialect.renameInText(text, renaming);

const inTables = (model: SchemaModel, change: (table: Table) => Table): SchemaModel => ({
  ...model,
  tables: model.tables.map(change),
});

function inTexts(table: Table, rename: Rename): Table {
  return {
    ...table,
    columns: table.columns.map((column) => inColumn(column, rename)),
    checks: table.checks.map((check) => ({ ...check, expression: rename(check.expression) })),
    exclusions: table.exclusions.map((exclusion) => ({
      ...exclusion,
      definition: rename(exclusion.definition),
    })),
    indexes: table.indexes.map((index) => inIndex(index, rename)),
  };
}

function inColumn(column: Column, rename: Rename): Column {
  const { generated } = column;
  return {
    ...column,
    ...(column.default !== undefined && { default: rename(column.default) }),
    ...(generated && { generated: { ...generated, expression: rename(generated.expression) } }),
  };
}

function inIndex(index: Index, rename: Rename): Index {
  return {
    ...index,
    elements: index.elements.map((element) =>
      element.expression === undefined
        ? element
        : { ...element, expression: rename(element.expression) },
    ),
    ...(index.where !== undefined && { where: rename(index.where) }),
  };
}
