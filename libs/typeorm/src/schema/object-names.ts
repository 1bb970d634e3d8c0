import type { ObjectName } from '@nest-alembic/core';
import type { DataSource, EntityMetadata } from 'typeorm';
import type { ModelContext } from '../drivers/schema-mapping.js';
import { entityProblem } from './entity-problem.js';

/**
 * The name of an entity's table or view as the server keeps it; the default schema is null.
 *
 * @throws MigrationError E3015 for a name with a dot in a named schema: TypeORM takes the parts for schema and table
 */
export function objectNameOf(metadata: EntityMetadata, context: ModelContext): ObjectName {
  if (metadata.tablePath.split('.').length > 2) {
    throw entityProblem({
      entity: context.markOf(metadata),
      problem: `has the table name "${metadata.tableName}", which TypeORM would take apart at the dot`,
      advice: 'Name the schema with the option "schema" and the table without a dot.',
    });
  }
  return parseObjectName(metadata.tablePath, context);
}

/** The name that TypeORM writes as `schema.name` or `name`. */
export function parseObjectName(path: string, context: ModelContext): ObjectName {
  const parsed = context.dataSource.driver.parseTableName(path);
  return {
    schema: schemaOrDefault(context.mapping.schemaOf(parsed), context),
    name: context.mapping.storedName(parsed.tableName),
  };
}

/** A schema's name, or null where it is the default one or none is named. */
export function schemaOrDefault(schema: string | undefined, context: ModelContext): string | null {
  if (!schema) return null;
  const name = context.mapping.storedName(schema);
  return name === context.mapping.defaultSchema(context.dataSource) ? null : name;
}

/** The option `schema` of a DataSource, which not every driver has. */
export function optionsSchema({ driver }: DataSource): string | undefined {
  const { schema } = driver.options as { readonly schema?: string };
  return schema;
}
