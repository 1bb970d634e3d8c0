import { compareNames, nameKey, type ObjectName, type View } from '@nest-alembic/core';
import type { DataSource, EntityMetadata, SelectQueryBuilder } from 'typeorm';
import { blaming, entityProblem } from './entity-problem.js';
import { indexesFromMetadata } from './indexes-from-metadata.js';
import type { ModelContext } from '../drivers/schema-mapping.js';
import { objectNameOf } from './object-names.js';
import { withoutRepeats } from './table-from-metadata.js';
import { withMentionedViews } from './view-dependencies.js';

/**
 * The views and materialized views, sorted by name. A view depends on those of `dependsOn`, and on those whose names
 * its text mentions: TypeORM would make them in any order (diff corpus PG-V4).
 *
 * @throws MigrationError E3015
 */
export function viewsFromMetadata(
  metadatas: readonly EntityMetadata[],
  context: ModelContext,
): readonly View[] {
  const views = metadatas.map((metadata) => viewFromMetadata(metadata, context));
  return withMentionedViews(views.sort(compareNames));
}

function viewFromMetadata(metadata: EntityMetadata, context: ModelContext): View {
  // As TypeORM: a plain view where the database has no other.
  const materialized =
    metadata.tableMetadataArgs.materialized === true &&
    context.dialect.capabilities.materializedViews;
  return {
    ...objectNameOf(metadata, context),
    definition: definitionOf(metadata, context),
    materialized,
    dependsOn: dependenciesOf(metadata, context),
    // As TypeORM: an index on a plain view is passed over.
    indexes: materialized ? withoutRepeats(indexesFromMetadata(metadata, context)) : [],
    entity: context.markOf(metadata),
  };
}

function definitionOf(metadata: EntityMetadata, context: ModelContext): string {
  const entity = context.markOf(metadata);
  const { expression } = metadata;
  const text =
    typeof expression === 'function'
      ? blaming({ entity }, () => queryText(expression, entity, context.dataSource))
      : (expression ?? '');
  const definition = text.trim().replace(/(?:\s*;)+$/, '');
  if (definition !== '') return definition;
  throw entityProblem({
    entity,
    problem: 'is a view without a query',
    advice: 'Give @ViewEntity an expression.',
  });
}

type QueryFactory = (dataSource: DataSource) => SelectQueryBuilder<object>;

function queryText(factory: QueryFactory, entity: string, dataSource: DataSource): string {
  const query = factory(dataSource);
  const parameters = Object.keys(query.getParameters());
  if (parameters.length === 0) return query.getQuery();
  throw entityProblem({
    entity,
    problem: `is a view whose query has parameters (${parameters.join(', ')}), which no view can have`,
    advice: 'Write the values into the query.',
  });
}

function dependenciesOf(metadata: EntityMetadata, context: ModelContext): readonly ObjectName[] {
  const wanted = metadata.dependsOn ?? new Set();
  const views = context.dataSource.entityMetadatas.filter(
    (other) =>
      other !== metadata &&
      other.tableType === 'view' &&
      other.synchronize &&
      (wanted.has(other.target) || wanted.has(other.name)),
  );
  const names = views.map((view) => objectNameOf(view, context));
  return [...new Map(names.map((name) => [nameKey(name), name])).values()].sort(compareNames);
}
