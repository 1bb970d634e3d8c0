import { planStamp } from '../../graph/plan-stamp.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import type { StampStep, Step } from '../../graph/step.js';
import type { LogEntry } from '../../dialects/common/version-tables.js';
import type { ObjectEffect } from '../../operations/object-effect.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import { readSides, withoutLeftOut } from '../comparing/compare-schema.js';
import { ensureVersionTables } from '../session/ensure-version-tables.js';
import type { Environment } from '../options/environment.js';
import { GuardedTransaction } from './guarded-transaction.js';
import { makeRegistered } from '../comparing/make-registered.js';
import type { MigrationSession } from '../session/migration-session.js';
import type { MigrateOptions } from '../migrator-api.js';
import type { MigrateResult } from '../migrator-results.js';
import { readRawRows } from '../session/read-rows.js';
import type { RunIdentity } from '../session/run-identity.js';
import { runMigration, withMigrationSession } from './run-migration.js';
import { runUnits } from './run-units.js';
import { sharedObjects } from '../comparing/shared-objects.js';
import type { WorkUnit } from './work-unit.js';

/** What to stamp. */
export interface Stamp {
  readonly environment: Environment;
  readonly graph: RevisionGraph;
  readonly targets: readonly string[];
  /** Remove all rows first, whatever they are (CLI-77). */
  readonly purge: boolean;
}

/**
 * Makes the version table say that targets are applied, in one transaction; nothing runs. What model and database have in
 * common is remembered in the log (design D8).
 */
export async function stampDatabase(stamp: Stamp, options: MigrateOptions): Promise<MigrateResult> {
  if (stamp.purge) return purgeAndStamp(stamp, options);
  const { environment, graph, targets } = stamp;
  let settled = 0;
  const result = await runMigration(
    environment,
    {
      plan: (rows) => planStamp(graph, { rows, targets }),
      unitsOf: async (steps, session, { rows, ledger }) => {
        settled = ledger.length;
        const settles = settled > 0;
        return [await stampUnit(session, { steps, rowsBefore: rows, purge: false, settles })];
      },
      isAbsolute: true,
      settlesUnfinished: true,
    },
    options,
  );
  return settled === 0 ? result : { ...result, settled };
}

/** Never asks whether the rows make sense: it is the way out when they do not. */
async function purgeAndStamp(stamp: Stamp, options: MigrateOptions): Promise<MigrateResult> {
  const { environment, graph, targets } = stamp;
  const steps = planStamp(graph, { rows: [], targets });
  return withMigrationSession(environment, options, async (session) => {
    const survey = await session.lock();
    await ensureVersionTables(session, steps, survey?.form);
    const rowsBefore = (await readRawRows(session)).map(String);
    const settles = session.hasLedger;
    const unit = await stampUnit(session, { steps, rowsBefore, purge: true, settles });
    environment.emit({ type: 'planStarted', steps });
    return runUnits(session, [unit], undefined);
  });
}

interface StampWork {
  readonly steps: readonly Step[];
  readonly rowsBefore: readonly string[];
  readonly purge: boolean;
  /** Empties the ledger: a person says where the database is. */
  readonly settles: boolean;
}

async function stampUnit(session: MigrationSession, work: StampWork): Promise<WorkUnit> {
  const { steps, rowsBefore, purge, settles } = work;
  const objects = steps.length === 0 ? [] : await objectsInCommon(session);
  return {
    steps,
    rowsBefore,
    rowsAfter: steps.at(-1)?.rowsAfter ?? (purge ? [] : rowsBefore),
    isRepeatable: () => true,
    perform: async (current, { isLast }) => {
      const { versionTable, settings, dialect } = current;
      const lines = steps.length > 0 || purge ? (steps as readonly StampStep[]) : undefined;
      const version = {
        versionTable,
        changes: steps.flatMap(({ changes }) => changes),
        entries: lines ? stampEntries(lines, objects, settings.identity) : [],
        purge,
      };
      const writes = settles ? [dialect.versionTables.ledger.clear(versionTable)] : [];
      const transaction = new GuardedTransaction(current, rowsBefore);
      await transaction.end({ version, writes, unlock: isLast });
    },
  };
}

/** A stamp is a way out of trouble: a model that cannot be read must not stand in it. */
async function objectsInCommon(session: MigrationSession): Promise<readonly ObjectEffect[]> {
  const { environment, connection, dialect } = session;
  if (environment.targetSchema === undefined) return [];
  try {
    const sides = await readSides(environment, connection);
    const made = await makeRegistered(environment, connection, { ...sides, current: sides.whole });
    const { current, target } = withoutLeftOut(environment, { ...sides, target: made.target });
    return sharedObjects(current, made.unverified ? withoutRoutines(target) : target, dialect);
  } catch (error) {
    if (dialect.session.isConnectionLost(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `what model and database have in common was not remembered: ${reason}`;
    environment.emit({ type: 'warning', message });
    return [];
  }
}

/** Until the server was asked, a routine is known by its name only, and any that has it might be somebody else's. */
const withoutRoutines = ({ routines: _routines, ...model }: SchemaModel): SchemaModel => model;

/** One line for each step; the last one remembers the objects. A purge alone leaves a line as well. */
export function stampEntries(
  steps: readonly StampStep[],
  objects: readonly ObjectEffect[],
  identity: RunIdentity,
): readonly LogEntry[] {
  const lines = steps.length === 0 ? [undefined] : steps;
  return lines.map((step, at) => ({
    revision: step?.revision?.id ?? 'base',
    direction: 'stamp',
    rows: step?.rowsAfter ?? [],
    message: step?.revision?.message ?? '',
    durationMs: 0,
    runId: identity.runId,
    appliedBy: identity.appliedBy,
    toolVersion: identity.toolVersion,
    effects: at === lines.length - 1 ? objects : [],
  }));
}
