import type { Revision } from './revision.js';

/** A change of the rows of the version table. */
export type VersionChange =
  | { readonly action: 'insert'; readonly revision: string }
  | { readonly action: 'update'; readonly from: string; readonly to: string }
  | { readonly action: 'delete'; readonly revision: string };

/** One step of a plan: a revision to run in one direction, with the change of the version rows that belongs to it. */
export interface MigrationStep {
  readonly direction: 'upgrade' | 'downgrade';
  readonly revision: Revision;
  /** Rows of the version table before and after, sorted. */
  readonly rowsBefore: readonly string[];
  readonly rowsAfter: readonly string[];
  readonly changes: readonly VersionChange[];
}

/** One step of a stamp: version rows change, nothing runs. */
export interface StampStep {
  readonly direction: 'stamp';
  /** The revision that is stamped; null when rows are only removed (`base`). */
  readonly revision: Revision | null;
  readonly rowsBefore: readonly string[];
  readonly rowsAfter: readonly string[];
  readonly changes: readonly VersionChange[];
}

/** Any step. */
export type Step = MigrationStep | StampStep;
