import { MigrationError } from '../../errors/migration-error.js';
import type { Connection, QueryResult } from '../common/connection.js';
import type { ServerInfo } from '../common/session.js';
import { OLDEST } from './mariadb-differences.js';
import { serverOf } from './mysql-server.js';

/** Columns that say who is at the other end. */
export const FACTS = 'VERSION() AS version, DATABASE() AS name';

/** Columns of {@link FACTS}. */
export interface FactsRow {
  readonly version: string;
  readonly name: string | null;
}

/** The row of the second statement of {@link prepareStatements}. */
export interface PrepareRow extends FactsRow {
  readonly read_only: number | string;
}

/** Modes that change how SQL is read: our texts assume the usual one. Combined ones stand in it beside their parts. */
const FOREIGN_MODES =
  'ANSI_QUOTES|NO_BACKSLASH_ESCAPES|ANSI|DB2|MAXDB|MSSQL|ORACLE|POSTGRESQL|MYSQL323|MYSQL40';

/**
 * The mode of our sessions: the server's own, but strict, so that a value that does not fit is an error and never cut, and without
 * those that read quotes and backslashes otherwise (reliability.md M5).
 */
export const SET_MODE = `SET SESSION sql_mode = CONCAT_WS(',', REGEXP_REPLACE(CONCAT(',', @@SESSION.sql_mode, ','),
    '(?<=,)(${FOREIGN_MODES}),', ''), 'STRICT_TRANS_TABLES', 'STRICT_ALL_TABLES')`;

/** Settings of the session that are put back at its end, each with the variable that keeps it. */
const KEPT = ['sql_mode', 'lock_wait_timeout', 'innodb_lock_wait_timeout', 'wait_timeout'] as const;

const keeper = (setting: string): string => `@nest_alembic_${setting}`;

/** What was there before: a variable keeps a number as a text. */
const keptValue = (name: (typeof KEPT)[number]): string => {
  const value = `COALESCE(${keeper(name)}, @@SESSION.${name})`;
  return name === 'sql_mode' ? value : `CAST(${value} AS UNSIGNED)`;
};

/** Statements that put back what {@link prepareStatements} has set. */
export const RESET = `SET ${KEPT.map(
  (name) => `SESSION ${name} = ${keptValue(name)}, ${keeper(name)} = NULL`,
).join(', ')}`;

/** Seconds of eight hours: a pool's short time-out must not take the lock away while a statement of ours waits (M8). */
const IDLE_SECONDS = 28_800;

/**
 * Statements that set up a session: what its user or a pool has set must neither end a migration nor release its lock.
 * The last one asks who is at the other end: {@link PrepareRow}.
 */
export function prepareStatements(statementTimeoutMs: number): readonly string[] {
  const keep = KEPT.map((name) => `${keeper(name)} = COALESCE(${keeper(name)}, @@SESSION.${name})`);
  return [
    `SET ${keep.join(', ')}`,
    SET_MODE,
    `SET SESSION wait_timeout = ${IDLE_SECONDS}, SESSION group_concat_max_len = 1048576`,
    ...statementTimeout(statementTimeoutMs),
    `SELECT ${FACTS}, @@GLOBAL.read_only AS read_only`,
  ];
}

/** How long a statement may run: MariaDB has seconds for every one, MySQL milliseconds for SELECT only. */
export function statementTimeout(milliseconds: number): readonly string[] {
  const whole = Math.max(0, Math.trunc(milliseconds));
  return [
    `SET @nest_alembic_limit = IF(VERSION() LIKE '%MariaDB%', 'SET SESSION max_statement_time = ${whole / 1000}', 'SET SESSION max_execution_time = ${whole}')`,
    'PREPARE nest_alembic_limit FROM @nest_alembic_limit',
    'EXECUTE nest_alembic_limit',
  ];
}

/** Sets up a session: see `Session.prepare`. MySQL has no name of a session that could be changed. */
export async function prepare(
  connection: Connection,
  _application: string,
  statementTimeoutMs = 0,
): Promise<ServerInfo> {
  const results = await connection.script(prepareStatements(statementTimeoutMs).join(';\n'));
  return assertUsable(results);
}

/**
 * What a session that was set up says of its server, from the results of the text.
 * @throws MigrationError E5003 when it does not accept writes, E5008 when it is too old
 */
export function assertUsable(results: readonly QueryResult[]): ServerInfo {
  const found = results.find(({ rows }) => rows[0] && 'read_only' in rows[0]);
  const row = found?.rows[0] as unknown as PrepareRow;
  const server = serverOf(row.version, 'mysql');
  const oldest = OLDEST[server.flavour];
  if (server.number < oldest.number) throw tooOld(row, oldest.name);
  if (Number(row.read_only) !== 0) throw notWritable(row);
  return infoOf(row);
}

/** Asks who is at the other end: see `Session.serverInfo`. */
export async function serverInfo(connection: Connection): Promise<ServerInfo> {
  const { rows } = await connection.query<FactsRow>(`SELECT ${FACTS}`);
  return infoOf(rows[0] as FactsRow);
}

/** The facts of a row. A schema is a database here. */
export const infoOf = ({ version, name }: FactsRow): ServerInfo => ({
  version,
  database: name ?? '',
  defaultSchema: name,
});

const tooOld = ({ version }: PrepareRow, oldest: string): MigrationError =>
  new MigrationError('E5008', {
    problem: `the database server has version ${version}`,
    advice: `${oldest} is the oldest that is supported.`,
    facts: { version, oldest },
  });

const notWritable = ({ name }: PrepareRow): MigrationError =>
  new MigrationError('E5003', {
    problem: `the server of database "${name ?? ''}" is read-only: it is a replica, or was made so`,
    advice: 'Nothing was written. Connect to the primary.',
    facts: { database: name, readOnly: true },
  });
