import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { MigrationError } from '../../errors/migration-error.js';
import type { Connection } from '../../dialects/common/connection.js';
import type { LockHolder, Session } from '../../dialects/common/session.js';
import type { ObjectName } from '../../schema/object-name.js';
import { displayName } from '../../schema/object-name.js';
import type { Emit } from '../emit-event.js';
import { interrupted } from './interruption.js';

/** Which lock to wait for, on which session, and how. */
export interface LockRequest {
  readonly session: Session;
  readonly connection: Connection;
  readonly lockName: ObjectName;
  /** 0 tries once. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly emit: Emit;
  /** Asked at every fifth try: false ends the wait, because someone else has done the work. */
  readonly stillNeeded: () => Promise<boolean>;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;
const TRIES_PER_LOOK = 5;

/**
 * Waits for the migration lock by asking again and again: a session that blocks inside the server would make CREATE INDEX
 * CONCURRENTLY of the holder a deadlock (reliability.md E1). Must not be called inside a transaction.
 * @returns false when the work was done by someone else meanwhile; then the lock is not held
 * @throws MigrationError E5001 with the holder when the time is over, E6013 when the signal ends the wait
 */
export async function acquireLock(request: LockRequest): Promise<boolean> {
  const started = performance.now();
  for (let tries = 1; ; tries += 1) {
    if (request.signal?.aborted)
      throw interrupted(request.signal, 'waiting for the migration lock');
    const free = await request.session.tryLock(request.connection, request.lockName);
    const waitedMs = Math.round(performance.now() - started);
    if (free) {
      request.emit({ type: 'lockAcquired', waitedMs });
      return true;
    }
    if (tries % TRIES_PER_LOOK === 0 && !(await request.stillNeeded())) return false;
    await pauseOrGiveUp(request, tries, waitedMs);
  }
}

async function pauseOrGiveUp(request: LockRequest, tries: number, waitedMs: number): Promise<void> {
  const remaining = request.timeoutMs - waitedMs;
  const reports = tries % TRIES_PER_LOOK === 1 || remaining <= 0;
  const holder = reports
    ? await request.session.lockHolder(request.connection, request.lockName)
    : undefined;
  if (remaining <= 0) throw lockTimeOut(request, waitedMs, holder);
  if (reports) request.emit({ type: 'lockWaiting', waitedMs, holder });
  const pause = Math.min(FIRST_PAUSE_MS * 1.5 ** (tries - 1), LONGEST_PAUSE_MS);
  // Jitter, so that a hundred replicas that start at once do not ask at once.
  const jittered = pause * (0.5 + Math.random() / 2);
  await sleep(Math.min(jittered, remaining), undefined, {
    ...(request.signal && { signal: request.signal }),
  }).catch(() => undefined);
}

function lockTimeOut(
  request: LockRequest,
  waitedMs: number,
  holder: LockHolder | undefined,
): MigrationError {
  const lock = displayName(request.lockName);
  return new MigrationError('E5001', {
    problem: `the migration lock of "${lock}" was not free within ${request.timeoutMs} ms; ${describeHolder(holder)}`,
    advice:
      'Nothing was written. Wait until that session has finished, or raise the lock time-out.',
    facts: { lock, timeoutMs: request.timeoutMs, waitedMs, holder },
  });
}

/** The holder of a lock in words: `it is held by process 4711 (nest-alembic/0.1.0 …) from 10.0.0.7, idle, since …`. */
export function describeHolder(holder: LockHolder | undefined): string {
  if (holder === undefined) return 'its holder has gone meanwhile';
  const parts = [
    `it is held by ${holder.pid === null ? 'another process' : `process ${holder.pid}`}`,
    holder.application === '' ? '' : ` ("${holder.application}")`,
    holder.client === null ? '' : ` from ${holder.client}`,
    holder.state === null ? '' : `, ${holder.state}`,
    holder.since === null ? '' : `, connected since ${holder.since}`,
  ];
  return parts.join('');
}
