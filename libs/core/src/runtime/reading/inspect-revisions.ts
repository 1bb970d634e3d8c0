import { setImmediate as nextTurn } from 'node:timers/promises';
import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import type { Revision } from '../../graph/revision.js';
import { typeProblems } from '../../revisions/type-problems.js';
import type { Environment } from '../options/environment.js';
import { changesOf, processState } from '../session/process-state.js';
import { loadStep } from '../running/revision-function.js';

/**
 * Loads every revision file, as an upgrade from nothing would, and warns of what that does besides: connections and timers that
 * are left, changed environment variables, globals and listeners. What a file does and undoes at once cannot be seen. Type
 * errors, which do not matter when a revision runs, are told where `typescript` is installed (B028, B034).
 * @throws MigrationError of the first file that cannot be loaded; the others are told as warnings
 */
export async function inspectRevisions(
  environment: Environment,
  graph: RevisionGraph,
  warn: (found: MigrationError) => void,
): Promise<void> {
  const broken: MigrationError[] = [];
  for (const revision of graph.revisions) {
    try {
      await inspectLoading(environment, revision, warn);
    } catch (error) {
      if (!isMigrationError(error)) throw error;
      broken.push(error);
    }
  }
  const files = graph.revisions.flatMap(({ file }) => file ?? []);
  const withApp = environment.operations.own.length > 0;
  typeProblems(files, environment.root, { withApp }).forEach(warn);
  const [first, ...others] = broken;
  others.forEach(warn);
  if (first !== undefined) throw first;
}

async function inspectLoading(
  environment: Environment,
  revision: Revision,
  warn: (found: MigrationError) => void,
): Promise<void> {
  const before = processState();
  await loadStep(environment, { direction: 'upgrade', revision });
  // What it has begun is there at the latest now.
  await nextTurn();
  const changes = changesOf(before, processState());
  if (changes.length === 0) return;
  const { id, file } = revision;
  warn(
    new MigrationError('E2014', {
      problem: `loading revision ${file === undefined ? `"${id}"` : `file "${file}"`} ${changes.join(', ')}`,
      advice: 'A revision file must not do anything at its top level: move it into `upgrade`.',
      facts: { revision: id, file, changes },
    }),
  );
}
