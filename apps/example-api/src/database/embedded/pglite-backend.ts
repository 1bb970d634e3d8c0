import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PGliteInterface } from '@electric-sql/pglite';
import type { Backend } from './backend.js';
import { lockFolder } from './folder-lock.js';

const REPORTED_SETTINGS = `
  select name, setting from pg_settings
  where name in ('server_version', 'server_encoding', 'client_encoding', 'DateStyle', 'TimeZone', 'integer_datetimes',
                 'standard_conforming_strings')`;

/**
 * Opens PGlite, a PostgreSQL compiled to WebAssembly, on a folder; makes the folder when there is none.
 *
 * @param folder absolute path; beside it lies `<folder>.lock` while it is open
 * @throws FolderInUseError when another process has it open
 */
export async function openPglite(folder: string): Promise<Backend> {
  await mkdir(dirname(folder), { recursive: true });
  const lock = await lockFolder(folder);
  try {
    const { PGlite } = await import('@electric-sql/pglite');
    const db = await PGlite.create(folder);
    const { rows } = await db.query<{ name: string; setting: string }>(REPORTED_SETTINGS);
    const settings = Object.fromEntries(rows.map((row) => [row.name, row.setting]));
    return {
      settings,
      execute: (messages) => execute(db, messages),
      close: async () => {
        await db.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function execute(db: PGliteInterface, messages: Buffer): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await db.runExclusive(() =>
    db.execProtocolRawStream(messages, {
      // PGlite reuses its buffer for the next chunk.
      onRawData: (data) => void chunks.push(Buffer.from(data)),
    }),
  );
  return Buffer.concat(chunks);
}
