import { nameKey, type ObjectName } from '../schema/object-name.js';
import type { SchemaModel } from '../schema/schema-model.js';
import type { OwnershipMemory } from './ownership.js';
import type { SchemaDiff } from './schema-diff.js';

/**
 * The target without the tables and views whose names are those of foreign tables, partitions, children of an inheritance
 * or objects of extensions: the database has them, no operation could make them what the model says, and none may harm
 * them. They are listed as left alone.
 */
export function withoutStandingApart(
  current: SchemaModel,
  target: SchemaModel,
  memory: OwnershipMemory,
): { readonly target: SchemaModel; readonly untouched: SchemaDiff['untouched'] } {
  const apart = new Set((current.apart ?? []).map(nameKey));
  const stays = (object: ObjectName): boolean => !apart.has(nameKey(object));
  const tables = target.tables.filter(stays);
  const views = target.views.filter(stays);
  if (tables.length === target.tables.length && views.length === target.views.length) {
    return { target, untouched: [] };
  }
  const left = [...target.tables, ...target.views].filter((object) => !stays(object));
  return {
    target: { ...target, tables, views },
    untouched: left.map(({ schema, name }) => {
      const ref = { kind: 'table', schema, name } as const;
      return { ...ref, state: memory.of(ref).state === 'foreign' ? 'foreign' : 'known' };
    }),
  };
}
