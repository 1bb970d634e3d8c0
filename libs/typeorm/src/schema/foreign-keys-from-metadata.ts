import type { ForeignKey, ReferentialAction } from '@nest-alembic/core';
import type { EntityMetadata } from 'typeorm';
import { columnNames, deferrablePart } from './constraints-from-metadata.js';
import { entityProblem } from './entity-problem.js';
import type { ColumnMetadata, ForeignKeyMetadata } from './metadata-types.js';
import type { ModelContext } from '../drivers/schema-mapping.js';
import { objectNameOf } from './object-names.js';

/**
 * The foreign keys of relations, join tables, trees and `@ForeignKey`.
 *
 * @throws MigrationError E3015 for a key that refers to a view
 */
export function foreignKeysFromMetadata(
  metadata: EntityMetadata,
  context: ModelContext,
): readonly ForeignKey[] {
  return metadata.foreignKeys.map((key) => foreignKey(key, metadata, context));
}

function foreignKey(
  key: ForeignKeyMetadata,
  metadata: EntityMetadata,
  context: ModelContext,
): ForeignKey {
  if (key.referencedEntityMetadata.tableType === 'view') throw referenceToView(key, context);
  const onDelete = actionOf(key.onDelete);
  const onUpdate = actionOf(key.onUpdate);
  return {
    name: context.mapping.storedName(key.name),
    columns: columnNames(ownColumns(key, metadata), context),
    referencedTable: objectNameOf(key.referencedEntityMetadata, context),
    referencedColumns: columnNames(key.referencedColumns, context),
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
    ...deferrablePart(key.deferrable, context),
    entity: context.markOf(metadata),
  };
}

/** A closure table refers to a composite key by all its columns; TypeORM lists the first one only, and fails. */
function ownColumns(
  { columns, referencedColumns }: ForeignKeyMetadata,
  metadata: EntityMetadata,
): readonly ColumnMetadata[] {
  const side = columns[0]?.closureType;
  if (side === undefined || columns.length === referencedColumns.length) return columns;
  return metadata.columns.filter(({ closureType }) => closureType === side);
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  CASCADE: 'cascade',
  'SET NULL': 'set null',
  RESTRICT: 'restrict',
  'SET DEFAULT': 'set default',
  // TypeORM's word for it, which it hands to the server as it is.
  DEFAULT: 'set default',
};

function actionOf(option: string | undefined): ReferentialAction | undefined {
  return option === undefined ? undefined : ACTIONS[option];
}

function referenceToView(key: ForeignKeyMetadata, context: ModelContext): Error {
  const property = key.columns[0]?.relationMetadata?.propertyPath ?? key.columns[0]?.propertyPath;
  return entityProblem({
    entity: context.markOf(key.entityMetadata),
    ...(property !== undefined && { property }),
    problem: `refers to the view "${key.referencedEntityMetadata.name}", and no foreign key can`,
    advice: 'Set createForeignKeyConstraints: false on the relation.',
  });
}
