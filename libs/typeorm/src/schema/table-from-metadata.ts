import type { FromEntity, Table } from '@nest-alembic/core';
import type { EntityMetadata } from 'typeorm';
import { columnsFromMetadata, storedComment } from './column-from-metadata.js';
import {
  checksFromMetadata,
  exclusionsFromMetadata,
  primaryKeyFromMetadata,
  uniquesFromMetadata,
} from './constraints-from-metadata.js';
import { entityProblem } from './entity-problem.js';
import { foreignKeysFromMetadata } from './foreign-keys-from-metadata.js';
import { indexesFromMetadata } from './indexes-from-metadata.js';
import type { ModelContext } from '../drivers/schema-mapping.js';
import { objectNameOf } from './object-names.js';

/**
 * The table of one entity, join table or closure table.
 *
 * @throws MigrationError E3015 for what no table can have
 */
export function tableFromMetadata(metadata: EntityMetadata, context: ModelContext): Table {
  const primaryKey = primaryKeyFromMetadata(metadata, context);
  const comment = storedComment(metadata.comment, context);
  const { schema, name } = objectNameOf(metadata, context);
  return {
    schema,
    name,
    columns: columnsFromMetadata(metadata, context),
    ...(primaryKey && { primaryKey }),
    foreignKeys: withoutRepeats(foreignKeysFromMetadata(metadata, context)),
    uniques: withoutRepeats(uniquesFromMetadata(metadata, context)),
    checks: withoutRepeats(checksFromMetadata(metadata, context)),
    exclusions: withoutRepeats(exclusionsFromMetadata(metadata, context)),
    indexes: withoutRepeats(indexesFromMetadata(metadata, context)),
    ...(comment !== undefined && { comment }),
    ...context.mapping.tableShape(metadata),
    entity: context.markOf(metadata),
  };
}

/**
 * The parts of a table, each name once: TypeORM lists some twice (`unique: true` beside `@Unique`, an index that two
 * children of a hierarchy declare on the same column).
 *
 * @throws MigrationError E3015 where two different parts have one name
 */
export function withoutRepeats<P extends FromEntity & { readonly name?: string }>(
  parts: readonly P[],
): readonly P[] {
  if (!parts.some((part, at) => mayRepeat(part, parts, at))) return parts;
  const kept = new Map<string, P>();
  for (const part of parts) {
    const name = part.name ?? JSON.stringify(part);
    const first = kept.get(name);
    if (first && JSON.stringify(first) !== JSON.stringify(part)) throw sameName(part, name);
    kept.set(name, part);
  }
  return [...kept.values()];
}

const mayRepeat = <P extends { readonly name?: string }>(
  { name }: P,
  parts: readonly P[],
  at: number,
): boolean => name === undefined || parts.findIndex((other) => other.name === name) < at;

function sameName(part: FromEntity, name: string): Error {
  return entityProblem({
    entity: part.entity ?? '',
    problem: `gives the name "${name}" to two different constraints or indexes`,
    advice: 'Name one of them otherwise.',
  });
}
