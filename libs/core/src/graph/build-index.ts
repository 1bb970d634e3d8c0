import { refuseCycles } from './detect-cycles.js';
import type { GraphIndex } from './graph-node.js';
import { linkRevisions } from './link-revisions.js';
import { normalizeDependencies } from './normalize-dependencies.js';
import { propagateLabels } from './propagate-labels.js';
import type { Revision } from './revision.js';
import { validateRevisions } from './validate-revisions.js';

/**
 * Links revisions, given in load order, and refuses what is no graph.
 *
 * @throws MigrationError E1001 to E1006, E1008 to E1012, E1016
 * @internal
 */
export function buildIndex(revisions: readonly Revision[]): GraphIndex {
  validateRevisions(revisions);
  const { nodes, dependent, byKey } = linkRevisions(revisions);
  const order = refuseCycles(nodes, dependent.length > 0);
  normalizeDependencies(order, dependent);
  // Labels are keys besides the ids; where there are none, every node has none already.
  if (byKey.size > nodes.length) propagateLabels(order);
  const heads = nodes.filter((node) => node.children.length === 0);
  return {
    nodes,
    byKey,
    heads,
    realHeads: heads.filter((node) => node.allChildren.length === 0),
    bases: nodes.filter((node) => node.down.length === 0),
  };
}
