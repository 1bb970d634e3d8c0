import type { ObjectName } from './object-name.js';
import { sameName } from './object-name.js';
import { updateMember } from './object-list.js';
import { presentObject, updateObject, updateTable } from './schema-edit.js';
import type { ForeignKey, Index, PrimaryKey, SchemaModel, Table } from './schema-model.js';
import { mapOwners } from './sequence-owners.js';
import { findColumn, mapTables, partName, updateColumn } from './table-edit.js';

/** A change of name, from one to the other. */
export interface Renaming<N> {
  readonly from: N;
  readonly to: N;
}

/**
 * The model with a column renamed, and with it the lists that name it: keys, uniques, parts of indexes, foreign keys of
 * other tables that refer to it. SQL texts (checks, predicates, views) are never rewritten.
 * @throws MigrationError E3014 when the table or column is missing, or the new name is taken
 */
export function renameColumnInSchema(
  model: SchemaModel,
  table: ObjectName,
  { from, to }: Renaming<string>,
): SchemaModel {
  const follow = (names: readonly string[]): readonly string[] =>
    names.map((name) => (name === from ? to : name));
  const renamed = updateTable(model, table, (found) => {
    if (findColumn(found, to)) throw presentObject('column', partName(found, to));
    return followInTable(
      updateColumn(found, from, (column) => ({ ...column, name: to })),
      follow,
    );
  });
  const owned = mapOwners(renamed, (owner) =>
    sameName(owner.table, table) && owner.column === from ? { ...owner, column: to } : owner,
  );
  return mapForeignKeys(owned, (key) =>
    sameName(key.referencedTable, table)
      ? { ...key, referencedColumns: follow(key.referencedColumns) }
      : key,
  );
}

/**
 * The model with a table renamed or moved to another schema; foreign keys and views that name it follow.
 * @throws MigrationError E3014 when the table is missing, or the new name is taken
 */
export function renameTableInSchema(
  model: SchemaModel,
  { from, to }: Renaming<ObjectName>,
): SchemaModel {
  const follow = (name: ObjectName): ObjectName =>
    sameName(name, from) ? { schema: to.schema, name: to.name } : name;
  const renamed = updateTable(model, from, (table) => ({ ...table, ...follow(from) }));
  const owned = mapOwners(renamed, (owner) => ({ ...owner, table: follow(owner.table) }));
  const followed = mapForeignKeys(owned, (key) => ({
    ...key,
    referencedTable: follow(key.referencedTable),
  }));
  const views = followed.views.map((view) => ({ ...view, dependsOn: view.dependsOn.map(follow) }));
  const partitions = followed.partitions?.map((one) => ({ ...one, of: follow(one.of) }));
  return { ...followed, views, ...(partitions && { partitions }) };
}

/**
 * The model with a view renamed or moved to another schema; views that stand on it follow, but for their texts.
 * @throws MigrationError E3014 when the view is missing, or the new name is taken
 */
export function renameViewInSchema(
  model: SchemaModel,
  { from, to }: Renaming<ObjectName>,
): SchemaModel {
  const name = { schema: to.schema, name: to.name };
  const renamed = updateObject(model, 'views', {
    name: from,
    change: (view) => ({ ...view, ...name }),
  });
  const views = renamed.views.map((view) => ({
    ...view,
    dependsOn: view.dependsOn.map((one) => (sameName(one, from) ? name : one)),
  }));
  return { ...renamed, views };
}

/**
 * The model with an enum renamed or moved to another schema; columns whose type is spelled as its name, or as an array
 * of it, follow.
 * @throws MigrationError E3014 when the enum is missing, or the new name is taken
 */
export function renameEnumInSchema(
  model: SchemaModel,
  { from, to }: Renaming<ObjectName>,
): SchemaModel {
  const renamed = updateObject(model, 'enums', {
    name: from,
    change: (found) => ({ ...found, schema: to.schema, name: to.name }),
  });
  return followTypes(renamed, { from, to });
}

/**
 * The model with a domain renamed or moved to another schema; columns whose type is spelled as its name, or as an array
 * of it, follow.
 * @throws MigrationError E3014 when the domain is missing, or the new name is taken
 */
export function renameDomainInSchema(
  model: SchemaModel,
  { from, to }: Renaming<ObjectName>,
): SchemaModel {
  const renamed = updateMember(model, 'domains', {
    key: from,
    change: (found) => ({ ...found, schema: to.schema, name: to.name }),
  });
  return followTypes(renamed, { from, to });
}

/** The model with the types of columns following a rename of their type. */
export function followTypes(model: SchemaModel, renaming: Renaming<ObjectName>): SchemaModel {
  return mapTables(model, (table) => ({
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      type: followType(column.type, renaming),
    })),
  }));
}

type Follow = (names: readonly string[]) => readonly string[];

interface Keyed {
  readonly columns: readonly string[];
  readonly include?: readonly string[];
}

function followInTable(table: Table, follow: Follow): Table {
  const inColumns = <T extends Keyed>(part: T): T => ({
    ...part,
    columns: follow(part.columns),
    ...(part.include && { include: follow(part.include) }),
  });
  return {
    ...table,
    ...(table.primaryKey && { primaryKey: inColumns<PrimaryKey>(table.primaryKey) }),
    foreignKeys: table.foreignKeys.map((key) => followInKey(inColumns(key), follow)),
    uniques: table.uniques.map(inColumns),
    indexes: table.indexes.map((index) => followInIndex(index, follow)),
  };
}

function followInKey(key: ForeignKey, follow: Follow): ForeignKey {
  const { onDeleteColumns } = key;
  return { ...key, ...(onDeleteColumns && { onDeleteColumns: follow(onDeleteColumns) }) };
}

function followInIndex(index: Index, follow: Follow): Index {
  const elements = index.elements.map((element) => {
    const [column] = element.column === undefined ? [] : follow([element.column]);
    return { ...element, ...(column !== undefined && { column }) };
  });
  return { ...index, elements, ...(index.include && { include: follow(index.include) }) };
}

function mapForeignKeys(model: SchemaModel, change: (key: ForeignKey) => ForeignKey): SchemaModel {
  return mapTables(model, (table) => ({ ...table, foreignKeys: table.foreignKeys.map(change) }));
}

/** A type is a name, not an expression: it is compared whole, in both spellings that SQL has for a name. */
function followType(type: string, { from, to }: Renaming<ObjectName>): string {
  const [, name = type, suffix = ''] = /^(.*?)((?:\[\])*)$/su.exec(type) ?? [];
  return name === spelled(from) || name === quoted(from) ? spelled(to) + suffix : type;
}

function spelled(name: ObjectName): string {
  const part = (text: string): string => (/^[a-z_][a-z0-9_$]*$/.test(text) ? text : quote(text));
  return parts(name).map(part).join('.');
}

function quoted(name: ObjectName): string {
  return parts(name).map(quote).join('.');
}

function parts(name: ObjectName): readonly string[] {
  return name.schema === null ? [name.name] : [name.schema, name.name];
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
