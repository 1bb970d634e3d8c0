import type { TestDatabase } from '@nest-alembic/testing';
import type { DataSourceOptions } from 'typeorm';
import { MARIADB, POSTGRES, SQLITE } from '../tested-dialects.js';
import type { TestedDialect } from '../tested-dialects.js';

/** A database that entities change on while their tables have rows. */
export interface LossDialect {
  readonly tested: TestedDialect;
  dataSource(this: void, database: TestDatabase): DataSourceOptions;
  /** SQL for the value of a column as text. */
  asText(this: void, column: string): string;
  /** What a session is told before it writes rows. */
  readonly prepare: string;
}

/** PostgreSQL. */
export const LOSS_POSTGRES: LossDialect = {
  tested: POSTGRES,
  dataSource: ({ url }) => ({
    type: 'postgres',
    url,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
  }),
  asText: (column) => `${column}::text`,
  prepare: `SET TimeZone = 'UTC'`,
};

/** MariaDB. */
export const LOSS_MARIADB: LossDialect = {
  tested: MARIADB,
  dataSource: ({ url }) => ({ type: 'mariadb', url }),
  asText: (column) => `CAST(${column} AS CHAR)`,
  prepare: `SET time_zone = '+00:00'`,
};

/** A file of SQLite. */
export const LOSS_SQLITE: LossDialect = {
  tested: SQLITE,
  dataSource: ({ url }) => ({ type: 'better-sqlite3', database: url }),
  asText: (column) => `CAST(${column} AS TEXT)`,
  prepare: 'SELECT 1',
};
