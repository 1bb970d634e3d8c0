import { existsSync, linkSync, mkdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { MigrationError } from '../errors/migration-error.js';
import { buildOutputOf } from './root-directory.js';
import { writeBeside, writeToDisk } from './write-to-disk.js';

/** Where and what to write. */
export interface NewRevisionFile {
  /** Version location, absolute. */
  readonly location: string;
  readonly fileName: string;
  readonly text: string;
  /** Folder of the nearest package.json, for the refusal of build output. */
  readonly root: string;
}

/**
 * Writes a new revision file and returns its path. Makes the folders that its name has. Never overwrites, never writes into
 * the build output (a rebuild would remove it), leaves nothing half-written.
 * @throws MigrationError E7001 the file exists, E7002 it cannot be written, E7003 outside of the location, E7010 build output
 */
export function writeRevisionFile(file: NewRevisionFile): string {
  refuseBuildOutput(file.location, file.root);
  const path = placeOf(file);
  const made = createFolder(dirname(path));
  try {
    writeNewFile(path, file.text);
  } catch (error) {
    if (made !== undefined) removeEmptyFolders(dirname(path), made);
    throw error;
  }
  return path;
}

/** The path of a new file, links resolved; a linked folder may lead out of the location as well as `..`. */
function placeOf(file: NewRevisionFile): string {
  const location = realPath(file.location);
  const path = resolve(location, file.fileName);
  if (isInside(path, location) && isInside(realPath(dirname(path)), location)) return path;
  throw new MigrationError('E7003', {
    problem: `"${file.fileName}" would lie outside of the version location "${file.location}"`,
    advice: 'Nothing was written. Correct the option "fileTemplate".',
    facts: { location: file.location, fileName: file.fileName },
  });
}

const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder + sep);

/** A path with its links resolved, as far as it exists. */
export function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const above = dirname(path);
  return above === path ? path : join(realPath(above), basename(path));
}

/** Removes folders that were made in vain, from the innermost out. */
function removeEmptyFolders(folder: string, outermost: string): void {
  try {
    rmdirSync(folder);
  } catch {
    return; // Somebody has put something there.
  }
  if (folder !== outermost) removeEmptyFolders(dirname(folder), outermost);
}

/** @throws MigrationError E7010 when the folder is part of the build output */
export function refuseBuildOutput(location: string, root: string): void {
  const output = buildOutputOf(location, root);
  if (output === undefined) return;
  const expected = join(root, relative(output, location) || 'migrations');
  throw new MigrationError('E7010', {
    problem: `"${location}" is part of the build output, where a rebuild would remove new files`,
    advice: `Keep revisions among the sources, in "${expected}", and name that folder in the options.`,
    facts: { location, expected },
  });
}

function createFolder(folder: string): string | undefined {
  try {
    return mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/**
 * Writes a file that must not exist yet: whole, or not at all, also when the disk is full; where the file system has hard links,
 * also when the process is killed.
 * @throws MigrationError E7001, E7002
 */
export function writeNewFile(path: string, text: string): void {
  if (existsSync(path)) throw exists(path);
  let next: string | undefined;
  try {
    next = writeBeside(path, text, MODE);
    giveName(next, path, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw exists(path);
    throw cannotWrite(path, error);
  } finally {
    if (next !== undefined) rmSync(next, { force: true });
  }
}

const MODE = 0o644;

/**
 * A link never overwrites a file that was made meanwhile, as a rename would. Where the file system has none (each says so with
 * another code), the text is written once more under the name itself: that does not overwrite either, but it is not atomic.
 */
function giveName(from: string, to: string, text: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    writeToDisk(to, text, MODE);
  }
}

const exists = (path: string): MigrationError =>
  new MigrationError('E7001', {
    problem: `file "${path}" exists already`,
    advice: 'Nothing was written. Choose another revision id or message.',
    facts: { file: path },
  });

const cannotWrite = (path: string, error: unknown): MigrationError =>
  new MigrationError('E7002', {
    problem: `"${path}" cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
    advice: 'Nothing was written.',
    facts: { path },
    cause: error,
  });
