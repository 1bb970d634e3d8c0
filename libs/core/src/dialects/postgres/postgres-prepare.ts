import { MigrationError } from '../../errors/migration-error.js';
import type { Connection } from '../common/connection.js';
import type { ServerInfo } from '../common/session.js';
import { postgresQuoting } from './postgres-quoting.js';
import { FIRST_SEARCH_PATH } from './postgres-transaction.js';

/**
 * Settings of the whole session: role defaults must not end a migration or release its lock (reliability.md E4), quoting
 * assumes standard strings (E14), and the server notices a dead host in a minute, not in hours.
 */
const SETTINGS: readonly {
  readonly name: string;
  readonly value: string;
  readonly since?: number;
}[] = [
  { name: 'standard_conforming_strings', value: 'on' },
  { name: 'lock_timeout', value: '0' },
  { name: 'idle_in_transaction_session_timeout', value: '0' },
  { name: 'idle_session_timeout', value: '0', since: 140000 },
  { name: 'transaction_timeout', value: '0', since: 170000 },
  { name: 'tcp_keepalives_idle', value: '30' },
  { name: 'tcp_keepalives_interval', value: '10' },
  { name: 'tcp_keepalives_count', value: '3' },
  { name: 'tcp_user_timeout', value: '60s' },
];

const SERVER_VERSION = `current_setting('server_version_num')::int`;

/** An unknown setting is an error, so each is only set from the version on that has it. */
const setLine = (setting: (typeof SETTINGS)[number]): string => {
  const set = `set_config('${setting.name}', '${setting.value}', false)`;
  return setting.since === undefined
    ? set
    : `CASE WHEN ${SERVER_VERSION} >= ${setting.since} THEN ${set} END`;
};

/** Columns that say who is at the other end. */
export const FACTS = `current_setting('server_version') AS version, current_database() AS database,
  current_schema() AS default_schema`;

/** How a session is named, and how long one of its statements may run. */
export interface PrepareSettings {
  readonly application: string;
  /** In milliseconds; 0 for any time. */
  readonly statementTimeoutMs: number;
}

/** The query that sets up a session; its row is a {@link PrepareRow}. */
export function prepareStatement({ application, statementTimeoutMs }: PrepareSettings): string {
  const { literal } = postgresQuoting;
  return `SELECT ${FACTS}, ${SERVER_VERSION} AS number, pg_is_in_recovery() AS standby,
  current_setting('transaction_read_only') = 'on' AS read_only,
  set_config('application_name', ${literal(application)}, false),
  set_config('statement_timeout', ${literal(String(statementTimeoutMs))}, false),
  ${SETTINGS.map(setLine).join(', ')},
  set_config('${FIRST_SEARCH_PATH}', current_setting('search_path'), false)`;
}

/** Columns of {@link FACTS}. */
export interface FactsRow {
  readonly version: string;
  readonly database: string;
  readonly default_schema: string | null;
}

/** The row of {@link prepareStatement}. */
export interface PrepareRow extends FactsRow {
  readonly number: number;
  readonly standby: boolean;
  readonly read_only: boolean;
}

/** Sets up a session: see `Session.prepare`. */
export async function prepare(
  connection: Connection,
  application: string,
  statementTimeoutMs = 0,
): Promise<ServerInfo> {
  const { rows } = await connection.query<PrepareRow>(
    prepareStatement({ application, statementTimeoutMs }),
  );
  return assertUsable(rows[0] as PrepareRow);
}

/**
 * What a session that was set up says of its server.
 * @throws MigrationError E5003 when it does not accept writes, E5008 when it is too old
 */
export function assertUsable(row: PrepareRow): ServerInfo {
  if (Number(row.number) < 130000) throw tooOld(row);
  if (row.standby || row.read_only) throw notWritable(row);
  return infoOf(row);
}

/** Asks who is at the other end: see `Session.serverInfo`. */
export async function serverInfo(connection: Connection): Promise<ServerInfo> {
  const { rows } = await connection.query<FactsRow>(`SELECT ${FACTS}`);
  return infoOf(rows[0] as FactsRow);
}

/** The facts of a row. */
export const infoOf = (row: FactsRow): ServerInfo => ({
  version: row.version,
  database: row.database,
  defaultSchema: row.default_schema,
});

const tooOld = (row: PrepareRow): MigrationError =>
  new MigrationError('E5008', {
    problem: `the database server has version ${row.version}`,
    advice: 'Version 13 is the oldest that is supported.',
    facts: { version: row.version, oldest: '13' },
  });

const notWritable = (row: PrepareRow): MigrationError =>
  new MigrationError('E5003', {
    problem: row.standby
      ? `the server of database "${row.database}" is a standby`
      : `sessions of database "${row.database}" are read-only`,
    advice: row.standby
      ? 'Nothing was written. Run it against the primary.'
      : 'Nothing was written. Connect with a role whose transactions may write: see default_transaction_read_only of role, database, connection and server.',
    facts: { database: row.database, standby: row.standby, readOnly: row.read_only },
  });
