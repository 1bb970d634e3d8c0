import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@nest-alembic/testing';
import { DataSource } from 'typeorm';
import type { DatabaseLocation } from './database/data-source-options.js';
import { exampleDataSourceOptions } from './database/data-source-options.js';
import { exampleEntities } from './entities.js';

interface Place {
  readonly location: DatabaseLocation;
  remove(): Promise<void>;
}

async function server(): Promise<Place> {
  const database = await createTestDatabase();
  return { location: { url: database.url }, remove: () => database.drop() };
}

async function embedded(): Promise<Place> {
  const base = mkdtempSync(join(tmpdir(), 'example-'));
  return {
    location: { folder: join(base, 'pglite') },
    remove: async () => rmSync(base, { recursive: true }),
  };
}

describe.each([
  ['a PostgreSQL server', server],
  ['the embedded database', embedded],
])('the entities on %s', (_name, make) => {
  let place: Place;
  let dataSource: DataSource;

  beforeAll(async () => {
    place = await make();
    dataSource = new DataSource({
      ...exampleDataSourceOptions(place.location),
      entities: exampleEntities,
    });
    await dataSource.initialize();
    // TypeORM makes no schemas.
    await dataSource.query('CREATE SCHEMA audit');
    await dataSource.synchronize();
  }, 60_000);

  afterAll(async () => {
    await dataSource.destroy();
    await place.remove();
  });

  it('are what TypeORM itself takes for the state of the database, but for two defaults it cannot compare', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([
      `ALTER TABLE "customer_group" ALTER COLUMN "discount_percent" SET DEFAULT '0.00'`,
      `ALTER TABLE "order" ALTER COLUMN "payable_until" SET DEFAULT now() + interval '15 days'`,
    ]);
  });

  it('need no extension', async () => {
    const rows: { extname: string }[] = await dataSource.query('SELECT extname FROM pg_extension');
    expect(rows.map((row) => row.extname)).toEqual(['plpgsql']);
  });

  it('have what the database computes', async () => {
    await dataSource.query(
      `INSERT INTO product (name, slug, version) VALUES ('Grüner TEE', 'tee', 1)`,
    );
    const rows: unknown[] = await dataSource.query(
      `SELECT search_name, channels, keywords, attributes FROM product`,
    );
    expect(rows).toEqual([
      { search_name: 'grüner tee', channels: '{web}', keywords: [], attributes: {} },
    ]);
  });
});
