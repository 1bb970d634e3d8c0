import type { Step } from '../../graph/step.js';
import type { MigrationSession } from '../session/migration-session.js';
import type { Turn } from './turn.js';

/** Where a unit stands in its run. */
export interface UnitPlace {
  /** Nothing comes after it: the lock can be given back with its last statement. */
  readonly isLast: boolean;
  /** Tells that a step begins or has ended; for units of several revisions. */
  readonly report: StepReport;
  /** When it may act on the database. @default at once */
  readonly turn?: Turn;
  /** Told when only the database's last answer is missing: what comes next can be got ready meanwhile. */
  readonly ending?: () => void;
}

/** Tells listeners where a run is. */
export interface StepReport {
  started(step: Step): void;
  finished(step: Step, durationMs: number): void;
}

/** What one transaction of a run does: one revision, all of them, or all steps of a stamp. */
export interface WorkUnit {
  readonly steps: readonly Step[];
  /** Rows of the version table before and after, sorted. */
  readonly rowsBefore: readonly string[];
  readonly rowsAfter: readonly string[];
  /** It may be called before its turn comes: what it does until then nobody can see. */
  isForeseeable?(session: MigrationSession): boolean;
  /** It tells of its steps as it gets to them, instead of all at once. */
  readonly reportsSteps?: boolean;
  /** False when it cannot be run a second time: something of the last try was committed. */
  isRepeatable(): boolean;
  /** @throws CommitUnknown when the connection was lost while it committed */
  perform(session: MigrationSession, place: UnitPlace): Promise<void>;
}

/** The connection was lost while a COMMIT was under way: only the database knows what became of it. */
export class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown';
  constructor(cause: unknown) {
    super('the connection was lost while a revision was being committed', { cause });
  }
}
