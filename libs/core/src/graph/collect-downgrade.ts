import { MigrationError } from '../errors/migration-error.js';
import type { DowngradeTarget } from './downgrade-target.js';
import type { GraphIndex, GraphNode } from './graph-node.js';
import { NodeSet } from './node-set.js';
import { listed, quoted } from './quote.js';
import { resolveBranch } from './resolve-name.js';
import { reach, throughAllChildren, throughDown, throughParents } from './traverse.js';

/** What is to be undone. */
export interface DowngradeRequest {
  /** As typed, for messages. */
  readonly target: string;
  readonly to: DowngradeTarget;
  readonly rows: readonly GraphNode[];
}

/**
 * What a downgrade has to undo: applied descendants of the children of the target, and what depends on them on other
 * branches; dependencies themselves stay (REV-64, REV-65).
 *
 * @throws MigrationError E1013, E1017, E1023; E1015 when nothing above the target is applied, nor the target itself
 */
export function collectDowngrade(index: GraphIndex, request: DowngradeRequest): NodeSet<GraphNode> {
  const { to, rows } = request;
  const above = reach(rootsOf(index, request), throughAllChildren);
  const applied = reach(rows, throughParents);
  const undone = new NodeSet(above.filter((node) => applied.has(node)));
  if (to.node !== undefined && undone.size === 0 && !rows.includes(to.node)) {
    throw unreachable(request, applied.has(to.node));
  }
  // Alembic looks the branch up only where there are several ways: "typo@base" then undoes everything.
  if (to.branch !== undefined && (to.node === undefined || undone.size > 0)) {
    resolveBranch(index, to.branch);
  }
  return undone;
}

function rootsOf(index: GraphIndex, request: DowngradeRequest): readonly GraphNode[] {
  const { branch, node } = request.to;
  const roots = node === undefined ? index.bases : node.children;
  if (branch === undefined || roots.length <= 1) return roots;
  const below = reach([resolveBranch(index, branch)], throughDown);
  const onBranch = roots.filter((root) => below.has(root));
  if (onBranch.length === 0) throw notAbove(request, branch);
  return onBranch;
}

function unreachable({ target, rows }: DowngradeRequest, isApplied: boolean): MigrationError {
  const current = rows.map(({ id }) => id);
  const from = current.length === 0 ? 'an empty version table' : listed(current);
  return new MigrationError('E1015', {
    problem: isApplied
      ? `nothing is above ${quoted(target)} that could be undone: it is applied only because ${from} depends on it`
      : `${quoted(target)} cannot be reached by a downgrade from ${from}`,
    advice: isApplied
      ? 'Name a revision below the one that depends on it.'
      : 'The target must be an ancestor of a current revision. "current" shows those.',
    facts: { target, current },
  });
}

function notAbove({ target, rows }: DowngradeRequest, branch: string): MigrationError {
  return new MigrationError('E1023', {
    problem: `${quoted(target)} cannot be reached by a downgrade: no way up from there leads to branch ${quoted(branch)}`,
    advice:
      'Put the branch that is to be undone before the "@", and a revision below its first one after it.',
    facts: { target, branch, current: rows.map(({ id }) => id) },
  });
}
