import type { Column, Table } from '@nest-alembic/core';
import { Table as TypeOrmTable } from 'typeorm';
import type { ColumnType } from './metadata-types.js';
import type { ModelContext } from '../drivers/schema-mapping.js';
import { optionsSchema, parseObjectName } from './object-names.js';

/** The mark of the table that TypeORM keeps query results in. */
export const QUERY_CACHE_MARK = 'TypeORM#cache';

/**
 * The table of TypeORM's query cache where the option `cache` keeps results in the database: `synchronize` makes it
 * beside the tables of the entities, and queries fail without it.
 */
export function queryCacheTable(context: ModelContext): Table | undefined {
  const { dataSource, mapping } = context;
  const tableName = cacheTableName(dataSource.options.cache);
  if (tableName === undefined) return undefined;
  const { driver } = dataSource;
  const schema = optionsSchema(dataSource);
  const path = driver.buildTableName(tableName, schema, driver.database);
  const name = dataSource.namingStrategy.primaryKeyName(new TypeOrmTable({ name: path }), ['id']);
  return {
    ...parseObjectName(path, context),
    columns: cacheColumns(context),
    primaryKey: {
      ...(mapping.namesPrimaryKeys && { name: mapping.storedName(name) }),
      columns: ['id'],
      entity: QUERY_CACHE_MARK,
    },
    foreignKeys: [],
    uniques: [],
    checks: [],
    exclusions: [],
    indexes: [],
    entity: QUERY_CACHE_MARK,
  };
}

/** As TypeORM's QueryResultCacheFactory decides, and with its default name. */
function cacheTableName(cache: ModelContext['dataSource']['options']['cache']): string | undefined {
  if (!cache) return undefined;
  if (cache === true) return 'query-result-cache';
  const isElsewhere = cache.provider !== undefined || (cache.type ?? 'database') !== 'database';
  return isElsewhere ? undefined : cache.tableName || 'query-result-cache';
}

function cacheColumns(context: ModelContext): readonly Column[] {
  const types = context.dataSource.driver.mappedDataTypes;
  const column = (name: string, type: keyof typeof types, more: Partial<Column> = {}): Column => ({
    name,
    type: context.mapping.simpleType(types[type] as ColumnType, context),
    nullable: false,
    ...more,
    entity: QUERY_CACHE_MARK,
    property: name,
  });
  return [
    column('id', 'cacheId', { autoIncrement: true }),
    column('identifier', 'cacheIdentifier', { nullable: true }),
    column('time', 'cacheTime'),
    column('duration', 'cacheDuration'),
    column('query', 'cacheQuery'),
    column('result', 'cacheResult'),
  ];
}
