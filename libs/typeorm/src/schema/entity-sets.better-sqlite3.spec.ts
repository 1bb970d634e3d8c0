import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMigrator, type Migrator } from '@nest-alembic/core';
import { connectSqlite, createSqliteDatabase, fingerprintSqlite } from '@nest-alembic/testing';
import * as fc from 'fast-check';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { migratorOptionsFor } from '../index.js';
import { bothSchemasOn, type Entities } from '../testing/compare-schemas.fixture.js';
import { arbEditedSet } from '../testing/sqlite-entity-sets.fixture.js';
import { betterSqlite3, sqljs } from '../testing/tested-driver.fixture.js';

jest.setTimeout(1_800_000);

/** How many sets are tried: few with every change, many at night. */
const nightly = process.env['PROPERTY_SIZES'] === 'nightly' ? 300 : 12;
const numRuns = Number(process.env['ENTITY_SETS'] ?? nightly);

it.each([
  ['better-sqlite3', betterSqlite3],
  ['sqljs', sqljs],
] as const)(
  'law 1: of any set of entities the first revision makes what synchronize makes, and leaves nothing to find: %s',
  async (_, driver) => {
    await fc.assert(
      fc.asyncProperty(arbEditedSet, async ({ before }) => {
        const found = await bothSchemasOn(driver, before);
        expect(found.ours).toEqual(found.typeorm);
        expect(found.again).toEqual([]);
      }),
      { numRuns: Math.ceil(numRuns / 3), endOnFailure: true },
    );
  },
);

describe('edits of any set of entities', () => {
  let file: string;
  let open: DataSource[];
  let rootDirectory: string;

  const sourceOf = async (entities: Entities, more: object = {}): Promise<DataSource> => {
    const source = new DataSource({
      type: 'better-sqlite3',
      database: file,
      entities: [...entities] as never,
      ...more,
    } as DataSourceOptions);
    open.push(source);
    return source.initialize();
  };
  const migratorOf = (source: DataSource): Migrator =>
    createMigrator(migratorOptionsFor(source, { rootDirectory }));
  const linesOf = async (path = file): Promise<readonly string[]> => {
    const connection = await connectSqlite(path);
    const own = ['alembic_version', 'alembic_version_log', 'alembic_version_ledger'];
    const ignoredTables = [...own, 'typeorm_metadata'];
    const lines = await fingerprintSqlite(connection, { ignoredTables, columnOrder: false });
    await connection.close();
    return lines.map(withoutHashes).sort();
  };

  it('laws 1 and 2: they become what synchronize makes, no row is lost, and the way back leads back', async () => {
    await fc.assert(
      fc.asyncProperty(arbEditedSet, async ({ before, after }) => {
        const [database, other] = [await createSqliteDatabase(), await createSqliteDatabase()];
        rootDirectory = mkdtempSync(join(tmpdir(), 'entity-sets-'));
        open = [];
        try {
          file = other.url;
          await sourceOf(after, { synchronize: true });
          const wanted = await linesOf();
          file = database.url;
          const source = await sourceOf(before);
          const first = migratorOf(source);
          await first.init();
          await first.revision({ autogenerate: true, message: 'first' });
          await first.upgrade('head');
          const made = await linesOf();
          await fill(source);
          const later = await sourceOf(after);
          const migrator = migratorOf(later);
          const { questions, file: written } = await migrator.revision({
            autogenerate: true,
            message: 'later',
            allowDestructive: true,
            answers: await newNotRenamed(migrator),
          });
          expect(questions).toEqual([]);
          await migrator.upgrade('head');
          expect(await linesOf()).toEqual(wanted);
          expect((await migrator.check()).changes).toEqual([]);
          expect(await tablesWithoutRow(later, source)).toEqual([]);
          // A column that comes back has no values for the rows that are there, and may need some.
          for (const { tableName } of later.entityMetadatas)
            await later.query(`DELETE FROM "${tableName}"`);
          if (written !== undefined) await migrator.downgrade('-1');
          expect(await linesOf()).toEqual(made);
        } finally {
          for (const one of open) if (one.isInitialized) await one.destroy();
          rmSync(rootDirectory, { recursive: true });
          await database.drop();
          await other.drop();
        }
      }),
      { numRuns, endOnFailure: true },
    );
  });
});

/** Another name is no difference (D7): indexes and constraints keep theirs when a table or column gets another one. */
const withoutHashes = (line: string): string =>
  line.replaceAll(/\b(idx|fk|uq|rel|chk)_[0-9a-f]{26,27}/gi, '$1');

/** What comes is new: nothing was renamed. */
async function newNotRenamed(migrator: Migrator): Promise<Readonly<Record<string, string>>> {
  const { diff } = await migrator.check();
  const asked = diff.questions.filter(({ choices }) => choices.some((one) => one.answer === 'new'));
  return Object.fromEntries(asked.map(({ id }) => [id, 'new']));
}

/** A row in each table of an entity. */
async function fill(source: DataSource): Promise<void> {
  for (const { tableName, columns } of source.entityMetadatas) {
    const said = columns.filter(
      ({ isNullable, default: given, isGenerated, generationStrategy }) =>
        !isNullable && given === undefined && !(isGenerated && generationStrategy === 'increment'),
    );
    const names = said.map(({ databaseName }) => `"${databaseName}"`);
    const values = said.map(({ enum: list, type }) => {
      if (list) return list[0];
      return type === Number || type === 'int' ? 1 : 'x';
    });
    const marks = names.map(() => '?').join(', ');
    const isJunction = columns.every(({ isPrimary }) => isPrimary) && columns.length === 2;
    if (isJunction) continue;
    const body = names.length > 0 ? `(${names.join(', ')}) VALUES (${marks})` : 'DEFAULT VALUES';
    await source.query(`INSERT INTO "${tableName}" ${body}`, values);
  }
}

/** Tables that have lost the row of {@link fill}. */
async function tablesWithoutRow(later: DataSource, before: DataSource): Promise<readonly string[]> {
  const filled = before.entityMetadatas.filter(({ isJunction }) => !isJunction);
  const lost: string[] = [];
  for (const { tableName, isJunction } of later.entityMetadatas) {
    if (isJunction || !filled.some((one) => one.tableName === tableName)) continue;
    const [row] = await later.query(`SELECT count(*) AS n FROM "${tableName}"`);
    if (row.n !== 1) lost.push(tableName);
  }
  return lost;
}
