import type { PortableHint, PortableType } from '@nest-alembic/core';
import type { DataSource } from 'typeorm';
import type { ModelContext } from '../drivers/schema-mapping.js';
import { storedColumns } from './column-from-metadata.js';
import type { ColumnMetadata } from './metadata-types.js';
import { createModelContext } from './model-context.js';
import { objectNameOf } from './object-names.js';

/**
 * What entities say of types beyond the spelling on their database: that a text is a UUID, and which length or precision was left for the
 * database to fill in. None before the DataSource is connected.
 *
 * @throws MigrationError E3012 for a driver that is not supported
 */
export function portableHints(dataSource: DataSource): readonly PortableHint[] {
  const context = createModelContext(dataSource);
  return dataSource.entityMetadatas.flatMap((metadata) => {
    const table = objectNameOf(metadata, context);
    return storedColumns(metadata).flatMap((column) => {
      const type = hintOf(column, context);
      const name = context.mapping.storedName(column.databaseName);
      return type === undefined ? [] : [{ table, column: name, type }];
    });
  });
}

function hintOf(column: ColumnMetadata, context: ModelContext): PortableType | undefined {
  if (column.type === 'uuid') return { portable: 'uuid' };
  if ((column.type === String || column.type === 'varchar') && !column.length)
    return { portable: 'string' };
  return leavesPrecision(column, context) ? { portable: 'timestamp' } : undefined;
}

/** A date that TypeORM keeps by itself, with the digits of a second that it chooses for the database. */
function leavesPrecision(column: ColumnMetadata, { dataSource }: ModelContext): boolean {
  if (!column.isCreateDate && !column.isUpdateDate && !column.isDeleteDate) return false;
  const { createDatePrecision } = dataSource.driver.mappedDataTypes;
  return column.precision === undefined || column.precision === createDatePrecision;
}
