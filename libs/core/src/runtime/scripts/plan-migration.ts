import type { ServerInfo } from '../../dialects/common/session.js';
import type { MigrationStep } from '../../graph/step.js';
import { withDatabase } from '../session/connect-database.js';
import type { Environment } from '../options/environment.js';
import type { Migration } from '../running/migrate-database.js';
import { loadSteps, planSteps } from '../running/migrate-database.js';
import { checkData } from '../comparing/check-data.js';
import { MigrationError } from '../../errors/migration-error.js';
import type { PlanOptions } from '../migrator-api.js';
import type { PlanResult, PlannedStep, RowsOfPlan } from '../migrator-results.js';
import type { PlannedRevision } from './plan-operations.js';
import { planOperations } from './plan-operations.js';
import { checkedRows, readError } from '../session/read-rows.js';
import type { RevisionToRun } from '../running/revision-unit.js';
import { leftUnfinished } from '../running/unfinished.js';
import { stepsOfRange } from './write-script.js';

/**
 * What a run would do. Asks the database for its version rows only, and not even that for a range.
 * @throws MigrationError E7007 for the rows of a range, as a run for what cannot be planned or loaded, and what the revisions' functions throw
 */
export async function planMigration(
  migration: Migration,
  { checkData: asksRows = false }: Pick<PlanOptions, 'checkData'> = {},
): Promise<PlanResult> {
  const { environment, target } = migration;
  if (asksRows && target.includes(':')) throw rangeHasNoRows(target);
  const { steps, rows, server } = target.includes(':')
    ? { ...stepsOfRange(migration), server: undefined }
    : await stepsFromDatabase(migration);
  const revisions = await loadSteps(environment, steps, true);
  const planned: Planned[] = [];
  for (const revision of revisions) planned.push(await planStep(migration, revision, server));
  const plan = { rowsBefore: rows, rowsAfter: steps.at(-1)?.rowsAfter ?? rows };
  const told = planned.map((one) => one.planned);
  return asksRows
    ? { ...plan, ...(await withRows(environment, planned)) }
    : { ...plan, steps: told };
}

type Planned = PlannedRevision & { readonly planned: PlannedStep };

/** The steps with what is in their way. */
async function withRows(
  environment: Environment,
  revisions: readonly Planned[],
): Promise<Pick<PlanResult, 'steps' | 'fitsData'>> {
  const found = await checkData(
    environment,
    revisions.map(({ called, stoppedAt, planned: { step } }) => ({
      operations: called,
      ...(stoppedAt && { rest: `the rest of ${step.revision?.id}, which depends on data` }),
    })),
  );
  const isInTheWay = ({ after }: RowsOfPlan): boolean => after === undefined;
  return {
    steps: revisions.map(({ planned }, at) => ({ ...planned, rowsInTheWay: found[at] ?? [] })),
    fitsData: !found.flat().some(isInTheWay),
  };
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
    const left = await leftUnfinished({ connection, versionTable, dialect, rows }, found.ledger);
    if (left !== undefined) environment.emit({ type: 'warning', message: left.message });
    return { steps: planSteps(migration, rows), rows, server: found.info };
  });
}

async function planStep(
  { environment }: Migration,
  revision: RevisionToRun,
  server: ServerInfo | undefined,
): Promise<Planned> {
  const found = await planOperations(environment, revision, server);
  const own = revision.loaded.transactional ? 'revision' : 'none';
  const planned: PlannedStep = {
    step: revision.step,
    transaction: environment.transactionPerRevision ? own : 'run',
    operations: found.operations,
    ...(found.stoppedAt && { dependsOnData: found.stoppedAt }),
  };
  return { ...found, planned };
}

const rangeHasNoRows = (target: string): MigrationError =>
  new MigrationError('E7007', {
    problem: `"${target}" is a range, which is planned without a database: no rows can be counted`,
    advice: 'Name the target alone, with the database at hand; or leave out --check-data.',
    facts: { target },
  });
