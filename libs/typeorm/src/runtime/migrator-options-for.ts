import { MigrationError } from '@nest-alembic/core';
import type { MigratorOptions, ObjectName } from '@nest-alembic/core';
import type { DataSource } from 'typeorm';
import { dialectOf, supportedDriver } from '../drivers/supported-drivers.js';
import { withFile } from '../drivers/sqlite/sqlite-session.js';
import { optionsSchema } from '../schema/object-names.js';
import { portableHints } from '../schema/portable-hints.js';
import { schemaFromEntities } from '../schema/schema-from-entities.js';
import { connectDeferred } from './deferred-initialization.js';
import { typeormConnection } from './typeorm-connection.js';

/** What may be said beside a DataSource: all options of a migrator, and what the DataSource gives may be replaced. */
export type DataSourceMigratorOptions = Partial<MigratorOptions>;

/**
 * The options of a migrator for a DataSource: its dialect, its sessions, its entities as the model. Nothing connects
 * before a command needs the database; a DataSource that is not connected by then is, without `synchronize` and its kin.
 */
export function migratorOptionsFor(
  dataSource: DataSource,
  options: DataSourceMigratorOptions = {},
): MigratorOptions {
  return {
    importSource: '@nest-alembic/typeorm',
    dialect: () => dialectOf(dataSource),
    connect: async () => {
      try {
        await connectDeferred(dataSource);
        return await typeormConnection(dataSource);
      } catch (error) {
        throw connectFailure(error, dataSource);
      }
    },
    targetSchema: () => schemaFromEntities(dataSource),
    portableHints: () => portableHints(dataSource),
    ...options,
    ignoredTables: [...tablesOfTypeOrm(dataSource), ...(options.ignoredTables ?? [])],
  };
}

/** No driver says in its error which file it could not open, and TypeORM has no codes for options and types that do not fit. */
function connectFailure(error: unknown, dataSource: DataSource): unknown {
  const isAboutOptions = error instanceof Error && /Option(NotSet)?Error$/.test(error.name);
  if (isAboutOptions) return optionMissing(error);
  if (error instanceof Error && error.name === 'DataTypeNotSupportedError')
    return typeMissing(error);
  return withFile(error, supportedDriver(dataSource).session.fileOf?.(dataSource));
}

const typeMissing = (cause: Error): MigrationError =>
  new MigrationError('E3015', {
    problem: cause.message.replace(/\.$/, ''),
    advice:
      'Nothing was done. Give the column a type that this database has, or let TypeORM choose one by the type of the property: @Column({ type: Date }).',
    cause,
  });

function optionMissing(cause: Error): MigrationError {
  const option = /"(\w+)"/.exec(cause.message)?.[1] ?? '';
  return new MigrationError('E9002', {
    problem: `the options of the DataSource lack "${option}", and so does its URL`,
    advice: `Nothing was done. Set "${option}", or write it into the URL.`,
    facts: { option },
    cause,
  });
}

/** What TypeORM's own migrations and metadata are kept in (design D8). */
function tablesOfTypeOrm(dataSource: DataSource): readonly ObjectName[] {
  const schema = optionsSchema(dataSource) ?? null;
  const { migrationsTableName = 'migrations' } = dataSource.options;
  return [migrationsTableName, dataSource.metadataTableName].map((name) => ({ schema, name }));
}
