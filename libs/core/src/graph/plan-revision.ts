import { MigrationError, isMigrationError } from '../errors/migration-error.js';
import { listed, quoted } from './quote.js';
import { RevisionGraph } from './revision-graph.js';
import type { Revision } from './revision.js';

/** What a new revision is asked to be. */
export interface RevisionRequest {
  readonly id: string;
  readonly message: string;
  /** Targets of the down revisions; `base` alone makes a base, several make a merge. `heads` is every head. */
  readonly on: readonly string[];
  /** Allows down revisions that are no heads. @default false */
  readonly splice?: boolean;
  /** @default [] */
  readonly branchLabels?: readonly string[];
  /** Targets, each of one revision. @default [] */
  readonly dependsOn?: readonly string[];
}

/** A revision that has its place in the graph, and is not written yet. */
export interface PlannedRevision {
  readonly revision: Revision;
  /** The revisions that it builds on. */
  readonly parents: readonly Revision[];
  /** The graph with the new revision in it. */
  readonly graph: RevisionGraph;
}

/**
 * Finds the place of a new revision, and that nothing speaks against it: all that can be known before its file is written.
 *
 * @throws MigrationError E1021 a parent that is no head (CLI-34), E1016 the same parent twice (CLI-35), E7001 an id that is
 * taken, E1002 and E1008 to E1012 for its id and labels, E1007, E1013, E1017, E1018 for a target
 */
export function planRevision(graph: RevisionGraph, request: RevisionRequest): PlannedRevision {
  refuseTakenId(graph, request.id);
  const parents = parentsOf(graph, request);
  const revision: Revision = Object.freeze({
    id: request.id,
    message: request.message,
    downRevisions: parents.map(({ id }) => id),
    branchLabels: [...new Set(request.branchLabels)],
    dependsOn: dependenciesOf(graph, request.dependsOn ?? []),
  });
  return { revision, parents, graph: withRevision(graph, revision) };
}

function parentsOf(graph: RevisionGraph, { on, splice }: RevisionRequest): readonly Revision[] {
  const parents = on.flatMap((target) => headsOrOne(graph, target));
  const twice = parents.find((parent, place) => parents.indexOf(parent) !== place);
  if (twice !== undefined) {
    throw new MigrationError('E1016', {
      problem: `duplicate head revisions specified: ${quoted(twice.id)} is there twice`,
      advice: 'Nothing was written. Name each revision once.',
      facts: { revision: twice.id, targets: on },
    });
  }
  const inner = parents.find(({ id }) => !graph.placeOf(id).isHead);
  if (inner !== undefined && splice !== true) throw notAHead(graph, inner);
  return parents;
}

/** Of `heads`, those that another revision depends on as well: a merge of all heads leaves one (departure from CLI-52). */
function headsOrOne(graph: RevisionGraph, target: string): readonly Revision[] {
  if (target === 'heads') return graph.heads;
  if (target.endsWith('@heads')) return graph.resolve(target);
  const one = oneOf(graph, target);
  return one === null ? [] : [one];
}

/** CLI-33: several heads, and nobody said which to build on. */
function oneOf(graph: RevisionGraph, target: string): Revision | null {
  try {
    return graph.resolveOne(target);
  } catch (error) {
    if (!isMigrationError(error) || error.code !== 'E1007') throw error;
    const { code, problem, facts } = error;
    const advice =
      'Nothing was written. Name the head to build on with --head, or join them with "merge heads".';
    throw new MigrationError(code, { problem, advice, facts, cause: error });
  }
}

function notAHead(graph: RevisionGraph, { id }: Revision): MigrationError {
  const heads = graph.heads.map((head) => head.id);
  return new MigrationError('E1021', {
    problem: `revision ${quoted(id)} is not a head revision; please specify --splice to create a new branch from this revision`,
    advice: `Nothing was written. Heads are ${listed(heads)}.`,
    facts: { revision: id, heads },
  });
}

/** CLI-38: a label of the revision that it names stays a label, anything else becomes the whole id. */
function dependenciesOf(graph: RevisionGraph, targets: readonly string[]): readonly string[] {
  const names = targets.map((target) => {
    const revision = graph.resolveOne(target);
    if (revision !== null) return revision.branchLabels.includes(target) ? target : revision.id;
    throw new MigrationError('E1017', {
      problem: `${quoted(target)} denotes no revision that one could depend on`,
      advice: 'Nothing was written. Name a revision or a branch label.',
      facts: { target },
    });
  });
  return [...new Set(names)];
}

function refuseTakenId(graph: RevisionGraph, id: string): void {
  const taken = graph.get(id) ?? graph.labels.get(id);
  if (taken === undefined) return;
  throw new MigrationError('E7001', {
    problem: `${quoted(id)} is taken by revision ${quoted(taken.id)}${taken.file === undefined ? '' : ` (${taken.file})`}`,
    advice: 'Nothing was written. Choose another revision id.',
    facts: { revision: id, file: taken.file },
  });
}

function withRevision(graph: RevisionGraph, revision: Revision): RevisionGraph {
  try {
    return RevisionGraph.build([...graph.revisions, revision]);
  } catch (error) {
    if (!isMigrationError(error)) throw error;
    const { code, problem, advice, facts } = error;
    throw new MigrationError(code, {
      problem,
      advice: `Nothing was written.${advice === undefined ? '' : ` ${advice}`}`,
      facts,
      cause: error,
    });
  }
}
