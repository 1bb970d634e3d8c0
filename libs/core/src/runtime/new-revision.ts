import type { PlannedRevision } from '../graph/plan-revision.js';
import { planRevision } from '../graph/plan-revision.js';
import type { RevisionGraph } from '../graph/revision-graph.js';
import { assertNewRevisionId } from '../revisions/revision-id.js';
import { chooseLocation } from './choose-location.js';
import type { Environment } from './environment.js';
import type { MergeOptions } from './migrator-api.js';
import { assertWritable } from './writable-location.js';
import type { Draft } from './write-draft.js';
import { writeDraft } from './write-draft.js';

/** What `revision` and `merge` ask for. */
export interface NewRevisionRequest extends Omit<MergeOptions, 'auto'> {
  /** Targets of the down revisions. */
  readonly on: readonly string[];
}

/** A revision that has its place in the graph and among the folders. */
export interface NewRevision extends PlannedRevision {
  /** Version location that its file will lie in, absolute. */
  readonly location: string;
}

/**
 * Finds the place of a new revision, before anything is compared or written.
 * @throws MigrationError E1010, E1011, E1012 for its id, E7003, E7007, E7009, E7022 for its location, and those of `planRevision`
 */
export function planNewRevision(
  environment: Environment,
  graph: RevisionGraph,
  request: NewRevisionRequest,
): NewRevision {
  const id = request.revisionId ?? environment.newId();
  assertNewRevisionId(id);
  const planned = planRevision(graph, { ...request, id, message: request.message ?? '' });
  const { versionPath } = request;
  const location = chooseLocation(environment, { ...planned, versionPath });
  assertWritable(environment, location);
  return { ...planned, location };
}

/**
 * Writes a planned revision.
 * @param changes what it does in each environment
 * @returns the file, absolute
 */
export async function writeNewRevision(
  environment: Environment,
  { revision, parents, location, graph: { heads } }: NewRevision,
  changes: Draft['changes'],
): Promise<string> {
  return writeDraft(environment, { revision, parents, location, heads, changes });
}
