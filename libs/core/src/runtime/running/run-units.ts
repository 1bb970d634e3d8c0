import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import type { Step } from '../../graph/step.js';
import { interrupted } from '../session/interruption.js';
import type { MigrationEvent } from '../events.js';
import type { MigrationSession } from '../session/migration-session.js';
import { UnitAhead } from './unit-ahead.js';
import type { StepReport, UnitPlace, WorkUnit } from './work-unit.js';
import { CommitUnknown } from './work-unit.js';

/** No pause before another try is longer. */
const LONGEST_PAUSE_MS = 30_000;

/** Plans the rest of a run from rows that are not those of the plan; undefined where the target depends on the rows. */
export type Replan = ((rows: readonly string[]) => Promise<readonly WorkUnit[]>) | undefined;

/** What a run came to. */
export interface RunOutcome {
  readonly steps: readonly Step[];
  readonly rows: readonly string[];
}

/**
 * Runs units of work one after another, each in its own transaction. What an interrupted transaction came to is never
 * told from memory: the session is opened anew and the version rows decide (reliability.md §3.4).
 * @throws MigrationError E6013 between two units when the signal says so, E5011 when the database does not come back, and
 * the error of the unit that failed; the units before it stay applied
 */
export async function runUnits(
  session: MigrationSession,
  units: readonly WorkUnit[],
  replan: Replan,
): Promise<RunOutcome> {
  const run = new UnitRun(session, units, replan);
  try {
    return await run.toEnd();
  } finally {
    run.end();
  }
}

class UnitRun {
  readonly #session: MigrationSession;
  readonly #replan: Replan;
  readonly #done: Step[] = [];
  readonly #ahead: UnitAhead;
  #pending: readonly WorkUnit[];
  #count: number;
  #rows: readonly string[];

  constructor(session: MigrationSession, units: readonly WorkUnit[], replan: Replan) {
    this.#session = session;
    this.#ahead = new UnitAhead(session);
    this.#replan = replan;
    this.#pending = units;
    this.#count = countSteps(units);
    this.#rows = units[0]?.rowsBefore ?? [];
  }

  async toEnd(): Promise<RunOutcome> {
    for (let unit = this.#pending[0]; unit !== undefined; unit = this.#pending[0]) {
      const { signal } = this.#session.settings;
      if (signal?.aborted) throw interrupted(signal, 'migrating, between two revisions');
      await this.#runOne(unit);
    }
    return { steps: this.#done, rows: this.#rows };
  }

  /** What was got ready for later is not to run. */
  end(): void {
    this.#ahead.end();
  }

  async #runOne(unit: WorkUnit): Promise<void> {
    const started = performance.now();
    if (!unit.reportsSteps) for (const step of unit.steps) this.#report.started(step);
    for (let tries = 1; ; tries += 1) {
      try {
        await (this.#ahead.goOn(unit) ?? unit.perform(this.#session, this.#placeOf(unit)));
        return this.#finish(unit, started);
      } catch (error) {
        if (!this.#mayRetry(unit, error, tries)) throw error;
        const state = await this.#recover(unit, error, tries);
        if (state === 'committed') return this.#finish(unit, started);
        if (state === 'moved') return;
      }
    }
  }

  #placeOf(unit: WorkUnit): UnitPlace {
    return {
      isLast: unit === this.#pending.at(-1),
      report: this.#report,
      // When its last text has been written.
      ending: () => setImmediate(() => this.#callAhead(unit)),
    };
  }

  /** Calls what comes after a unit that is still waiting for its last answer. */
  #callAhead(unit: WorkUnit): void {
    const [current, next] = this.#pending;
    if (current === unit && next !== undefined) this.#ahead.call(next, this.#placeOf(next));
  }

  #mayRetry(unit: WorkUnit, error: unknown, tries: number): boolean {
    if (error instanceof CommitUnknown) return true;
    // Only what the database answered: a socket error of the revision's own code says nothing about our session.
    if (!isMigrationError(error) || error.code !== 'E6003') return false;
    const kind = this.#session.dialect.session.errorKind(error);
    const isWorthIt = kind === 'transient' || kind === 'connectionLost';
    return isWorthIt && unit.isRepeatable() && tries < this.#tries;
  }

