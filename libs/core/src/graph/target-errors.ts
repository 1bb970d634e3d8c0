import { MigrationError } from '../errors/migration-error.js';
import type { GraphIndex, GraphNode } from './graph-node.js';
import { listed, quoted } from './quote.js';

/** E1007: a target that must denote one revision denotes several. */
export function severalHeads(target: string, heads: readonly GraphNode[]): MigrationError {
  return new MigrationError('E1007', {
    problem: `${quoted(target)} denotes ${heads.length} heads: ${described(heads)}`,
    advice:
      'Name one of them, narrow it to a branch ("<label>@head"), take "heads" for all, or merge them with "merge heads".',
    facts: { target, heads: heads.map(({ id }) => id) },
  });
}

/** E1017: nothing has this name. */
export function unknownName(index: GraphIndex, name: string): MigrationError {
  return new MigrationError('E1017', {
    problem: `no revision or branch is called ${quoted(name)}`,
    advice: adviceForName(index, name),
    facts: { target: name },
  });
}

/** E1017: nothing has the name before the "@". */
export function unknownBranch(index: GraphIndex, branch: string): MigrationError {
  return new MigrationError('E1017', {
    problem: `no branch is called ${quoted(branch)}`,
    advice: `${labelsOf(index)} A revision id can stand before the "@" as well.`,
    facts: { branch },
  });
}

/** E1013: an abbreviation fits several. */
export function ambiguousName(name: string, candidates: readonly string[]): MigrationError {
  return new MigrationError('E1013', {
    problem: `${quoted(name)} is the beginning of ${candidates.length} names: ${listed(candidates)}`,
    advice: 'Write more of it.',
    facts: { target: name, candidates },
  });
}

/** E1018: the revision exists, but not on the branch that was named. */
export function notOnBranch(node: GraphNode, branch: string): MigrationError {
  return new MigrationError('E1018', {
    problem: `revision ${quoted(node.id)} is not on branch ${quoted(branch)}`,
    advice:
      node.labels.length === 0
        ? 'It is on no labelled branch; leave out what stands before the "@".'
        : `It is on ${listed(node.labels)}.`,
    facts: { revision: node.id, branch, labels: node.labels },
  });
}

/** E1014: a relative target has several ways to go. Down from a merge point no branch in front would tell which. */
export function ambiguousWalk(
  target: string,
  candidates: readonly GraphNode[],
  isUp: boolean,
): MigrationError {
  return new MigrationError('E1014', {
    problem: `${quoted(target)} cannot be counted: there are ${candidates.length} ways to go, to ${described(candidates)}`,
    advice: isUp
      ? 'Name the revision, or the branch in front ("<label>@+1").'
      : 'Name the revision.',
    facts: { target, candidates: candidates.map(({ id }) => id) },
  });
}

/** E1014: a relative target goes past the end of the graph, or in the wrong direction. */
export function cannotWalk(target: string, reason: string): MigrationError {
  return new MigrationError('E1014', {
    problem: `${quoted(target)} cannot be counted: ${reason}`,
    advice: 'Name the revision, or count fewer steps.',
    facts: { target },
  });
}

/** E1014: a relative target asks for more steps than there are. */
export function tooFewRevisions(target: string, steps: number): MigrationError {
  const count = Math.abs(steps);
  const reason =
    count === 1
      ? 'there is no revision in that direction'
      : `there are fewer than ${count} revisions in that direction`;
  return cannotWalk(target, reason);
}

/** E1014: a relative target has several revisions to start from. */
export function ambiguousStart(target: string, starts: readonly string[]): MigrationError {
  return new MigrationError('E1014', {
    problem: `${quoted(target)} cannot be counted: there are ${starts.length} revisions to start from, ${listed(starts)}`,
    advice: 'Put a branch in front ("<label>@+1"), or name the revision.',
    facts: { target, candidates: starts },
  });
}

/** E1019: one of the requested revisions is an ancestor of another one. */
export function overlappingTargets(upper: GraphNode, lower: GraphNode): MigrationError {
  return new MigrationError('E1019', {
    problem: `revision ${quoted(lower.id)} is asked for, but is already an ancestor of ${quoted(upper.id)}`,
    advice: `Leave ${quoted(lower.id)} out.`,
    facts: { revision: lower.id, overlapsWith: upper.id },
  });
}

/** Revisions for a message: ids, each with its labels. */
export function described(nodes: readonly GraphNode[]): string {
  const shown = nodes
    .slice(0, 5)
    .map(({ id, labels }) =>
      labels.length === 0 ? quoted(id) : `${quoted(id)} (${labels.join(', ')})`,
    );
  const more = nodes.length > 5 ? ` and ${nodes.length - 5} more` : '';
  return shown.join(', ') + more;
}

function adviceForName(index: GraphIndex, name: string): string {
  if (/[+-]\d/.test(name)) {
    return 'Counting is understood by upgrade, by downgrade and at the upper end of a history range.';
  }
  if (name.length < 4) {
    return 'An abbreviation fits only names of at least four characters. "history" lists all revisions.';
  }
  return `"history" lists all revisions. ${labelsOf(index)}`;
}

function labelsOf(index: GraphIndex): string {
  const labels = [...index.byKey].flatMap(([key, node]) => (key === node.id ? [] : [key]));
  return labels.length === 0 ? 'There are no branch labels.' : `Branch labels: ${listed(labels)}.`;
}
