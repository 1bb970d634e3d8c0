import { MigrationError } from '../errors/migration-error.js';
import { refuseOverlappingTargets } from './collect-upgrade.js';
import { downgradeTarget } from './downgrade-target.js';
import type { GraphIndex, GraphNode } from './graph-node.js';
import { NodeSet } from './node-set.js';
import { quoted } from './quote.js';
import { filterByLineage, resolveSingle } from './resolve-name.js';
import { resolveAll } from './resolve-target.js';
import type { RevisionGraph } from './revision-graph.js';
import type { Revision } from './revision.js';
import { sortNewestFirst } from './sort-revisions.js';
import { reach, throughChildren, throughParents } from './traverse.js';
import { upgradeTargets } from './upgrade-target.js';
import { nodesOfRows } from './version-rows.js';
import { isNode } from './walk-steps.js';

/** A range of revisions; both ends belong to it. */
export interface WalkRange {
  /** Lower end as typed; `current` for the rows. @default 'base' */
  readonly base?: string;
  /** Upper end as typed; `current` for the rows. @default 'heads' */
  readonly head?: string;
  /** Rows of the version table; needed where an end is `current`. */
  readonly rows?: readonly string[];
}

/**
 * The revisions of a range, newest first, as `alembic history` (CLI-62 to CLI-66): all that the upper end needs and that
 * descends from the lower end through down revisions. An upper end `+N` counts from the lower end, and stops at the end of the
 * graph.
 *
 * @throws MigrationError E1007, E1013, E1014, E1017, E1018, E1019, E4001; E1022 when the lower end is no ancestor of the upper
 */
export function walk(graph: RevisionGraph, range: WalkRange = {}): readonly Revision[] {
  const { index } = graph;
  const lower = endOf(index, range.base, { otherwise: 'base', rows: range.rows });
  const upper = endOf(index, range.head, { otherwise: 'heads', rows: range.rows });
  const targets = upperNodes(index, upper, lower);
  refuseOverlappingTargets(targets);
  const needed = reach(targets, throughParents);
  const bounds = lowerNodes(index, lower, { upper, needed });
  refuseOverlappingTargets(bounds);
  const wanted = above(needed, bounds);
  return sortNewestFirst(index, wanted, targets).map(({ revision }) => revision);
}

/** True when a range can only be walked with the rows of the version table. */
export function needsRows({ base, head }: WalkRange): boolean {
  return base === 'current' || head === 'current';
}

/** One end of a range: what was typed, or rows of the version table. */
interface RangeEnd {
  /** As typed, for messages. */
  readonly text: string;
  /** Set when the end is `current`. */
  readonly rows?: readonly GraphNode[];
  /** True when nobody typed it. */
  readonly isDefault: boolean;
  /** What a relative other end is counted from. */
  readonly names: readonly string[];
}

function endOf(
  index: GraphIndex,
  typed: string | undefined,
  { otherwise, rows }: { readonly otherwise: string; readonly rows: WalkRange['rows'] },
): RangeEnd {
  const text = typed ?? otherwise;
  const isDefault = typed === undefined;
  if (text !== 'current') return { text, isDefault, names: [text] };
  if (rows === undefined) {
    throw new MigrationError('E7013', {
      problem: 'a range up to or from "current" needs the rows of the version table',
      advice: 'Pass rows, or name a revision.',
    });
  }
  const nodes = nodesOfRows(index, rows);
  return { text, isDefault, rows: nodes, names: nodes.map(({ id }) => id) };
}

function upperNodes(index: GraphIndex, upper: RangeEnd, lower: RangeEnd): readonly GraphNode[] {
  const targets =
    upper.rows ?? upgradeTargets(index, upper.text, { from: lower.names, clip: true });
  const at = lower.text.indexOf('@');
  return at < 0 ? targets : onBranch(index, targets, lower.text.slice(0, at));
}

/** A lower end `label@…` takes only upper ends with this label; an id in its place stands for its only label (REV-62). */
function onBranch(
  index: GraphIndex,
  targets: readonly GraphNode[],
  branch: string,
): readonly GraphNode[] {
  const node = resolveSingle(index, branch);
  const isLabel = node?.revision.branchLabels.includes(branch) ?? false;
  const label = isLabel ? branch : node?.labels[0];
  if (label !== undefined && (isLabel || node?.labels.length === 1)) {
    return targets.filter(({ labels }) => labels.includes(label));
  }
  return filterByLineage(index, targets, { target: branch });
}

function lowerNodes(
  index: GraphIndex,
  lower: RangeEnd,
  { upper, needed }: { readonly upper: RangeEnd; readonly needed: NodeSet<GraphNode> },
): readonly GraphNode[] {
  // Alembic counts from the heads first, where "current" may not be; who writes -3:current means from current (LIM-10).
  if (countsFromRow(lower, upper)) return countedDown(index, lower, upper);
  const places = lower.rows ?? resolveAll(index, lower.text);
  if (places.some((place) => place !== undefined && !(isNode(place) && needed.has(place)))) {
    throw notAlongOneBranch(lower.text, upper.text);
  }
  // Fewer than N below the heads: then N below the upper end, and no further than base. Alembic cannot count down from
  // "heads", even where nobody typed it; there everything is meant.
  if (places.length > 0 && places[0] === undefined) {
    return upper.isDefault ? [] : countedDown(index, lower, upper);
  }
  return places.filter(isNode);
}

function countsFromRow(lower: RangeEnd, { rows }: RangeEnd): boolean {
  return rows !== undefined && rows.length < 2 && /^-\d+$/.test(lower.text);
}

/** The place so many steps below the upper end; none when that is base. */
function countedDown(index: GraphIndex, lower: RangeEnd, upper: RangeEnd): readonly GraphNode[] {
  if (upper.names.length === 0) return [];
  const { node } = downgradeTarget(index, lower.text, { from: upper.names, clip: true });
  return node === undefined ? [] : [node];
}

/** Those of the needed revisions that descend from the bounds, the bounds among them. */
function above(needed: NodeSet<GraphNode>, bounds: readonly GraphNode[]): NodeSet<GraphNode> {
  if (bounds.length === 0) return needed;
  const below = reach(bounds, throughParents);
  for (const bound of bounds) below.delete(bound);
  const descendants = reach(bounds, throughChildren);
  return new NodeSet(needed.filter((node) => descendants.has(node) && !below.has(node)));
}

function notAlongOneBranch(lower: string, upper: string): MigrationError {
  return new MigrationError('E1022', {
    problem: `${quoted(lower)} is not an ancestor of ${quoted(upper)}`,
    advice: 'A range goes from an ancestor to a descendant, "<older>:<newer>".',
    facts: { lower, upper },
  });
}
