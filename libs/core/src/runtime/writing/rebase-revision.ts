import { dirname, sep } from 'node:path';
import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import type { PlannedRebase } from '../../graph/plan-rebase.js';
import { planRebase } from '../../graph/plan-rebase.js';
import { listed } from '../../graph/quote.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import { readWholeText, replaceFile } from '../../revisions/replace-file.js';
import { rewriteDownRevision } from '../../revisions/rewrite-down-revision.js';
import { refuseBuildOutput } from '../../revisions/write-revision-file.js';
import type { Environment } from '../options/environment.js';
import { withHeadsLock } from './heads-lock.js';
import type { RebaseOptions } from '../migrator-api.js';
import type { RebaseResult } from '../migrator-results.js';

/**
 * Gives a revision another down revision: rewrites that literal in its file, and nothing else.
 * @throws MigrationError E7010 build output, E7032 a header that is computed, E7002 and E7031 for writing, and those of
 * `planRebase`; nothing is written then
 */
export async function rebaseRevision(
  environment: Environment,
  graph: RevisionGraph,
  request: RebaseOptions & { readonly target: string },
): Promise<RebaseResult> {
  const planned = planRebase(graph, request);
  const { revision, downRevisions } = planned;
  const file = writableFile(environment, planned);
  const result = { revision: revision.id, file, from: revision.downRevisions, onto: downRevisions };
  const heads = planned.graph.heads.map(({ id }) => id);
  if (planned.from === planned.to) return { ...result, changed: false, heads };
  const text = readWholeText(file);
  const rewritten = inFile(file, () => rewriteDownRevision(text, planned));
  withHeadsLock(environment, planned.graph.heads, {
    make: () => replaceFile(file, rewritten),
    undo: () => replaceFile(file, text),
  });
  environment.emit({ type: 'fileWritten', file });
  for (const message of warningsOf(planned)) environment.emit({ type: 'warning', message });
  return { ...result, changed: true, heads };
}

/** The file of the revision, which must be among the app's own sources. */
function writableFile({ root }: Environment, { revision: { id, file } }: PlannedRebase): string {
  const isForeign = file?.split(sep).includes('node_modules');
  if (file === undefined || isForeign) {
    throw new MigrationError('E7032', {
      problem:
        file === undefined
          ? `revision "${id}" has no file: it was handed in as a module`
          : `"${file}" belongs to an installed package`,
      advice: 'Nothing was written. Change the revision where it is made.',
      facts: { revision: id, file },
    });
  }
  refuseBuildOutput(dirname(file), root);
  return file;
}

/** Says which file an error is about. */
function inFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isMigrationError(error)) throw error;
    const { code, problem, advice = '' } = error;
    throw new MigrationError(code, {
      problem: `"${file}": ${problem}`,
      advice,
      facts: { file },
      cause: error,
    });
  }
}

function warningsOf(planned: PlannedRebase): readonly string[] {
  const { newHeads } = planned;
  const again = newHeads.length === 1 ? 'is a head again' : 'are heads again';
  return [
    ...(newHeads.length > 0 ? [`${listed(newHeads)} ${again}`] : []),
    ...stampAdvice(planned),
  ];
}

/** What to do where the revision is applied already: its row alone may not say any more what is. */
function stampAdvice({ revision, from, to, ...planned }: PlannedRebase): readonly string[] {
  const { id } = revision;
  const rows = planned.leavesFrom ? `${id} ${from}` : id;
  const purge = `\`stamp --purge ${rows}\` with the other rows of \`current\``;
  if (planned.impliesTo)
    return planned.leavesFrom ? [`a database where "${id}" is applied already needs ${purge}`] : [];
  const staysBelow = from !== null && !planned.leavesFrom;
  const back = staysBelow ? `\`stamp ${from}\`` : `\`stamp --purge ${from ?? 'base'}\` with them`;
  return [
    `a database where "${id}" is applied already must be stamped: if "${to}" is applied too, ${purge}; if not, ${back}, \`upgrade ${to}\` and \`stamp ${id}\`, as nothing would run "${to}" else`,
  ];
}
