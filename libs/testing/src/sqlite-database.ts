import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@nest-alembic/core';
import { connectSqlite } from './connect-sqlite.js';
import type { TestDatabase } from './test-database.js';

/**
 * Makes a database file in a folder of its own; `url` is its path.
 *
 * @param template file to copy; nobody may be writing to it. @default an empty database
 */
export async function createSqliteDatabase(template?: string): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'nest-alembic-spec-'));
  const file = join(folder, 'spec.db');
  if (template !== undefined) await copyFile(template, file);
  const connections: Connection[] = [];
  return {
    name: file,
    url: file,
    connect: async () => {
      const connection = await connectSqlite(file);
      connections.push(connection);
      return connection;
    },
    drop: async () => {
      for (const connection of connections) await connection.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
