import { realpathSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { MigrationError } from '../errors/migration-error.js';
import type { Revision } from '../graph/revision.js';
import { readRevision } from './read-revision.js';
import { isInPackage } from './package-folder.js';
import type { RevisionFiles } from './revision-files.js';
import { isSource, listRevisionFiles } from './revision-files.js';
import { followLink } from './revision-link.js';
import type { ReadingOptions, VersionFolder } from './version-folders.js';
import { TWICE, versionFolders } from './version-folders.js';

/**
 * Reads all revisions of the version locations, in load order: folder by folder, sorted by file name. A file that is reached
 * twice, as by a link, is read once, with a warning (CFG-18).
 * @throws MigrationError E7009 when a location and the folder above it are missing, E2006 when one revision is present
 * in two locations, E7004, E7005 for what others could write or where a link leads, E2007 for TypeScript in a package, and the errors of a broken file
 */
export async function readRevisionDirectory(
  locations: readonly string[],
  options: ReadingOptions = {},
): Promise<readonly Revision[]> {
  const revisions: Revision[] = [];
  const folders = versionFolders(locations, options);
  const listings = folders.map((folder) => listFolder(folder, options));
  const passedOver = reachedTwice(listings, folders, options);
  for (const { prefix, names, inPackage } of listings) {
    for (const name of names) {
      const file = prefix + name;
      if (passedOver.has(file)) continue;
      const read = readRevision(file);
      // Nearly every header is read at once: to await each would cost as much as to read it.
      const revision = read instanceof Promise ? await read : read;
      if (revision === undefined) continue;
      if (inPackage && isSource(file)) throw sourceInPackage(file);
      revisions.push(revision);
    }
  }
  if (folders.length > 1) refuseSameRevisionTwice(revisions);
  return revisions;
}

/** A folder's files; together with `prefix`, a name is a path. */
interface Listing extends RevisionFiles {
  readonly prefix: string;
  readonly inPackage: boolean;
}

function listFolder({ path, real }: VersionFolder, { warn }: ReadingOptions): Listing {
  const inPackage = isInPackage(real);
  const files = listRevisionFiles(path, { inPackage, ...(warn && { warn }) });
  return { ...files, prefix: path + sep, inPackage };
}

/** Links are followed as far as they may be; of a file that is reached by one and once more, the later path. */
function reachedTwice(
  listings: readonly Listing[],
  folders: readonly VersionFolder[],
  options: ReadingOptions,
): ReadonlySet<string> {
  const twice = new Set<string>();
  if (!listings.some(({ links }) => links.size > 0)) return twice;
  const seen = new Set<string>();
  for (const { prefix, names, links } of listings) {
    for (const name of names) {
      const file = prefix + name;
      const real = links.has(name) ? followLink(file, folders, options) : realpathSync(file);
      if (seen.has(real)) twice.add(file);
      seen.add(real);
    }
  }
  for (const file of twice) options.warn?.(`File ${file} ${TWICE}`);
  return twice;
}

/** Source and build output both configured: the same id under two suffixes in two folders (B035). */
function refuseSameRevisionTwice(revisions: readonly Revision[]): void {
  const seen = new Map<string, string>();
  for (const { id, file = '' } of revisions) {
    const first = seen.get(id);
    if (
      first !== undefined &&
      dirname(first) !== dirname(file) &&
      isCompiled(first) !== isCompiled(file)
    ) {
      throw new MigrationError('E2006', {
        problem: `revision "${id}" is present as "${first}" and as "${file}"`,
        advice:
          'Name either the source folder or the build output in "versionLocations", not both.',
        facts: { revision: id, files: [first, file] },
      });
    }
    seen.set(id, file);
  }
}

const isCompiled = (file: string): boolean => !isSource(file);

const sourceInPackage = (file: string): MigrationError =>
  new MigrationError('E2007', {
    problem: `revision file "${file}" is TypeScript inside a package, which Node does not run`,
    advice: 'The package must ship its revisions as JavaScript.',
    facts: { file },
  });
