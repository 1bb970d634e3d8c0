import { sqliteDialect } from '@nest-alembic/core';
import type { SupportedDriver } from '../supported-driver.js';
import { betterSqlite3SessionAdapter } from './better-sqlite3-session.js';
import { sqliteMapping } from './sqlite-mapping.js';
import { sqljsSessionAdapter } from './sqljs-session.js';

const split = (sql: string): readonly string[] => sqliteDialect.splitStatements(sql);

/** TypeORM's driver `better-sqlite3`. */
export const betterSqlite3Driver: SupportedDriver = Object.freeze({
  dialect: sqliteDialect,
  schema: sqliteMapping,
  session: betterSqlite3SessionAdapter(split),
});

/** TypeORM's driver `sqljs`. */
export const sqljsDriver: SupportedDriver = Object.freeze({
  dialect: sqliteDialect,
  schema: sqliteMapping,
  session: sqljsSessionAdapter(split),
});
