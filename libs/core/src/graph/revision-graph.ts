import { buildIndex } from './build-index.js';
import type { GraphIndex, GraphNode } from './graph-node.js';
import { nodeNamed, resolveSingle } from './resolve-name.js';
import { resolveAll } from './resolve-target.js';
import type { Revision } from './revision.js';
import type { Edges } from './traverse.js';
import {
  reach,
  throughAllChildren,
  throughChildren,
  throughDown,
  throughParents,
} from './traverse.js';
import { isNode } from './walk-steps.js';

/** Which edges count. */
export interface EdgeOptions {
  /** Follows `dependsOn` as well as down revisions. @default true */
  readonly dependencies?: boolean;
}

/** The place of a revision in the graph. */
export interface RevisionPlace {
  readonly isHead: boolean;
  /** A head that another revision depends on: after an upgrade of everything it has no row of its own (REV-04). */
  readonly isEffectiveHead: boolean;
  readonly isBase: boolean;
  readonly isBranchPoint: boolean;
  readonly isMergePoint: boolean;
  /** Labels after propagation, sorted. */
  readonly labels: readonly string[];
  /** Through down revisions, in load order. */
  readonly children: readonly string[];
}

/** The revisions of one environment and how they hang together. Never changes; make a new one when files change. */
export class RevisionGraph {
  /**
   * Links revisions, given in load order: it breaks ties when revisions are sorted.
   *
   * @throws MigrationError E1001 to E1006, E1008 to E1012, E1016
   */
  static build(revisions: readonly Revision[]): RevisionGraph {
    return new RevisionGraph(buildIndex(revisions));
  }

  /** All revisions, in load order. */
  readonly revisions: readonly Revision[];
  /** Revisions that are no down revision, effective heads among them; in load order (REV-04). */
  readonly heads: readonly Revision[];
  /** Heads that no revision depends on: the rows of the version table when everything is applied. */
  readonly realHeads: readonly Revision[];
  /** Heads that another revision depends on. */
  readonly effectiveHeads: readonly Revision[];
  /** Revisions without down revision, in load order. */
  readonly bases: readonly Revision[];

  /** @internal */
  private constructor(readonly index: GraphIndex) {
    const real = new Set(index.realHeads);
    this.revisions = revisionsOf(index.nodes);
    this.heads = revisionsOf(index.heads);
    this.realHeads = revisionsOf(index.realHeads);
    this.effectiveHeads = revisionsOf(index.heads.filter((head) => !real.has(head)));
    this.bases = revisionsOf(index.bases);
  }

  /** Revisions that are down revision of several others, in load order. */
  get branchPoints(): readonly Revision[] {
    return revisionsOf(this.index.nodes.filter(({ children }) => children.length > 1));
  }

  /** Revisions with several down revisions, in load order. */
  get mergePoints(): readonly Revision[] {
    return revisionsOf(this.index.nodes.filter(({ down }) => down.length > 1));
  }

  /** The revision with exactly this id. */
  get(id: string): Revision | undefined {
    return this.nodeOf(id)?.revision;
  }

  has(id: string): boolean {
    return this.nodeOf(id) !== undefined;
  }

  /** Every label as written, with the revision that declares it. */
  get labels(): ReadonlyMap<string, Revision> {
    const declared = [...this.index.byKey].filter(([key, node]) => key !== node.id);
    return new Map(declared.map(([label, node]) => [label, node.revision]));
  }

  /** Warnings about a graph that is allowed, but hard to use (B009). */
  get warnings(): readonly string[] {
    const unnamed = this.index.bases.filter(({ labels }) => labels.length === 0);
    if (this.bases.length < 2 || unnamed.length === 0) return [];
    const ids = unnamed.map(({ id }) => `"${id}"`).join(', ');
    return [`There are ${this.bases.length} bases, and no branch label for ${ids}.`];
  }

  /**
   * Where a revision stands.
   *
   * @throws MigrationError E1017 for an id that is none
   */
  placeOf(id: string): RevisionPlace {
    const node = this.required(id);
    const isHead = node.children.length === 0;
    return {
      isHead,
      isEffectiveHead: isHead && node.allChildren.length > 0,
      isBase: node.down.length === 0,
      isBranchPoint: node.children.length > 1,
      isMergePoint: node.down.length > 1,
      labels: node.labels,
      children: node.children.map((child) => child.id),
    };
  }

  /** Labels of a revision after propagation along its branch, sorted (REV-10). */
  labelsOf(id: string): readonly string[] {
    return this.required(id).labels;
  }

  /** Ids of the revisions that have this one as down revision, in load order. */
  childrenOf(id: string): readonly string[] {
    return this.required(id).children.map((child) => child.id);
  }

  /** Ids of the down revisions, then of the dependencies that no ancestor has already; order as written (REV-02). */
  parentsOf(id: string): readonly string[] {
    return this.required(id).parents.map((parent) => parent.id);
  }

  /** Ids of the revisions that `dependsOn` names, labels resolved; order as written. */
  dependenciesOf(id: string): readonly string[] {
    return this.required(id).dependencies.map((dependency) => dependency.id);
  }

  /** The given ids and those of all their ancestors. */
  ancestorsOf(ids: Iterable<string>, options: EdgeOptions = {}): ReadonlySet<string> {
    return this.reachFrom(ids, options.dependencies === false ? throughDown : throughParents);
  }

  /** The given ids and those of all their descendants. */
  descendantsOf(ids: Iterable<string>, options: EdgeOptions = {}): ReadonlySet<string> {
    const edges = options.dependencies === false ? throughChildren : throughAllChildren;
    return this.reachFrom(ids, edges);
  }

  /**
   * The revisions that a target denotes, as Alembic's `get_revisions`: `head`, `heads` (the real ones), `base` (none), an id,
   * a label, the beginning of one, each also after `branch@`; and `-N` or `branch@-N`, N below each real head. Other relative
   * targets mean something only to plans and to `walk`. In load order; what lies below several heads is there several times.
   *
   * @throws MigrationError E1007, E1013, E1014, E1017, E1018
   */
  resolve(target: string): readonly Revision[] {
    const nodes = resolveAll(this.index, target).filter(isNode);
    return revisionsOf(nodes.sort((one, other) => one.position - other.position));
  }

  /**
   * The one revision that a target denotes, as Alembic's `get_revision`; null for `base`.
   *
   * @throws MigrationError E1007, E1013, E1017, E1018
   */
  resolveOne(target: string): Revision | null {
    return resolveSingle(this.index, target)?.revision ?? null;
  }

  private nodeOf(id: string): GraphNode | undefined {
    const node = this.index.byKey.get(id);
    return node?.id === id ? node : undefined;
  }

  private required(id: string): GraphNode {
    return this.nodeOf(id) ?? nodeNamed(this.index, id);
  }

  private reachFrom(ids: Iterable<string>, edges: Edges): ReadonlySet<string> {
    const nodes = [...ids].map((id) => this.required(id));
    return new Set([...reach(nodes, edges)].map(({ id }) => id));
  }
}

function revisionsOf(nodes: readonly GraphNode[]): readonly Revision[] {
  return Object.freeze(nodes.map(({ revision }) => revision));
}
