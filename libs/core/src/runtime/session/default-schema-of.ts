import { MigrationError } from '../../errors/migration-error.js';
import type { ServerInfo } from '../../dialects/common/session.js';

/**
 * The schema that names without one mean.
 * @throws MigrationError E5012 when there is none
 */
export function defaultSchemaOf({ database, defaultSchema }: ServerInfo): string {
  if (defaultSchema !== null) return defaultSchema;
  throw new MigrationError('E5012', {
    problem: `the search path of this session names no schema that exists in database "${database}"`,
    advice:
      'Nothing was written. Set the search path of the role or of the connection to the schema that the tables are in.',
    facts: { database },
  });
}
