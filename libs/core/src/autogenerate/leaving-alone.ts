import type { ObjectRef } from '../operations/object-effect.js';
import type { UnmanagedObject } from '../schema/schema-model.js';
import type { OwnershipMemory } from './ownership.js';
import { shapeKey } from './shape-key.js';

/** A memory in which objects that the model leaves to somebody else, and their parts, are no longer managed. */
export function leavingAlone(
  memory: OwnershipMemory,
  unmanaged: readonly UnmanagedObject[],
): OwnershipMemory {
  if (unmanaged.length === 0) return memory;
  const keys = new Set(unmanaged.map(keyOf));
  const isLeftAlone = (ref: ObjectRef): boolean => keys.has(keyOf(ref)) || isPartOf(ref, keys);
  return {
    ...memory,
    of: (ref) => (isLeftAlone(ref) ? { state: 'known' } : memory.of(ref)),
    after: (effects) => leavingAlone(memory.after(effects), unmanaged),
  };
}

function isPartOf({ schema, table }: ObjectRef, keys: ReadonlySet<string>): boolean {
  if (table === undefined) return false;
  return (['table', 'view'] as const).some((kind) =>
    keys.has(keyOf({ kind, schema, name: table })),
  );
}

const keyOf = ({
  kind,
  schema,
  table,
  name,
}: Omit<ObjectRef, 'kind'> & { readonly kind: string }) =>
  shapeKey([kind, schema, table ?? null, name]);
