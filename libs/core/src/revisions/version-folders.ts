import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkPermissions } from './folder-permissions.js';
import { isInPackage } from './package-folder.js';
import { readFolder } from './revision-files.js';

/** How version locations are read. */
export interface ReadingOptions {
  /** Reads the folders below each location as well. @default false */
  readonly recursive?: boolean;
  /** Reads links that lead out of the version locations. @default false */
  readonly followSymlinks?: boolean;
  /** Refuses a folder that everybody may write to, instead of warning. @default false */
  readonly strictPermissions?: boolean;
  /** Hears what is odd and no error. */
  readonly warn?: (message: string) => void;
}

/** A folder with revisions. */
export interface VersionFolder {
  /** Absolute, as configured. */
  readonly path: string;
  /** The same with links resolved. */
  readonly real: string;
}

/**
 * The folders to read revisions from, in reading order: location by location; below a location depth first and sorted by
 * name (CFG-31). A location that is missing inside an existing folder holds no revisions yet; a folder that is reached twice
 * is read once, with a warning (CFG-18).
 * @throws MigrationError E7009 for a location that is missing together with the folder above it, or in a package, E7004 for a folder that
 * everybody may write to, with `strictPermissions`
 */
export function versionFolders(
  locations: readonly string[],
  options: ReadingOptions = {},
): readonly VersionFolder[] {
  const { recursive = false, warn } = options;
  const folders = new Map<string, VersionFolder>();
  for (const path of locations.filter(isThereOrLost)) {
    const location = { path, real: existsSync(path) ? realpathSync(path) : path };
    for (const folder of recursive ? withFoldersBelow(location) : [location]) {
      if (folders.has(folder.real)) warn?.(`Folder ${folder.path} ${TWICE}`);
      else folders.set(folder.real, folder);
      checkPermissions(folder.real, options);
    }
  }
  return [...folders.values()];
}

/** How the warnings about a folder or file end (Alembic's words). */
export const TWICE = 'loaded twice! ignoring. Please ensure versionLocations is unique.';

/** Nothing is ever written into a package: a folder that it does not have is a mistake, not one without revisions yet. */
const isThereOrLost = (location: string): boolean =>
  existsSync(location) || !existsSync(dirname(location)) || isInPackage(location);

/** Links to folders are not followed, so there is an end. */
function withFoldersBelow({ path, real }: VersionFolder): readonly VersionFolder[] {
  const below = readFolder(path)
    .filter((entry) => entry.isDirectory() && isReadFolder(entry.name))
    .map(({ name }) => name)
    .sort()
    .map((name) => ({ path: join(path, name), real: join(real, name) }));
  return [{ path, real }, ...below.flatMap(withFoldersBelow)];
}

/** Other people's packages, `__pycache__`, `__tests__` and the like, hidden folders. */
const PASSED_OVER = /^(?:node_modules|__.*__|\..*)$/;

/** Whether the files of a folder of this name below a version location are read. */
export function isReadFolder(name: string): boolean {
  return !PASSED_OVER.test(name);
}
