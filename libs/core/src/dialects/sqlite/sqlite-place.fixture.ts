import type { Dialect } from '../common/dialect.js';
import { PlainSqliteConnection } from './sqlite-database.fixture.js';
import { sqliteDialect } from './sqlite-dialect.js';

/** A database file for migrators of specs, in whichever process. */
export const placeAt = (
  file: string,
): { readonly dialect: Dialect; connect(): Promise<PlainSqliteConnection> } => ({
  dialect: sqliteDialect,
  connect: async () => new PlainSqliteConnection(file),
});
