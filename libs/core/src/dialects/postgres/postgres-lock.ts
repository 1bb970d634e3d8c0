import { createHash } from 'node:crypto';
import type { ObjectName } from '../../schema/object-name.js';
import type { Connection } from '../common/connection.js';
import type { LockHolder } from '../common/session.js';

/** First key of the advisory locks, `nALB`, that a whole run holds. */
export const OUTER_KEY = 1849773122;
/** First key of the lock that a revision's transaction takes, whatever became of the outer one. */
export const INNER_KEY = OUTER_KEY + 1;

/**
 * Second key: 31 bits of the table's name, so that `pg_locks` shows it without a sign. Two version tables do not wait for
 * each other; should two names collide, they are only serialised.
 */
export function tableKey(lockName: ObjectName): number {
  const name = `${lockName.schema ?? ''}\0${lockName.name}`;
  // Every revision asks for that of the same table, several times.
  if (name !== lastKey?.name) {
    const digest = createHash('sha256').update(name).digest();
    lastKey = { name, key: digest.readUInt32BE(0) >>> 1 };
  }
  return lastKey.key;
}

let lastKey: { readonly name: string; readonly key: number } | undefined;

/** Takes the outer lock if it is free. */
export async function tryLock(connection: Connection, lockName: ObjectName): Promise<boolean> {
  const { rows } = await connection.query<{ got: boolean }>(takeLock(lockName));
  return rows[0]?.got === true;
}

/** The query that takes the outer lock if it is free. */
export const takeLock = (lockName: ObjectName): string =>
  `SELECT pg_try_advisory_lock(${OUTER_KEY}, ${tableKey(lockName)}) AS got`;

/** The query that gives the outer lock back. */
export const releaseLock = (lockName: ObjectName): string =>
  `SELECT pg_advisory_unlock(${OUTER_KEY}, ${tableKey(lockName)}) AS released`;

/** Gives the outer lock back; false when this session did not hold it. */
export async function unlock(connection: Connection, lockName: ObjectName): Promise<boolean> {
  const { rows } = await connection.query<{ released: boolean }>(releaseLock(lockName));
  return rows[0]?.released === true;
}

/** Condition on `pg_locks l`: the outer lock, granted, in whatever database. */
const lockRow = (lockName: ObjectName): string =>
  `l.locktype = 'advisory' AND l.classid = ${OUTER_KEY} AND l.objid = ${tableKey(lockName)} AND l.objsubid = 2 AND l.granted`;

/**
 * A condition for the inside of a transaction: this session holds the outer lock. `pg_locks` would tell, too, but copies the locks of
 * all sessions to do so, which takes longer than all else that a small revision does. So the lock is taken once more, for the
 * transaction: where the session has it, that is a matter of the session alone. Only then can it be given back and be
 * taken again with nobody coming between, and giving back tells whether it was the session's (PostgreSQL manual, 9.28.10).
 */
export const isHeldHere = (lockName: ObjectName): string => {
  const keys = `${OUTER_KEY}, ${tableKey(lockName)}`;
  return `CASE WHEN pg_try_advisory_xact_lock(${keys}) THEN
    CASE WHEN pg_advisory_unlock(${keys}) THEN pg_try_advisory_lock(${keys}) ELSE false END ELSE false END`;
};

/** Who holds the outer lock, as far as this role may see. */
export async function lockHolder(
  connection: Connection,
  lockName: ObjectName,
): Promise<LockHolder | undefined> {
  const { rows } = await connection.query<LockHolder>(
    `SELECT l.pid, coalesce(a.application_name, '') AS application, host(a.client_addr) AS client,
       to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since, a.state
     FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
     WHERE ${lockRow(lockName)} AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1`,
  );
  const row = rows[0];
  return row && { ...row, pid: Number(row.pid) };
}
