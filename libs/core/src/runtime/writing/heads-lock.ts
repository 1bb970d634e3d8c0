import { rmSync } from 'node:fs';
import { isMigrationError } from '../../errors/migration-error.js';
import { listed } from '../../graph/quote.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import { headsLockFile, prepareHeadsLock, readHeadsLock } from '../../revisions/heads-lock.js';
import type { Environment } from '../options/environment.js';
import { runTask } from '../run-task.js';

/**
 * Makes a change of the revision files together with that of `heads.lock`, where the environment keeps one: both, or neither.
 * @param heads those after the change
 * @throws MigrationError E7031 when the lock cannot be written, and what the change throws
 */
export function withHeadsLock<T>(
  environment: Environment,
  heads: readonly { readonly id: string }[],
  change: { readonly make: () => T; readonly undo: (made: T) => void },
): T {
  if (!environment.headsLock) return change.make();
  const file = headsLockFile(environment.directory);
  const lock = prepareHeadsLock(
    file,
    heads.map(({ id }) => id),
  );
  const made = orDiscard(change.make, () => lock.discard());
  orDiscard(
    () => runTask(environment.emit, { kind: 'generateFile', path: file }, () => lock.commit()),
    () => change.undo(made),
  );
  environment.emit({ type: 'fileWritten', file });
  return made;
}

function orDiscard<T>(work: () => T, discard: () => void): T {
  try {
    return work();
  } catch (error) {
    discard();
    throw error;
  }
}

/**
 * Refuses a lock in which two branches met: the revisions of both are joined first.
 * @throws MigrationError E7031
 */
export function refuseConflict({ headsLock, directory }: Environment): void {
  if (headsLock) readHeadsLock(headsLockFile(directory));
}

/** Removes a file that was written a moment ago. */
export const removeFile = (file: string): void => rmSync(file, { force: true });

/**
 * What is wrong with `heads.lock`, in words: it is missing, has conflict markers, or names other heads than the graph has.
 * Nothing where the environment keeps none.
 */
export function headsLockProblems(
  environment: Environment,
  graph: RevisionGraph,
): readonly string[] {
  if (!environment.headsLock) return [];
  const heads = graph.heads.map(({ id }) => id).sort();
  const file = headsLockFile(environment.directory);
  try {
    const locked = readHeadsLock(file);
    if (locked === undefined) {
      return ['heads.lock is missing'];
    }
    if ([...locked].sort().join() === heads.join()) return [];
    const named = locked.length === 0 ? 'no head' : listed(locked);
    return [
      `heads.lock names ${named}, but the ${heads.length === 1 ? 'head is' : 'heads are'} ${listed(heads) || 'none'}`,
    ];
  } catch (error) {
    if (isMigrationError(error)) return [error.problem.replaceAll(`"${file}"`, 'heads.lock')];
    throw error;
  }
}
