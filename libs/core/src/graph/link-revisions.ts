import { MigrationError } from '../errors/migration-error.js';
import type { DraftNode } from './graph-node.js';
import { quoted } from './quote.js';
import type { Revision } from './revision.js';
import { placeOf, sameId, validateLabel } from './validate-revisions.js';

/** Nodes in load order, and the ids and labels by which they are found. */
export interface LinkedRevisions {
  readonly nodes: readonly DraftNode[];
  /** Those that have dependencies. */
  readonly dependent: readonly DraftNode[];
  readonly byKey: ReadonlyMap<string, DraftNode>;
}

/**
 * Makes one node for each revision and ties down revisions, dependencies and children. `parents` are the down
 * revisions only, and no node has labels yet.
 *
 * @throws MigrationError E1001, E1003, E1008, E1009, E1010, E1011
 */
export function linkRevisions(revisions: readonly Revision[]): LinkedRevisions {
  const byKey = new Map<string, DraftNode>();
  const nodes = revisions.map((revision, position) => {
    const other = byKey.get(revision.id);
    if (other !== undefined) throw sameId(other.revision, revision);
    const node = draftNode(revision, position);
    byKey.set(revision.id, node);
    return node;
  });
  for (const node of nodes) {
    const { branchLabels } = node.revision;
    if (branchLabels.length > 0) branchLabels.forEach((label) => addLabel(byKey, label, node));
  }
  for (const node of nodes) findParents(byKey, node);
  const dependent = nodes.filter((node) => node.dependencies.length > 0);
  linkDependents(nodes, dependent);
  return { nodes, dependent, byKey };
}

/** Shared by all nodes that have none: most have no dependency and no second child. */
const NONE: never[] = [];

function draftNode(revision: Revision, position: number): DraftNode {
  return {
    position,
    id: revision.id,
    revision,
    down: NONE,
    dependencies: NONE,
    parents: NONE,
    children: NONE,
    allChildren: NONE,
    labels: NONE,
  };
}

function addLabel(byKey: Map<string, DraftNode>, label: string, node: DraftNode): void {
  validateLabel(label, node.revision);
  const other = byKey.get(label);
  if (other === undefined) {
    byKey.set(label, node);
    return;
  }
  const facts = {
    label,
    revisions: [other.id, node.id],
    files: [other, node].flatMap(({ revision: { file } }) => (file === undefined ? [] : [file])),
  };
  if (other.id === label) {
    throw new MigrationError('E1009', {
      problem: `branch label ${quoted(label)} of revision ${quoted(node.id)} is the id of a revision`,
      advice: `Choose another label in ${placeOf(node.revision)}.`,
      facts,
    });
  }
  throw new MigrationError('E1008', {
    problem: `branch label ${quoted(label)} of revision ${quoted(node.id)} is already used by revision ${quoted(other.id)}`,
    advice: `A label is written once, where the branch begins. Remove it from ${placeOf(node.revision)}.`,
    facts,
  });
}

function findParents(byKey: ReadonlyMap<string, DraftNode>, node: DraftNode): void {
  const { downRevisions, dependsOn } = node.revision;
  // Nearly every revision has one. To go through its list as through any other would be half of the work here.
  if (downRevisions.length === 1) node.down = [linkDown(byKey, node, downRevisions[0] as string)];
  else if (downRevisions.length > 1)
    node.down = downRevisions.map((name) => linkDown(byKey, node, name));
  node.parents = node.down;
  if (dependsOn.length === 0) return;
  const dependencies = dependsOn.map((name) => {
    const parent = byKey.get(name);
    if (parent === undefined) throw missing(node.revision, 'dependsOn', name);
    return parent;
  });
  node.dependencies = dependencies.length > 1 ? [...new Set(dependencies)] : dependencies;
}

/** Ties a revision and one of its down revisions, in load order of the children. */
function linkDown(byKey: ReadonlyMap<string, DraftNode>, node: DraftNode, name: string): DraftNode {
  const parent = byKey.get(name);
  // A label is no down revision: Alembic's map would take it, and then lose the child (REV-18).
  if (parent?.id !== name) throw missing(node.revision, 'downRevision', name);
  parent.children = appended(parent.children, node);
  return parent;
}

/** Sets `allChildren`. */
function linkDependents(nodes: readonly DraftNode[], dependent: readonly DraftNode[]): void {
  for (const node of nodes) node.allChildren = node.children;
  const dependents = new Map<DraftNode, DraftNode[]>();
  for (const node of dependent) noteDependent(dependents, node);
  for (const [node, list] of dependents) {
    node.allChildren = [...node.children, ...list].sort(
      (one, other) => one.position - other.position,
    );
  }
}

function noteDependent(dependents: Map<DraftNode, DraftNode[]>, node: DraftNode): void {
  for (const parent of node.dependencies) {
    // A dependency may be the own down revision as well (REV-12).
    if (node.down.includes(parent)) continue;
    dependents.set(parent, appended(dependents.get(parent) ?? NONE, node));
  }
}

/** Not an empty list that grows: that would reserve room for seventeen. */
function appended(list: DraftNode[], value: DraftNode): DraftNode[] {
  if (list === NONE) return [value];
  list.push(value);
  return list;
}

function missing(
  child: Revision,
  relation: 'downRevision' | 'dependsOn',
  parent: string,
): MigrationError {
  const verb = relation === 'downRevision' ? 'has the down revision' : 'depends on';
  return new MigrationError('E1003', {
    problem: `revision ${quoted(child.id)} ${verb} ${quoted(parent)}, which is not there`,
    advice: `Restore the missing revision, or correct ${relation} in ${placeOf(child)}.`,
    facts: { child: child.id, parent, relation, file: child.file },
  });
}
