import type { Dirent } from 'node:fs';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MigrationError } from '../errors/migration-error.js';
import { isInPackage } from './package-folder.js';

/** Nearly every name of a revision, and none that is passed over. */
const PLAIN_NAME = /^(?!index\.)[^._][^.]*\.[cm]?[jt]s$/;
const REVISION_FILE = /\.[cm]?[jt]s$/;
const NOT_A_REVISION = /^[._]|\.d\.[cm]?ts$|\.(?:spec|test)\.[cm]?[jt]s$|^index\.[cm]?[jt]s$/;

/** The files of a folder that may be revisions. */
export interface RevisionFiles {
  /** Sorted. */
  readonly names: readonly string[];
  /** Those of the names that are links: the file itself lies elsewhere. */
  readonly links: ReadonlySet<string>;
}

/** How a folder is listed. */
export interface ListingOptions {
  /** The folder is part of an installed package. @default false */
  readonly inPackage?: boolean;
  /** Hears what is odd and no error. */
  readonly warn?: (message: string) => void;
}

/**
 * The files of a folder that may be revisions, sorted by name (the load order: CFG-30). Declarations, source maps, specs,
 * barrels, hidden files and folders are passed over. A source file wins over its own compiled output beside it (B035), but
 * in an installed package, where Node runs no TypeScript, the output wins.
 * @throws MigrationError E7009 when the folder is missing, E7002 when it is no folder or cannot be read
 */
export function listRevisionFiles(
  folder: string,
  { inPackage = false, warn }: ListingOptions = {},
): RevisionFiles {
  const links = new Set<string>();
  const names: string[] = [];
  for (const entry of readFolder(folder)) {
    if (!mayBeRevision(entry.name)) continue;
    if (entry.isFile()) names.push(entry.name);
    else if (entry.isSymbolicLink() && !isFolder(join(folder, entry.name))) {
      names.push(entry.name);
      links.add(entry.name);
    } else
      warn?.(`"${join(folder, entry.name)}" is named like a revision and is no file: ignoring.`);
  }
  return { names: withoutTwins(names.sort(), inPackage), links };
}

/** Of a source file and its own output beside it, the one that is run. */
function withoutTwins(names: readonly string[], inPackage: boolean): readonly string[] {
  const wins = (name: string): boolean => isSource(name) !== inPackage;
  if (names.every(wins)) return names;
  const winners = new Set(names.filter(wins).map(stem));
  return names.filter((name) => wins(name) || !winners.has(stem(name)));
}

/** Whether a file of this name, without folders, is read as a revision. */
export function mayBeRevision(name: string): boolean {
  return PLAIN_NAME.test(name) || (REVISION_FILE.test(name) && !NOT_A_REVISION.test(name));
}

/** True for TypeScript. */
export function isSource(file: string): boolean {
  return file.endsWith('.ts') || /\.[cm]ts$/.test(file);
}

const stem = (name: string): string => name.replace(REVISION_FILE, '');

/**
 * The entries of a folder, in no particular order.
 * @throws MigrationError E7009 when the folder is missing, E7002 when it is no folder or cannot be read
 */
export function readFolder(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw locationError(folder, error as NodeJS.ErrnoException);
  }
}

/** False for a file, and for a link that leads nowhere or in a circle. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function locationError(location: string, error: NodeJS.ErrnoException): MigrationError {
  if (error.code === 'ENOENT') {
    return new MigrationError('E7009', {
      problem: `the migrations folder "${location}" does not exist`,
      advice: isInPackage(location)
        ? 'It belongs to an installed package: correct the option "versionLocations", or install a version of the package that has it.'
        : 'Run `migrate init` to create it. In an image that holds only the build output, copy the migrations folder beside package.json, or hand the revisions in as modules (option "revisions").',
      facts: { location },
      cause: error,
    });
  }
  return new MigrationError('E7002', {
    problem: `"${location}" cannot be read as a folder: ${error.code ?? error.message}`,
    facts: { location },
    cause: error,
  });
}
