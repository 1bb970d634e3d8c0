import type { Capabilities } from '../../operations/capabilities.js';

/**
 * What SQLite can do, from version 3.40 on. Only foreign keys are deferrable. Names have no limit; 255 bytes are ours
 * (reliability.md §5.2).
 */
export const sqliteCapabilities: Capabilities = Object.freeze({
  transactionalDdl: true,
  schemas: false,
  enumTypes: false,
  sequences: false,
  identityColumns: false,
  generatedColumns: true,
  partialIndexes: true,
  expressionIndexes: true,
  exclusionConstraints: false,
  deferrableConstraints: true,
  materializedViews: false,
  comments: false,
  concurrentIndexes: false,
  extensions: false,
  domains: false,
  routines: false,
  triggers: true,
  rowSecurity: false,
  partitions: false,
  restatesColumns: false,
  cannotUpdateToDefault: true,
  maxIdentifierBytes: 255,
});
