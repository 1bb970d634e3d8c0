import { mariadbDialect, postgresDialect, sqliteDialect } from '@nest-alembic/core';
import type { Connection, Dialect } from '@nest-alembic/core';
import {
  createMysqlDatabase,
  createSqliteDatabase,
  createTestDatabase,
  fingerprintMariadb,
  fingerprintPostgres,
  fingerprintSqlite,
  hasSqlite,
  pgDump,
  runMariadb,
  runPsql,
  runSqlite3,
  serverMajor,
} from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import type { ExpectedSql } from './suite-case.js';

/** What a judge is to look at. */
export interface JudgeOptions {
  /** Whether the places of columns in their tables count. @default true */
  readonly columnOrder?: boolean;
  /** Names of tables to leave out, in whatever schema. @default none */
  readonly ignoredTables?: readonly string[];
}

/** A dialect under test, with the tools that judge it from outside. */
export interface TestedDialect {
  readonly name: keyof ExpectedSql;
  readonly dialect: Dialect;
  /** Makes a database by cloning a template, which nobody may be connected to. @param template default an empty one */
  createDatabase(template?: string): Promise<TestDatabase>;
  /** Major version of the server. */
  version(connection: Connection): Promise<number>;
  /** Whether a statement of a script can depend on a condition (`--idempotent`). */
  readonly canGuardScripts: boolean;
  /** Removes everything. */
  empty(connection: Connection): Promise<void>;
  /** The schema as the server tells it, whatever our inspector says. */
  fingerprint(connection: Connection, options?: JudgeOptions): Promise<readonly string[]>;
  /** The schema as the database's own tool writes it; undefined where that tool is not installed. */
  dump(url: string, options?: JudgeOptions): Promise<string | undefined>;
  /** Runs a script with the database's own client; where that is not installed, as one text over the wire. */
  runScript(database: TestDatabase, script: string): Promise<void>;
}

/** PostgreSQL, by name for the entities that are written for it. */
export const POSTGRES: TestedDialect = {
  name: 'postgres',
  dialect: postgresDialect,
  canGuardScripts: true,
  createDatabase: createPostgres,
  version: serverMajor,
  empty: emptyPostgres,
  fingerprint: fingerprintPostgres,
  dump: (url, { ignoredTables = [], ...options } = {}) =>
    pgDump(url, { ...options, excludeTables: ignoredTables }),
  runScript: runPostgresScript,
};

/** SQLite, on files. */
export const SQLITE: TestedDialect = {
  name: 'sqlite',
  dialect: sqliteDialect,
  canGuardScripts: false,
  createDatabase: createSqliteDatabase,
  version: async () => 3,
  empty: emptySqlite,
  fingerprint: fingerprintSqlite,
  // `.schema` is what the fingerprint reads.
  dump: async () => undefined,
  runScript: runSqliteScript,
};

/** MariaDB, as the laws ask for it. */
export const MARIADB: TestedDialect = {
  name: 'mariadb',
  canGuardScripts: false,
  dialect: mariadbDialect,
  createDatabase: () => createMysqlDatabase(),
  version: async (connection) => {
    const { rows } = await connection.query<{ version: string }>('SELECT VERSION() AS version');
    return Number.parseInt(rows[0]?.version ?? '0', 10);
  },
  empty: emptyMariadb,
  fingerprint: fingerprintMariadb,
  // What mariadb-dump writes is SHOW CREATE, which the fingerprint is made of.
  dump: () => Promise.resolve(undefined),
  runScript: runMariadbScript,
};

/** Every dialect that this machine can run; `npm test` says in its last lines what it went without. */
export const TESTED_DIALECTS: readonly TestedDialect[] = [
  POSTGRES,
  ...(hasSqlite() ? [SQLITE] : []),
  ...(process.env['TEST_MARIADB_URL'] ? [MARIADB] : []),
];

/** A power cut may lose what it holds; waiting for the disk at every statement is most of the time otherwise. */
async function createPostgres(template?: string): Promise<TestDatabase> {
  const database = await createTestDatabase(template === undefined ? {} : { template });
  const connection = await database.connect();
  await connection.query(`ALTER DATABASE ${database.name} SET synchronous_commit = off`);
  await connection.close();
  return database;
}

async function emptyPostgres(connection: Connection): Promise<void> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT quote_ident(nspname) AS name FROM pg_namespace
      WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`,
  );
  const drops = rows.map(({ name }) => `DROP SCHEMA ${name} CASCADE;`).join(' ');
  await connection.script(`SET client_min_messages = warning; ${drops} CREATE SCHEMA public`);
}

async function runPostgresScript(database: TestDatabase, script: string): Promise<void> {
  const result = await runPsql(database.url, script);
  if (result === undefined) {
    await (await database.connect()).script(script);
  } else if (result.exitCode !== 0) {
    throw new Error(`psql ended with ${result.exitCode}: ${result.stderr}`);
  }
}

async function emptySqlite(connection: Connection): Promise<void> {
  const { rows } = await connection.query<{ type: string; name: string }>(
    `SELECT type, '"' || replace(name, '"', '""') || '"' AS name FROM sqlite_master
      WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type DESC`,
  );
  const drops = rows.map(({ type, name }) => `DROP ${type} ${name};`).join(' ');
  await connection.script(`PRAGMA foreign_keys = OFF; ${drops} PRAGMA foreign_keys = ON`);
}

/** The first line is for the client: to the driver it would be no SQL. */
async function runSqliteScript(database: TestDatabase, script: string): Promise<void> {
  const result = await runSqlite3(database.url, script);
  if (result === undefined) {
    const connection = await database.connect();
    await connection.script(script.replace(/^\.bail on\n/, ''));
  } else if (result.exitCode !== 0) {
    throw new Error(`sqlite3 ended with ${result.exitCode}: ${result.stderr}`);
  }
}

async function emptyMariadb(connection: Connection): Promise<void> {
  const { rows } = await connection.query<{ sql: string }>(
    `SELECT CONCAT('DROP ', IF(TABLE_TYPE = 'VIEW', 'VIEW', 'TABLE'), ' \`', REPLACE(TABLE_NAME, '\`', '\`\`'), '\`') AS \`sql\`
     FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()`,
  );
  const drops = rows.map(({ sql }) => sql);
  await connection.script(
    ['SET foreign_key_checks = 0', ...drops, 'SET foreign_key_checks = 1'].join(';\n'),
  );
}

async function runMariadbScript(database: TestDatabase, script: string): Promise<void> {
  const result = await runMariadb(database.url, script);
  if (result === undefined) throw new Error('the mariadb client is not installed');
  if (result.exitCode !== 0)
    throw new Error(`mariadb ended with ${result.exitCode}: ${result.stderr}`);
}
