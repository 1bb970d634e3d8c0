import type { DraftedChanges, DraftedRevision } from '../../autogenerate/drafted-revision.js';
import type { PlannedRevision } from '../../graph/plan-revision.js';
import { planRevision } from '../../graph/plan-revision.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import { assertNewRevisionId } from '../../revisions/revision-id.js';
import { chooseLocation } from './choose-location.js';
import type { Environment } from '../options/environment.js';
import type { MergeOptions } from '../migrator-api.js';
import { assertWritable } from './writable-location.js';
import type { Draft, WrittenFile } from './write-draft.js';
import { writeDrafts } from './write-draft.js';

/** What `revision` and `merge` ask for. */
export interface NewRevisionRequest extends Omit<
  MergeOptions,
  'auto' | 'alongside' | 'versionPath'
> {
  /** Targets of the down revisions. */
  readonly on: readonly string[];
  readonly versionPath?: string | undefined;
}

/** A revision that has its place in the graph and among the folders. */
export interface NewRevision extends PlannedRevision {
  /** Version location that its file will lie in, absolute. */
  readonly location: string;
}

/** A revision that has its place, and what it does. */
export interface PlacedDraft extends NewRevision {
  readonly draft: DraftedRevision;
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
  return planAfter([], environment, { ...request, graph });
}

/**
 * Finds the places of new revisions, each in the graph that those before it are in already.
 * @throws MigrationError those of {@link planNewRevision}
 */
export function planDrafts(
  environment: Environment,
  graph: RevisionGraph,
  drafts: readonly DraftedRevision[],
): readonly PlacedDraft[] {
  const placed: PlacedDraft[] = [];
  for (const draft of drafts) {
    const request = { ...draft, on: draft.head, graph: placed.at(-1)?.graph ?? graph };
    placed.push({ ...planAfter(placed, environment, request), draft });
  }
  return placed;
}

function planAfter(
  before: readonly NewRevision[],
  environment: Environment,
  request: NewRevisionRequest & { readonly graph: RevisionGraph },
): NewRevision {
  const id = request.revisionId ?? environment.newId();
  assertNewRevisionId(id);
  const planned = planRevision(request.graph, { ...request, id, message: request.message ?? '' });
  const { versionPath } = request;
  // A parent that is not written yet has no file that would tell where it lies.
  const parent = before.find(({ revision }) => revision === planned.parents[0]);
  const location =
    versionPath === undefined && parent !== undefined
      ? parent.location
      : chooseLocation(environment, { ...planned, versionPath });
  assertWritable(environment, location);
  return { ...planned, location };
}

/**
 * Writes planned revisions, all or none.
 * @returns what was written, in the same order
 */
export async function writePlacedDrafts(
  [environment, ...alongside]: readonly [Environment, ...Environment[]],
  placed: readonly PlacedDraft[],
): Promise<readonly WrittenFile[]> {
  const heads = placed.at(-1)?.graph.heads ?? [];
  const drafts = placed.map((draft) => ({ ...draftOf(draft), alongside }));
  return writeDrafts(environment, drafts, heads);
}

const draftOf = ({ draft, revision, parents, location }: PlacedDraft): Draft => ({
  revision,
  parents,
  location,
  imports: draft.imports,
  changes: [draft, ...draft.others] satisfies readonly [DraftedChanges, ...DraftedChanges[]],
});
