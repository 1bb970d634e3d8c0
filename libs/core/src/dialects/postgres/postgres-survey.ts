import { MigrationError } from '../../errors/migration-error.js';
import type { ObjectName } from '../../schema/object-name.js';
import { displayName } from '../../schema/object-name.js';
import type { Connection, QueryResult } from '../common/connection.js';
import type { LedgerRow } from '../common/ledger-tables.js';
import { ledgerOf } from '../common/ledger-sql.js';
import { logOf } from '../common/version-sql.js';
import type { Glance, ServerInfo, Survey, SurveyRequest } from '../common/session.js';
import type { VersionTableForm } from '../common/version-tables.js';
import { driverErrorKind } from './postgres-driver-errors.js';
import { postgresLedger } from './postgres-ledger.js';
import { takeLock } from './postgres-lock.js';
import type { PrepareRow } from './postgres-prepare.js';
import { FACTS, assertUsable, infoOf, prepareStatement } from './postgres-prepare.js';
import { postgresVersionTables as versionTables, regclassOf } from './postgres-version-tables.js';

/**
 * Looks at the database before the lock: see `Session.glance`. Our tables are taken to be there; where one is missing the text
 * fails as a whole, and what is there is asked first.
 */
export async function glance(connection: Connection, versionTable: ObjectName): Promise<Glance> {
  try {
    const tables = { log: true, ledger: true };
    return await glanceAt(connection, versionTable, { rows: true, ...tables });
  } catch (error) {
    if (!['missingTable', 'denied'].includes(driverErrorKind(error))) throw error;
  }
  const { rows } = await connection.query<Present & ServerInfoRow>(presence(versionTable));
  const present = rows[0] as Present & ServerInfoRow;
  if (present.ledger && !present.may_read_ledger) throw cannotReadLedger(versionTable);
  if (!present.rows) {
    return { info: infoOf(present), rows: undefined, ledger: [], tables: present };
  }
  return glanceAt(connection, versionTable, present);
}

type ServerInfoRow = Parameters<typeof infoOf>[0];

/** Which tables are there, and can be read where they need not be. */
interface Present {
  readonly rows: boolean;
  readonly log: boolean;
  readonly ledger: boolean;
  /** Without it nobody knows whether a revision was left unfinished. */
  readonly may_read_ledger?: boolean;
}

async function glanceAt(
  connection: Connection,
  versionTable: ObjectName,
  { log, ledger }: Present,
): Promise<Glance> {
  const results = await connection.script(
    [
      `SELECT ${FACTS}, ${log ? regclass(logOf(versionTable)) : 'NULL'} AS log`,
      versionTables.selectRows(versionTable),
      ...(ledger ? [postgresLedger.select(versionTable)] : []),
    ].join(';\n'),
  );
  const [facts, rows, lines] = results;
  const info: ServerInfo = infoOf(facts?.rows[0] as unknown as ServerInfoRow);
  return {
    info,
    rows: numbersIn(rows),
    ledger: (lines?.rows ?? []) as unknown as readonly LedgerRow[],
    tables: { log: log && facts?.rows[0]?.['log'] !== null, ledger },
  };
}

const regclass = (table: ObjectName): string => `${regclassOf(table)}::text`;

function presence(versionTable: ObjectName): string {
  const readable = (name: ObjectName): string =>
    `coalesce(has_table_privilege(${regclass(name)}, 'SELECT'), false)`;
  return `SELECT ${FACTS}, ${regclass(versionTable)} IS NOT NULL AS rows,
    ${readable(logOf(versionTable))} AS log, ${regclass(ledgerOf(versionTable))} IS NOT NULL AS ledger,
    ${readable(ledgerOf(versionTable))} AS may_read_ledger`;
}

function cannotReadLedger(versionTable: ObjectName): MigrationError {
  const ledger = displayName(ledgerOf(versionTable));
  return new MigrationError('E4008', {
    problem: `the ledger "${ledger}" of the version table cannot be read with the rights of this role`,
    advice: 'Nothing was written. Grant the role SELECT, INSERT, UPDATE and DELETE on it.',
    facts: { versionTable: displayName(versionTable), ledger },
  });
}

/** Prepares, locks and looks in one text: see `Session.prepareAndLock`. */
export async function prepareAndLock(
  connection: Connection,
  settings: { readonly application: string; readonly statementTimeoutMs: number },
  request: SurveyRequest,
): Promise<Survey | undefined> {
  // READ COMMITTED: what is looked at must be as it is after the lock was taken.
  const texts = [
    'BEGIN ISOLATION LEVEL READ COMMITTED',
    prepareStatement(settings),
    takeLock(request.versionTable),
    ...surveyTexts(request),
    'COMMIT',
  ];
  let results: readonly QueryResult[];
  try {
    results = await connection.script(texts.join(';\n'));
  } catch (error) {
    // A lock of the session outlives the transaction.
    await connection.script('ROLLBACK; SELECT pg_advisory_unlock_all()').catch(() => undefined);
    throw error;
  }
  const [, prepared, lock, ...looked] = results;
  assertUsable(prepared?.rows[0] as unknown as PrepareRow);
  return lock?.rows[0]?.['got'] === true ? surveyOf(looked, request) : undefined;
}

/** Looks at the database under the lock: see `Session.survey`. */
export async function survey(connection: Connection, request: SurveyRequest): Promise<Survey> {
  return surveyOf(await connection.script(surveyTexts(request).join(';\n')), request);
}

function surveyTexts({ versionTable, hasRows, tables }: SurveyRequest): readonly string[] {
  return [
    versionTables.exists(versionTable),
    ...(hasRows ? [versionTables.selectRows(versionTable)] : []),
    ...(tables.ledger ? [postgresLedger.select(versionTable)] : []),
    ...(tables.log ? [versionTables.selectChecksums(versionTable)] : []),
  ];
}

function surveyOf(results: readonly QueryResult[], { hasRows, tables }: SurveyRequest): Survey {
  const left = [...results];
  const form = left.shift()?.rows[0] as unknown as VersionTableForm;
  const rows = hasRows ? numbersIn(left.shift()) : [];
  const ledger = tables.ledger ? (left.shift()?.rows ?? []) : [];
  const checksums = tables.log ? (left.shift()?.rows ?? []) : [];
  return {
    form,
    rows,
    ledger: ledger as unknown as readonly LedgerRow[],
    checksums: new Map(
      checksums.map(({ revision, checksum }) => [String(revision), String(checksum)]),
    ),
  };
}

const numbersIn = (result: QueryResult | undefined): readonly (string | null)[] =>
  (result?.rows ?? []).map((row) => row['version_num'] as string | null);
