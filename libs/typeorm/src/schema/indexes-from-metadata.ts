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
      ...predicateOf(index.where, context),
      entity: context.markOf(metadata),
    }));
}

/** As TypeORM, which passes over a predicate where the database has no partial indexes. */
function predicateOf(
  where: string | undefined,
  { dialect }: ModelContext,
): { readonly where?: string } {
  const predicate = where?.trim();
  return predicate && dialect.capabilities.partialIndexes ? { where: predicate } : {};
}
