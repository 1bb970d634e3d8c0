import { MigrationError } from '../../errors/migration-error.js';
import { transactionLeftOpen } from '../common/refusals.js';
import type { Connection } from '../common/connection.js';
import type { ServerInfo } from '../common/session.js';
import { connectProblemOf, driverErrorKind, isBusy } from './sqlite-driver-errors.js';
import { countBrokenKeys } from './sqlite-foreign-keys.js';
import { DETACH } from './sqlite-lock.js';
import { SqliteRunConnection } from './sqlite-run-connection.js';

interface FactsRow {
  readonly version: string;
  readonly file: string | null;
}

const FACTS = `SELECT sqlite_version() AS version,
  (SELECT file FROM pragma_database_list WHERE name = 'main') AS file`;

/** Asks which file and which SQLite is at the other end: see `Session.serverInfo`. */
export async function serverInfo(connection: Connection): Promise<ServerInfo> {
  const { rows } = await connection.query<FactsRow>(FACTS);
  return infoOf(rows[0] as FactsRow);
}

/** The facts of a row. The default schema is always the file that was opened. */
const infoOf = ({ version, file }: FactsRow): ServerInfo => ({
  version,
  database: file === null || file === '' ? ':memory:' : file,
  defaultSchema: 'main',
});

/** What a run changes of a session, and back when it ends. */
const SETTINGS = ['busy_timeout', 'foreign_keys', 'legacy_alter_table', 'query_only'] as const;
type Settings = Readonly<Record<(typeof SETTINGS)[number], number>>;

/**
 * Sets up a session: see `Session.prepare`. Foreign keys are off until the session ends: inside of a transaction they cannot be
 * switched, and a table that is made anew would take the rows of its children along (reliability.md S1).
 */
export async function prepare(connection: Connection): Promise<ServerInfo> {
  const info = await serverInfo(connection);
  assertVersion(info.version);
  const before = await settingsOf(connection);
  if (before.query_only) throw notWritable(info, 'query_only is on');
  await connection.query('PRAGMA busy_timeout = 0');
  await connection.query('PRAGMA legacy_alter_table = OFF');
  await connection.query('PRAGMA foreign_keys = OFF');
  if (connection instanceof SqliteRunConnection) {
    const brokenKeys = before.foreign_keys ? await countBrokenKeys(connection) : undefined;
    connection.changed({ undo: undoing(before), brokenKeys });
  }
  if ((await settingsOf(connection)).foreign_keys) throw transactionLeftOpen();
  await assertWritable(connection, info);
  return info;
}

async function settingsOf(connection: Connection): Promise<Settings> {
  const values: [string, number][] = [];
  for (const name of SETTINGS) {
    const { rows } = await connection.query<Record<string, number>>(`PRAGMA ${name}`);
    values.push([name, Number(Object.values(rows[0] ?? {})[0] ?? 0)]);
  }
  return Object.fromEntries(values) as Settings;
}

const undoing = (before: Settings): readonly string[] => [
  DETACH,
  `PRAGMA busy_timeout = ${before.busy_timeout}`,
  `PRAGMA legacy_alter_table = ${before.legacy_alter_table}`,
  `PRAGMA foreign_keys = ${before.foreign_keys}`,
];

/** Who writes at this moment proves that one can: nobody is waited for. */
async function assertWritable(connection: Connection, info: ServerInfo): Promise<void> {
  const plain = connection instanceof SqliteRunConnection ? connection.plain : connection;
  try {
    await plain.query('BEGIN IMMEDIATE');
    try {
      // What is read-only lets a writer begin: only a write tells. This one changes nothing.
      const { rows } = await plain.query<{ user_version: number }>('PRAGMA user_version');
      await plain.query(`PRAGMA user_version = ${Number(rows[0]?.user_version ?? 0)}`);
    } finally {
      await plain.query('ROLLBACK');
    }
  } catch (error) {
    if (driverErrorKind(error) === 'denied')
      throw notWritable(info, 'the file, or the connection to it, is read-only', error);
    if (connectProblemOf(error) !== undefined)
      throw notWritable(info, 'no journal can be made in the folder of the file', error);
    if (!isBusy(error)) throw error;
  }
}

/** The oldest SQLite that is tested: the one of Debian 12. */
const OLDEST = [3, 40] as const;

function assertVersion(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new MigrationError('E5008', {
    problem: `SQLite has version ${version}`,
    advice: `Version ${OLDEST.join('.')} is the oldest that is supported: update the driver.`,
    facts: { version, oldest: OLDEST.join('.') },
  });
}

function notWritable({ database }: ServerInfo, why: string, cause?: unknown): MigrationError {
  return new MigrationError('E5003', {
    problem: `database "${database}" does not accept writes: ${why}`,
    advice:
      'Nothing was written. Open it with the right to write to the file and to its folder, where the journal and the lock lie.',
    facts: { database },
    cause,
  });
}
