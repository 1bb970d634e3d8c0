import Database from 'better-sqlite3';
import type { BatchAlterTable } from '../../../operations/batch-operations.js';
import { partsOfBatch } from '../../../operations/batch/plan-batch.js';
import { renameTextOf } from '../../common/compile-operations.js';
import { sqliteTableRebuild } from '../sqlite-table-rebuild.js';
import { sqliteSyntax } from '../sqlite-syntax.js';

export const rebuild = sqliteTableRebuild((operation) => sqliteSyntax.compile(operation));

/** A database in memory with what a text makes. */
export function databaseWith(sql: string): Database.Database {
  const database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  database.exec(sql);
  return database;
}

/** Runs a batch as a revision does: foreign keys off, in a transaction that is rolled back where a statement fails. */
export async function runBatch(
  database: Database.Database,
  batch: Omit<BatchAlterTable, 'kind'>,
): Promise<readonly string[]> {
  const run: string[] = [];
  database.pragma('foreign_keys = OFF');
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const part of partsOfBatch(
      { kind: 'batchAlterTable', ...batch },
      renameTextOf(sqliteSyntax),
    )) {
      const stored = await storedOf(database, part);
      for (const sql of rebuild.compile(part, stored)) {
        run.push(sql);
        database.exec(sql);
      }
    }
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  } finally {
    database.pragma('foreign_keys = ON');
  }
  return run;
}

async function storedOf(database: Database.Database, { table, copyFrom }: BatchAlterTable) {
  if (copyFrom) return rebuild.storedAs(copyFrom);
  const ask = async (sql: string) => database.prepare(sql).all() as object[];
  const stored = await rebuild.read(ask, table);
  if (!stored) throw new Error(`no table ${table.name}`);
  return stored;
}

/** All that the database has, as it says it: texts of tables, indexes, triggers and views, and rows. */
export function everythingOf(database: Database.Database): unknown {
  const objects = database
    .prepare(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name",
    )
    .all() as { type: string; name: string }[];
  const rows = objects
    .filter(({ type }) => type === 'table')
    .map(({ name }) => [
      name,
      database.prepare(`SELECT * FROM "${name.replaceAll('"', '""')}"`).all(),
    ]);
  return { objects, rows };
}
