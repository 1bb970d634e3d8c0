import { Logger } from '@nestjs/common';
import { isMigrationError } from '@nest-alembic/core';
import { assertNotSynchronizing } from '@nest-alembic/typeorm';
import type { DataSource } from 'typeorm';
import { autoUpgrade } from './auto-upgrade.js';
import { MigrationService } from './migration.service.js';
import type { MigrationEnvironment } from './migration.service.js';
import { isAutoUpgradeOff } from './without-auto-upgrade.js';

/**
 * Runs the auto-upgrade of an environment, once for a DataSource and version table in this process: a module that is
 * imported twice, and a DataSource that `migratedDataSource` has migrated already, get the same promise.
 *
 * @throws MigrationError E9004 when TypeORM would change the schema as well, and what `autoUpgrade` throws
 */
export async function migrateOnStart(environment: MigrationEnvironment): Promise<void> {
  const { dataSource, options } = environment;
  if (isAutoUpgradeOff()) return;
  if (!options.autoUpgrade) return warnOfSynchronizing(dataSource);
  assertNotSynchronizing(dataSource);
  const table = JSON.stringify([options.versionTableSchema, options.versionTable]);
  await once(dataSource, table, () =>
    autoUpgrade({
      migrator: new MigrationService(environment),
      options,
      logger: new Logger('Migrations'),
    }),
  );
}

/** Without auto-upgrade the app may start: a developer may synchronise at home what revisions do elsewhere. */
function warnOfSynchronizing(dataSource: DataSource): void {
  try {
    assertNotSynchronizing(dataSource);
  } catch (error) {
    if (!isMigrationError(error)) throw error;
    new Logger('Migrations').warn(error.message);
  }
}

/** By object, not by URL: a test may make the same database anew under the same name. */
const memory = new WeakMap<DataSource, Map<string, Promise<void>>>();

function once(dataSource: DataSource, table: string, run: () => Promise<void>): Promise<void> {
  const runs = memory.get(dataSource) ?? new Map<string, Promise<void>>();
  memory.set(dataSource, runs);
  const running = runs.get(table) ?? run();
  runs.set(table, running);
  return running;
}
