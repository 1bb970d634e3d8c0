import type { GraphIndex } from './graph-node.js';
import { nodeNamed, resolveBranch, select } from './resolve-name.js';
import type { Walked } from './walk-steps.js';
import { walkSteps } from './walk-steps.js';

/**
 * The nodes that a target denotes, as Alembic's `get_revisions`. Of the relative forms only `-N` and `branch@-N` are
 * understood (REV-30): N down from each real head, where `'base'` is the place below the first revision and undefined is
 * past it.
 *
 * @throws MigrationError E1007, E1013, E1014, E1017, E1018
 */
export function resolveAll(index: GraphIndex, target: string): readonly Walked[] {
  const { branch, nodes, name } = select(index, target);
  if (name === undefined) {
    if (nodes.length > 0 && branch !== undefined) resolveBranch(index, branch);
    return nodes;
  }
  if (!isStepsDown(name)) return [nodeNamed(index, name, branch)];
  return index.realHeads
    .filter((head) => branch === undefined || head.labels.includes(branch))
    .map((head) => walkSteps(index, head, { steps: Number(name), target }));
}

function isStepsDown(name: string): boolean {
  return /^-\d+$/.test(name) && Number(name) < 0;
}
