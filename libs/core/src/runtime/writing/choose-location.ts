import { existsSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { MigrationError } from '../../errors/migration-error.js';
import type { Revision } from '../../graph/revision.js';
import { refuseBuildOutput } from '../../revisions/write-revision-file.js';
import type { Environment } from '../options/environment.js';

/**
 * The version location of a new revision: the one that was asked for (CLI-36), else the one that holds the file of the first
 * parent, else the only one (CLI-37).
 * @throws MigrationError E7003 no version location, E7010 one in the build output, E7007 none to choose, E7009 the migrations folder is missing
 */
export function chooseLocation(
  environment: Environment,
  asked: { readonly versionPath?: string | undefined; readonly parents: readonly Revision[] },
): string {
  const { versionPath, parents } = asked;
  const found =
    versionPath === undefined
      ? (locationOf(environment, parents[0]) ?? onlyLocation(environment))
      : namedLocation(environment, versionPath);
  refuseBuildOutput(found, environment.root);
  if (existsSync(found) || existsSync(dirname(found)) || versionPath !== undefined) return found;
  throw new MigrationError('E7009', {
    problem: `the migrations folder "${dirname(found)}" does not exist`,
    advice: 'Nothing was written. Run `migrate init` to create it.',
    facts: { location: found },
  });
}

function namedLocation({ root, versionLocations }: Environment, versionPath: string): string {
  const path = resolve(root, versionPath);
  const found = versionLocations.find((location) => realPath(location) === realPath(path));
  if (found !== undefined) return found;
  throw new MigrationError('E7003', {
    problem: `path "${versionPath}" is not represented in current version locations`,
    advice: `Nothing was written. Locations are: ${versionLocations.join(', ')}.`,
    facts: { path, locations: versionLocations },
  });
}

/** The location that holds the file of a revision, the innermost where one lies in another. */
function locationOf(
  { versionLocations }: Environment,
  revision: Revision | undefined,
): string | undefined {
  if (revision?.file === undefined) return undefined;
  const folder = realPath(dirname(revision.file));
  const holding = versionLocations.filter((location) => isWithin(folder, realPath(location)));
  return holding.sort((one, other) => other.length - one.length)[0];
}

function onlyLocation({ versionLocations: locations }: Environment): string {
  const [only] = locations;
  if (only !== undefined && locations.length === 1) return only;
  throw new MigrationError('E7007', {
    problem: 'multiple version locations present, please specify --version-path',
    advice: `Nothing was written. Locations are: ${locations.join(', ')}.`,
    facts: { locations },
  });
}

const realPath = (path: string): string => (existsSync(path) ? realpathSync(path) : path);

const isWithin = (folder: string, outer: string): boolean =>
  relative(outer, folder).split(sep)[0] !== '..';
