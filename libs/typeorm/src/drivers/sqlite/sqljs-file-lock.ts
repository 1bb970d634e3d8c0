import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { MigrationError } from '@nest-alembic/core';
import { fileOf, type SqljsInternals } from './sqljs-internals.js';

interface LockRecord {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** The locks of this process, by file. */
const held = new Map<string, { readonly driver: SqljsInternals; readonly token: string }>();

/**
 * Takes `<location>.lock` for this process until the DataSource is closed or the process ends: two processes that have one file
 * in memory write over each other's work. Does nothing where there is no file, or the DataSource has the lock.
 *
 * @throws MigrationError E5013 naming the process that has it; the lock of one that is gone is taken over; E5003 where no file can be made
 */
export async function lockSqljsFile(driver: SqljsInternals): Promise<void> {
  const file = fileOf(driver);
  if (file === undefined || held.get(file)?.driver === driver) return;
  const record = { pid: process.pid, host: hostname(), token: randomUUID() };
  await takeLock(`${file}.lock`, record, file);
  held.set(file, { driver, token: record.token });
  releaseWith(driver, file);
}

async function takeLock(lock: string, record: LockRecord, file: string): Promise<void> {
  const draft = `${lock}.${record.token}`;
  await assertWritable(file);
  await writeDraft(draft, record).catch((error: Error) => {
    throw cannotLock(file, lock, error);
  });
  try {
    while (!(await isCreated(draft, lock))) {
      const holder = await readRecord(lock);
      if (holder === undefined) continue;
      if (isAlive(holder)) throw inUse(file, lock, holder);
      await setAside(lock, holder, record);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** A file is saved by putting another one in its place, which its own rights do not prevent. */
async function assertWritable(file: string): Promise<void> {
  try {
    await (await open(file, 'r+')).close();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EROFS') return;
    throw new MigrationError('E5003', {
      problem: `the database file ${file} cannot be written: ${message}`,
      advice: 'Nothing was done. What is migrated by sql.js is saved to the file at once.',
      facts: { file },
      cause,
    });
  }
}

/** Written aside and put in place whole: no reader sees half of it. */
async function writeDraft(draft: string, record: LockRecord): Promise<void> {
  await mkdir(dirname(draft), { recursive: true });
  await writeFile(draft, JSON.stringify(record));
}

async function isCreated(draft: string, lock: string): Promise<boolean> {
  try {
    await link(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when it has just been released. */
async function readRecord(lock: string): Promise<LockRecord | undefined> {
  try {
    return JSON.parse(await readFile(lock, 'utf8')) as LockRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A lock with our number that we do not hold was left by an earlier process of that number. */
function isAlive({ pid, host, token }: LockRecord): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return [...held.values()].some((own) => own.token === token);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Takes a dead process's lock away; where somebody else's is there by now, that one is put back. */
async function setAside(lock: string, dead: LockRecord, { token }: LockRecord): Promise<void> {
  const aside = `${lock}.${token}.aside`;
  try {
    await rename(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await readRecord(aside))?.token !== dead.token) await isCreated(aside, lock);
  await rm(aside, { force: true });
}

function releaseWith(driver: SqljsInternals, file: string): void {
  const release = (): void => {
    process.off('exit', release);
    if (held.delete(file)) rmSync(`${file}.lock`, { force: true });
  };
  process.once('exit', release);
  const disconnect = driver.disconnect.bind(driver);
  Object.assign(driver, {
    disconnect: async (): Promise<void> => {
      delete (driver as Partial<SqljsInternals>).disconnect;
      await disconnect();
      release();
    },
  });
}

function inUse(file: string, lock: string, { pid, host }: LockRecord): MigrationError {
  return new MigrationError('E5013', {
    problem: `the database file ${file} is in use by process ${pid} of ${host}, and a file of sql.js is for one process at a time`,
    advice: `Stop that process first. If it is gone, delete ${lock}.`,
    facts: { file, lock, pid, host },
  });
}

function cannotLock(file: string, lock: string, cause: Error): MigrationError {
  return new MigrationError('E5003', {
    problem: `the lock ${lock} cannot be made: ${cause.message}`,
    advice:
      'Nothing was done. A file of sql.js needs the right to make files in its folder, for its lock and to be saved.',
    facts: { file, lock },
    cause,
  });
}
