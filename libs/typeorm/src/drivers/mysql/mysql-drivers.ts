import { type Dialect, mariadbDialect, mysqlDialect } from '@nest-alembic/core';
import type { SupportedDriver } from '../supported-driver.js';
import { mysqlMapping } from './mysql-mapping.js';
import { mysqlSessionAdapter } from './mysql-session.js';

/** TypeORM's driver `mysql`. */
export const mysqlDriver = driverOf(mysqlDialect);

/** TypeORM's driver `mariadb`; like `mysql` over the package `mysql2`. */
export const mariadbDriver = driverOf(mariadbDialect);

function driverOf(dialect: Dialect): SupportedDriver {
  return Object.freeze({
    dialect,
    schema: mysqlMapping,
    session: mysqlSessionAdapter((sql) => dialect.splitStatements(sql)),
  });
}
