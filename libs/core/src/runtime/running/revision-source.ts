import { dirname, relative } from 'node:path';
import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import type { Revision } from '../../graph/revision.js';
import { checksumOf } from '../../revisions/checksum.js';
import type { LoadedModule } from '../../revisions/load-revision-module.js';
import { loadRevisionModule } from '../../revisions/load-revision-module.js';
import { readRevisionDirectory } from '../../revisions/read-revision-directory.js';
import { revisionFromHeader } from '../../revisions/revision-header.js';
import { buildOutputOf } from '../../revisions/root-directory.js';
import type { Environment } from '../options/environment.js';
import { withinLimit } from './time-limit.js';

/** The revisions of an environment: from the files of its version locations, or as modules that a bundle handed in. */
export async function readRevisions(environment: Environment): Promise<readonly Revision[]> {
  const { versionLocations, recursiveVersionLocations: recursive, emit } = environment;
  const { followSymlinks, strictPermissions } = environment;
  if (environment.revisions === undefined) {
    const warn = (message: string): void => emit({ type: 'warning', message });
    try {
      return await readRevisionDirectory(versionLocations, {
        recursive,
        followSymlinks,
        strictPermissions,
        warn,
      });
    } catch (error) {
      throw missingInBuild(environment, error);
    }
  }
  return environment.revisions.map((module) => revisionFromHeader({ ...module }, {}));
}

/** In the build output `init` would refuse what E7009 advises, so this says how the folder gets there. */
function missingInBuild({ root }: Environment, error: unknown): unknown {
  if (!isMigrationError(error) || error.code !== 'E7009') return error;
  const location = String(error.facts['location']);
  const output = buildOutputOf(location, root);
  if (output === undefined) return error;
  const source = dirname(relative(output, location));
  return new MigrationError('E7009', {
    problem: error.problem,
    advice: `It is part of the build output. Make the folder among the sources (\`migrate init ${source}\`) and name that one in the options, or let the build copy it.`,
    facts: error.facts,
    cause: error,
  });
}

/** A revision's module, and the checksum of the file that it came from. */
export interface RevisionCode {
  readonly module: LoadedModule;
  /** See {@link checksumOf}; absent for a module that was handed in. */
  readonly checksum?: string;
}

/**
 * Loads the code of one revision.
 * @throws MigrationError E2011 when it has none, E6012 when it does not end, and those of loading a file
 */
export async function loadRevisionCode(
  { revisions, revisionTimeoutMs }: Environment,
  { id, file }: Revision,
): Promise<RevisionCode> {
  if (file !== undefined) {
    // The text first: a file that changes between the two is then noticed by its checksum (B047).
    const checksum = checksumOf(file);
    const what = `loading revision file "${file}"`;
    const limit = { milliseconds: revisionTimeoutMs, what, facts: { revision: id, file } };
    return { module: await withinLimit(limit, () => loadRevisionModule(file, checksum)), checksum };
  }
  const module = revisions?.find((candidate) => candidate.revision === id);
  if (module !== undefined) return { module: { ...module } };
  throw new MigrationError('E2011', {
    problem: `revision "${id}" has neither a file nor a module`,
    facts: { revision: id },
  });
}
