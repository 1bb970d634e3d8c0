import type { Revision } from '../revision.js';
import type { RevisionPlace } from '../revision-graph.js';

/** A revision for drawing: what `graph`, `history` and `heads` of a migrator give. */
export interface DrawnRevision extends Revision, RevisionPlace {
  /** A row of the version table; absent where the database was not asked. */
  readonly isCurrent?: boolean;
}

/** A line from a revision to one that it needs. */
export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  /** True for what only `dependsOn` says: drawn dotted. */
  readonly isDependency: boolean;
}

/**
 * The edges between the given revisions, by the revision that they start from: down revisions first, each as written, each
 * once. What leads out of the given revisions is left out. A dependency may be written as a branch label.
 */
export function edgesBetween(
  revisions: readonly DrawnRevision[],
): ReadonlyMap<string, readonly DrawnEdge[]> {
  const byName = new Map<string, string>();
  for (const { id, branchLabels } of revisions)
    for (const name of [id, ...branchLabels]) byName.set(name, id);
  return new Map(
    revisions.map((revision) => {
      const down = known(revision.downRevisions, byName);
      const needed = known(revision.dependsOn, byName).filter((id) => !down.includes(id));
      return [
        revision.id,
        [
          ...down.map((to) => ({ from: revision.id, to, isDependency: false })),
          ...needed.map((to) => ({ from: revision.id, to, isDependency: true })),
        ],
      ];
    }),
  );
}

function known(names: readonly string[], byName: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set(names.flatMap((name) => byName.get(name) ?? []))];
}

/** First paragraph of a message in one line, without control characters. */
export function oneLine(message: string): string {
  const [paragraph = ''] = message.split(/\r?\n\s*\r?\n/, 1);
  return paragraph.replace(/[\p{Cc}\s\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

/** Where a revision stands, in Alembic's words (MSG-09): `head`, `effective head`, `current`, `branchpoint`, `mergepoint`. */
export function marksOf(revision: DrawnRevision): readonly string[] {
  return [
    revision.isEffectiveHead ? 'effective head' : revision.isHead ? 'head' : '',
    revision.isCurrent ? 'current' : '',
    revision.isBranchPoint ? 'branchpoint' : '',
    revision.isMergePoint ? 'mergepoint' : '',
  ].filter((mark) => mark !== '');
}
