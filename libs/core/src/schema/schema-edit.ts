import { MigrationError } from '../errors/migration-error.js';
import type { ObjectName } from './object-name.js';
import { compareNames, displayName, sameName } from './object-name.js';
import type { EnumType, Index, SchemaModel, Sequence, Table, View } from './schema-model.js';

/** The lists of a model that hold named objects, with the type of their members. */
export interface NamedObjects {
  readonly enums: EnumType;
  readonly sequences: Sequence;
  readonly tables: Table;
  readonly views: View;
}

/** The name of one of these lists. */
export type NamedList = keyof NamedObjects;

const WORDS: Readonly<Record<NamedList, string>> = {
  enums: 'enum',
  sequences: 'sequence',
  tables: 'table',
  views: 'view',
};

/** The object with this name, or undefined. */
export function findObject<L extends NamedList>(
  model: SchemaModel,
  list: L,
  name: ObjectName,
): NamedObjects[L] | undefined {
  return membersOf(model, list).find((member) => sameName(member, name));
}

/** The table with this name, or undefined. */
export function findTable(model: SchemaModel, name: ObjectName): Table | undefined {
  return findObject(model, 'tables', name);
}

/**
 * The model with one object more, in its sorted place.
 * @throws MigrationError E3014 when the list has the name already
 */
export function addObject<L extends NamedList>(
  model: SchemaModel,
  list: L,
  object: NamedObjects[L],
): SchemaModel {
  if (findObject(model, list, object)) throw presentObject(WORDS[list], displayName(object));
  return { ...model, [list]: addSorted(membersOf(model, list), object, compareNames) };
}

/**
 * The model without one object.
 * @throws MigrationError E3014 when the list lacks the name
 */
export function removeObject(model: SchemaModel, list: NamedList, name: ObjectName): SchemaModel {
  const members: readonly ObjectName[] = membersOf(model, list);
  const rest = members.filter((member) => !sameName(member, name));
  if (rest.length === members.length) throw missingObject(WORDS[list], displayName(name));
  return { ...model, [list]: rest };
}

/**
 * The model with one object replaced by what `change` makes of it; a changed name moves it to its sorted place.
 * @throws MigrationError E3014 when the list lacks the name, or has the changed one already
 */
export function updateObject<L extends NamedList>(
  model: SchemaModel,
  list: L,
  edit: { readonly name: ObjectName; change(object: NamedObjects[L]): NamedObjects[L] },
): SchemaModel {
  const object = findObject(model, list, edit.name);
  if (!object) throw missingObject(WORDS[list], displayName(edit.name));
  return addObject(removeObject(model, list, edit.name), list, edit.change(object));
}

/**
 * The model with one table replaced by what `change` makes of it.
 * @throws MigrationError E3014 when there is no such table
 */
export function updateTable(
  model: SchemaModel,
  name: ObjectName,
  change: (table: Table) => Table,
): SchemaModel {
  return updateObject(model, 'tables', { name, change });
}

/**
 * The model with other indexes on a table or, where no table has the name, on a view. It does not describe those of partitions.
 * @throws MigrationError E3014 when there is neither
 */
export function updateIndexes(
  model: SchemaModel,
  owner: ObjectName,
  change: (indexes: readonly Index[]) => readonly Index[],
): SchemaModel {
  const withIndexes = <T extends Table | View>(object: T): T => ({
    ...object,
    indexes: change(object.indexes),
  });
  if (model.partitions?.some((partition) => sameName(partition, owner))) return model;
  const view = findTable(model, owner) ? undefined : findObject(model, 'views', owner);
  return view
    ? updateObject(model, 'views', { name: owner, change: withIndexes })
    : updateTable(model, owner, withIndexes);
}

/** The list with one item more, before the first that is greater; the list is sorted by `compare`. */
export function addSorted<T>(
  list: readonly T[],
  item: T,
  compare: (left: T, right: T) => number,
): readonly T[] {
  const place = list.findIndex((other) => compare(other, item) > 0);
  return place === -1 ? [...list, item] : list.toSpliced(place, 0, item);
}

/** The error for an object that an operation names and the model lacks: `kind` is a word such as `column`. */
export function missingObject(kind: string, name: string): MigrationError {
  return new MigrationError('E3014', {
    problem: `the schema model has no ${kind} "${name}"`,
    facts: { object: kind, name },
  });
}

/** The error for an object that an operation makes and the model has. */
export function presentObject(kind: string, name: string): MigrationError {
  return new MigrationError('E3014', {
    problem: `the schema model has the ${kind} "${name}" already`,
    facts: { object: kind, name },
  });
}

function membersOf<L extends NamedList>(model: SchemaModel, list: L): readonly NamedObjects[L][] {
  return model[list] as readonly NamedObjects[keyof NamedObjects][] as readonly NamedObjects[L][];
}
