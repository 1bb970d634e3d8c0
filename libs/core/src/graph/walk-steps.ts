import type { GraphIndex, GraphNode } from './graph-node.js';
import { filterByLineage } from './resolve-name.js';
import { ambiguousWalk } from './target-errors.js';

/** Where a walk ended: at a revision, at `'base'` (below the first revision), or, undefined, past an end. */
export type Walked = GraphNode | 'base' | undefined;

/** How to walk. */
export interface WalkOptions {
  /** Positive up, negative down. */
  readonly steps: number;
  /** As typed, for messages. */
  readonly target: string;
  /** Takes only steps up that share lineage with this branch. */
  readonly branch?: string | undefined;
  /** Stops at the end of the graph instead of walking past it. @default false */
  readonly clip?: boolean;
}

/**
 * Walks through down revisions (dependencies are never walked, REV-41). Up from undefined begins at the bases, down from
 * undefined at the heads.
 *
 * @throws MigrationError E1014 where there are several ways to go
 */
export function walkSteps(
  index: GraphIndex,
  start: GraphNode | undefined,
  options: WalkOptions,
): Walked {
  const next = options.steps > 0 ? stepUp(index, options.branch) : stepDown(index);
  let place: Walked = start;
  for (let left = Math.abs(options.steps); left > 0; left -= 1) {
    const ways: readonly Walked[] = place === 'base' ? [] : next(place);
    if (ways.length === 0) return options.clip === true ? place : undefined;
    if (ways.length > 1)
      throw ambiguousWalk(options.target, ways.filter(isNode), options.steps > 0);
    place = ways[0];
  }
  return place;
}

/** True for a revision; false for `'base'` and for what is past an end. */
export function isNode(place: Walked): place is GraphNode {
  return place !== undefined && place !== 'base';
}

type NextSteps = (place: GraphNode | undefined) => readonly Walked[];

function stepUp(index: GraphIndex, branch: string | undefined): NextSteps {
  let family: ReadonlySet<GraphNode> | undefined;
  return (place) => {
    const ways = place === undefined ? index.bases : place.children;
    if (branch === undefined || ways.length === 0) return ways;
    family ??= new Set(filterByLineage(index, index.nodes, { target: branch }));
    return ways.filter((way) => family?.has(way));
  };
}

function stepDown(index: GraphIndex): NextSteps {
  return (place) => {
    const ways = place === undefined ? index.heads : place.down;
    return ways.length === 0 ? ['base'] : ways;
  };
}
