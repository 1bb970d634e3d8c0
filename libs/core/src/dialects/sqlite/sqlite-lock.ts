import { existsSync } from 'node:fs';
import { MigrationError } from '../../errors/migration-error.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Connection } from '../common/connection.js';
import type { LockHolder } from '../common/session.js';
import { driverErrorKind, isBusy } from './sqlite-driver-errors.js';
import { sqliteQuoting } from './sqlite-quoting.js';
import { SqliteRunConnection } from './sqlite-run-connection.js';

/** The schema under which a session has the lock file. */
const LOCK_SCHEMA = 'nest_alembic_lock';

/**
 * Takes the migration lock if it is free: a file of its own beside the database, an empty SQLite database that this session
 * attaches and keeps locked (`locking_mode = EXCLUSIVE`). The operating system frees the lock with the process, whatever
 * becomes of it; readers and writers of the database itself are not kept waiting between two revisions. The file stays: to
 * remove it while someone else opens it would make two locks of it. A database that only this process has needs no lock.
 */
export async function tryLock(connection: Connection, lockName: ObjectName): Promise<boolean> {
  const file = await lockFileOf(connection, lockName);
  if (file !== undefined && !(await attachLocked(connection, file))) return false;
  if (connection instanceof SqliteRunConnection) {
    connection.locked(lockName, async () => file === undefined || (await isHeld(connection)));
  }
  return true;
}

async function attachLocked(connection: Connection, file: string): Promise<boolean> {
  try {
    await attach(connection, file);
    return true;
  } catch (error) {
    await connection.query(DETACH).catch(() => undefined);
    if (isBusy(error)) return false;
    throw driverErrorKind(error) === 'connectionLost' ? error : cannotLock(file, error);
  }
}

async function attach(connection: Connection, file: string): Promise<void> {
  // Nobody waits for this lock inside of a statement: whoever asks again must not stop the process meanwhile.
  const plain = connection instanceof SqliteRunConnection ? connection.plain : connection;
  await plain.query(`ATTACH DATABASE ${sqliteQuoting.literal(file)} AS ${LOCK_SCHEMA}`);
  await plain.query(`PRAGMA ${LOCK_SCHEMA}.locking_mode = EXCLUSIVE`);
  // Only one that was written to keeps its lock; the number says nothing.
  await plain.query(`PRAGMA ${LOCK_SCHEMA}.user_version = 1`);
}

/** Gives the lock back. */
export const DETACH = `DETACH DATABASE ${LOCK_SCHEMA}`;

/** Gives the lock back; false when this session did not hold it. */
export async function unlock(connection: Connection, lockName: ObjectName): Promise<boolean> {
  if ((await lockFileOf(connection, lockName)) === undefined) return true;
  if (!(await isHeld(connection))) return false;
  await connection.query(DETACH);
  return true;
}

async function isHeld(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query(
    `SELECT name FROM pragma_database_list WHERE name = '${LOCK_SCHEMA}'`,
  );
  return rows.length > 0;
}

/** The operating system does not say through SQLite who holds a lock. */
export async function lockHolder(): Promise<LockHolder | undefined> {
  return { pid: null, application: '', client: null, since: null, state: null };
}

/** Undefined for a database in memory, which nobody else can open: that of sql.js has a name, but no file. */
async function lockFileOf(
  connection: Connection,
  { name }: ObjectName,
): Promise<string | undefined> {
  const { rows } = await connection.query<{ file: string | null }>(
    `SELECT file FROM pragma_database_list WHERE name = 'main'`,
  );
  const file = rows[0]?.file ?? '';
  return file === '' || !existsSync(file) ? undefined : `${file}-${encodeURIComponent(name)}-lock`;
}

function cannotLock(file: string, cause: unknown): MigrationError {
  return new MigrationError('E5003', {
    problem: `the migration lock "${file}" cannot be taken: ${(cause as Error).message}`,
    advice:
      'Nothing was written. SQLite needs the right to make files in the folder of the database.',
    facts: { file },
    cause,
  });
}
