import { MigrationError } from '../../errors/migration-error.js';
import type { ObjectRequest } from '../common/object-texts.js';
import { sqlState } from './postgres-probe-session.js';

type Limits = Pick<ObjectRequest, 'lockTimeoutMs' | 'statementTimeoutMs'>;

const MOST_LOCK_MS = 1_000;
const MOST_STATEMENT_MS = 30_000;
const MOST_IDLE_MS = 10_000;

/**
 * For the transaction that has to lock what it frees the names of: it may neither wait long in front of others nor stay open
 * when the client stands still.
 */
export function stageLimits({ lockTimeoutMs, statementTimeoutMs }: Limits): readonly string[] {
  return [
    `SET LOCAL lock_timeout = ${within(MOST_LOCK_MS, lockTimeoutMs)}`,
    `SET LOCAL statement_timeout = ${within(MOST_STATEMENT_MS, statementTimeoutMs)}`,
    `SET LOCAL idle_in_transaction_session_timeout = ${MOST_IDLE_MS}`,
  ];
}

/** Zero stands for any time. */
const within = (most: number, asked: number): number => (asked > 0 ? Math.min(most, asked) : most);

/** The error for a lock that was not to be had; undefined for every other one. */
export function lockRefusal(limits: Limits, cause: unknown): MigrationError | undefined {
  const timeoutMs = within(MOST_LOCK_MS, limits.lockTimeoutMs);
  const reason = new Map([
    ['55P03', `was not free within ${timeoutMs} ms`],
    ['40P01', 'would have been a deadlock with another transaction'],
  ]).get(sqlState(cause));
  if (reason === undefined) return undefined;
  return new MigrationError('E3017', {
    problem: `the registered objects cannot be made to compare them, as a lock on something they stand on ${reason}`,
    advice:
      'Nothing was written. Run the command again, or compare a database that nobody else uses.',
    facts: { timeoutMs },
    cause,
  });
}
