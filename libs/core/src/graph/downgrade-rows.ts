import type { GraphIndex, GraphNode } from './graph-node.js';
import type { VersionChange } from './step.js';
import { reach, throughParents } from './traverse.js';
import { splitRow } from './version-changes.js';

const NOT_APPLIED = -1;

/** Follows the rows of the version table through a downgrade (VT-09, VT-10, Alembic's `HeadMaintainer`). */
export class DowngradeRows {
  private readonly rows: Set<GraphNode>;
  /** For each applied revision, the number of applied ones right above it. */
  private readonly applied: Int32Array;
  /** For a node, a row that was found above it; to be trusted while it is a row. */
  private readonly rowAbove = new Map<GraphNode, GraphNode>();

  constructor(index: GraphIndex, rows: readonly GraphNode[]) {
    this.rows = new Set(rows);
    this.applied = new Int32Array(index.nodes.length).fill(NOT_APPLIED);
    const applied = reach(rows, throughParents);
    for (const { position } of applied) this.applied[position] = 0;
    for (const node of applied) this.countBelow(node, 1);
  }

  /** Undoes a revision above which nothing is applied: its row becomes one for each parent that no other row implies. */
  downgrade(node: GraphNode): readonly VersionChange[] {
    this.rows.delete(node);
    this.applied[node.position] = NOT_APPLIED;
    this.countBelow(node, -1);
    const uncovered = node.parents.filter((parent) => !this.isCovered(parent));
    for (const parent of uncovered) this.rows.add(parent);
    return splitRow(node, uncovered);
  }

  private countBelow(node: GraphNode, change: 1 | -1): void {
    for (const parent of node.parents) {
      this.applied[parent.position] = this.countAbove(parent) + change;
    }
  }

  private countAbove(node: GraphNode): number {
    return this.applied[node.position] ?? NOT_APPLIED;
  }

  private isCovered(node: GraphNode): boolean {
    if (this.rows.has(node)) return true;
    if (this.countAbove(node) === 0) return false;
    // As Alembic: only where no other row is left do the parents of a merge point imply each other.
    return this.rows.size === 0 || this.findRowAbove(node);
  }

  private findRowAbove(start: GraphNode): boolean {
    const cameFrom = new Map<GraphNode, GraphNode | undefined>([[start, undefined]]);
    const todo = [start];
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      const row = this.knownRowAbove(node);
      if (row !== undefined) {
        this.remember(node, row, cameFrom);
        return true;
      }
      for (const child of node.allChildren) {
        if (this.countAbove(child) === NOT_APPLIED || cameFrom.has(child)) continue;
        cameFrom.set(child, node);
        todo.push(child);
      }
    }
    return false;
  }

  private knownRowAbove(node: GraphNode): GraphNode | undefined {
    const row = this.rows.has(node) ? node : this.rowAbove.get(node);
    return row !== undefined && this.rows.has(row) ? row : undefined;
  }

  private remember(
    top: GraphNode,
    row: GraphNode,
    cameFrom: ReadonlyMap<GraphNode, GraphNode | undefined>,
  ): void {
    let node: GraphNode | undefined = top;
    while (node !== undefined) {
      this.rowAbove.set(node, row);
      node = cameFrom.get(node);
    }
  }
}
