import type { Capabilities } from '../../operations/capabilities.js';

/** What PostgreSQL can do, from version 13 on. */
export const postgresCapabilities: Capabilities = Object.freeze({
  transactionalDdl: true,
  schemas: true,
  enumTypes: true,
  sequences: true,
  identityColumns: true,
  generatedColumns: true,
  generatedHoldsColumns: true,
  partialIndexes: true,
  expressionIndexes: true,
  exclusionConstraints: true,
  deferrableConstraints: true,
  materializedViews: true,
  comments: true,
  concurrentIndexes: true,
  extensions: true,
  domains: true,
  routines: true,
  triggers: true,
  rowSecurity: true,
  partitions: true,
  restatesColumns: false,
  keyNamesPerSchema: true,
  maxIdentifierBytes: 63,
});
