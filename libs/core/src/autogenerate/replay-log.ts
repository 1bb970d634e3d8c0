import type { ObjectEffect, ObjectRef } from '../operations/object-effect.js';
import type { Ownership, OwnershipMemory } from './ownership.js';

interface Remembered extends ObjectRef {
  readonly entity?: string;
  readonly property?: string;
}

/**
 * Replays what the log says was made, renamed and dropped, oldest first, to what is remembered now (design D8). An object
 * that was made again keeps only the newer mark.
 */
export function replayLog(effects: readonly ObjectEffect[]): OwnershipMemory {
  const objects = new Map<string, Remembered>();
  for (const effect of effects) applyEffect(objects, effect);
  const remembered = [...objects.values()];
  const columns = columnsByProperty(remembered);
  const tables = tablesByEntity(remembered);
  return {
    schemas: remembered
      .filter(({ kind }) => kind === 'schema')
      .map(({ name }) => name)
      .sort(),
    managedKinds: new Set(
      remembered.flatMap(({ kind, entity }) => (entity === undefined ? [] : [kind])),
    ),
    after: (more) => replayLog([...effects, ...more]),
    of: (ref) => ownershipOf(objects.get(keyOf(ref))),
    columnOf: (entity, property) => {
      const found = columns.get(propertyKey(entity, property));
      return found && { schema: found.schema, table: found.table ?? '', column: found.name };
    },
    tableOf: (entity) => {
      const [found, another] = tables.get(entity) ?? [];
      return found && !another ? { schema: found.schema, name: found.name } : undefined;
    },
  };
}

const propertyKey = (entity: string, property: string): string =>
  JSON.stringify([entity, property]);

/** Of several columns that a property was in, the one that was made last. */
function columnsByProperty(remembered: readonly Remembered[]): ReadonlyMap<string, Remembered> {
  return new Map(
    remembered.flatMap((object) => {
      const { kind, entity, property } = object;
      if (kind !== 'column' || entity === undefined || property === undefined) return [];
      return [[propertyKey(entity, property), object]];
    }),
  );
}

function tablesByEntity(
  remembered: readonly Remembered[],
): ReadonlyMap<string, readonly Remembered[]> {
  const tables = new Map<string, readonly Remembered[]>();
  for (const object of remembered) {
    const { kind, entity } = object;
    if (kind !== 'table' || entity === undefined) continue;
    tables.set(entity, [...(tables.get(entity) ?? []), object]);
  }
  return tables;
}

/** A memory of nothing: every object is foreign. */
export const NO_MEMORY: OwnershipMemory = replayLog([]);

const keyOf = (ref: ObjectRef): string =>
  JSON.stringify([ref.kind, ref.schema, ref.table ?? null, ref.name]);

function ownershipOf(object: Remembered | undefined): Ownership {
  if (object === undefined) return { state: 'foreign' };
  if (object.entity === undefined) return { state: 'known' };
  return {
    state: 'managed',
    entity: object.entity,
    ...(object.property !== undefined && { property: object.property }),
  };
}

function applyEffect(objects: Map<string, Remembered>, effect: ObjectEffect): void {
  switch (effect.action) {
    case 'made': {
      const { action, ...object } = effect;
      objects.set(keyOf(effect), object);
      return;
    }
    case 'dropped':
      objects.delete(keyOf(effect));
      if (isContainer(effect)) forgetParts(objects, effect);
      return;
    case 'renamed':
      rename(objects, effect);
  }
}

const isContainer = (ref: ObjectRef): boolean => ref.kind === 'table' || ref.kind === 'view';

function forgetParts(objects: Map<string, Remembered>, table: ObjectRef): void {
  for (const [key] of partsOf(objects, table)) objects.delete(key);
}

function partsOf(
  objects: Map<string, Remembered>,
  table: ObjectRef,
): readonly (readonly [string, Remembered])[] {
  return [...objects].filter(
    ([, part]) => part.table === table.name && part.schema === table.schema,
  );
}

function rename(
  objects: Map<string, Remembered>,
  effect: Extract<ObjectEffect, { action: 'renamed' }>,
): void {
  if (effect.kind === 'schema') moveSchema(objects, effect);
  const schema = effect.toSchema === undefined ? effect.schema : effect.toSchema;
  const before = objects.get(keyOf(effect));
  const parts = isContainer(effect) ? partsOf(objects, effect) : [];
  if (before !== undefined || effect.entity !== undefined) {
    objects.delete(keyOf(effect));
    const after = { ...identityOf(effect), schema, name: effect.to, ...marksOf(before, effect) };
    objects.set(keyOf(after), after);
  }
  for (const [key, part] of parts) {
    objects.delete(key);
    const moved = { ...part, schema, table: effect.to };
    objects.set(keyOf(moved), moved);
  }
}

/** What is in a schema goes with its name. */
function moveSchema(
  objects: Map<string, Remembered>,
  { name, to }: Extract<ObjectEffect, { action: 'renamed' }>,
): void {
  for (const [key, object] of [...objects].filter(([, { schema }]) => schema === name)) {
    objects.delete(key);
    const moved = { ...object, schema: to };
    objects.set(keyOf(moved), moved);
  }
}

function identityOf(effect: ObjectRef): Pick<ObjectRef, 'kind' | 'table'> {
  return { kind: effect.kind, ...(effect.table !== undefined && { table: effect.table }) };
}

function marksOf(
  before: Remembered | undefined,
  effect: { readonly entity?: string; readonly property?: string },
) {
  const entity = effect.entity ?? before?.entity;
  const property = effect.property ?? before?.property;
  return { ...(entity !== undefined && { entity }), ...(property !== undefined && { property }) };
}
