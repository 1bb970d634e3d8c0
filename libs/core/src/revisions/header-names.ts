/** The names that a header can have (design D1). */
export const HEADER_NAMES: ReadonlySet<string> = new Set([
  'revision',
  'message',
  'downRevision',
  'branchLabels',
  'dependsOn',
  'createdAt',
  'transaction',
]);
