import { performance } from 'node:perf_hooks';
import { MigrationError } from '../../errors/migration-error.js';
import type { Environment } from '../options/environment.js';
import { executeRevision } from './execute-revision.js';
import { GuardedTransaction } from './guarded-transaction.js';
import type { MigrationSession } from '../session/migration-session.js';
import { planOperations } from '../scripts/plan-operations.js';
import { inRevision } from './revision-errors.js';
import type { RevisionToRun } from './revision-unit.js';
import { targetOf, versionWrite } from './revision-unit.js';
import type { UnitPlace, WorkUnit } from './work-unit.js';
import { CommitUnknown } from './work-unit.js';

const ADVICE = 'The run is one transaction: nothing of it was kept.';

/**
 * All revisions of a run as one transaction (`transactionPerRevision: false`, Alembic's default).
 * @throws MigrationError E6014 for a revision that has to leave it, as far as that can be seen without the database
 */
export async function wholeRunUnits(
  environment: Environment,
  revisions: readonly RevisionToRun[],
): Promise<readonly WorkUnit[]> {
  const [first, last] = [revisions[0], revisions.at(-1)];
  if (first === undefined || last === undefined) return [];
  for (const revision of revisions) await refuseLeaving(environment, revision);
  return [
    {
      steps: revisions.map(({ step }) => step),
      rowsBefore: first.step.rowsBefore,
      rowsAfter: last.step.rowsAfter,
      reportsSteps: true,
      isRepeatable: () => true,
      perform: (session, place) => performAll(session, revisions, place),
    },
  ];
}

async function performAll(
  session: MigrationSession,
  revisions: readonly RevisionToRun[],
  { isLast, report }: UnitPlace,
): Promise<void> {
  const transaction = new GuardedTransaction(session, revisions[0]?.step.rowsBefore ?? []);
  try {
    for (const revision of revisions) {
      const started = performance.now();
      report.started(revision.step);
      await performOne(session, revision, transaction);
      report.finished(revision.step, performance.now() - started);
    }
    await transaction.end({ unlock: isLast });
  } catch (error) {
    await transaction.rollBack();
    throw error;
  }
}

async function performOne(
  session: MigrationSession,
  { step, loaded, place }: RevisionToRun,
  transaction: GuardedTransaction,
): Promise<void> {
  const started = performance.now();
  const target = targetOf(session, {
    place,
    statement: (sql, parameters) => transaction.run(sql, parameters),
    hold: (statement) => transaction.hold(statement),
    flush: () => transaction.flush(),
    query: (sql, parameters) => transaction.query(sql, parameters),
    outside: async () => {
      throw cannotLeave('an operation');
    },
  });
  try {
    const effects = await executeRevision(step, loaded, target);
    await transaction.flush();
    const durationMs = performance.now() - started;
    transaction.defer(versionWrite(session, step, { loaded, effects, durationMs }));
  } catch (error) {
    if (error instanceof CommitUnknown) throw error;
    throw inRevision({ ...step, advice: ADVICE }, error);
  }
}

/** What the code of a revision says that may have to leave the transaction. */
const MAY_LEAVE = /concurrently|autocommitBlock|alterEnum/i;

const mayLeave = ({ operations }: Environment, code: string): boolean =>
  MAY_LEAVE.test(code) ||
  operations.own.some(({ name, mayLeave }) => mayLeave && code.includes(name));

/**
 * Calls a function that looks as if it may have to leave without a database, so that nothing runs in vain. What hides behind
 * a query or a helper is seen only when it is reached, and refused then.
 */
async function refuseLeaving(environment: Environment, revision: RevisionToRun): Promise<void> {
  const { step, loaded } = revision;
  const where = { ...step, advice: 'Nothing was run.' };
  if (!loaded.transactional)
    throw inRevision(where, cannotLeave("it exports transaction = 'none', so it"));
  if (!mayLeave(environment, String(loaded.run))) return;
  const { operations } = await planOperations(environment, revision);
  const leaving = operations.find(({ leaves }) => leaves);
  if (leaving !== undefined) throw inRevision(where, cannotLeave(`"${leaving.words}"`));
}

/** E6014. */
export function cannotLeave(what: string): MigrationError {
  return new MigrationError('E6014', {
    problem: `${what} cannot run inside of a transaction, and the run is one (option "transactionPerRevision" is false)`,
    advice: 'Nothing was kept. Run it with transactionPerRevision: true.',
  });
}
