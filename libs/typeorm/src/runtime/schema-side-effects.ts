import { MigrationError } from '@nest-alembic/core';
import type { DataSource, DataSourceOptions } from 'typeorm';

/** Options that make TypeORM change the schema by itself when a DataSource is initialized. */
const SIDE_EFFECTS = ['synchronize', 'migrationsRun', 'dropSchema'] as const;

/**
 * Refuses a DataSource that changes the schema by itself (B139): revisions and TypeORM would undo each other's work, and
 * autogenerate would never see a difference. For the app; in CLI mode {@link withoutSchemaSideEffects} takes them away.
 *
 * @throws MigrationError E9004 naming the options
 */
export function assertNotSynchronizing(dataSource: DataSource): void {
  const options = SIDE_EFFECTS.filter((name) => dataSource.options[name]);
  if (options.length === 0) return;
  const verbs = options.length === 1 ? 'is on, and changes' : 'are on, and change';
  throw new MigrationError('E9004', {
    problem: `TypeORM's ${options.join(', ')} ${verbs} the schema beside the revisions each time that the app connects`,
    advice:
      'Set to false in the options of the DataSource, and see with "migrate check" what it has changed.',
    facts: { options },
  });
}

/**
 * Switches `synchronize`, `migrationsRun` and `dropSchema` of a DataSource off, for good. The options object that the
 * user made is not changed.
 */
export function withoutSchemaSideEffects(dataSource: DataSource): void {
  replaceOptions(dataSource, {
    ...dataSource.options,
    synchronize: false,
    migrationsRun: false,
    dropSchema: false,
  });
}

/** Gives a DataSource and its driver other options. TypeORM declares both read-only, but reads them anew each time. */
export function replaceOptions(dataSource: DataSource, options: DataSourceOptions): void {
  Object.assign(dataSource, { options });
  Object.assign(dataSource.driver, { options });
}
