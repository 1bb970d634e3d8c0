import { MigrationError } from '../../errors/migration-error.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import type { Revision } from '../../graph/revision.js';
import type { Environment } from '../options/environment.js';
import { environmentsOf } from '../alongside.js';
import type { MergeOptions } from '../migrator-api.js';
import type { RevisionResult } from '../migrator-results.js';
import { planNewRevision, writePlacedDrafts } from './new-revision.js';
import { refuseOverlap } from './refuse-overlap.js';
import { draftMaker } from './revision-directives.js';
import { writtenResult } from './written-result.js';

/**
 * Writes an empty revision with several down revisions. `heads` are all heads, so one is left (departure from CLI-52); where
 * there is only one, nothing is to do.
 * @throws MigrationError E7013 no target, E7007 a single revision or a target with `auto`, E1025 and E1026 what `auto`
 * refuses, and those of planning and writing a revision
 */
export async function mergeRevisions(
  environment: Environment,
  graph: RevisionGraph,
  { targets, ...options }: MergeOptions & { readonly targets: readonly string[] },
): Promise<RevisionResult> {
  const on = targetsOf(targets, options.auto ?? false);
  if (on.join() === 'heads' && graph.heads.length < 2) {
    const downRevisions = graph.heads.map(({ id }) => id);
    return { ...writtenResult([], []), downRevisions };
  }
  const planned = planNewRevision(environment, graph, { ...options, on });
  const { parents } = planned;
  if (parents.length < 2) throw tooFew(parents);
  const environments = environmentsOf(environment, options.alongside);
  if (options.auto) {
    for (const one of environments) await refuseOverlap(one, graph, parents);
  }
  const message = options.message ?? mergeMessage(parents);
  const revision = { ...planned.revision, message };
  const revisionId = revision.id;
  const draft = draftMaker(environments)({ revisionId, message });
  const placed = { ...planned, revision, draft };
  return writtenResult(await writePlacedDrafts(environments, [placed]), []);
}

function targetsOf(targets: readonly string[], auto: boolean): readonly string[] {
  if (auto && (targets.length === 0 || targets.join() === 'heads')) return ['heads'];
  if (auto) {
    throw new MigrationError('E7007', {
      problem: '--auto merges all heads, and does not take revisions',
      advice: 'Nothing was written. Leave out the revisions, or --auto.',
    });
  }
  if (targets.length > 0) return targets;
  throw new MigrationError('E7013', {
    problem: 'merge needs the revisions to merge',
    advice: 'Name them, or "heads" for all heads.',
  });
}

const tooFew = (parents: readonly Revision[]): MigrationError =>
  new MigrationError('E7007', {
    problem: `a merge needs two revisions at least${parents[0] === undefined ? '' : `, and got only "${parents[0].id}"`}`,
    advice: 'Nothing was written. For a revision on one head use `revision --head`.',
    facts: { downRevisions: parents.map(({ id }) => id) },
  });

/** `merge a and b`, `merge a, b and c`. */
function mergeMessage(parents: readonly Revision[]): string {
  const ids = parents.map(({ id }) => id);
  return `merge ${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`;
}
