import { MigrationError } from '../../errors/migration-error.js';
import type { ObjectName } from '../../schema/object-name.js';
import { displayName } from '../../schema/object-name.js';
import type { Connection, QueryResult } from '../common/connection.js';
import type { LedgerRow } from '../common/ledger-tables.js';
import type { Glance, Survey, SurveyRequest } from '../common/session.js';
import { formOf, ownTables } from '../common/version-sql.js';
import { driverErrorKind } from './mysql-driver-errors.js';
import { takeLock, wasTaken } from './mysql-lock.js';
import type { FactsRow } from './mysql-prepare.js';
import { FACTS, assertUsable, infoOf, prepare, prepareStatements } from './mysql-prepare.js';
import { mysqlQuoting } from './mysql-quoting.js';
import { mysqlVersionTables as versionTables } from './mysql-version-tables.js';

/** Looks at the database before the lock: see `Session.glance`. Which tables are there is asked first. */
export async function glance(connection: Connection, versionTable: ObjectName): Promise<Glance> {
  const { rows } = await connection.query<PresentRow>(presence(versionTable));
  const present = rows[0] as PresentRow;
  const tables = { log: isYes(present.log), ledger: isYes(present.ledger) };
  const texts = [
    ...(isYes(present.rows_there) ? [versionTables.selectRows(versionTable)] : []),
    ...(tables.ledger ? [versionTables.ledger.select(versionTable)] : []),
  ];
  const results = texts.length === 0 ? [] : [...(await connection.script(texts.join(';\n')))];
  const found = isYes(present.rows_there) ? numbersIn(results.shift()) : undefined;
  return { info: infoOf(present), rows: found, ledger: linesIn(results.shift()), tables };
}

interface PresentRow extends FactsRow {
  readonly rows_there: number | string;
  readonly log: number | string;
  readonly ledger: number | string;
}

const isYes = (answer: number | string): boolean => Number(answer) !== 0;

function presence(versionTable: ObjectName): string {
  const { literal } = mysqlQuoting;
  const isThere = ({ schema, name }: ObjectName): string =>
    `EXISTS (SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${schema === null ? 'DATABASE()' : literal(schema)} AND TABLE_NAME = ${literal(name)})`;
  const [rows, log, ledger] = ownTables(versionTable).map(isThere);
  return `SELECT ${FACTS}, ${String(rows)} AS rows_there, ${String(log)} AS log, ${String(ledger)} AS ledger`;
}

/** Prepares, locks and looks in one text: see `Session.prepareAndLock`. Every statement sees what is there when it runs. */
export async function prepareAndLock(
  connection: Connection,
  settings: { readonly statementTimeoutMs: number },
  request: SurveyRequest,
): Promise<Survey | undefined> {
  const before = [
    ...prepareStatements(settings.statementTimeoutMs),
    takeLock(request.versionTable),
  ];
  const texts = [...before, ...surveyTexts(request), ...writeTexts(request)];
  let results: readonly QueryResult[];
  try {
    results = await connection.script(texts.join(';\n'));
    assertUsable(results);
  } catch (error) {
    await connection.script('DO RELEASE_ALL_LOCKS()').catch(() => undefined);
    if (driverErrorKind(error) !== 'denied') throw error;
    // A server that takes no writes from anyone says so of itself.
    await prepare(connection, '');
    throw cannotWrite(request.versionTable, error);
  }
  const isTaken = wasTaken(results[before.length - 1], request.versionTable);
  return isTaken ? surveyOf(results.slice(before.length), request) : undefined;
}

/** Looks at the database under the lock: see `Session.survey`. */
export async function survey(connection: Connection, request: SurveyRequest): Promise<Survey> {
  return surveyOf(await connection.script(surveyTexts(request).join(';\n')), request);
}

function surveyTexts({ versionTable, hasRows, tables }: SurveyRequest): readonly string[] {
  return [
    versionTables.exists(versionTable),
    ...(hasRows ? [versionTables.selectRows(versionTable)] : []),
    ...(tables.ledger ? [versionTables.ledger.select(versionTable)] : []),
    ...(tables.log ? [versionTables.selectChecksums(versionTable)] : []),
  ];
}

/**
 * Writes that concern no row: the server looks at the rights all the same. Found at the end of a revision, a missing one would
 * leave its changes of the schema behind, which are committed by then, without a version row.
 */
function writeTexts({ versionTable, hasRows, tables }: SurveyRequest): readonly string[] {
  const { qualified } = mysqlQuoting;
  const [version, log, ledger] = ownTables(versionTable).map(qualified) as [string, string, string];
  const inserts = (table: string): string =>
    `INSERT INTO ${table} SELECT * FROM ${table} WHERE FALSE`;
  const changes = (table: string, column: string): readonly string[] => [
    inserts(table),
    `UPDATE ${table} SET ${column} = ${column} WHERE FALSE`,
    `DELETE FROM ${table} WHERE FALSE`,
  ];
  return [
    ...(hasRows ? changes(version, 'version_num') : []),
    ...(tables.log ? [inserts(log)] : []),
    ...(tables.ledger ? changes(ledger, 'state') : []),
  ];
}

function cannotWrite(versionTable: ObjectName, cause: unknown): MigrationError {
  const table = displayName(versionTable);
  return new MigrationError('E4008', {
    problem: `the version table "${table}", its log or its ledger cannot be written: ${(cause as Error).message}`,
    advice:
      'Nothing was written. Grant the user SELECT, INSERT, UPDATE and DELETE on the version table and its ledger, SELECT and INSERT on its log.',
    facts: { versionTable: table },
    cause,
  });
}

function surveyOf(results: readonly QueryResult[], { hasRows, tables }: SurveyRequest): Survey {
  const left = [...results];
  const form = formOf(left.shift()?.rows[0]);
  const rows = hasRows ? numbersIn(left.shift()) : [];
  const ledger = tables.ledger ? linesIn(left.shift()) : [];
  const checksums = tables.log ? (left.shift()?.rows ?? []) : [];
  return {
    form,
    rows,
    ledger,
    checksums: new Map(
      checksums.map(({ revision, checksum }) => [String(revision), String(checksum)]),
    ),
  };
}

const numbersIn = (result: QueryResult | undefined): readonly (string | null)[] =>
  (result?.rows ?? []).map((row) => row['version_num'] as string | null);

const linesIn = (result: QueryResult | undefined): readonly LedgerRow[] =>
  (result?.rows ?? []) as unknown as readonly LedgerRow[];
