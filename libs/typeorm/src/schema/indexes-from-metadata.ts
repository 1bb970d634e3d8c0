import type { Index } from '@nest-alembic/core';
import type { EntityMetadata } from 'typeorm';
import { columnNames } from './constraints-from-metadata.js';
import type { ModelContext } from '../drivers/schema-mapping.js';

/** The indexes but for those with `synchronize: false`, which only the database knows. */
export function indexesFromMetadata(
  metadata: EntityMetadata,
  context: ModelContext,
): readonly Index[] {
  return metadata.indices
    .filter((index) => index.synchronize)
    .map((index) => ({
      name: context.mapping.storedName(index.name),
      elements: columnNames(index.columns, context).map((column) => ({ column })),
      unique: index.isUnique,
      ...context.mapping.indexShape(index),
      ...(index.where?.trim() && { where: index.where.trim() }),
      entity: context.markOf(metadata),
    }));
}
