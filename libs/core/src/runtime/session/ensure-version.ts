import { ensureVersionTables } from './ensure-version-tables.js';
import type { Environment } from '../options/environment.js';
import type { EnsureVersionResult } from '../migrator-results.js';
import { OfflineConnection } from '../scripts/offline-connection.js';
import { withMigrationSession } from '../running/run-migration.js';

/**
 * Makes the version table and its log where they are missing, under the migration lock; what is in them stays (CLI-82).
 * @throws MigrationError E4005 wrong form, E4008 not enough rights, families E5
 */
export async function ensureVersion(
  environment: Environment,
  { sql = false }: { readonly sql?: boolean },
): Promise<EnsureVersionResult> {
  if (sql) return { created: undefined, sql: await script(environment) };
  return withMigrationSession(environment, {}, async (session) => {
    const survey = await session.lock();
    await ensureVersionTables(session, [], survey?.form);
    return { created: survey?.form.present !== true };
  });
}

async function script({ dialect, versionTable }: Environment): Promise<string> {
  const connection = new OfflineConnection();
  const { session, versionTables } = dialect();
  await connection.query(session.beginStatement);
  const { create, ledger } = versionTables;
  for (const statement of [...create(versionTable), ledger.create(versionTable)])
    await connection.query(statement);
  await connection.query(session.commitStatement);
  return connection.text;
}
