import type { ObjectName } from '../schema/object-name.js';
import { addMember, findMember, removeMember } from '../schema/object-list.js';
import { addObject, findTable, removeObject } from '../schema/schema-edit.js';
import type { SchemaModel, Table } from '../schema/schema-model.js';
import type { Partition, PartitionBounds } from '../schema/server-objects.js';
import { call, entityOption, placeOptions, schemaOption } from './call-arguments.js';
import { dropped as droppedEffect, made, refOf } from './effects.js';
import { ddl, defineOperation, destructive, harmless, noEffects } from './operation-definition.js';
import { boundsArgument, partitioningArgument } from './partition-call.js';
import { nameInWords } from './words.js';

/** CREATE TABLE … PARTITION OF, with a partitioning of its own where it is divided again. */
export interface CreatePartition {
  readonly kind: 'createPartition';
  readonly partition: Partition;
  readonly ifNotExists?: true;
}

/** DROP TABLE of a partition, with its rows. `dropped` makes it reversible (the structure, not the rows). */
export interface DropPartition {
  readonly kind: 'dropPartition';
  readonly name: ObjectName;
  readonly dropped?: Partition;
  readonly ifExists?: true;
}

/** ALTER TABLE … ATTACH PARTITION. */
export interface AttachPartition {
  readonly kind: 'attachPartition';
  readonly name: ObjectName;
  /** The table that it becomes a partition of. */
  readonly of: ObjectName;
  readonly bounds: PartitionBounds;
  /** What it is before, where the model should not remember it with the partition. */
  readonly table?: Table;
}

/** ALTER TABLE … DETACH PARTITION. `bounds` makes it reversible. */
export interface DetachPartition {
  readonly kind: 'detachPartition';
  readonly name: ObjectName;
  readonly of: ObjectName;
  readonly bounds?: PartitionBounds;
  /** What it is afterwards, where that is known. */
  readonly table?: Table;
  /** Without a lock that keeps others from reading the table (PostgreSQL 14). */
  readonly concurrently?: true;
}

/** ALTER INDEX … ATTACH PARTITION. No server detaches it again. */
export interface AttachIndex {
  readonly kind: 'attachIndex';
  /** The index of a partition. */
  readonly name: ObjectName;
  /** The index of the table that is divided. */
  readonly of: ObjectName;
}

/** Every operation on partitions. */
export type PartitionOperation =
  CreatePartition | DropPartition | AttachPartition | DetachPartition | AttachIndex;

/** Definition of {@link CreatePartition}. */
export const createPartition = defineOperation<CreatePartition>({
  describe: ({ partition }) =>
    `create partition ${nameInWords(partition)} of ${nameInWords(partition.of)}`,
  reverse: ({ partition, ifNotExists }) => ({
    kind: 'dropPartition',
    name: { schema: partition.schema, name: partition.name },
    dropped: partition,
    ...(ifNotExists && { ifExists: true }),
  }),
  apply: ({ partition, ifNotExists }, model) =>
    ifNotExists && findMember(model, 'partitions', partition)
      ? model
      : addMember(model, 'partitions', partition),
  written: ({ partition: { attached: _attached, ...partition }, ...rest }) => [
    { ...rest, partition },
  ],
  toCall: ({ partition, ifNotExists }) =>
    call('createPartition', partition.name, partition.of.name, boundsArgument(partition.bounds), {
      partitionBy: partition.partitionBy && partitioningArgument(partition.partitionBy),
      ifNotExists,
      ...placeOptions(partition, partition.of),
      ...entityOption(partition),
    }),
  effects: ({ partition }) => [made(refOf('partition', partition), partition)],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DropPartition}. */
export const dropPartition = defineOperation<DropPartition>({
  describe: ({ name }) => `drop partition ${nameInWords(name)}`,
  reverse: ({ dropped, ifExists }) =>
    dropped && {
      kind: 'createPartition',
      partition: dropped,
      ...(ifExists && { ifNotExists: true }),
    },
  apply: ({ name, ifExists }, model) =>
    ifExists && !findMember(model, 'partitions', name)
      ? model
      : removeMember(model, 'partitions', name),
  written: ({ dropped: _dropped, ...rest }) => [rest],
  toCall: ({ name, ifExists }) =>
    call('dropPartition', name.name, { ifExists, ...schemaOption(name) }),
  effects: ({ name }) => [droppedEffect(refOf('partition', name))],
  transactionClass: ddl,
  isDestructive: destructive,
});

/** Definition of {@link AttachPartition}. */
export const attachPartition = defineOperation<AttachPartition>({
  describe: ({ name, of }) => `attach partition ${nameInWords(name)} to ${nameInWords(of)}`,
  reverse: (operation) => ({ ...operation, kind: 'detachPartition' }),
  apply: attach,
  written: ({ table: _table, ...rest }) => [rest],
  toCall: ({ name, of, bounds }) =>
    call('attachPartition', name.name, of.name, boundsArgument(bounds), placeOptions(name, of)),
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DetachPartition}. */
export const detachPartition = defineOperation<DetachPartition>({
  describe: ({ name, of }) => `detach partition ${nameInWords(name)} from ${nameInWords(of)}`,
  reverse: ({ bounds, concurrently: _concurrently, ...rest }) =>
    bounds && { ...rest, kind: 'attachPartition', bounds },
  apply: detach,
  written: ({ table: _table, ...rest }) => [rest],
  toCall: ({ name, of, bounds, concurrently }) =>
    call('detachPartition', name.name, of.name, {
      bounds: bounds && boundsArgument(bounds),
      concurrently,
      ...placeOptions(name, of),
    }),
  effects: noEffects,
  transactionClass: (operation, capabilities) =>
    operation.concurrently ? 'autocommit' : ddl(operation, capabilities),
  isDestructive: harmless,
});

/**
 * Definition of {@link AttachIndex}. A model does not describe the indexes of partitions. The way back of the whole is to drop
 * the index of the table, which takes those of the partitions with it.
 */
export const attachIndex = defineOperation<AttachIndex>({
  describe: ({ name, of }) => `attach index ${nameInWords(name)} to ${nameInWords(of)}`,
  reverse: () => undefined,
  apply: (_, model) => model,
  toCall: ({ name, of }) => call('attachIndex', name.name, of.name, placeOptions(name, of)),
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

/** The table that was is remembered with the partition, unless the operation itself knows it. */
function attach({ name, of, bounds, table: known }: AttachPartition, model: SchemaModel) {
  const table = findTable(model, name);
  const rest = table ? removeObject(model, 'tables', name) : model;
  const partitionBy = (table ?? known)?.partitionBy;
  return addMember(rest, 'partitions', {
    ...name,
    of,
    bounds,
    ...(partitionBy && { partitionBy }),
    ...(table && !known && { attached: table }),
  });
}

function detach({ name, table: known }: DetachPartition, model: SchemaModel): SchemaModel {
  const attached = findMember(model, 'partitions', name)?.attached;
  const rest = removeMember(model, 'partitions', name);
  const table = known ?? attached;
  return table ? addObject(rest, 'tables', table) : rest;
}
