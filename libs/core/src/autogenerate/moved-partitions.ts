import { applyOperations } from '../operations/operation-definitions.js';
import type { Operation } from '../operations/operation.js';
import { nameKey } from '../schema/object-name.js';
import type { SchemaModel } from '../schema/schema-model.js';

/** Tables that become partitions and partitions that become tables, and the current model after that. */
export interface MovedPartitions {
  readonly operations: readonly Operation[];
  readonly current: SchemaModel;
}

/**
 * Attaches tables that are partitions in the target, and detaches partitions that are tables there: their rows stay. Nothing
 * where the target does not speak of partitions.
 */
export function movedPartitions(current: SchemaModel, target: SchemaModel): MovedPartitions {
  if (target.partitions === undefined) return { operations: [], current };
  const operations = [...attached(current, target), ...detached(current, target)];
  return { operations, current: applyOperations(operations, current) };
}

function attached(current: SchemaModel, { partitions = [] }: SchemaModel): readonly Operation[] {
  const tables = new Map(current.tables.map((table) => [nameKey(table), table]));
  return partitions.flatMap((partition): readonly Operation[] => {
    const table = tables.get(nameKey(partition));
    const { schema, name, of, bounds } = partition;
    return table ? [{ kind: 'attachPartition', name: { schema, name }, of, bounds, table }] : [];
  });
}

/** The inspector does not read what a partition is besides: it is taken to be what the target wants. */
function detached({ partitions = [] }: SchemaModel, target: SchemaModel): readonly Operation[] {
  const tables = new Map(target.tables.map((table) => [nameKey(table), table]));
  return partitions.flatMap((partition): readonly Operation[] => {
    const table = tables.get(nameKey(partition));
    const { schema, name, of, bounds } = partition;
    return table ? [{ kind: 'detachPartition', name: { schema, name }, of, bounds, table }] : [];
  });
}
