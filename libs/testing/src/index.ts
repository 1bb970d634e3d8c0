export { connectPostgres } from './connect-postgres.js';
export type { ConnectPostgresOptions } from './connect-postgres.js';
export { createTestDatabase, serverMajor, testPostgresUrl } from './test-database.js';
export type { TestDatabase, TestDatabaseOptions } from './test-database.js';
export { fingerprintPostgres } from './fingerprint-postgres.js';
export type { FingerprintOptions } from './fingerprint-postgres.js';
export { pgDump, runPsql } from './postgres-tools.js';
export type { PgDumpOptions, ProgramResult } from './postgres-tools.js';
export { reportOracle } from './oracle-report.js';
