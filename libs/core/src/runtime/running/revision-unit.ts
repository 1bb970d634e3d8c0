import { performance } from 'node:perf_hooks';
import type { LogEntry } from '../../dialects/common/version-tables.js';
import type { MigrationStep } from '../../graph/step.js';
import type { ObjectEffect } from '../../operations/object-effect.js';
import { displayName } from '../../schema/object-name.js';
import type { Environment } from '../options/environment.js';
import type { RevisionTarget, RunPlace } from './execute-revision.js';
import { executeRevision } from './execute-revision.js';
import type { MigrationSession } from '../session/migration-session.js';
import { inRevision } from './revision-errors.js';
import type { LoadedRevision } from './revision-function.js';
import { RevisionRun } from './revision-run.js';
import type { RunIdentity } from '../session/run-identity.js';
import { saysOnlyOp } from '../../revisions/says-only-op.js';
import { Turn } from './turn.js';
import type { UnitPlace, WorkUnit } from './work-unit.js';
import { CommitUnknown } from './work-unit.js';
import type { VersionWrite } from './write-version.js';

/** A step with its function, and the run that it belongs to. */
export interface RevisionToRun {
  readonly step: MigrationStep;
  readonly loaded: LoadedRevision;
  readonly place: RunPlace;
}

/** A step of a plan as one unit of work: schema, version rows and log change together or not at all. */
export function revisionUnit(revision: RevisionToRun): WorkUnit {
  const { step, loaded } = revision;
  const { rowsBefore, rowsAfter } = step;
  let isRepeatable = true;
  return {
    steps: [step],
    rowsBefore,
    rowsAfter,
    isRepeatable: () => isRepeatable,
    isForeseeable: (session) => isForeseeable(loaded, session),
    perform: async (session, place) => {
      const turn = place.turn ?? Turn.now();
      const run = new RevisionRun(session, { step, transactional: loaded.transactional, turn });
      try {
        await perform(session, { ...revision, run, turn }, place);
      } catch (error) {
        await run.rollBack();
        isRepeatable = run.isRepeatable;
        if (error instanceof CommitUnknown) throw error;
        throw inRevision({ ...step, advice: adviceFor(run, session) }, error);
      }
    },
  };
}

/** A revision that runs. */
interface Work extends RevisionToRun {
  readonly run: RevisionRun;
  readonly turn: Turn;
}

async function perform(
  session: MigrationSession,
  { step, loaded, place, run, turn }: Work,
  { isLast, ending }: UnitPlace,
): Promise<void> {
  const started = performance.now();
  const target = targetOf(session, { ...run.target, place });
  const effects = await executeRevision(step, loaded, target);
  const durationMs = turn.msSince(started);
  const finished = run.finish(versionWrite(session, step, { loaded, effects, durationMs }), isLast);
  // Told below, also where its turn never comes.
  finished.catch(() => undefined);
  await turn.wait();
  ending?.();
  await finished;
}

/**
 * Whether it may be called while the server works on the revision before it (ADR 0014): only what waits for its turn by itself
 * can be, and it must be nothing but directives of ours.
 */
const isForeseeable = (loaded: LoadedRevision, session: MigrationSession): boolean =>
  loaded.transactional &&
  session.connection.attempt !== undefined &&
  session.environment.revisionTimeoutMs === 0 &&
  callsNoApp(session.environment) &&
  saysOnlyOp(loaded.run);

/** Directives run no code of the app's: they may when they are its own, are replaced, or take names from a convention with tokens of its own. */
const callsNoApp = ({ operations, namingConvention }: Environment): boolean =>
  operations.own.length === 0 &&
  operations.replaced.size === 0 &&
  Object.keys(namingConvention?.tokens ?? {}).length === 0;

function adviceFor(run: RevisionRun, { versionTable }: MigrationSession): string {
  if (run.isRepeatable) return 'Nothing of this revision was kept; those before it stay applied.';
  const ledger = `${displayName(versionTable)}_ledger`;
  return `It runs outside of a transaction: ${run.committed} of its statements have happened, and the version table was not changed. The table "${ledger}" lists them. Bring the database by hand to where the revision ends or begins, and "stamp" that.`;
}

/** What a revision runs against on a database. */
export function targetOf(
  { dialect, environment, server }: MigrationSession,
  run: Pick<
    RevisionTarget,
    'ready' | 'statement' | 'hold' | 'flush' | 'query' | 'outside' | 'place'
  >,
): RevisionTarget {
  return {
    dialect,
    server,
    x: environment.x,
    timeoutMs: environment.revisionTimeoutMs,
    tag: environment.tag,
    namingConvention: environment.namingConvention,
    operations: environment.operations.own,
    emit: environment.emit,
    binds: true,
    look: run.query,
    ...run,
  };
}

/** What the transaction of a step writes into our tables. */
export const versionWrite = (
  { versionTable, settings }: MigrationSession,
  step: MigrationStep,
  outcome: RevisionOutcome,
): VersionWrite => ({
  versionTable,
  changes: step.changes,
  entries: [logEntryOf(step, outcome, settings.identity)],
});

/** What running a revision came to. */
export interface RevisionOutcome {
  readonly loaded: LoadedRevision;
  readonly effects: readonly ObjectEffect[];
  readonly durationMs: number;
}

/** The line of the log for a step that ran. */
export function logEntryOf(
  step: MigrationStep,
  { loaded, effects, durationMs }: RevisionOutcome,
  identity: RunIdentity,
): LogEntry {
  return {
    revision: step.revision.id,
    direction: step.direction,
    rows: step.rowsAfter,
    message: step.revision.message,
    ...(loaded.checksum !== undefined && { checksum: loaded.checksum }),
    durationMs,
    runId: identity.runId,
    appliedBy: identity.appliedBy,
    toolVersion: identity.toolVersion,
    effects,
  };
}
