import type { SqlText } from '@nest-alembic/core';
import { TableColumn } from 'typeorm';
import { Refusal } from '../../schema/entity-problem.js';
import type { ColumnMetadata } from '../../schema/metadata-types.js';
import type { ModelContext } from '../schema-mapping.js';
import { postgresInternals } from './postgres-internals.js';

/** What of a column decides its type. */
export type TypedColumn = Pick<ColumnMetadata, 'type'> &
  Partial<
    Pick<
      ColumnMetadata,
      'length' | 'precision' | 'scale' | 'isArray' | 'spatialFeatureType' | 'srid'
    >
  >;

/**
 * The type of a column that is no enum, as the server spells it. The driver's own functions choose it, so that it is the
 * type `synchronize` gives.
 *
 * @throws Refusal for a precision that the type does not take
 */
export function spellPostgresType(column: TypedColumn, context: ModelContext): SqlText {
  const type = context.dataSource.driver.normalizeType({ type: column.type });
  const { length, precision, scale, spatialFeatureType, srid, isArray } = column;
  const key = [type, length, precision, scale, spatialFeatureType, srid, isArray].join();
  const known = context.spelledTypes.get(key);
  if (known !== undefined) return known;
  checkModifiers(type, column, context);
  const spelled = context.dialect.canonicalType(fullType(type, column, context));
  context.spelledTypes.set(key, spelled);
  return spelled;
}

function fullType(type: string, column: TypedColumn, { dataSource }: ModelContext): string {
  const { precision, scale, spatialFeatureType, srid } = column;
  return dataSource.driver.createFullType(
    new TableColumn({
      name: '',
      type,
      length: column.length ?? '',
      ...(precision !== undefined && { precision }),
      ...(scale !== undefined && { scale }),
      ...(spatialFeatureType !== undefined && { spatialFeatureType }),
      ...(srid !== undefined && { srid }),
      isArray: column.isArray ?? false,
    }),
  );
}

/** TypeORM writes them behind any type, and the server answers with a syntax error. */
function checkModifiers(type: string, column: TypedColumn, context: ModelContext): void {
  const internals = postgresInternals(context.dataSource);
  const isSized = internals.withLengthColumnTypes.includes(type);
  const isSpatial = internals.spatialTypes.includes(type);
  const isPrecise = internals.withPrecisionColumnTypes.includes(type);
  const { precision } = column;
  if (precision === undefined || precision === null || isSized || isSpatial || isPrecise) return;
  throw new Refusal(
    `has precision ${precision}, which type ${type} does not take`,
    'Remove the precision, or choose a type that has one.',
  );
}
