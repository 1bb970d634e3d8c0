import type { Revision } from '../../graph/revision.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import { walk } from '../../graph/walk.js';
import type { Environment } from '../options/environment.js';
import { headsLockProblems } from '../writing/heads-lock.js';
import type { HeadsOptions } from '../migrator-api.js';
import type { BranchInfo, HeadsCheck, RevisionInfo } from '../migrator-results.js';
import { revisionInfo } from './revision-info.js';

/** `heads`: effective heads too, unless dependencies are resolved (CLI-68). */
export function readHeads(
  graph: RevisionGraph,
  { resolveDependencies = false }: HeadsOptions,
): readonly RevisionInfo[] {
  const heads = resolveDependencies ? graph.realHeads : graph.heads;
  return heads.map((head) => revisionInfo(graph, head));
}

/** `heads --check`: whether there is more than one head, or `heads.lock` is not true. No revision at all is no problem. */
export function checkHeads(
  environment: Environment,
  graph: RevisionGraph,
  options: HeadsOptions,
): HeadsCheck {
  const heads = readHeads(graph, options);
  const several = heads.length < 2 ? [] : [`there are ${heads.length} heads: ${listed(heads)}`];
  return { heads, problems: [...several, ...headsLockProblems(environment, graph)] };
}

/** `branches`: each branch point with the revisions that have it as down revision (CLI-70). */
export function readBranches(graph: RevisionGraph): readonly BranchInfo[] {
  return walk(graph)
    .filter(({ id }) => graph.placeOf(id).isBranchPoint)
    .map((branchPoint) => ({
      branchPoint: revisionInfo(graph, branchPoint),
      children: graph
        .childrenOf(branchPoint.id)
        .map((id) => revisionInfo(graph, graph.get(id) as Revision)),
    }));
}

function listed(heads: readonly RevisionInfo[]): string {
  return heads
    .map(({ id, labels }) => (labels.length === 0 ? `"${id}"` : `"${id}" (${labels.join(', ')})`))
    .join(', ');
}
