import type {
  CheckConstraint,
  Deferrable,
  ExclusionConstraint,
  PrimaryKey,
  UniqueConstraint,
} from '@nest-alembic/core';
import { Table as TypeOrmTable, type EntityMetadata } from 'typeorm';
import { storedColumns } from './column-from-metadata.js';
import type { ColumnMetadata } from './metadata-types.js';
import type { ModelContext } from '../drivers/schema-mapping.js';
import { optionsSchema } from './object-names.js';

/** The primary key, under the name that TypeORM gives it where it gives one, or undefined for a table without one. */
export function primaryKeyFromMetadata(
  metadata: EntityMetadata,
  context: ModelContext,
): PrimaryKey | undefined {
  const primary = storedColumns(metadata).filter((column) => column.isPrimary);
  if (primary.length === 0) return undefined;
  return {
    ...(context.mapping.namesPrimaryKeys && { name: primaryKeyName(metadata, primary, context) }),
    columns: [...new Set(columnNames(primary, context))],
    entity: context.markOf(metadata),
  };
}

function primaryKeyName(
  metadata: EntityMetadata,
  primary: readonly ColumnMetadata[],
  context: ModelContext,
): string {
  const given = primary[0]?.primaryKeyConstraintName;
  const name =
    given ??
    context.dataSource.namingStrategy.primaryKeyName(
      tableForNaming(metadata, context),
      primary.map((column) => column.databaseName),
    );
  return context.mapping.storedName(name);
}

/** The table under the name that TypeORM's `Table.create` would give it: a naming strategy may look at it. */
function tableForNaming(metadata: EntityMetadata, { dataSource }: ModelContext): TypeOrmTable {
  const { driver } = dataSource;
  const schema = metadata.schema === optionsSchema(dataSource) ? undefined : metadata.schema;
  const database = metadata.database === driver.database ? undefined : metadata.database;
  return new TypeOrmTable({
    name: driver.buildTableName(metadata.tableName, schema, database),
    ...(metadata.schema !== undefined && { schema: metadata.schema }),
    ...(metadata.database !== undefined && { database: metadata.database }),
  });
}

/** The unique constraints, those of one-to-one relations and of `unique: true` included. */
export function uniquesFromMetadata(
  metadata: EntityMetadata,
  context: ModelContext,
): readonly UniqueConstraint[] {
  return metadata.uniques.map((unique) => ({
    name: context.mapping.storedName(unique.name),
    columns: columnNames(unique.columns, context),
    ...deferrablePart(unique.deferrable, context),
    entity: context.markOf(metadata),
  }));
}

/** The checks, as the user wrote them, and those that TypeORM makes of columns by itself. */
export function checksFromMetadata(
  metadata: EntityMetadata,
  context: ModelContext,
): readonly CheckConstraint[] {
  const ofColumns = storedColumns(metadata).flatMap((column) => {
    const check = context.mapping.checkOf(column, context);
    return check ? [{ ...check, entity: context.markOf(metadata) }] : [];
  });
  const written = metadata.checks.map((check) => ({
    name: context.mapping.storedName(check.name),
    expression: check.expression.trim(),
    entity: context.markOf(metadata),
  }));
  return [...ofColumns, ...written];
}

/** The exclusion constraints, as the user wrote them; none where the database has none, as TypeORM makes none there. */
export function exclusionsFromMetadata(
  metadata: EntityMetadata,
  context: ModelContext,
): readonly ExclusionConstraint[] {
  if (!context.dialect.capabilities.exclusionConstraints) return [];
  return metadata.exclusions.map((exclusion) => ({
    name: context.mapping.storedName(exclusion.name),
    definition: exclusion.expression.trim(),
    ...deferrablePart(exclusion.deferrable, context),
    entity: context.markOf(metadata),
  }));
}

/** The names of columns as the server keeps them. */
export function columnNames(
  columns: readonly ColumnMetadata[],
  context: ModelContext,
): readonly string[] {
  return columns.map((column) => context.mapping.storedName(column.databaseName));
}

const DEFERRABLES: Readonly<Record<string, Deferrable>> = {
  'INITIALLY IMMEDIATE': 'initially immediate',
  'INITIALLY DEFERRED': 'initially deferred',
};

/** `deferrable` where TypeORM's option is set and the database has it; its values are ours in upper case. */
export function deferrablePart(
  option: string | undefined,
  { dialect }: ModelContext,
): { readonly deferrable?: Deferrable } {
  if (!dialect.capabilities.deferrableConstraints) return {};
  const deferrable = option === undefined ? undefined : DEFERRABLES[option];
  return deferrable === undefined ? {} : { deferrable };
}