  /** Brings the session back to where the next try can begin, and finds out what became of the last one. */
  async #recover(
    unit: WorkUnit,
    error: unknown,
    tries: number,
  ): Promise<'again' | 'committed' | 'moved'> {
    const cause = error instanceof CommitUnknown ? error.cause : error;
    if (this.#session.dialect.session.errorKind(cause) === 'transient') {
      await this.#pause(unit, cause, tries);
      return 'again';
    }
    this.#tellRetry(unit, { cause, tries, pauseMs: 0 });
    const rows = await this.#rowsAfterReopening(unit, error);
    if (sameRows(rows, unit.rowsAfter)) return 'committed';
    if (!sameRows(rows, unit.rowsBefore)) return this.#moveOn(rows, unit);
    if (tries < this.#tries && unit.isRepeatable()) return 'again';
    throw error instanceof CommitUnknown ? notCommitted(unit, cause) : error;
  }

  async #rowsAfterReopening(unit: WorkUnit, error: unknown): Promise<readonly string[]> {
    try {
      await this.#session.reopen();
      return await this.#session.readRows();
    } catch (reopenError) {
      throw error instanceof CommitUnknown ? outcomeUnknown(unit, reopenError) : error;
    }
  }

  /** Someone else went on while this session was gone: the rest is planned anew from what the rows say now. */
  async #moveOn(rows: readonly string[], unit: WorkUnit): Promise<'moved'> {
    if (this.#replan === undefined) throw movedAway(rows, unit);
    this.#ahead.callOff();
    this.#pending = await this.#replan(rows);
    this.#rows = rows;
    this.#count = this.#done.length + countSteps(this.#pending);
    return 'moved';
  }

  /** Twice as long each time, with jitter, so that two that met do not meet again. */
  async #pause(unit: WorkUnit, cause: unknown, tries: number): Promise<void> {
    const longest = this.#session.environment.retryPauseMs * 2 ** tries;
    const pauseMs = Math.round(Math.min(longest, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2));
    this.#tellRetry(unit, { cause, tries, pauseMs });
    const { signal } = this.#session.settings;
    await sleep(pauseMs, undefined, signal && { signal }).catch(() => undefined);
    if (signal?.aborted) throw interrupted(signal, 'waiting for another try of a revision');
  }

  #finish(unit: WorkUnit, started: number): void {
    const durationMs = performance.now() - started;
    if (!unit.reportsSteps) for (const step of unit.steps) this.#report.finished(step, durationMs);
    this.#done.push(...unit.steps);
    this.#pending = this.#pending.slice(1);
    this.#rows = unit.rowsAfter;
  }

  readonly #report: StepReport = {
    started: (step) => {
      const index = this.#indexOf(step);
      this.#emit({ type: 'stepStarted', step, index, count: this.#count });
    },
    finished: (step, durationMs) => {
      const [index, rows] = [this.#indexOf(step), step.rowsAfter];
      this.#emit({ type: 'stepFinished', step, index, count: this.#count, durationMs, rows });
    },
  };

  #indexOf(step: Step): number {
    return this.#done.length + Math.max(0, this.#pending[0]?.steps.indexOf(step) ?? 0);
  }

  #tellRetry(
    unit: WorkUnit,
    { cause, tries, pauseMs }: { cause: unknown; tries: number; pauseMs: number },
  ): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const [step, message] = [unit.steps[0], `${nameOf(unit)} is tried again: ${reason}`];
    this.#emit({ type: 'warning', message });
    this.#emit({ type: 'retrying', step, tries, mostTries: this.#tries, pauseMs, reason });
  }

  #emit(event: MigrationEvent): void {
    this.#session.environment.emit(event);
  }

  get #tries(): number {
    return this.#session.environment.revisionTries;
  }
}

const countSteps = (units: readonly WorkUnit[]): number =>
  units.reduce((count, unit) => count + unit.steps.length, 0);

const sameRows = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((row, at) => row === right[at]);

const nameOf = ({ steps }: WorkUnit): string => {
  const step = steps[0];
  return step === undefined ? 'a stamp' : `${step.direction} of "${step.revision?.id ?? 'base'}"`;
};

const outcomeUnknown = (unit: WorkUnit, cause: unknown): MigrationError =>
  new MigrationError('E5011', {
    problem: `the connection was lost while ${nameOf(unit)} was being committed, and what came of it cannot be asked`,
    advice:
      'Whether it was applied is not known here. Run `current` when the database answers again.',
    facts: { rowsBefore: unit.rowsBefore, rowsAfter: unit.rowsAfter },
    cause,
  });

const notCommitted = (unit: WorkUnit, cause: unknown): MigrationError =>
  new MigrationError('E5011', {
    problem: `the connection was lost while ${nameOf(unit)} was being committed; it was not`,
    advice: unit.isRepeatable()
      ? 'Nothing of it was kept; run the command again.'
      : 'It runs outside of a transaction: its statements have happened, the version table was not changed.',
    facts: { rowsBefore: unit.rowsBefore, rowsAfter: unit.rowsAfter },
    cause,
  });

const movedAway = (rows: readonly string[], unit: WorkUnit): MigrationError =>
  new MigrationError('E5002', {
    problem: `while the connection was lost during ${nameOf(unit)}, someone else brought the database to ${rows.join(', ') || 'base'}`,
    advice: 'Run the command again if it is still what you want.',
    facts: { expected: unit.rowsBefore, found: rows },
  });
