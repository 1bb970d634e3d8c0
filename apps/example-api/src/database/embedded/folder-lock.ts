import { randomUUID } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessIdentity } from './process-identity.js';
import { isRunning, thisProcess } from './process-identity.js';

/** A takeover lasts milliseconds; a gate older than this was left by a process that died in it. */
const GATE_STALE_MS = 5_000;

interface LockRecord extends ProcessIdentity {
  readonly token: string;
}

/** A folder that this process alone has open. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Another process, or another connection of this one, has the folder open. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';

  constructor(
    readonly folder: string,
    readonly holder: ProcessIdentity,
  ) {
    super(
      `the embedded database in "${folder}" is already open in process ${holder.pid} of ${holder.host}, and only one ` +
        `process can use it. Stop that process, set EXAMPLE_DATA_DIR to another folder, or set DATABASE_URL to a ` +
        `PostgreSQL server. If the process is gone, delete "${folder}.lock"`,
    );
  }
}

/**
 * Takes `<folder>.lock`, because PGlite lets two processes open one folder without an error and then shows each its own
 * data. The lock of a process that has died is taken over.
 *
 * @throws FolderInUseError
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = `${folder}.lock`;
  const record: LockRecord = { ...(await thisProcess()), token: randomUUID() };
  const draft = `${file}.${record.token}`;
  // The record is written aside and put in place whole, so that no reader sees half of it.
  await writeFile(draft, JSON.stringify(record));
  try {
    ownTokens.add(record.token);
    while (!(await create(draft, file)) && !(await takeOver(draft, file, folder))) await sleep(20);
  } catch (error) {
    ownTokens.delete(record.token);
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return held(file, record.token);
}

/** Tokens of this process: a lock with its number and another token was left by an earlier process of that number. */
const ownTokens = new Set<string>();

function held(file: string, token: string): FolderLock {
  const removeAtExit = (): void => {
    try {
      unlinkSync(file);
    } catch {
      // Gone already, and nobody is left to be told.
    }
  };
  process.once('exit', removeAtExit);
  return {
    release: async () => {
      process.off('exit', removeAtExit);
      if (ownTokens.delete(token)) await rm(file, { force: true });
    },
  };
}

async function create(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Replaces a dead process's lock; of several that try, the folder `<file>.gate` lets one through at a time. */
async function takeOver(draft: string, file: string, folder: string): Promise<boolean> {
  const gate = `${file}.gate`;
  if (!(await enter(gate))) return false;
  try {
    const holder = await readRecord(file);
    if (holder === undefined) return false;
    if (await isHeld(holder)) throw new FolderInUseError(folder, holder);
    await rename(draft, file);
    return true;
  } finally {
    await rmdir(gate).catch(() => undefined);
  }
}

async function isHeld(holder: LockRecord): Promise<boolean> {
  return holder.pid === process.pid && holder.host === (await thisProcess()).host
    ? ownTokens.has(holder.token)
    : isRunning(holder);
}

async function enter(gate: string): Promise<boolean> {
  try {
    await mkdir(gate);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const since = await stat(gate).catch(() => undefined);
    const isStale = since !== undefined && Date.now() - since.mtimeMs > GATE_STALE_MS;
    if (isStale) await rmdir(gate).catch(() => undefined);
    return false;
  }
}

/** Returns undefined when the lock has just been released. */
async function readRecord(file: string): Promise<LockRecord | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LockRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`the lock file "${file}" cannot be read. Delete it when no process uses it`, {
      cause: error,
    });
  }
}
