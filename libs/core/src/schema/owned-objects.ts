import type { ObjectName } from './object-name.js';
import type { OwnedObjects } from './object-list.js';
import { withOwned } from './object-list.js';
import {
  findObject,
  findTable,
  missingObject,
  presentObject,
  updateObject,
} from './schema-edit.js';
import type { SchemaModel, Table, View } from './schema-model.js';
import { partName } from './table-edit.js';

/** The table or view with this name, or undefined. */
export function findOwner(model: SchemaModel, name: ObjectName): Table | View | undefined {
  return findTable(model, name) ?? findObject(model, 'views', name);
}

/** Triggers or policies of a table or view: what an edit asks of them. */
export interface OwnedList<T> {
  /** @throws MigrationError E3014 when the name is taken */
  lacking(name: string): readonly T[];
  without(name: string): readonly T[];
  /** @throws MigrationError E3014 when the name is missing */
  having(name: string): OwnedList<T>;
  /** @throws MigrationError E3014 when the old name is missing or the new one taken */
  rename(from: string, to: string): readonly T[];
  /** @throws MigrationError E3014 when the name is missing */
  change(name: string, edit: (member: T) => T): readonly T[];
}

/**
 * The model with other triggers or policies of a table, or of a view where no table has the name.
 * @throws MigrationError E3014 when there is neither, and what `edit` throws
 */
export function updateOwned<L extends keyof OwnedObjects>(
  model: SchemaModel,
  { owner, list }: { readonly owner: ObjectName; readonly list: L },
  edit: (members: OwnedList<OwnedObjects[L]>) => readonly OwnedObjects[L][],
): SchemaModel {
  const change = <O extends Table | View>(object: O): O => {
    const members = ((object as Table)[list] ?? []) as readonly OwnedObjects[L][];
    return withOwned(object, list, edit(ownedList(object, NOUNS[list], members)));
  };
  return findTable(model, owner) || !findObject(model, 'views', owner)
    ? updateObject(model, 'tables', { name: owner, change })
    : updateObject(model, 'views', { name: owner, change });
}

const NOUNS: Readonly<Record<keyof OwnedObjects, string>> = {
  triggers: 'trigger',
  policies: 'policy',
};

function ownedList<T extends { readonly name: string }>(
  owner: ObjectName,
  noun: string,
  members: readonly T[],
): OwnedList<T> {
  const has = (name: string): boolean => members.some((member) => member.name === name);
  const demand = (name: string): void => {
    if (!has(name)) throw missingObject(noun, partName(owner, name));
  };
  const list: OwnedList<T> = {
    lacking(name) {
      if (has(name)) throw presentObject(noun, partName(owner, name));
      return members;
    },
    without: (name) => members.filter((member) => member.name !== name),
    having(name) {
      demand(name);
      return list;
    },
    rename(from, to) {
      demand(from);
      list.lacking(to);
      return list.change(from, (member) => ({ ...member, name: to }));
    },
    change(name, edit) {
      demand(name);
      return members.map((member) => (member.name === name ? edit(member) : member));
    },
  };
  return list;
}
