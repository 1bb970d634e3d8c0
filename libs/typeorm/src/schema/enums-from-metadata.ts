import { compareNames, displayName, type EnumType, nameKey } from '@nest-alembic/core';
import type { EntityMetadata } from 'typeorm';
import { storedColumns } from './column-from-metadata.js';
import { propertyOf } from './entity-marks.js';
import { blaming, entityProblem } from './entity-problem.js';
import type { ColumnMetadata } from './metadata-types.js';
import type { ModelContext } from '../drivers/schema-mapping.js';

/**
 * The enumerated types that the columns of entities use, each once, sorted by name.
 *
 * @throws MigrationError E3015 where two columns describe one type differently
 */
export function enumsFromMetadata(
  metadatas: readonly EntityMetadata[],
  context: ModelContext,
): readonly EnumType[] {
  const enums = new Map<string, DescribedEnum>();
  for (const found of enumsOf(metadatas, context)) {
    const first = enums.get(nameKey(found));
    if (first && JSON.stringify(first.labels) !== JSON.stringify(found.labels)) {
      throw entityProblem({
        entity: found.entity ?? '',
        property: found.property,
        problem: `gives the enum "${displayName(found)}" other labels than property "${first.property}" of entity "${first.entity}"`,
        advice: 'Use the same labels in the same order, or another enumName.',
      });
    }
    if (!first) enums.set(nameKey(found), found);
  }
  return [...enums.values()].map(({ property, ...type }) => type).sort(compareNames);
}

/** An enumerated type, and the property that describes it. */
type DescribedEnum = EnumType & { readonly property: string };

function enumsOf(
  metadatas: readonly EntityMetadata[],
  context: ModelContext,
): readonly DescribedEnum[] {
  return metadatas.flatMap((metadata) =>
    storedColumns(metadata).flatMap((column) =>
      mayDescribe(column) ? (enumOf(column, metadata, context) ?? NONE) : NONE,
    ),
  );
}

/** Labels are the column's own, or those of the one that it refers to. */
const mayDescribe = (column: ColumnMetadata): boolean =>
  column.enum !== undefined || column.referencedColumn !== undefined;

/** Of most columns: they are of other types. */
const NONE: readonly never[] = [];

function enumOf(
  column: ColumnMetadata,
  metadata: EntityMetadata,
  context: ModelContext,
): DescribedEnum | undefined {
  const entity = context.markOf(metadata);
  const property = propertyOf(column, metadata);
  const found = blaming({ entity, property }, () => context.mapping.enumOf(column, context));
  return found?.labels && { ...found.name, labels: found.labels, entity, property };
}
