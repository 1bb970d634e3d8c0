import { compareNames, compareText, MigrationError, type SchemaModel } from '@nest-alembic/core';
import type { DataSource, EntityMetadata } from 'typeorm';
import { checkNames } from './check-names.js';
import { enumsFromMetadata } from './enums-from-metadata.js';
import { mergeTables } from './merge-tables.js';
import type { ModelContext } from '../drivers/schema-mapping.js';
import { createModelContext } from './model-context.js';
import { queryCacheTable } from './query-cache-table.js';
import { tableFromMetadata } from './table-from-metadata.js';
import { renamedFromMetadata } from './renamed-from-metadata.js';
import { unmanagedFromMetadata } from './unmanaged-from-metadata.js';
import { viewsFromMetadata } from './views-from-metadata.js';

/**
 * The schema that the entities of a DataSource describe: what TypeORM's `synchronize` would make, names included, but
 * for its own tables `typeorm_metadata` and `migrations`. Entities, views and indexes with `synchronize: false` are only
 * named, as unmanaged. The DataSource must be connected, as the default schema of the connection counts.
 *
 * @throws MigrationError E3015 naming entity and property for what no schema can express, E3002 for a name that is
 * given twice, E3012 for a driver that is not supported, E9006 where there is no entity
 */
export function schemaFromEntities(dataSource: DataSource): SchemaModel {
  const context = createModelContext(dataSource);
  const metadatas = synchronizedMetadatas(dataSource);
  const tables = tablesFromMetadata(metadatas.tables, context);
  const views = viewsFromMetadata(metadatas.views, context);
  const enums = enumsFromMetadata(metadatas.tables, context);
  const renamed = renamedFromMetadata(metadatas.tables, context);
  const model: SchemaModel = Object.freeze({
    schemas: schemasOf([...tables, ...views, ...enums]),
    enums,
    sequences: [],
    tables,
    views,
    unmanaged: unmanagedFromMetadata(dataSource.entityMetadatas, context),
    ...(renamed.length > 0 && { renamed }),
  });
  checkNames(model, context.mapping);
  return model;
}

function synchronizedMetadatas(dataSource: DataSource): {
  readonly tables: readonly EntityMetadata[];
  readonly views: readonly EntityMetadata[];
} {
  const metadatas = dataSource.entityMetadatas.filter((metadata) => metadata.synchronize);
  if (metadatas.length === 0) throw noEntities(dataSource);
  return {
    tables: metadatas.filter(
      ({ tableType }) => tableType !== 'view' && tableType !== 'entity-child',
    ),
    views: metadatas.filter(({ tableType }) => tableType === 'view'),
  };
}

function tablesFromMetadata(
  metadatas: readonly EntityMetadata[],
  context: ModelContext,
): SchemaModel['tables'] {
  const tables = mergeTables(
    metadatas.map((metadata) => ({
      table: tableFromMetadata(metadata, context),
      isJunction: metadata.isJunction,
    })),
  );
  const cache = queryCacheTable(context);
  return [...tables, ...(cache ? [cache] : [])].sort(compareNames);
}

function schemasOf(objects: readonly { readonly schema: string | null }[]): readonly string[] {
  const schemas = objects.flatMap(({ schema }) => (schema === null ? [] : [schema]));
  return [...new Set(schemas)].sort(compareText);
}

/** An empty model would read as the wish to drop every table. */
function noEntities(dataSource: DataSource): MigrationError {
  return new MigrationError('E9006', {
    problem: dataSource.isInitialized
      ? 'the DataSource has no entity to compare with'
      : 'the DataSource is not initialized, so its entities are not known',
    advice: dataSource.isInitialized
      ? 'Register entities with the option "entities", or with autoLoadEntities and TypeOrmModule.forFeature.'
      : 'Initialize it first.',
  });
}
