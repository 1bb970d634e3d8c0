import { MigrationError } from '../../errors/migration-error.js';
import type { ServerInfo } from '../../dialects/common/session.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { VersionTablePlace } from './read-rows.js';

/**
 * The schema that names without one mean.
 * @throws MigrationError E5012 when there is none
 */
export function defaultSchemaOf({ database, defaultSchema }: ServerInfo): string {
  if (defaultSchema !== null) return defaultSchema;
  throw new MigrationError('E5012', {
    problem: `the search path of this session names no schema of database "${database}" that exists and that this role may use`,
    advice:
      'Nothing was written. Set the search path of the role or of the connection to the schema that the tables are in; where that is so already, GRANT USAGE ON SCHEMA to the role.',
    facts: { database },
  });
}

/** The version table with its schema: what is read must not depend on a search path (E15). @throws MigrationError E5012 */
export async function qualifiedVersionTable({
  connection,
  dialect,
  versionTable,
}: VersionTablePlace): Promise<ObjectName> {
  if (versionTable.schema !== null) return versionTable;
  const info = await dialect.session.serverInfo(connection);
  return { schema: defaultSchemaOf(info), name: versionTable.name };
}
