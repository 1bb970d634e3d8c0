export { schemaFromEntities } from './schema/schema-from-entities.js';
export { RenamedFrom } from './schema/renamed-from.js';
export { dialectOf } from './drivers/supported-drivers.js';
export { typeormConnection } from './runtime/typeorm-connection.js';
export { migratorOptionsFor } from './runtime/migrator-options-for.js';
export type { DataSourceMigratorOptions } from './runtime/migrator-options-for.js';
export { describeDatabase } from './runtime/describe-database.js';
export { assertNotSynchronizing, withoutSchemaSideEffects } from './runtime/schema-side-effects.js';
export {
  connectDeferred,
  deferDataSourceInitialization,
} from './runtime/deferred-initialization.js';
export { isEarlyQuery } from './runtime/refuse-early-queries.js';
export type {
  ConnectDeferredOptions,
  DeferOptions,
  DeferredInitialization,
} from './runtime/deferred-initialization.js';

// What revision files import, so that an app needs this package only.
export { sqlFile } from '@nest-alembic/core';
export type { Operations, RevisionContext } from '@nest-alembic/core';
