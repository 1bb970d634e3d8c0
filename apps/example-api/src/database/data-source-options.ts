import * as pg from 'pg';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { embeddedDriver } from './embedded/embedded-driver.js';
import { openPglite } from './embedded/pglite-backend.js';
import { SnakeNamingStrategy } from './snake-naming.strategy.js';

/** Where the data lie: a server's URL, or the folder of the embedded database. */
export type DatabaseLocation = { readonly url: string } | { readonly folder: string };

/** Everything about the database but the entities, which the modules register. */
export function exampleDataSourceOptions(location: DatabaseLocation): PostgresDataSourceOptions {
  const common = {
    type: 'postgres' as const,
    namingStrategy: new SnakeNamingStrategy(),
    // gen_random_uuid() is built in since PostgreSQL 13; the extension of this name is not needed for it.
    uuidExtension: 'pgcrypto' as const,
    installExtensions: false,
    applicationName: 'example-api',
  };
  return 'url' in location
    ? { ...common, driver: pg, url: location.url }
    : {
        ...common,
        driver: embeddedDriver(() => openPglite(location.folder)),
        // A new folder is a whole initdb inside this process: seconds on a busy machine.
        connectTimeoutMS: 60_000,
      };
}
