import { createHash } from 'node:crypto';
import { MigrationError } from '../../errors/migration-error.js';
import type { ObjectName } from '../../schema/object-name.js';
import { displayName } from '../../schema/object-name.js';
import type { Connection, QueryResult } from '../common/connection.js';
import type { LockHolder } from '../common/session.js';

/**
 * The name of the lock: 43 characters of lower case, since names are of the whole server, MySQL takes 64 characters, and whether
 * case counts differs (reliability.md M1). A literal.
 */
export function lockLiteral({ schema, name }: ObjectName): string {
  const digest = createHash('sha256').update(`${(schema ?? '').toLowerCase()}.${name}`);
  return `'alembic_${digest.digest('hex').slice(0, 40)}'`;
}

/** Takes the lock if it is free. */
export async function tryLock(connection: Connection, lockName: ObjectName): Promise<boolean> {
  return wasTaken(await connection.query(takeLock(lockName)), lockName);
}

/** The query that takes the lock if it is free. A second one of the same session would count: it is asked first. */
export const takeLock = (lockName: ObjectName): string =>
  `SELECT GET_LOCK(${lockLiteral(lockName)}, 0) AS got`;

/**
 * Only 1 is success: 0 means that another session has it.
 * @throws MigrationError E5004 for NULL, an error of the server (reliability.md M2): a cluster that has no such locks
 */
export function wasTaken(result: QueryResult | undefined, lockName: ObjectName): boolean {
  const got = result?.rows[0]?.['got'];
  if (got != null) return Number(got) === 1;
  throw new MigrationError('E5004', {
    problem: `the server gave no answer to GET_LOCK for "${displayName(lockName)}"`,
    advice:
      'Nothing was written. A cluster or proxy may not have such locks: connect to one server directly.',
    facts: { lock: displayName(lockName) },
  });
}

/** The query that gives the lock back. */
export const releaseLock = (lockName: ObjectName): string =>
  `SELECT RELEASE_LOCK(${lockLiteral(lockName)}) AS released`;

/** Gives the lock back; false when this session did not hold it. */
export async function unlock(connection: Connection, lockName: ObjectName): Promise<boolean> {
  return wasReleased([await connection.query(releaseLock(lockName))]);
}

/** Whether {@link releaseLock} did, among the results of a text. */
export const wasReleased = (results: readonly QueryResult[]): boolean =>
  Number(results.find(({ rows }) => rows[0] && 'released' in rows[0])?.rows[0]?.['released']) === 1;

/** Condition: this session holds the lock (a time-out may have taken it away: M8). */
export const isHeldHere = (lockName: ObjectName): string => isHeld(lockLiteral(lockName));

/** The same, for the {@link lockLiteral}. */
export const isHeld = (literal: string): string => `IS_USED_LOCK(${literal}) = CONNECTION_ID()`;

/** Who holds the lock, as far as this user may see. */
export async function lockHolder(
  connection: Connection,
  lockName: ObjectName,
): Promise<LockHolder | undefined> {
  const { rows } = await connection.query<HolderRow>(
    `SELECT l.pid, p.USER AS user, p.HOST AS client, p.COMMAND AS command, p.TIME AS seconds
     FROM (SELECT IS_USED_LOCK(${lockLiteral(lockName)}) AS pid) l
     LEFT JOIN information_schema.PROCESSLIST p ON p.ID = l.pid`,
  );
  const row = rows[0];
  if (row?.pid == null) return undefined;
  return {
    pid: Number(row.pid),
    application: row.user ?? '',
    client: row.client,
    since: null,
    state: row.command === null ? null : `${row.command} for ${row.seconds ?? '?'} s`,
  };
}

interface HolderRow {
  readonly pid: number | string | null;
  readonly user: string | null;
  readonly client: string | null;
  readonly command: string | null;
  readonly seconds: number | string | null;
}
