import type { Column } from '@nest-alembic/core';
import type { EntityMetadata } from 'typeorm';
import { propertyOf } from './entity-marks.js';
import { blaming } from './entity-problem.js';
import { mergeColumns } from './merge-columns.js';
import type { ColumnMetadata } from './metadata-types.js';
import type { ModelContext } from '../drivers/schema-mapping.js';

/**
 * The columns of an entity's table, in TypeORM's order: own ones, then those of embeddeds. Properties that share a
 * column (two children of a single-table hierarchy) must agree about it.
 *
 * @throws MigrationError E3015
 */
export function columnsFromMetadata(
  metadata: EntityMetadata,
  context: ModelContext,
): readonly Column[] {
  const columns = storedColumns(metadata).map((column) => columnOf(column, metadata, context));
  return mergeColumns([], columns, { strict: true });
}

/** The columns that are in the table: not `@VirtualColumn`. */
export function storedColumns(metadata: EntityMetadata): readonly ColumnMetadata[] {
  // A child entity can have gaps where its parent lacks the property.
  const columns: readonly (ColumnMetadata | undefined)[] = metadata.columns;
  return columns.filter(isStored);
}

function isStored(column: ColumnMetadata | undefined): column is ColumnMetadata {
  return column !== undefined && !column.isVirtualProperty;
}

function columnOf(column: ColumnMetadata, metadata: EntityMetadata, context: ModelContext): Column {
  const entity = context.markOf(metadata);
  const property = propertyOf(column, metadata);
  const shape = blaming({ entity, property }, () => context.mapping.columnShape(column, context));
  const comment = storedComment(column.comment, context);
  return {
    name: context.mapping.storedName(column.databaseName),
    ...shape,
    ...(comment !== undefined && { comment }),
    entity,
    property,
  };
}

/** A comment as TypeORM stores it: without NUL; an empty one is none, and so is any where the database has none. */
export function storedComment(
  comment: string | undefined,
  { dialect }: ModelContext,
): string | undefined {
  if (!dialect.capabilities.comments) return undefined;
  return comment?.replaceAll('\0', '') || undefined;
}
