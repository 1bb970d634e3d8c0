import type { GraphIndex, GraphNode } from './graph-node.js';
import type { RelativeTarget } from './relative-target.js';
import { isBrokenRelative, parseRelative } from './relative-target.js';
import { filterByLineage, resolveSingle } from './resolve-name.js';
import { resolveAll } from './resolve-target.js';
import { ambiguousStart, cannotWalk, tooFewRevisions, unknownName } from './target-errors.js';
import { reach, throughParents } from './traverse.js';
import type { Walked } from './walk-steps.js';
import { isNode, walkSteps } from './walk-steps.js';

/** What the target of an upgrade, or the upper end of a range, is counted from. */
export interface UpgradeStart {
  /** Rows of the version table, or the lower end of a range as typed. */
  readonly from: readonly string[];
  /** Stops at the end of the graph instead of walking past it, as `history` does (CLI-63). @default false */
  readonly clip?: boolean;
}

/**
 * The nodes that an upgrade to a target aims at (REV-42 to REV-44); empty for `base`.
 *
 * @throws MigrationError E1007, E1013, E1014, E1017, E1018
 */
export function upgradeTargets(
  index: GraphIndex,
  target: string,
  start: UpgradeStart,
): readonly GraphNode[] {
  if (isBrokenRelative(target)) throw cannotWalk(target, 'it is not "<revision>+N" or "-N"');
  const relative = parseRelative(target);
  if (relative === undefined) return resolveAll(index, target).filter(isNode);
  const place = walkToTarget(index, target, { relative, start });
  if (place === undefined && start.clip !== true) throw tooFewRevisions(target, relative.steps);
  return isNode(place) ? [place] : [];
}

interface RelativeUpgrade {
  readonly relative: RelativeTarget;
  readonly start: UpgradeStart;
}

function walkToTarget(index: GraphIndex, target: string, upgrade: RelativeUpgrade): Walked {
  const { branch, symbol, steps } = upgrade.relative;
  const clip = upgrade.start.clip ?? false;
  if (symbol === undefined && steps <= 0) {
    throw cannotWalk(target, 'an upgrade cannot go down from the current revisions');
  }
  if (symbol === undefined) {
    const from = singleStart(index, target, upgrade);
    return walkSteps(index, from, { steps, target, branch, clip });
  }
  if (steps > 0) {
    return walkSteps(index, resolveSingle(index, symbol), { steps, target, branch, clip });
  }
  const from = resolveSingle(index, branch === undefined ? symbol : `${branch}@${symbol}`);
  if (from === undefined) throw cannotWalk(target, 'nothing is below base');
  return walkSteps(index, from, { steps, target, clip });
}

function singleStart(
  index: GraphIndex,
  target: string,
  { relative: { branch }, start: { from } }: RelativeUpgrade,
): GraphNode | undefined {
  if (branch === undefined) {
    if (from.length > 1) throw ambiguousStart(target, from);
    return from[0] === undefined ? undefined : resolveSingle(index, from[0]);
  }
  const places = from.flatMap((name) => resolveAll(index, name));
  if (places.includes('base')) throw unknownName(index, 'base');
  const current = places.filter(isNode);
  const onBranch = filterByLineage(index, current, { target: branch });
  const starts = onBranch.length > 0 ? onBranch : appliedTips(index, current, branch);
  if (starts.length > 1)
    throw ambiguousStart(
      target,
      starts.map(({ id }) => id),
    );
  return starts[0];
}

/** The topmost applied revisions that share lineage with a branch that no row is on (REV-43). */
function appliedTips(
  index: GraphIndex,
  current: readonly GraphNode[],
  branch: string,
): readonly GraphNode[] {
  const applied = [...reach(current, throughParents)];
  const onBranch = filterByLineage(index, applied, { target: branch });
  const covered = new Set(onBranch.flatMap((node) => node.parents));
  return onBranch.filter((node) => !covered.has(node));
}
