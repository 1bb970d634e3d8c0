import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createMigrator, type Connection, type MigratorOptions } from '@nest-alembic/core';
import {
  createMysqlDatabase,
  createSqliteDatabase,
  createTestDatabase,
  fingerprintMariadb,
  fingerprintPostgres,
  fingerprintSqlite,
  runMariadb,
  runPsql,
  runSqlite3,
  type TestDatabase,
} from '@nest-alembic/testing';
import { migratorOptionsFor } from '@nest-alembic/typeorm';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './database/data-source-options.js';
import { ENTITIES } from './library/entities.js';

/** Our own tables, and those of SQLite and TypeORM. */
const NO_PART_OF_THE_APP = [
  'alembic_version',
  'alembic_version_log',
  'alembic_version_ledger',
  'typeorm_metadata',
];

/** A kind of database that the history runs on. */
export interface Place {
  readonly name: string;
  create(): Promise<TestDatabase>;
  /** What `DATABASE_URL` is for a database. */
  urlOf(database: TestDatabase): string;
  /** The schema as lines that are no work of our inspector. */
  fingerprint(connection: Connection): Promise<readonly string[]>;
  /** Fingerprints without what a portable history and TypeORM say differently. */
  comparable(lines: readonly string[]): readonly string[];
  /** Runs a script with the database's own client; undefined where that is not installed. */
  runScript(
    url: string,
    script: string,
  ): Promise<{ readonly exitCode: number | null; readonly stderr: string } | undefined>;
}

const options = { ignoredTables: NO_PART_OF_THE_APP, columnOrder: false };

export const onPostgres: Place = {
  name: 'PostgreSQL',
  create: () => createTestDatabase(),
  urlOf: ({ url }) => url,
  fingerprint: (connection) => fingerprintPostgres(connection, options),
  // Names of primary keys, and of the sequence of a table that was renamed; TypeORM puts numbers in quotes.
  comparable: (lines) =>
    lines
      .filter((line) => !/ PRIMARY KEY | index (?:"PK_|\w+_pkey)|^sequence /.test(line))
      .map((line) => line.replace(/default '(\d+)'::\w+$/, 'default $1'))
      .map((line) => line.replace(/nextval\(.*$/, 'nextval')),
  runScript: runPsql,
};

export const onMariadb: Place = {
  name: 'MariaDB',
  create: () => createMysqlDatabase(),
  urlOf: ({ url }) => url,
  fingerprint: (connection) => fingerprintMariadb(connection, options),
  // TypeORM makes no check on MySQL, and says what a foreign key does not do.
  comparable: (lines) =>
    lines
      .filter((line) => !line.includes(' CHECK ('))
      .map((line) => line.replaceAll(/ ON (?:DELETE|UPDATE) NO ACTION/g, '')),
  runScript: runMariadb,
};

export const onSqlite: Place = {
  name: 'SQLite',
  create: () => createSqliteDatabase(),
  urlOf: ({ url }) => `sqlite:${url}`,
  fingerprint: (connection) => fingerprintSqlite(connection, options),
  comparable: (lines) => lines,
  runScript: runSqlite3,
};

/** SQLite of the driver `sqljs`, which is installed everywhere. */
export const onSqljs: Place = {
  ...onSqlite,
  name: 'SQLite (sql.js)',
  create: createFile,
  urlOf: ({ url }) => `sqljs:${url}`,
};

/** A place for a file that only sql.js opens. */
async function createFile(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'portable-sqljs-'));
  const url = join(folder, 'library.sqlite');
  return {
    name: url,
    url,
    connect: () => Promise.reject(new Error('this file is open in sql.js')),
    drop: () => rm(folder, { recursive: true }),
  };
}

/** The folder with `migrations`. */
export const appRoot = resolve(__dirname, '..');

/** Work with a new database and a DataSource of the app for it. */
export async function withLibrary<T>(
  place: Place,
  work: (library: Library) => Promise<T>,
  entities: readonly unknown[] = ENTITIES,
): Promise<T> {
  const database = await place.create();
  const dataSource = new DataSource({
    ...dataSourceOptions(place.urlOf(database)),
    entities: entities as (typeof ENTITIES)[number][],
  });
  try {
    return await work({ database, dataSource });
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await database.drop();
  }
}

/** A database and the app's way to it. */
export interface Library {
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
}

/** A migrator with the options of the app. */
export function migratorFor({ dataSource }: Library, other: Partial<MigratorOptions> = {}) {
  return createMigrator(
    migratorOptionsFor(dataSource, {
      rootDirectory: appRoot,
      portableTypes: true,
      importSource: '@nest-alembic/nestjs',
      ...other,
    }),
  );
}
