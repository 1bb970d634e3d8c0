import { MigrationError } from '../errors/migration-error.js';
import { listed, quoted } from './quote.js';
import { RevisionGraph } from './revision-graph.js';
import type { Revision } from './revision.js';

/** What `rebase` is asked. */
export interface RebaseRequest {
  /** The revision to move, as a target. */
  readonly target: string;
  /** New down revision, as a target; `base` for none. @default the only head that does not come after the revision */
  readonly onto?: string | undefined;
  /** Of a merge revision, the down revision that gives way, as a target. */
  readonly from?: string | undefined;
}

/** A revision that is to get another down revision. */
export interface PlannedRebase {
  readonly revision: Revision;
  /** The down revision that gives way; null for a base. */
  readonly from: string | null;
  /** Null for a base. */
  readonly to: string | null;
  readonly downRevisions: readonly string[];
  /** The graph afterwards. */
  readonly graph: RevisionGraph;
  /** Heads that were none before. */
  readonly newHeads: readonly string[];
  /** True when `from` is no ancestor any more: where the revision is applied, `from` then needs a row of its own. */
  readonly leavesFrom: boolean;
  /** True when `to` is applied wherever the revision is: it was an ancestor before, or is the base. */
  readonly impliesTo: boolean;
}

/**
 * Finds where a revision goes, and that nothing speaks against it.
 *
 * @throws MigrationError E1024 onto itself, onto what comes after it, onto nothing, or a merge revision without `from`; E1007
 * several heads to choose from, E1016 a down revision twice, E1013, E1017, E1018 for a target
 */
export function planRebase(graph: RevisionGraph, request: RebaseRequest): PlannedRebase {
  const revision = requiredRevision(graph, request.target);
  const from = replacedParent(graph, revision, request.from);
  const onto = newParent(graph, revision, request.onto);
  const to = onto?.id ?? null;
  const downRevisions = parentsAfter(revision, from, to);
  const moved: Revision = Object.freeze({ ...revision, downRevisions });
  const after = RevisionGraph.build(
    graph.revisions.map((one) => (one.id === revision.id ? moved : one)),
  );
  const before = new Set(graph.heads.map(({ id }) => id));
  const newHeads = after.heads.map(({ id }) => id).filter((id) => !before.has(id));
  const leavesFrom = from !== null && !after.ancestorsOf([revision.id]).has(from);
  const impliesTo = to === null || graph.ancestorsOf([revision.id]).has(to);
  return { revision, from, to, downRevisions, graph: after, newHeads, leavesFrom, impliesTo };
}

function requiredRevision(graph: RevisionGraph, target: string): Revision {
  const revision = graph.resolveOne(target);
  if (revision !== null) return revision;
  throw new MigrationError('E1017', {
    problem: `${quoted(target)} denotes no revision`,
    advice: 'Nothing was written. Name the revision that is to get another down revision.',
    facts: { target },
  });
}

function replacedParent(
  graph: RevisionGraph,
  revision: Revision,
  from: string | undefined,
): string | null {
  const { downRevisions } = revision;
  if (from === undefined) {
    if (downRevisions.length < 2) return downRevisions[0] ?? null;
    const merged = `is a merge of ${listed(downRevisions)}, and which of them shall give way is not said`;
    throw wrongParent(revision, merged);
  }
  const named = graph.resolveOne(from);
  if (named !== null && downRevisions.includes(named.id)) return named.id;
  throw wrongParent(revision, `does not have the down revision ${quoted(from)}`);
}

function wrongParent({ id, downRevisions }: Revision, what: string): MigrationError {
  return new MigrationError('E1024', {
    problem: `revision ${quoted(id)} ${what}`,
    advice: `Nothing was written. Name one of its down revisions with --from: ${listed(downRevisions) || 'it has none'}.`,
    facts: { revision: id, downRevisions },
  });
}

function newParent(
  graph: RevisionGraph,
  revision: Revision,
  onto: string | undefined,
): Revision | null {
  const above = graph.descendantsOf([revision.id]);
  if (onto === undefined) return onlyOtherHead(graph, revision, above);
  const parent = graph.resolveOne(onto);
  if (parent === null || !above.has(parent.id)) return parent;
  throw new MigrationError('E1024', {
    problem:
      parent.id === revision.id
        ? `revision ${quoted(revision.id)} cannot be rebased onto itself`
        : `revision ${quoted(revision.id)} cannot be rebased onto ${quoted(parent.id)}, which comes after it: that would be a cycle`,
    advice: 'Nothing was written. Name a revision of another branch.',
    facts: { revision: revision.id, onto: parent.id },
  });
}

function onlyOtherHead(
  graph: RevisionGraph,
  { id }: Revision,
  above: ReadonlySet<string>,
): Revision {
  const others = graph.heads.filter((head) => !above.has(head.id));
  const [only] = others;
  if (only !== undefined && others.length === 1) return only;
  const ids = others.map((head) => head.id);
  throw new MigrationError(ids.length === 0 ? 'E1024' : 'E1007', {
    problem:
      ids.length === 0
        ? `there is no other head that revision ${quoted(id)} could be rebased onto`
        : `revision ${quoted(id)} could be rebased onto ${ids.length} heads: ${listed(ids)}`,
    advice: 'Nothing was written. Name the new down revision with --onto.',
    facts: { revision: id, heads: ids },
  });
}

function parentsAfter(
  { id, downRevisions }: Revision,
  from: string | null,
  to: string | null,
): readonly string[] {
  if (downRevisions.length < 2) return to === null ? [] : [to];
  if (to !== null && (to === from || !downRevisions.includes(to))) {
    return downRevisions.map((name) => (name === from ? to : name));
  }
  const facts = { revision: id, downRevisions, onto: to };
  if (to === null) {
    throw new MigrationError('E1024', {
      problem: `revision ${quoted(id)} is a merge of ${listed(downRevisions)}, and "base" cannot be one of them`,
      advice: 'Nothing was written. Name a revision.',
      facts,
    });
  }
  throw new MigrationError('E1016', {
    problem: `revision ${quoted(id)} has the down revision ${quoted(to)} already`,
    advice: 'Nothing was written. Name another revision.',
    facts,
  });
}
