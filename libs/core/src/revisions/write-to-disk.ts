import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes a text beside the file whose place it is to take, and returns the path. The name is nobody else's, also where two containers
 * share a folder and both are process 1.
 * @throws the error of the file system; nothing of the new file is then left
 */
export function writeBeside(path: string, text: string, mode: number): string {
  // A leading dot: it is no revision for whoever reads the folder meanwhile. Short: the name of the file may be as long as can be.
  const next = join(dirname(path), `.new.${randomBytes(6).toString('hex')}.tmp`);
  writeToDisk(next, text, mode);
  return next;
}

/**
 * Writes a file that must not exist yet, and waits for the disk: some file systems tell only then that there is no room left.
 * @param mode less what the umask takes away
 * @throws the error of the file system, EEXIST where the file exists; nothing of the new file is then left
 */
export function writeToDisk(path: string, text: string, mode: number): void {
  const descriptor = openSync(path, 'wx', mode);
  try {
    writeOut(descriptor, text);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

function writeOut(descriptor: number, text: string): void {
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
