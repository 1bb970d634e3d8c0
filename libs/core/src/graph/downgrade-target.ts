import { currentNodes } from './current-nodes.js';
import type { GraphIndex, GraphNode } from './graph-node.js';
import type { RelativeTarget } from './relative-target.js';
import { isBrokenRelative, parseRelative } from './relative-target.js';
import { filterByLineage, nodeNamed, resolveSingle } from './resolve-name.js';
import { resolveAll } from './resolve-target.js';
import { ambiguousStart, cannotWalk, tooFewRevisions } from './target-errors.js';
import type { Walked } from './walk-steps.js';
import { isNode, walkSteps } from './walk-steps.js';

/** Where a downgrade goes. */
export interface DowngradeTarget {
  /** As typed before the "@", or the row that `-N` was counted from; restricts what is removed. */
  readonly branch: string | undefined;
  /** Undefined for base. */
  readonly node: GraphNode | undefined;
}

/** What the target of a downgrade, or the lower end of a range, is counted from. */
export interface DowngradeStart {
  /** Rows of the version table in the order of the table, or the upper end of a range as typed. */
  readonly from: readonly string[];
  /** Stops at base instead of walking past it, as `history` does (CLI-63). @default false */
  readonly clip?: boolean;
}

/**
 * Where a downgrade to a target goes (REV-45 to REV-51).
 *
 * @throws MigrationError E1007, E1013, E1014, E1017, E1018
 */
export function downgradeTarget(
  index: GraphIndex,
  target: string,
  start: DowngradeStart,
): DowngradeTarget {
  if (isBrokenRelative(target)) throw cannotWalk(target, 'it is not "<revision>+N" or "-N"');
  const relative = parseRelative(target);
  if (relative === undefined) return absoluteTarget(index, target);
  const clip = start.clip ?? false;
  const walk =
    relative.steps >= 0
      ? walkUp(index, target, { relative, clip })
      : walkDown(index, target, { relative, clip, from: start.from });
  if (walk.place === undefined) throw tooFewRevisions(target, relative.steps);
  return { branch: walk.branch, node: isNode(walk.place) ? walk.place : undefined };
}

/** The part before the last "@" only restricts what is removed; the part after it is looked up by itself (REV-48). */
function absoluteTarget(index: GraphIndex, target: string): DowngradeTarget {
  const at = target.lastIndexOf('@');
  const branch = at > 0 ? target.slice(0, at) : undefined;
  return { branch, node: resolveSingle(index, target.slice(at + 1)) };
}

interface RelativeDowngrade {
  readonly relative: RelativeTarget;
  readonly clip: boolean;
}

interface DowngradeWalk {
  readonly branch: string | undefined;
  readonly place: Walked;
}

function walkUp(
  index: GraphIndex,
  target: string,
  { relative: { branch, symbol, steps }, clip }: RelativeDowngrade,
): DowngradeWalk {
  if (symbol === undefined) {
    throw cannotWalk(target, 'a downgrade cannot go up from the current revisions');
  }
  const from = resolveSingle(index, symbol);
  return { branch, place: walkSteps(index, from, { steps, target, branch, clip }) };
}

function walkDown(
  index: GraphIndex,
  target: string,
  downgrade: RelativeDowngrade & { readonly from: readonly string[] },
): DowngradeWalk {
  const { relative, clip, from } = downgrade;
  const { branch, symbol } = startDown(index, target, { relative, from });
  const start = resolveSingle(index, branch === undefined ? symbol : `${branch}@${symbol}`);
  if (start === undefined) throw cannotWalk(target, 'nothing is below base');
  return { branch, place: walkSteps(index, start, { steps: relative.steps, target, clip }) };
}

function startDown(
  index: GraphIndex,
  target: string,
  { relative, from }: { readonly relative: RelativeTarget; readonly from: readonly string[] },
): { readonly branch: string | undefined; readonly symbol: string } {
  const { branch, symbol, steps } = relative;
  if (symbol !== undefined) return { branch, symbol };
  if (branch !== undefined)
    return { branch, symbol: startOnBranch(index, target, { branch, from }) };
  // With several rows the first one counts, and only its branch is removed (REV-45).
  const [first] = from;
  if (first === undefined) throw tooFewRevisions(target, steps);
  return { branch: first, symbol: first };
}

/** The row on the branch or, where a row of another branch implies it by dependency, the applied tip on it (REV-46). */
function startOnBranch(
  index: GraphIndex,
  target: string,
  { branch, from }: { readonly branch: string; readonly from: readonly string[] },
): string {
  const rows = from.map((name) => nodeNamed(index, name));
  const onBranch = filterByLineage(index, rows, { target: branch });
  const starts =
    onBranch.length > 0
      ? onBranch
      : filterByLineage(
          index,
          currentNodes(from.flatMap((name) => resolveAll(index, name)).filter(isNode)),
          {
            target: branch,
          },
        );
  if (starts.length > 1)
    throw ambiguousStart(
      target,
      starts.map(({ id }) => id),
    );
  if (starts[0] === undefined) throw cannotWalk(target, 'nothing of this branch is applied');
  return starts[0].id;
}
