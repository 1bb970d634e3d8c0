import { performance } from 'node:perf_hooks';
import { MigrationError, isMigrationError } from '../../errors/migration-error.js';

/** What may take only so long. */
export interface TimeLimit {
  /** 0 for any time. */
  readonly milliseconds: number;
  /** For the message: `upgrade of revision "ab12"`. */
  readonly what: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * Waits for work, but no longer than its limit. What runs on after that is not listened to any more.
 * @throws MigrationError E6012, and what the work throws
 */
export async function withinLimit<T>(limit: TimeLimit, work: () => Promise<T>): Promise<T> {
  let stop = (): void => undefined;
  const tooLate = new Promise<never>((_, reject) => {
    stop = onLimit(limit, reject);
  });
  try {
    return await Promise.race([work(), tooLate]);
  } finally {
    stop();
  }
}

/**
 * Runs work that can be stopped, and stops it when its time is over. An error that comes later than that is one of time, too: the
 * server may have ended the statement that the work was waiting for.
 * @throws MigrationError E6012, and what the work throws in time
 */
export async function stoppedInTime(
  limit: TimeLimit,
  stop: (error: MigrationError) => void,
  work: () => Promise<void>,
): Promise<void> {
  const started = performance.now();
  const stopTimer = onLimit(limit, stop);
  try {
    await work();
  } catch (error) {
    const isLate = limit.milliseconds > 0 && performance.now() - started >= limit.milliseconds;
    const isTold = isMigrationError(error) && error.code === 'E6012';
    throw isLate && !isTold ? tookTooLong(limit, error) : error;
  } finally {
    stopTimer();
  }
}

/** Calls back when a limit has passed. @returns ends the wait */
export function onLimit(limit: TimeLimit, onPassed: (error: MigrationError) => void): () => void {
  if (limit.milliseconds === 0) return () => undefined;
  const timer = setTimeout(() => onPassed(tookTooLong(limit)), limit.milliseconds);
  return () => clearTimeout(timer);
}

const tookTooLong = ({ milliseconds, what, facts }: TimeLimit, cause?: unknown): MigrationError =>
  new MigrationError('E6012', {
    problem: `${what} did not end within ${milliseconds} ms (option "revisionTimeoutMs")`,
    advice:
      'Does it wait for something that never comes? A revision that needs longer needs a longer time.',
    facts: { ...facts, timeoutMs: milliseconds },
    cause,
  });
