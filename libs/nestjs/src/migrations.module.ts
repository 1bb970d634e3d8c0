import { ConfigurableModuleBuilder, Inject, Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { MigrationError } from '@nest-alembic/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AutoUpgradeHook } from './auto-upgrade-hook.js';
import { createEnvironment } from './create-environment.js';
import { MigrationService } from './migration.service.js';
import type { MigrationEnvironment } from './migration.service.js';
import type {
  MigrationsEnvironmentOptions,
  MigrationsModuleAsyncOptions,
  MigrationsModuleOptions,
  MigrationsModuleRootOptions,
} from './migrations-module-options.js';
import { runHooksFirst } from './run-hooks-first.js';
import { DEFAULT_ENVIRONMENT, MIGRATION_ENVIRONMENT, getMigrationServiceToken } from './tokens.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<MigrationsModuleOptions>({ moduleName: 'Migrations' })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createMigrationsOptions')
    .build();

/**
 * Migrations for one DataSource of the app. Import it once, in the root module, beside `TypeOrmModule.forRoot`; it is
 * always global, and its auto-upgrade is finished before any other provider's `onModuleInit`.
 *
 * @example
 * imports: [TypeOrmModule.forRoot(database), MigrationsModule.forRoot({ autoUpgrade: 'verify' })]
 */
@Module({})
export class MigrationsModule extends ConfigurableModuleClass {
  constructor(@Inject(ModulesContainer) modules: ModulesContainer) {
    super();
    runHooksFirst(modules, MigrationsModule);
  }

  /** Options as they stand; wrong ones, and a missing DataSource, are told when the app is built (E9001, E9002, E9003). */
  static override forRoot(options: MigrationsModuleRootOptions = {}): DynamicModule {
    return withEnvironment(super.forRoot(options), options);
  }

  /** Options that other providers make, such as ConfigService. */
  static override forRootAsync(options: MigrationsModuleAsyncOptions): DynamicModule {
    return withEnvironment(super.forRootAsync(options), options);
  }
}

const ENVIRONMENT = Symbol('migration environment');

/** Adds to the definition what works with the options. */
function withEnvironment(
  definition: DynamicModule,
  { name = DEFAULT_ENVIRONMENT, dataSource }: MigrationsEnvironmentOptions,
): DynamicModule {
  const service = getMigrationServiceToken(name);
  const providers: Provider[] = [
    {
      provide: ENVIRONMENT,
      // Optional, because Nest's own error would name our token and not what to import.
      inject: [MODULE_OPTIONS_TOKEN, { token: getDataSourceToken(dataSource), optional: true }],
      useFactory: (options: unknown, source: DataSource | undefined) => {
        if (!source) throw noDataSource(dataSource);
        return createEnvironment({ name, dataSource: source, options });
      },
    },
    {
      provide: service,
      inject: [ENVIRONMENT],
      useFactory: (environment: MigrationEnvironment) => new MigrationService(environment),
    },
    { provide: MIGRATION_ENVIRONMENT, useExisting: service },
    {
      provide: AutoUpgradeHook,
      inject: [ENVIRONMENT],
      useFactory: (environment: MigrationEnvironment) => new AutoUpgradeHook(environment),
    },
  ];
  return {
    ...definition,
    global: true,
    providers: [...(definition.providers ?? []), ...providers],
    exports: [service],
  };
}

function noDataSource(name: string | undefined): MigrationError {
  const which = name === undefined ? '' : ` "${name}"`;
  return new MigrationError('E9002', {
    problem: `MigrationsModule finds no DataSource${which}`,
    advice:
      name === undefined
        ? 'Import TypeOrmModule.forRoot() in the root module, or name the DataSource with the option "dataSource".'
        : `Import TypeOrmModule.forRoot({ name: "${name}" }) in the root module, or correct the option "dataSource".`,
    facts: { option: 'dataSource', ...(name !== undefined && { dataSource: name }) },
  });
}
