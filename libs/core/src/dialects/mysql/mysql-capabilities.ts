import type { Capabilities } from '../../operations/capabilities.js';
import { differencesOf } from './mariadb-differences.js';
import { PRIMARY } from './mysql-inspect-keys.js';
import type { MysqlServer } from './mysql-server.js';

/** What a server can do. Schemas are databases here: a migration stays in that of its connection. */
export function capabilitiesOf(server: MysqlServer): Capabilities {
  const { expressionIndexes } = differencesOf(server);
  return Object.freeze({
    transactionalDdl: false,
    schemas: false,
    enumTypes: false,
    sequences: false,
    identityColumns: false,
    generatedColumns: true,
    partialIndexes: false,
    expressionIndexes,
    exclusionConstraints: false,
    deferrableConstraints: false,
    materializedViews: false,
    comments: true,
    concurrentIndexes: false,
    extensions: false,
    domains: false,
    routines: false,
    triggers: false,
    rowSecurity: false,
    partitions: false,
    restatesColumns: true,
    altersAtOnce: true,
    keysHoldIndexes: true,
    primaryKeyName: PRIMARY,
    maxIdentifierBytes: 64,
  });
}
