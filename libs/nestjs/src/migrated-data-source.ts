import { assertNotSynchronizing } from '@nest-alembic/typeorm';
import { isMigrationError } from '@nest-alembic/core';
import { DataSource } from 'typeorm';
import type { DataSourceOptions } from 'typeorm';
import { createEnvironment } from './create-environment.js';
import { migrateOnStart } from './migrate-on-start.js';
import type { MigrationsModuleOptions } from './migrations-module-options.js';
import { DEFAULT_ENVIRONMENT } from './tokens.js';
import { isAutoUpgradeOff } from './without-auto-upgrade.js';

/**
 * A `dataSourceFactory` whose DataSource is migrated before any provider gets it: for apps with async providers that
 * query while the app is built, which is earlier than every `onModuleInit` (design D12). Pass it the options of
 * `MigrationsModule.forRoot`; the module then does not migrate a second time.
 *
 * `TypeOrmModule` repeats what fails ten times, three seconds apart. A failed migration is not run again, but to hear
 * of it at once add `toRetry: (error) => !isMigrationError(error)`.
 *
 * @example
 * TypeOrmModule.forRootAsync({ useFactory: () => database, dataSourceFactory: migratedDataSource(migrations) })
 */
export function migratedDataSource(
  options: MigrationsModuleOptions,
): (dataSourceOptions?: DataSourceOptions) => Promise<DataSource> {
  let failure: unknown;
  return async (dataSourceOptions) => {
    if (failure !== undefined) throw failure;
    if (!dataSourceOptions) throw new TypeError('migratedDataSource needs the DataSource options');
    const dataSource = new DataSource(dataSourceOptions);
    try {
      await initialize(dataSource, options);
      return dataSource;
    } catch (error) {
      if (isMigrationError(error)) failure = error;
      if (dataSource.isInitialized) await dataSource.destroy();
      throw error;
    }
  };
}

async function initialize(dataSource: DataSource, options: MigrationsModuleOptions): Promise<void> {
  const environment = createEnvironment({ name: DEFAULT_ENVIRONMENT, dataSource, options });
  const migrates = Boolean(environment.options.autoUpgrade) && !isAutoUpgradeOff();
  if (migrates) assertNotSynchronizing(dataSource);
  await dataSource.initialize();
  await migrateOnStart(environment);
}
