import fc from 'fast-check';
import type { GraphNode } from './graph-node.js';
import { MinTree, NOTHING } from './min-tree.js';
import { NodeSet } from './node-set.js';
import { RevisionGraph } from './revision-graph.js';
import { sortNewestFirst } from './sort-revisions.js';
import { reach, throughParents } from './traverse.js';

/**
 * The order as REV-67 tells it, with a set of all ancestors for each branch: simple, and quadratic. Heads must not overlap,
 * and everything wanted must be reached through what is wanted.
 */
function sortSimply(wanted: NodeSet<GraphNode>, heads: readonly GraphNode[]): GraphNode[] {
  const branches = heads
    .filter((head) => wanted.has(head))
    .sort((one, other) => one.position - other.position);
  const sorted: GraphNode[] = [];
  for (let place = 0; branches.length > 0;) {
    const node = branches[place] as GraphNode;
    const blocking = branches.findIndex(
      (branch, other) => other !== place && reach([branch], throughParents).has(node),
    );
    if (blocking >= 0) {
      place = blocking;
      continue;
    }
    sorted.push(node);
    const [first, ...others] = node.parents.filter(
      (parent) => wanted.has(parent) && !branches.includes(parent),
    );
    if (first === undefined) {
      branches.splice(place, 1);
      place = Math.max(place - 1, 0);
    } else {
      branches.splice(place, 1, first);
      branches.push(...others);
    }
  }
  return sorted;
}

/** Graphs of up to 40 revisions with many merges and dependencies, in any load order. */
const graphs = fc
  .array(
    fc.record({
      down: fc.array(fc.nat(), { maxLength: 3 }),
      dependsOn: fc.array(fc.nat(), { maxLength: 2 }),
    }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((drafts) =>
    drafts.map(({ down, dependsOn }, place) => ({
      id: `r${place}`,
      downRevisions: earlier(down, place),
      dependsOn: earlier(dependsOn, place),
      branchLabels: [],
      message: '',
    })),
  )
  .chain((revisions) => fc.shuffledSubarray(revisions, { minLength: revisions.length }))
  .map((revisions) => RevisionGraph.build(revisions));

function earlier(choices: readonly number[], place: number): string[] {
  return place === 0 ? [] : [...new Set(choices.map((choice) => `r${choice % place}`))];
}

describe('the order of revisions (REV-67)', () => {
  it('is that of the simple algorithm, for everything', () => {
    fc.assert(
      fc.property(graphs, ({ index }) => {
        const all = new NodeSet(index.nodes);
        expect(ids(sortNewestFirst(index, all, index.realHeads))).toEqual(
          ids(sortSimply(all, index.realHeads)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is that of the simple algorithm, for what is missing above some revisions', () => {
    fc.assert(
      fc.property(graphs, fc.array(fc.nat()), ({ index }, choices) => {
        const applied = choices.map((choice) => index.nodes[choice % index.nodes.length]);
        const below = reach(
          applied.filter((node) => node !== undefined),
          throughParents,
        );
        const wanted = new NodeSet(index.nodes.filter((node) => !below.has(node)));
        expect(ids(sortNewestFirst(index, wanted, index.realHeads))).toEqual(
          ids(sortSimply(wanted, index.realHeads)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('CLI-67: has any revisions at all, each once and children first, from whatever heads', () => {
    fc.assert(
      fc.property(graphs, fc.array(fc.nat()), fc.array(fc.nat()), ({ index }, some, others) => {
        const pick = (choices: readonly number[]) =>
          choices.flatMap((choice) => index.nodes[choice % index.nodes.length] ?? []);
        const wanted = new NodeSet(pick(some));
        const sorted = sortNewestFirst(index, wanted, pick(others));
        expect(new Set(sorted)).toEqual(new Set(wanted));
        expect(sorted).toHaveLength(wanted.size);
        sorted.forEach((node, place) => {
          const below = reach([node], throughParents);
          expect(sorted.slice(0, place).filter((before) => below.has(before))).toEqual([]);
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe('the smallest number of a stretch', () => {
  it('is found after any changes', () => {
    const changes = fc.array(fc.tuple(fc.nat(19), fc.nat(9)));
    fc.assert(
      fc.property(changes, fc.nat(19), fc.nat(20), (list, from, to) => {
        const tree = new MinTree(20);
        const plain = new Array<number>(20).fill(NOTHING);
        for (const [place, value] of list) {
          tree.set(place, value);
          plain[place] = value;
        }
        const place = tree.smallest(from, to);
        const least = Math.min(NOTHING, ...plain.slice(from, to));
        expect(place === undefined ? NOTHING : plain[place]).toBe(least);
        if (place !== undefined) expect(place >= from && place < to).toBe(true);
      }),
    );
  });
});

function ids(nodes: readonly GraphNode[]): readonly string[] {
  return nodes.map(({ id }) => id);
}
