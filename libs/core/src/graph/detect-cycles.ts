import { MigrationError } from '../errors/migration-error.js';
import type { DraftNode } from './graph-node.js';
import { listed, quoted } from './quote.js';
import type { Edges } from './traverse.js';
import { parentsFirst, reach } from './traverse.js';

const LONGEST_SHOWN = 10;

/**
 * Refuses cycles, first of down revisions alone, then of down revisions and dependencies (REV-14). Every cycle is found;
 * Alembic overlooks those that hang between a base and a head.
 *
 * The fact `cycle` goes once around, each revision naming the next; `revisions` is Alembic's list (sorted: what cannot be
 * reached both from the heads and from the bases).
 *
 * @returns the nodes, down revisions before children
 * @throws MigrationError E1005, E1006
 */
export function refuseCycles(
  nodes: readonly DraftNode[],
  haveDependencies: boolean,
): readonly DraftNode[] {
  const order = refuse(nodes, { code: 'E1005', below: (node) => node.down, above: childrenOf });
  if (haveDependencies) {
    refuse(nodes, { code: 'E1006', below: everyParent, above: (node) => node.allChildren });
  }
  return order;
}

interface CycleCheck {
  readonly code: 'E1005' | 'E1006';
  readonly below: Edges<DraftNode>;
  readonly above: Edges<DraftNode>;
}

const childrenOf: Edges<DraftNode> = (node) => node.children;

function everyParent(node: DraftNode): readonly DraftNode[] {
  const { down, dependencies } = node;
  if (dependencies.length === 0) return down;
  return [...down, ...dependencies.filter((one) => !down.includes(one))];
}

function refuse(nodes: readonly DraftNode[], check: CycleCheck): readonly DraftNode[] {
  const order = parentsFirst(nodes, check.below, check.above);
  if (order.length === nodes.length) return order;
  const done = new Set(order);
  const cycle = findCycle(
    nodes.filter((node) => !done.has(node)),
    check.below,
  );
  throw cycleError(cycle, unreachable(nodes, check) ?? [...cycle].sort(), check.code);
}

/** Walks down among nodes that each have a parent among them, until one comes again. */
function findCycle(stuck: readonly DraftNode[], below: Edges<DraftNode>): readonly string[] {
  const among = new Set(stuck);
  const path = new Set<DraftNode>();
  let node: DraftNode | undefined = stuck[0];
  while (node !== undefined && !path.has(node)) {
    path.add(node);
    node = below(node).find((parent) => among.has(parent));
  }
  const ids = [...path].map(({ id }) => id);
  return ids.slice(node === undefined ? 0 : ids.indexOf(node.id));
}

function unreachable(nodes: readonly DraftNode[], check: CycleCheck): string[] | undefined {
  const heads = nodes.filter((node) => check.above(node).length === 0);
  const bases = nodes.filter((node) => check.below(node).length === 0);
  const fromHeads = reach(heads, check.below);
  const fromBases = reach(bases, check.above);
  const lost = nodes.filter((node) => !fromHeads.has(node) || !fromBases.has(node));
  return lost.length === 0 ? undefined : lost.map(({ id }) => id).sort();
}

function cycleError(
  cycle: readonly string[],
  revisions: readonly string[],
  code: CycleCheck['code'],
): MigrationError {
  const around = [...cycle, ...cycle.slice(0, 1)];
  const shown =
    cycle.length > LONGEST_SHOWN ? `${listed(cycle)}` : around.map((id) => quoted(id)).join(' -> ');
  const [through, header] =
    code === 'E1005' ? ['down revisions', 'downRevision'] : ['dependencies', 'dependsOn'];
  return new MigrationError(code, {
    problem: `the revision graph has a cycle of ${through}: ${shown}`,
    advice: `Correct ${header} in one of them.`,
    facts: { cycle: around, revisions },
  });
}
