import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTestDatabase,
  fingerprintPostgres,
  pgDump,
  type TestDatabase,
} from '@nest-alembic/testing';
import { createMigrator, postgresDialect, type SchemaModel } from '@nest-alembic/core';
import { Client } from 'pg';
import { DataSource, type DataSourceOptions, type EntitySchema } from 'typeorm';
import { migratorOptionsFor, schemaFromEntities, typeormConnection } from '../index.js';
import type { TestedDriver } from './tested-driver.fixture.js';

/** Options of a DataSource but for the place of the database. */
export type Options = Partial<Extract<DataSourceOptions, { type: 'postgres' }>>;

/** SQL that prepares a database before anyone connects. */
export interface SetUp {
  readonly setUp?: string;
}

/** The classes that a DataSource takes as entities. */
export type Entities = readonly (EntitySchema | (abstract new () => object))[];

let database: Promise<TestDatabase> | undefined;

afterAll(async () => (await database)?.drop());

/** The one database of this spec file, made empty: that takes less than another one. */
async function emptyDatabase(): Promise<TestDatabase> {
  database ??= createTestDatabase();
  const { url } = await database;
  const server = new Client({ connectionString: url });
  await server.connect();
  const { rows } = await server.query<{ name: string }>(
    `SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'`,
  );
  const schemas = rows.map(({ name }) => name).join(', ');
  await server.query(`${schemas && `DROP SCHEMA ${schemas} CASCADE;`} CREATE SCHEMA public`);
  await server.end();
  return database;
}

/** Runs work with a DataSource that is connected to an empty database. */
export async function withDataSource<T>(
  { setUp, ...options }: Options & SetUp,
  work: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const place = await emptyDatabase();
  const dataSource = new DataSource({ ...options, type: 'postgres', url: place.url });
  try {
    if (setUp) await (await place.connect()).script(setUp);
    await dataSource.initialize();
    return await work(dataSource);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

/** The model of some entities; no server is asked, so the default schema is `public`. */
export async function modelOf(entities: Entities, options: Options = {}): Promise<SchemaModel> {
  const settings = { ...options, entities: [...entities] as never };
  const dataSource = new DataSource({ ...settings, type: 'postgres' });
  await (dataSource as unknown as { buildMetadatas(): Promise<void> }).buildMetadatas();
  return schemaFromEntities(dataSource);
}

/** What both ways to make a schema have made. */
export interface BothSchemas {
  readonly typeorm: readonly string[];
  readonly ours: readonly string[];
  /** What autogenerate then finds in the schema that it made, in words. */
  readonly again: readonly string[];
}

/**
 * Two databases as lines of their fingerprint and of `pg_dump`: one that TypeORM synchronized, after `before` made what
 * it does not make by itself, and one that our first revision made.
 */
export async function bothSchemas(
  entities: Entities,
  options: Options & SetUp & { readonly before?: string } = {},
): Promise<BothSchemas> {
  const { before = '', ...rest } = options;
  const prepare = async (dataSource: DataSource): Promise<void> =>
    void (await dataSource.query(before));
  return bothSchemasOn({ withDataSource, linesOf }, entities, { ...rest, prepare });
}

/** What {@link bothSchemasOn} may be told besides options of the DataSource. */
export interface BothSchemasOptions {
  /** What is done before TypeORM synchronizes. */
  readonly prepare?: (dataSource: DataSource) => Promise<void>;
}

/** {@link bothSchemas} on the databases of another driver. */
export async function bothSchemasOn(
  driver: TestedDriver,
  entities: Entities,
  { prepare, ...rest }: BothSchemasOptions & object = {},
): Promise<BothSchemas> {
  const settings = { ...rest, entities: [...entities] as never };
  const typeorm = await driver.withDataSource(settings, async (dataSource) => {
    await prepare?.(dataSource);
    await dataSource.synchronize();
    return driver.linesOf(dataSource);
  });
  return driver.withDataSource(settings, async (dataSource) => {
    const again = await createSchema(dataSource);
    return { typeorm, ours: await driver.linesOf(dataSource), again };
  });
}

/**
 * Makes what the entities of a DataSource describe, as a user would: by the first revision that autogenerate writes.
 *
 * @returns what autogenerate finds after that, in words
 */
export async function createSchema(dataSource: DataSource): Promise<readonly string[]> {
  const rootDirectory = mkdtempSync(join(tmpdir(), 'first-revision-'));
  try {
    const migrator = createMigrator(migratorOptionsFor(dataSource, { rootDirectory }));
    await migrator.init();
    const { questions } = await migrator.revision({ autogenerate: true });
    if (questions.length > 0) throw new Error(`there are questions: ${JSON.stringify(questions)}`);
    await migrator.upgrade('head');
    return (await migrator.check()).changes;
  } finally {
    rmSync(rootDirectory, { recursive: true });
  }
}

/** What neither makes for the entities. */
const OWN_TABLES = [
  'typeorm_metadata',
  ...postgresDialect.versionTables
    .ownTables({ schema: null, name: 'alembic_version' })
    .map(({ name }) => name),
];

/**
 * The whole schema as lines of its fingerprint and of `pg_dump`, but for tables of the engine and of TypeORM.
 *
 * @param notDumped tables that are in the fingerprint only
 */
export async function linesOf(
  dataSource: DataSource,
  notDumped: readonly string[] = [],
): Promise<readonly string[]> {
  const connection = await typeormConnection(dataSource);
  try {
    const { url } = dataSource.options as { readonly url: string };
    // In whatever schema: they are in the first one of the search path.
    const own = OWN_TABLES.map((name) => `*.${name}`);
    const dump = await pgDump(url, { excludeTables: [...own, ...notDumped] });
    return [
      ...(await fingerprintPostgres(connection, { ignoredTables: OWN_TABLES })),
      ...(dump ?? '').split('\n'),
    ];
  } finally {
    await connection.close();
  }
}
