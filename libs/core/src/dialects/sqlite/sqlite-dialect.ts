import type { Dialect } from '../common/dialect.js';
import { inspectSqlite } from './sqlite-inspector.js';
import { canonicalizeSqlite } from './sqlite-normalize.js';
import { makeSqliteObjects, readObjectTexts } from './sqlite-objects.js';
import { sqliteSession } from './sqlite-session.js';
import { sqliteSyntax } from './sqlite-syntax.js';
import { sqliteVersionTables } from './sqlite-version-tables.js';

/** SQLite, from version 3.40 on. */
export const sqliteDialect: Dialect = Object.freeze<Dialect>({
  ...sqliteSyntax,
  session: sqliteSession,
  versionTables: sqliteVersionTables,
  inspect: inspectSqlite,
  canonicalize: canonicalizeSqlite,
  readObjectTexts,
  makeObjects: makeSqliteObjects,
});
