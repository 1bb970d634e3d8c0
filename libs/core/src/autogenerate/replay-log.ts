import type { ObjectEffect, ObjectRef } from '../operations/object-effect.js';
import { KEY_SEPARATOR } from '../schema/object-name.js';
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
  return replayParts([effects]);
}

/** The same for effects that come in parts, none of which is kept. */
export function replayParts(parts: Iterable<readonly ObjectEffect[]>): OwnershipMemory {
  return replayOnto([], parts);
}

/** Replays what was logged after the objects of `before` were remembered. */
function replayOnto(
  before: Iterable<readonly [string, Remembered]>,
  parts: Iterable<readonly ObjectEffect[]>,
): OwnershipMemory {
  const objects = new Map(before);
  for (const effects of parts) for (const effect of effects) applyEffect(objects, effect);
  // Only a search for renames asks for columns by property.
  const columns = once(() => columnsByEntity(objects));
  const tables = once(() => tablesByEntity(objects));
  const memory: OwnershipMemory = {
    schemas: schemasIn(objects),
    managedKinds: managedKindsIn(objects),
    after: (more) => (more.length === 0 ? memory : replayOnto(objects, [more])),
    of: (ref) => ownershipOf(objects.get(keyOf(ref))),
    columnOf: (entity, property) => {
      const found = lastOf(columns().get(entity) ?? [], property);
      return found && { schema: found.schema, table: found.table ?? '', column: found.name };
    },
    tableOf: (entity) => {
      const [found, another] = tables().get(entity) ?? [];
      return found && !another ? { schema: found.schema, name: found.name } : undefined;
    },
  };
  return memory;
}

type Objects = ReadonlyMap<string, Remembered>;

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function schemasIn(objects: Objects): readonly string[] {
  const names: string[] = [];
  objects.forEach(({ kind, name }) => {
    if (kind === 'schema') names.push(name);
  });
  return names.sort();
}

function managedKindsIn(objects: Objects): ReadonlySet<ObjectRef['kind']> {
  const kinds = new Set<ObjectRef['kind']>();
  objects.forEach(({ kind, entity }) => {
    if (entity !== undefined) kinds.add(kind);
  });
  return kinds;
}

/** Those that have a property, in the order of the memory. */
function columnsByEntity(objects: Objects): ReadonlyMap<string, readonly Remembered[]> {
  const columns = new Map<string, Remembered[]>();
  objects.forEach((object) => {
    const { kind, entity, property } = object;
    if (kind !== 'column' || entity === undefined || property === undefined) return;
    const ofEntity = columns.get(entity);
    if (ofEntity) ofEntity.push(object);
    else columns.set(entity, [object]);
  });
  return columns;
}

/** Of several columns that a property was in, the one that was made last. */
function lastOf(columns: readonly Remembered[], property: string): Remembered | undefined {
  let last: Remembered | undefined;
  for (const column of columns) if (column.property === property) last = column;
  return last;
}

function tablesByEntity(objects: Objects): ReadonlyMap<string, readonly Remembered[]> {
  const tables = new Map<string, readonly Remembered[]>();
  objects.forEach((object) => {
    const { kind, entity } = object;
    if (kind !== 'table' || entity === undefined) return;
    tables.set(entity, [...(tables.get(entity) ?? []), object]);
  });
  return tables;
}

/** A memory of nothing: every object is foreign. */
export const NO_MEMORY: OwnershipMemory = replayLog([]);

/** Where there is no schema or no table, the key has one part less in a place that no name can have. */
const keyOf = ({ kind, schema, table, name }: ObjectRef): string =>
  [kind, schema ?? KEY_SEPARATOR, table ?? KEY_SEPARATOR, name].join(KEY_SEPARATOR);

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
    case 'made':
      objects.set(keyOf(effect), effect);
      return;
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
