import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileOf, isInTransaction, type RawSqljs, type SqljsInternals } from './sqljs-internals.js';

/**
 * Saves a database: to the file of the option `location`, or by `autoSaveCallback` where the app has given one. The file is
 * written aside and put in place whole: whoever reads it, and whatever ends the process, it is the old database or the new one.
 */
export async function saveDatabase(driver: SqljsInternals): Promise<void> {
  const { autoSave, autoSaveCallback } = driver.options;
  const file = fileOf(driver);
  if (autoSave && autoSaveCallback) await autoSaveCallback(bytesOf(driver.databaseConnection));
  else if (file !== undefined) await replaceFile(file, bytesOf(driver.databaseConnection));
}

/**
 * Takes over what another process has saved since this one has read the file. Of two that began from the same state, the one
 * that has written more often is ahead (SQLite file format 1.3.4: the file change counter); the file is, where both have as often.
 */
export async function catchUpWithFile(driver: SqljsInternals): Promise<void> {
  const file = fileOf(driver);
  // To ask for the bytes would end a transaction of the app, which has not been overtaken: it has the lock of the file.
  if (file === undefined || isInTransaction(driver.databaseConnection)) return;
  assertReadable(driver.databaseConnection);
  const saved = await readFile(file).catch(unlessMissing);
  if (saved === undefined || saved.length < HEADER_BYTES) return;
  const own = Buffer.from(bytesOf(driver.databaseConnection));
  if (own.equals(saved)) return;
  if (own.length < HEADER_BYTES || changeCounter(saved) >= changeCounter(own)) {
    await driver.load(file, true);
  }
}

/** The library takes any bytes for a database, and does not say what is wrong when it is to give them back. */
function assertReadable(database: RawSqljs): void {
  database.exec('SELECT count(*) FROM sqlite_schema');
}

const HEADER_BYTES = 100;
const changeCounter = (database: Buffer): number => database.readUInt32BE(24);

function unlessMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  return undefined;
}

/** What a session can set that the library forgets when it gives its bytes away. */
const SETTINGS = [
  'foreign_keys',
  'legacy_alter_table',
  'recursive_triggers',
  'ignore_check_constraints',
];

function bytesOf(database: RawSqljs): Uint8Array {
  const settings = SETTINGS.map((name) => {
    const value = Number(database.exec(`PRAGMA ${name}`)[0]?.values[0]?.[0] ?? 0);
    return `PRAGMA ${name} = ${value}`;
  });
  const bytes = database.export();
  for (const setting of settings) database.run(setting);
  return bytes;
}

/** Nobody else reads a draft before it has the rights of what it replaces. */
const PRIVATE = 0o600;
/** As other programs make files. */
const FOR_NEW = 0o666 & ~process.umask();

/** Rights stay as they were; the owner is who writes. */
async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  const before = await stat(file).catch(unlessMissing);
  try {
    const handle = await open(draft, 'wx', PRIVATE);
    try {
      await handle.chmod((before?.mode ?? FOR_NEW) & 0o777);
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
