import { isMigrationError, type UnmanagedObject } from '@nest-alembic/core';
import type { EntityMetadata } from 'typeorm';
import type { ModelContext } from '../drivers/schema-mapping.js';
import { storedColumns } from './column-from-metadata.js';
import { objectNameOf } from './object-names.js';

/**
 * What `synchronize: false` leaves to somebody else: entities and views with it, the enums of their columns, and single
 * indexes. So nothing asks to drop what was made before the option was set. What no schema can express is passed over:
 * it was never made from the model. A column that is generated as a uuid is so by whatever default the database has.
 */
export function unmanagedFromMetadata(
  metadatas: readonly EntityMetadata[],
  context: ModelContext,
): readonly UnmanagedObject[] {
  const named = (metadata: EntityMetadata) => expressible(() => objectNameOf(metadata, context));
  return metadatas.flatMap((metadata) => {
    const name = named(metadata);
    if (name === undefined) return [];
    if (metadata.synchronize) {
      return [...unmanagedIndexes(metadata, context), ...unmanagedDefaults(metadata, context)];
    }
    if (metadata.tableType === 'entity-child') return [];
    if (metadata.tableType === 'view') return [{ kind: 'view', ...name }];
    return [{ kind: 'table', ...name }, ...enumsOf(metadata, context)];
  });
}

function expressible<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isMigrationError(error)) return undefined;
    throw error;
  }
}

function enumsOf(metadata: EntityMetadata, context: ModelContext): readonly UnmanagedObject[] {
  return storedColumns(metadata).flatMap((column): readonly UnmanagedObject[] => {
    const found = expressible(() => context.mapping.enumOf(column, context));
    return found ? [{ kind: 'enum', ...found.name }] : [];
  });
}

function unmanagedIndexes(
  metadata: EntityMetadata,
  context: ModelContext,
): readonly UnmanagedObject[] {
  const { schema, name: table } = objectNameOf(metadata, context);
  return metadata.indices
    .filter((index) => !index.synchronize)
    .map(({ name }) => ({
      kind: 'index',
      schema,
      table,
      name: context.mapping.storedName(name),
    }));
}

function unmanagedDefaults(
  metadata: EntityMetadata,
  context: ModelContext,
): readonly UnmanagedObject[] {
  const { schema, name: table } = objectNameOf(metadata, context);
  return storedColumns(metadata)
    .filter(
      (column) =>
        column.isGenerated && column.generationStrategy === 'uuid' && column.default === undefined,
    )
    .map(({ databaseName }) => ({
      kind: 'default',
      schema,
      table,
      name: context.mapping.storedName(databaseName),
    }));
}
