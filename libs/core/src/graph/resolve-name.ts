import type { GraphIndex, GraphNode } from './graph-node.js';
import type { NodeSet } from './node-set.js';
import {
  ambiguousName,
  notOnBranch,
  severalHeads,
  unknownBranch,
  unknownName,
} from './target-errors.js';
import { lineage } from './traverse.js';

/** What a target denotes before names are looked up (Alembic's `_resolve_revision_number`). */
export interface Selection {
  readonly branch: string | undefined;
  /** Of `head` and `heads`; empty for `base`. */
  readonly nodes: readonly GraphNode[];
  /** Of everything else: an id, a label, or the beginning of one. */
  readonly name?: string;
}

/**
 * The one node that a target denotes, as Alembic's `get_revision`; undefined for `base`.
 *
 * @throws MigrationError E1007, E1013, E1017, E1018
 */
export function resolveSingle(index: GraphIndex, target: string): GraphNode | undefined {
  const { branch, nodes, name } = select(index, target);
  if (name !== undefined) return nodeNamed(index, name, branch);
  if (nodes.length > 1) throw severalHeads(target, nodes);
  if (branch !== undefined) resolveBranch(index, branch);
  return nodes[0];
}

/** The revision that a branch part names: by label, id, or the beginning of one (REV-26). */
export function resolveBranch(index: GraphIndex, branch: string): GraphNode {
  const node = index.byKey.get(branch);
  if (node !== undefined) return node;
  const found = keysStartingWith(index, branch);
  if (found.length > 1) throw ambiguousName(branch, found);
  const only = index.byKey.get(found[0] ?? '');
  if (only === undefined) throw unknownBranch(index, branch);
  return only;
}

/**
 * Looks up an id, a label, or the beginning of one (REV-23, REV-25).
 *
 * @throws MigrationError E1013, E1017, E1018
 */
export function nodeNamed(index: GraphIndex, name: string, branch?: string): GraphNode {
  const family = branch === undefined ? undefined : lineage([resolveBranch(index, branch)], false);
  const node = index.byKey.get(name) ?? nodeAbbreviated(index, name, family);
  if (branch !== undefined && !family?.has(node)) throw notOnBranch(node, branch);
  return node;
}

/**
 * Those nodes that share lineage with a target: with what stands before its "@" or with what it denotes
 * (Alembic's `filter_for_lineage`). A target that denotes nothing, such as `base`, keeps all.
 *
 * @throws MigrationError E1007, E1013, E1017
 */
export function filterByLineage(
  index: GraphIndex,
  nodes: readonly GraphNode[],
  against: { readonly target: string; readonly withDependencies?: boolean },
): readonly GraphNode[] {
  const selection = select(index, against.target);
  // Names are looked up only where there is something to compare: as Alembic, `stamp -1` on an empty table is no error.
  if (nodes.length === 0) return nodes;
  const shares = [...selection.nodes];
  if (selection.branch !== undefined) shares.push(nodeNamed(index, selection.branch));
  if (selection.name !== undefined) shares.push(nodeNamed(index, selection.name));
  if (shares.length === 0) return nodes;
  const family = lineage(shares, against.withDependencies ?? false);
  return nodes.filter((node) => family.has(node));
}

/** Takes a target apart. */
export function select(index: GraphIndex, target: string): Selection {
  const { branch, name } = splitTarget(target);
  if (branch === '' || name === '') throw unknownName(index, target);
  if (name === 'base') return { branch, nodes: [] };
  if (name === 'heads' && branch === undefined) return { branch, nodes: index.realHeads };
  if (name !== 'head' && name !== 'heads') return { branch, nodes: [], name };
  const heads = headsOf(index, branch);
  if (name === 'head' && heads.length > 1) throw severalHeads(target, heads);
  return { branch, nodes: heads };
}

/** At the first `@`: the branch before it, the name behind it (REV-21). */
function splitTarget(target: string): {
  readonly branch: string | undefined;
  readonly name: string;
} {
  const at = target.indexOf('@');
  return { branch: at < 0 ? undefined : target.slice(0, at), name: target.slice(at + 1) };
}

function headsOf(index: GraphIndex, branch: string | undefined): readonly GraphNode[] {
  if (branch === undefined) return index.heads;
  return filterByLineage(index, index.heads, { target: branch });
}

function nodeAbbreviated(
  index: GraphIndex,
  name: string,
  family: NodeSet<GraphNode> | undefined,
): GraphNode {
  const found = keysStartingWith(index, name).filter((key) => {
    const node = index.byKey.get(key);
    return family === undefined || (node !== undefined && family.has(node));
  });
  if (found.length > 1) throw ambiguousName(name, found);
  const node = index.byKey.get(found[0] ?? '');
  if (node === undefined) throw unknownName(index, name);
  return node;
}

/** Names of fewer than four characters are found only when written in full (REV-23). */
function keysStartingWith(index: GraphIndex, beginning: string): readonly string[] {
  return [...index.byKey.keys()].filter((key) => key.length > 3 && key.startsWith(beginning));
}
