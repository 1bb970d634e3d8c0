import type { Survey } from '../../dialects/common/session.js';
import type { Step } from '../../graph/step.js';
import { withExitReplaced } from '../../revisions/guard-process-exit.js';
import { connectDatabase, databaseError } from '../session/connect-database.js';
import { ensureVersionTables } from '../session/ensure-version-tables.js';
import type { Environment } from '../options/environment.js';
import { timeOut } from '../options/environment.js';
import type { MigrateOptions } from '../migrator-api.js';
import type { MigrateResult } from '../migrator-results.js';
import { MigrationSession } from '../session/migration-session.js';
import { newRunIdentity } from '../session/run-identity.js';
import { checkedRows } from '../session/read-rows.js';
import { runUnits } from './run-units.js';
import { refuseUnfinished } from './unfinished.js';
import type { WorkUnit } from './work-unit.js';

/** What a database is found to be in, under the lock. */
export interface FoundState {
  readonly rows: readonly string[];
  readonly ledger: Survey['ledger'];
  readonly checksums: Survey['checksums'];
}

/** What a command wants of a database. */
export interface MigrationPlan {
  /** Plans from the rows of the version table. Pure; called again whenever the rows are read anew. */
  readonly plan: (rows: readonly string[]) => readonly Step[];
  /** Looks at the database under the lock, before anything is loaded or written. */
  readonly examine?: (session: MigrationSession, found: FoundState) => Promise<void>;
  /** Loads what the steps need, before anything is written. */
  readonly unitsOf: (
    steps: readonly Step[],
    session: MigrationSession,
    found: FoundState,
  ) => Promise<readonly WorkUnit[]>;
  /** False for a target that is counted from the current rows: a second plan would mean something else. */
  readonly isAbsolute: boolean;
  /** It says itself where the database is, so that a revision that was left unfinished does not stop it. */
  readonly settlesUnfinished?: boolean;
}

/**
 * Brings a database to where a plan says, under the migration lock. At the target already, it costs one query and no
 * lock. The plan that is run is made from the rows as read under the lock.
 * @throws MigrationError families E4, E5, E6; what was committed before stays
 */
export async function runMigration(
  environment: Environment,
  request: MigrationPlan,
  options: MigrateOptions,
): Promise<MigrateResult> {
  return withMigrationSession(environment, options, async (session) => {
    // At the target already: one query, no lock.
    const { rows, ledger } = await session.look();
    if (ledger.length === 0 && request.plan(rows).length === 0) return { steps: [], rows };
    return withExitReplaced(() => migrateUnderLock(session, request));
  });
}

/** Opens a session to migrate on, and ends it whatever happens. */
export async function withMigrationSession<T>(
  environment: Environment,
  options: MigrateOptions,
  use: (session: MigrationSession) => Promise<T>,
): Promise<T> {
  const settings = {
    identity: newRunIdentity(),
    lockTimeoutMs: timeOut('lockTimeoutMs', options.lockTimeoutMs ?? environment.lockTimeoutMs),
    signal: options.signal,
  };
  const connection = await connectDatabase(environment);
  const session = new MigrationSession(environment, settings, connection);
  try {
    return await use(session);
  } catch (error) {
    throw databaseError(environment, error);
  } finally {
    await session.close();
  }
}

async function migrateUnderLock(
  session: MigrationSession,
  request: MigrationPlan,
): Promise<MigrateResult> {
  const stillNeeded = async (): Promise<boolean> => {
    const { rows, ledger } = await session.look();
    return ledger.length > 0 || request.plan(rows).length > 0;
  };
  const survey = await session.lock(stillNeeded);
  if (survey === undefined) return { steps: [], rows: (await session.look()).rows };
  // What was read before the lock may be out of date: someone else may have migrated meanwhile.
  const rows = checkedRows(session.versionTable, survey.rows);
  const found = { rows, ledger: survey.ledger, checksums: survey.checksums };
  if (!request.settlesUnfinished)
    refuseUnfinished(
      { dialect: session.dialect, versionTable: session.versionTable, rows },
      found.ledger,
    );
  const steps = request.plan(rows);
  if (steps.length === 0 && found.ledger.length === 0) return { steps, rows };
  await request.examine?.(session, found);
  const units = await request.unitsOf(steps, session, found);
  await ensureVersionTables(session, steps, survey.form);
  await session.expect(steps.length);
  session.environment.emit({ type: 'planStarted', steps });
  const replan = async (now: readonly string[]): Promise<readonly WorkUnit[]> =>
    request.unitsOf(request.plan(now), session, { ...found, rows: now });
  return runUnits(session, units, request.isAbsolute ? replan : undefined);
}
