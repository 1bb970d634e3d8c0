import type { ServerInfo } from '../dialects/common/session.js';
import { isMigrationError } from '../errors/migration-error.js';
import type { MigrationStep } from '../graph/step.js';
import { withDatabase } from './connect-database.js';
import type { Migration } from './migrate-database.js';
import { loadSteps, planSteps } from './migrate-database.js';
import type { PlanResult, PlannedStep } from './migrator-results.js';
import { planOperations } from './plan-operations.js';
import { checkedRows, readError } from './read-rows.js';
import type { RevisionToRun } from './revision-unit.js';
import { refuseUnfinished } from './unfinished.js';
import { stepsOfRange } from './write-script.js';

/**
 * What a run would do. Asks the database for its version rows only, and not even that for a range.
 * @throws MigrationError as a run for what cannot be planned or loaded, and what the revisions' functions throw
 */
export async function planMigration(migration: Migration): Promise<PlanResult> {
  const { environment } = migration;
  const { steps, rows, server } = migration.target.includes(':')
    ? { ...stepsOfRange(migration), server: undefined }
    : await stepsFromDatabase(migration);
  const revisions = await loadSteps(environment, steps, true);
  const planned: PlannedStep[] = [];
  for (const revision of revisions) planned.push(await planStep(migration, revision, server));
  return { steps: planned, rowsBefore: rows, rowsAfter: steps.at(-1)?.rowsAfter ?? rows };
}

interface StepsFromDatabase {
  readonly steps: readonly MigrationStep[];
  readonly rows: readonly string[];
  readonly server: ServerInfo;
}

async function stepsFromDatabase(migration: Migration): Promise<StepsFromDatabase> {
  const { environment } = migration;
  const { versionTable } = environment;
  const dialect = environment.dialect();
  return withDatabase(environment, async (connection) => {
    const found = await dialect.session.glance(connection, versionTable).catch((error: unknown) => {
      throw readError({ dialect, versionTable }, error);
    });
    const rows = checkedRows(versionTable, found.rows ?? []);
    try {
      refuseUnfinished({ versionTable }, found.ledger);
    } catch (error) {
      if (!isMigrationError(error)) throw error;
      environment.emit({ type: 'warning', message: error.message });
    }
    return { steps: planSteps(migration, rows), rows, server: found.info };
  });
}

async function planStep(
  { environment }: Migration,
  revision: RevisionToRun,
  server: ServerInfo | undefined,
): Promise<PlannedStep> {
  const { operations, stoppedAt } = await planOperations(environment, revision, server);
  const own = revision.loaded.transactional ? 'revision' : 'none';
  return {
    step: revision.step,
    transaction: environment.transactionPerRevision ? own : 'run',
    operations,
    ...(stoppedAt && { dependsOnData: stoppedAt }),
  };
}
