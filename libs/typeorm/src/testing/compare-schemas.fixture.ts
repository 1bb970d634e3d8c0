import { createTestDatabase, fingerprintPostgres, type TestDatabase } from '@nest-alembic/testing';
import type { Connection, Operation, SchemaModel } from '@nest-alembic/core';
import { Client } from 'pg';
import { DataSource, type DataSourceOptions, type EntitySchema } from 'typeorm';
import { dialectOf, schemaFromEntities, typeormConnection } from '../index.js';

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

/**
 * Fingerprints of two databases: one that TypeORM synchronized, after `before` made what it does not make by itself, and
 * one that was made from our model.
 */
export async function bothSchemas(
  entities: Entities,
  options: Options & SetUp & { readonly before?: string } = {},
): Promise<{ readonly typeorm: readonly string[]; readonly ours: readonly string[] }> {
  const { before = '', ...rest } = options;
  const settings = { ...rest, entities: [...entities] as never };
  const typeorm = await withDataSource(settings, async (dataSource) => {
    await dataSource.query(before);
    await dataSource.synchronize();
    return fingerprintOf(dataSource);
  });
  const ours = await withDataSource(settings, async (dataSource) => {
    await createSchema(dataSource);
    return fingerprintOf(dataSource);
  });
  return { typeorm, ours };
}

/** Makes what the entities of a DataSource describe. */
export async function createSchema(dataSource: DataSource): Promise<void> {
  const connection = await typeormConnection(dataSource);
  try {
    const dialect = dialectOf(dataSource);
    for (const operation of creation(schemaFromEntities(dataSource))) {
      for (const statement of dialect.compile(operation)) await run(connection, statement);
    }
  } finally {
    await connection.close();
  }
}

async function run(connection: Connection, statement: string): Promise<void> {
  try {
    await connection.query(statement);
  } catch (error) {
    throw new Error(`${String(error)} in ${statement}`, { cause: error });
  }
}

function creation(model: SchemaModel): readonly Operation[] {
  return [
    ...model.schemas.map((name): Operation => ({ kind: 'createSchema', name })),
    ...model.enums.map((type): Operation => ({ kind: 'createEnum', enum: type })),
    ...model.tables.map((table): Operation => ({
      kind: 'createTable',
      table: { ...table, foreignKeys: [] },
    })),
    ...model.tables.flatMap((table) =>
      table.foreignKeys.map((constraint): Operation => ({
        kind: 'addConstraint',
        table: { schema: table.schema, name: table.name },
        added: { type: 'foreignKey', constraint },
      })),
    ),
    ...viewsInOrder(model.views).map((view): Operation => ({ kind: 'createView', view })),
  ];
}

function viewsInOrder(views: SchemaModel['views']): SchemaModel['views'] {
  const placed: SchemaModel['views'][number][] = [];
  while (placed.length < views.length) {
    const next = views.find(
      (view) =>
        !placed.includes(view) &&
        view.dependsOn.every(({ name }) => placed.some((other) => other.name === name)),
    );
    if (!next) throw new Error('the views depend on each other in a circle');
    placed.push(next);
  }
  return placed;
}

async function fingerprintOf(dataSource: DataSource): Promise<readonly string[]> {
  const connection = await typeormConnection(dataSource);
  try {
    return await fingerprintPostgres(connection, { ignoredTables: ['typeorm_metadata'] });
  } finally {
    await connection.close();
  }
}
