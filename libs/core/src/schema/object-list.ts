import { compareText, displayName, nameKey } from './object-name.js';
import { addSorted, missingObject, presentObject } from './schema-edit.js';
import type { SchemaModel, Table, View } from './schema-model.js';
import type { Domain, Extension, Partition, Policy, Routine, Trigger } from './server-objects.js';
import { displayRoutine, routineKey } from './signature.js';

/** The lists of a model that may be absent, with the type of their members. */
export interface ListedObjects {
  readonly extensions: Extension;
  readonly domains: Domain;
  readonly routines: Routine;
  readonly partitions: Partition;
}

/** The name of one of these lists. */
export type ObjectList = keyof ListedObjects;

/** What finds a member of one of these lists. */
export interface ListKeys {
  readonly extensions: Pick<Extension, 'name'>;
  readonly domains: Pick<Domain, 'schema' | 'name'>;
  readonly routines: Pick<Routine, 'schema' | 'name' | 'arguments'>;
  readonly partitions: Pick<Partition, 'schema' | 'name'>;
}

interface ListRules<K> {
  readonly noun: string;
  keyOf(key: K): string;
  inWords(key: K): string;
}

const RULES: { readonly [L in ObjectList]: ListRules<ListKeys[L]> } = {
  extensions: { noun: 'extension', keyOf: ({ name }) => name, inWords: ({ name }) => name },
  domains: { noun: 'domain', keyOf: nameKey, inWords: displayName },
  routines: { noun: 'routine', keyOf: routineKey, inWords: displayRoutine },
  partitions: { noun: 'partition', keyOf: nameKey, inWords: displayName },
};

/** A text that is equal exactly for two members that are the same object. */
export function memberKey<L extends ObjectList>(list: L, key: ListKeys[L]): string {
  return RULES[list].keyOf(key);
}

/** The member that a key names, or undefined. */
export function findMember<L extends ObjectList>(
  model: SchemaModel,
  list: L,
  key: ListKeys[L],
): ListedObjects[L] | undefined {
  const wanted = memberKey(list, key);
  return membersOf(model, list).find((member) => memberKey(list, asKey(member)) === wanted);
}

/**
 * The model with one member more, in its sorted place.
 * @throws MigrationError E3014 when the list has it already
 */
export function addMember<L extends ObjectList>(
  model: SchemaModel,
  list: L,
  member: ListedObjects[L],
): SchemaModel {
  const { noun, inWords } = RULES[list];
  const key = asKey<L>(member);
  if (findMember(model, list, key)) throw presentObject(noun, inWords(key));
  const compare = (left: ListedObjects[L], right: ListedObjects[L]): number =>
    compareText(memberKey(list, asKey(left)), memberKey(list, asKey(right)));
  return { ...model, [list]: addSorted(membersOf(model, list), member, compare) };
}

/**
 * The model without one member; without the list when it was the last.
 * @throws MigrationError E3014 when the list lacks it
 */
export function removeMember<L extends ObjectList>(
  model: SchemaModel,
  list: L,
  key: ListKeys[L],
): SchemaModel {
  const { noun, inWords } = RULES[list];
  const found = findMember(model, list, key);
  if (!found) throw missingObject(noun, inWords(key));
  return withList(
    model,
    list,
    membersOf(model, list).filter((member) => member !== found),
  );
}

/**
 * The model with one member replaced by what `change` makes of it.
 * @throws MigrationError E3014 when the list lacks it, or has what it becomes
 */
export function updateMember<L extends ObjectList>(
  model: SchemaModel,
  list: L,
  edit: { readonly key: ListKeys[L]; change(member: ListedObjects[L]): ListedObjects[L] },
): SchemaModel {
  const found = findMember(model, list, edit.key);
  if (!found) throw missingObject(RULES[list].noun, RULES[list].inWords(edit.key));
  return addMember(removeMember(model, list, edit.key), list, edit.change(found));
}

/** The lists of a table or view that may be absent, with the type of their members. */
export interface OwnedObjects {
  readonly triggers: Trigger;
  readonly policies: Policy;
}

/**
 * The table or view with another list of triggers or policies, sorted by name; without the list when it is empty.
 */
export function withOwned<O extends Table | View, L extends keyof OwnedObjects>(
  owner: O,
  list: L,
  members: readonly OwnedObjects[L][],
): O {
  const sorted = [...members].sort((left, right) => compareText(left.name, right.name));
  return withList(owner, list, sorted);
}

function withList<O extends object>(owner: O, list: string, members: readonly unknown[]): O {
  const { [list]: _before, ...rest } = owner as Readonly<Record<string, unknown>>;
  return (members.length === 0 ? rest : { ...rest, [list]: members }) as O;
}

function membersOf<L extends ObjectList>(model: SchemaModel, list: L): readonly ListedObjects[L][] {
  return (model[list] ?? []) as readonly ListedObjects[ObjectList][] as readonly ListedObjects[L][];
}

function asKey<L extends ObjectList>(member: ListedObjects[L]): ListKeys[L] {
  return member as ListedObjects[ObjectList] as ListKeys[ObjectList] as ListKeys[L];
}
