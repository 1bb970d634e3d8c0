import type { Revision } from './revision.js';

/**
 * One revision, linked with its neighbours. Inside `graph/` only: nobody changes a node once the graph is built.
 *
 * @internal
 */
export interface GraphNode {
  /** Place in load order; breaks ties when revisions are sorted (REV-06). */
  readonly position: number;
  readonly id: string;
  readonly revision: Revision;
  /** Down revisions, order as written. */
  readonly down: readonly GraphNode[];
  /** What `dependsOn` names, labels resolved, order as written. */
  readonly dependencies: readonly GraphNode[];
  /**
   * Down revisions, then the dependencies that no ancestor has already (Alembic's "normalized down revisions", REV-02).
   * Ancestors through `parents` are ancestors including dependencies.
   */
  readonly parents: readonly GraphNode[];
  /** Revisions that have this one as down revision, in load order. */
  readonly children: readonly GraphNode[];
  /** `children` and the revisions that depend on this one, in load order. */
  readonly allChildren: readonly GraphNode[];
  /** Labels after propagation, sorted (REV-10). */
  readonly labels: readonly string[];
}

/**
 * The linked revisions, and the names by which they are found.
 *
 * @internal
 */
export interface GraphIndex {
  /** In load order. */
  readonly nodes: readonly GraphNode[];
  /** Ids and labels as written; they share one namespace (REV-09). */
  readonly byKey: ReadonlyMap<string, GraphNode>;
  /** Nodes without children. */
  readonly heads: readonly GraphNode[];
  /** Nodes without children and that nothing depends on. */
  readonly realHeads: readonly GraphNode[];
  /** Nodes without down revisions. */
  readonly bases: readonly GraphNode[];
}

/**
 * A node while the graph is being built.
 *
 * @internal
 */
export interface DraftNode {
  readonly position: number;
  readonly id: string;
  readonly revision: Revision;
  down: readonly DraftNode[];
  dependencies: readonly DraftNode[];
  parents: readonly DraftNode[];
  children: DraftNode[];
  allChildren: DraftNode[];
  labels: readonly string[];
}
