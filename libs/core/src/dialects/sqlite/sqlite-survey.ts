import type { ObjectName } from '../../schema/object-name.js';
import type { Connection } from '../common/connection.js';
import { ledgerOf } from '../common/ledger-sql.js';
import type { LedgerRow } from '../common/ledger-tables.js';
import type { Glance, Survey, SurveyRequest } from '../common/session.js';
import { logOf } from '../common/version-sql.js';
import type { VersionTableForm } from '../common/version-tables.js';
import { tryLock, unlock } from './sqlite-lock.js';
import { prepare, serverInfo } from './sqlite-prepare.js';
import { sqliteQuoting } from './sqlite-quoting.js';
import { sqliteVersionTables as versionTables } from './sqlite-version-tables.js';

/** Looks at the database before the lock: see `Session.glance`. A round trip costs nothing: what is there is asked first. */
export async function glance(connection: Connection, versionTable: ObjectName): Promise<Glance> {
  const info = await serverInfo(connection);
  const names = await tablesThere(connection, versionTable);
  const tables = {
    log: names.has(logOf(versionTable).name.toLowerCase()),
    ledger: names.has(ledgerOf(versionTable).name.toLowerCase()),
  };
  const hasRows = names.has(versionTable.name.toLowerCase());
  return {
    info,
    rows: hasRows ? await versionRows(connection, versionTable) : undefined,
    ledger: tables.ledger ? await ledgerRows(connection, versionTable) : [],
    tables,
  };
}

async function tablesThere(
  connection: Connection,
  versionTable: ObjectName,
): Promise<ReadonlySet<string>> {
  const { identifier, literal } = sqliteQuoting;
  const names = versionTables
    .ownTables(versionTable)
    .map(({ name }) => literal(name.toLowerCase()));
  const { rows } = await connection.query<{ name: string }>(
    `SELECT lower(name) AS name FROM ${identifier(versionTable.schema ?? 'main')}.sqlite_master
      WHERE type IN ('table', 'view') AND lower(name) IN (${names.join(', ')})`,
  );
  return new Set(rows.map(({ name }) => name));
}

/** Prepares, locks and looks: see `Session.prepareAndLock`. */
export async function prepareAndLock(
  connection: Connection,
  _settings: unknown,
  request: SurveyRequest,
): Promise<Survey | undefined> {
  await prepare(connection);
  if (!(await tryLock(connection, request.versionTable))) return undefined;
  try {
    return await survey(connection, request);
  } catch (error) {
    await unlock(connection, request.versionTable).catch(() => undefined);
    throw error;
  }
}

/** Looks at the database under the lock: see `Session.survey`. */
export async function survey(connection: Connection, request: SurveyRequest): Promise<Survey> {
  const { versionTable, hasRows, tables } = request;
  const { rows } = await connection.query<Record<keyof VersionTableForm, unknown>>(
    versionTables.exists(versionTable),
  );
  return {
    form: formOf(rows[0]),
    rows: hasRows ? await versionRows(connection, versionTable) : [],
    ledger: tables.ledger ? await ledgerRows(connection, versionTable) : [],
    checksums: tables.log ? await checksumsOf(connection, versionTable) : new Map(),
  };
}

/** SQLite has numbers for truth values. */
function formOf(row: Record<keyof VersionTableForm, unknown> | undefined): VersionTableForm {
  const isTrue = (name: keyof VersionTableForm): boolean => Boolean(row?.[name]);
  return {
    present: isTrue('present'),
    log_present: isTrue('log_present'),
    is_table: isTrue('is_table'),
    columns: (row?.columns ?? null) as string | null,
    is_text: isTrue('is_text'),
    width: null,
    can_read: true,
    can_write: true,
  };
}

async function versionRows(
  connection: Connection,
  versionTable: ObjectName,
): Promise<readonly (string | null)[]> {
  const sql = versionTables.selectRows(versionTable);
  const { rows } = await connection.query<{ version_num: string | null }>(sql);
  return rows.map(({ version_num: row }) => row);
}

async function ledgerRows(
  connection: Connection,
  versionTable: ObjectName,
): Promise<readonly LedgerRow[]> {
  return (await connection.query<LedgerRow>(versionTables.ledger.select(versionTable))).rows;
}

async function checksumsOf(
  connection: Connection,
  versionTable: ObjectName,
): Promise<ReadonlyMap<string, string>> {
  const sql = versionTables.selectChecksums(versionTable);
  const { rows } = await connection.query<{ revision: string; checksum: string }>(sql);
  return new Map(rows.map(({ revision, checksum }) => [revision, checksum]));
}
