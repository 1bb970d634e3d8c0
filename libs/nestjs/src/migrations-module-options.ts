import type { ConfigurableModuleAsyncOptions } from '@nestjs/common';
import type { MigrationListener, MigratorOptions } from '@nest-alembic/core';

/**
 * What happens to the database when the app starts: `false` nothing; `'upgrade'` brings it to every head;
 * `'verify'` refuses to start unless it is there (E4014); `'wait'` waits until someone else has brought it there.
 */
export type AutoUpgrade = false | 'upgrade' | 'verify' | 'wait';

/** What the module gives the engine itself. */
type FromModule =
  | 'name'
  | 'dialect'
  | 'connect'
  | 'targetSchema'
  | 'portableHints'
  | 'ignoredTables'
  | 'x'
  | 'now'
  | 'newId'
  | 'importSource'
  | 'lockTimeoutMs'
  | 'onEvent';

/** Options of one environment: one DataSource, its revisions and its version table (design D3). Those of the engine, and its own. */
export interface MigrationsModuleOptions extends Omit<MigratorOptions, FromModule> {
  /** What happens when the app starts, before any other provider's `onModuleInit`. @default false */
  readonly autoUpgrade?: AutoUpgrade;
  /**
   * What auto-upgrade does when the database is at a revision that this build does not have, as in a rolling
   * deployment or after a roll-back: `'warn'` starts the app, `'error'` does not. Commands always refuse.
   * @default 'warn'
   */
  readonly onUnknownRevision?: 'warn' | 'error';
  /** Package that generated revisions import their types from. @default '@nest-alembic/nestjs' */
  readonly importSource?: string;
  /**
   * How long to wait for the migration lock, in milliseconds; 0 tries once. `autoUpgrade: 'wait'` waits as long for the
   * database to be at head.
   * @default 600_000 when the app starts, else 60_000
   */
  readonly lockTimeoutMs?: number;
  /** Hears every event, besides Nest's logger. @default nobody */
  readonly onEvent?: MigrationListener;
}

/** What must be known before the options are: which environment this is, and which DataSource it migrates. */
export interface MigrationsEnvironmentOptions {
  /** Name of the environment, for apps with several: `migrate -n NAME`; "all" is taken. @default 'default' */
  readonly name?: string;
  /** Name of the DataSource, as given to `TypeOrmModule.forRoot`. @default the default DataSource */
  readonly dataSource?: string;
}

/** Makes the options of a module: the `useClass` and `useExisting` of `forRootAsync`. */
export interface MigrationsOptionsFactory {
  createMigrationsOptions(): Promise<MigrationsModuleOptions> | MigrationsModuleOptions;
}

/** Argument of `MigrationsModule.forRoot`. */
export type MigrationsModuleRootOptions = MigrationsModuleOptions & MigrationsEnvironmentOptions;

/** Argument of `MigrationsModule.forRootAsync`: `imports`, `inject` and one of `useFactory`, `useClass`, `useExisting`. */
export type MigrationsModuleAsyncOptions = ConfigurableModuleAsyncOptions<
  MigrationsModuleOptions,
  'createMigrationsOptions'
> &
  MigrationsEnvironmentOptions;
