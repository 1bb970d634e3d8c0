/** One revision, as its file's header tells (design D1). */
export interface Revision {
  readonly id: string;
  /** Empty for a base; several for a merge point. Order as written. */
  readonly downRevisions: readonly string[];
  /** Revision ids or branch labels. Order as written. */
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  readonly message: string;
  /** ISO 8601, as written; absent when the file says nothing. */
  readonly createdAt?: string;
  /** Absolute path; absent for revisions that were handed in as modules. */
  readonly file?: string;
}
