import { type Dialect, MigrationError } from '@nest-alembic/core';
import type { DataSource } from 'typeorm';
import { mariadbDriver, mysqlDriver } from './mysql/mysql-drivers.js';
import { betterSqlite3Driver, sqljsDriver } from './sqlite/sqlite-drivers.js';
import { postgresDriver } from './postgres/postgres-driver.js';
import type { SupportedDriver } from './supported-driver.js';

/** By the `type` of a DataSource; loaded when it is asked for. A new driver is one folder and one line here. */
const DRIVERS: ReadonlyMap<string, () => SupportedDriver> = new Map([
  ['postgres', () => postgresDriver],
  ['mysql', () => mysqlDriver],
  ['mariadb', () => mariadbDriver],
  ['better-sqlite3', () => betterSqlite3Driver],
  ['sqljs', () => sqljsDriver],
]);

/**
 * What this package knows of the driver of a DataSource.
 *
 * @throws MigrationError E3012 naming the drivers that are supported
 */
export function supportedDriver(dataSource: DataSource): SupportedDriver {
  const { type } = dataSource.options;
  const driver = DRIVERS.get(type);
  if (driver) return driver();
  const supported = [...DRIVERS.keys()];
  throw new MigrationError('E3012', {
    problem: `the DataSource is of type "${type}", which nest-alembic cannot migrate`,
    advice: `Supported: ${supported.join(', ')}.`,
    facts: { type, supported },
  });
}

/**
 * The dialect of a DataSource, by its `type`.
 *
 * @throws MigrationError E3012 naming the drivers that are supported
 */
export function dialectOf(dataSource: DataSource): Dialect {
  return supportedDriver(dataSource).dialect;
}
