import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vector } from '@electric-sql/pglite-pgvector';
import { createMigrator } from '@nest-alembic/core';
import { fingerprintPostgres } from '@nest-alembic/testing';
import { DataSource } from 'typeorm';
import { migratorOptionsFor, typeormConnection } from '../index.js';
import { createSchema, modelOf } from '../testing/compare-schemas.fixture.js';
import { type EntityClass, entityOf } from '../testing/entity-of.fixture.js';
import { pgliteDriver } from '../testing/pglite-driver.fixture.js';

jest.setTimeout(120_000);

const embedding = (length: number | undefined, type: 'vector' | 'halfvec' = 'vector') =>
  ({ type, ...(length !== undefined && { length }), nullable: true }) as const;
const note = (columns: Parameters<typeof entityOf>[0]['columns'] & object) =>
  entityOf({ name: 'Note', table: 'note', columns });

/** An embedded PostgreSQL with pgvector, which Debian has no package of for every version. */
async function withVectors(
  entities: readonly EntityClass[],
  work: (dataSource: DataSource) => Promise<void>,
): Promise<void> {
  const dataSource = new DataSource({
    type: 'postgres',
    driver: pgliteDriver({ vector }),
    installExtensions: false,
    entities: [...entities],
  });
  await dataSource.initialize();
  try {
    await dataSource.query('CREATE EXTENSION vector');
    await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function linesOf(dataSource: DataSource): Promise<readonly string[]> {
  const connection = await typeormConnection(dataSource);
  try {
    const ignoredTables = ['alembic_version', 'alembic_version_log', 'alembic_version_ledger'];
    return await fingerprintPostgres(connection, { ignoredTables });
  } finally {
    await connection.close();
  }
}

describe('pgvector', () => {
  it('law 1: the first revision makes what synchronize makes, and leaves nothing to find', async () => {
    const entities = [
      note({ a: embedding(3), b: embedding(2, 'halfvec'), any: embedding(undefined) }),
    ];
    const lines: (readonly string[])[] = [];
    await withVectors(entities, async (dataSource) => {
      await dataSource.synchronize();
      lines.push(await linesOf(dataSource));
    });
    await withVectors(entities, async (dataSource) => {
      expect(await createSchema(dataSource)).toEqual([]);
      lines.push(await linesOf(dataSource));
    });
    expect(lines[1]).toEqual(lines[0]);
    expect(lines[0]?.join('\n')).toContain('vector(3)');
  });

  it('a vector becomes a halfvec by a function of the extension, which is asked about; an index by hand stays', async () => {
    const root = mkdtempSync(join(tmpdir(), 'vectors-'));
    await withVectors([note({ a: embedding(3) })], async (dataSource) => {
      const options = migratorOptionsFor(dataSource, { rootDirectory: root });
      const migrator = createMigrator(options);
      await migrator.init();
      await migrator.revision({ autogenerate: true });
      await migrator.upgrade('head');
      await dataSource.query(
        `INSERT INTO note (a) VALUES ('[1,2,3]'); CREATE INDEX by_hand ON note USING hnsw (a vector_l2_ops)`,
      );
      expect(await migrator.check()).toMatchObject({
        upToDate: true,
        diff: { untouched: [{ kind: 'index', name: 'by_hand' }] },
      });
      await dataSource.query('DROP INDEX by_hand');
      const changed = await modelOf([note({ a: embedding(3, 'halfvec') })]);
      const half = createMigrator({ ...options, targetSchema: () => changed });
      const { questions } = await half.revision({ autogenerate: true });
      expect(questions.map(({ id }) => id)).toEqual(['narrow-column:note.a']);
      await half.revision({ autogenerate: true, allowDestructive: true });
      await half.upgrade('head');
      expect((await half.check()).changes).toEqual([]);
      expect(
        await dataSource.query('SELECT a::text, pg_typeof(a)::text AS type FROM note'),
      ).toEqual([{ a: '[1,2,3]', type: 'halfvec' }]);
    });
    rmSync(root, { recursive: true });
  });
});
