import { MigrationError } from '../../errors/migration-error.js';
import type { Connection } from '../../dialects/common/connection.js';
import type { Dialect } from '../../dialects/common/dialect.js';
import type { ObjectName } from '../../schema/object-name.js';
import { displayName } from '../../schema/object-name.js';
import { rightsNeeded } from './rights-needed.js';

/** A database and the version table in it. */
export interface VersionTablePlace {
  readonly dialect: Dialect;
  readonly connection: Connection;
  readonly versionTable: ObjectName;
}

/**
 * Reads the rows of the version table, sorted, in one query; none where there is no table. Never creates it (CLI-73).
 * @throws MigrationError E4003 a row twice, E4004 an empty row, E4005 no such column, E4008 no right to read it
 */
export async function readRows(place: VersionTablePlace): Promise<readonly string[]> {
  return checkedRows(place.versionTable, await readRawRows(place));
}

/**
 * Rows as they were read, sorted.
 * @throws MigrationError E4003 a row twice, E4004 an empty row
 */
export function checkedRows(
  versionTable: ObjectName,
  rows: readonly (string | null)[],
): readonly string[] {
  // Sorted here: the server's order depends on its collation.
  const found = [...rows].sort(compareRows);
  const table = displayName(versionTable);
  found.forEach((row, at) => {
    if (row === null || row.trim() === '') throw emptyRow(table, row);
    if (row === found[at - 1]) throw rowTwice(table, row);
  });
  return found as readonly string[];
}

/** Reads the rows as they stand: for `stamp --purge`, which mends a table that holds nonsense. */
export async function readRawRows(place: VersionTablePlace): Promise<readonly (string | null)[]> {
  try {
    const sql = place.dialect.versionTables.selectRows(place.versionTable);
    const { rows } = await place.connection.query<{ version_num: string | null }>(sql);
    return rows.map((row) => row.version_num).sort(compareRows);
  } catch (error) {
    const kind = place.dialect.session.errorKind(error);
    if (kind === 'missingTable') return [];
    throw readError(place, error);
  }
}

const compareRows = (left: string | null, right: string | null): number =>
  (left ?? '') < (right ?? '') ? -1 : (left ?? '') > (right ?? '') ? 1 : 0;

/** An error of reading our tables, as E4005 or E4008 where it is one of them; else as it is. */
export function readError(
  { dialect, versionTable }: Pick<VersionTablePlace, 'dialect' | 'versionTable'>,
  error: unknown,
): unknown {
  const { session } = dialect;
  const kind = session.errorKind(error);
  const table = displayName(versionTable);
  const facts = { versionTable: table };
  if (kind === 'denied')
    return new MigrationError('E4008', {
      problem: `the version table "${table}" cannot be read with the rights of this role: ${(error as Error).message}`,
      advice: `Nothing was written. ${rightsNeeded(dialect, versionTable)}`,
      facts,
      cause: error,
    });
  if (kind === 'missingColumn')
    return new MigrationError('E4005', {
      problem: `table "${table}" has no column "version_num"`,
      advice: 'It is not a version table of Alembic or of this tool; name another one.',
      facts,
      cause: error,
    });
  const check = { lockName: versionTable, versionTable, expectedRows: [], changes: [] };
  return session.guards.refusal(error, check) ?? error;
}

const emptyRow = (table: string, row: string | null): MigrationError =>
  new MigrationError('E4004', {
    problem: `the version table "${table}" has a row with ${row === null ? 'NULL' : JSON.stringify(row)}`,
    advice: 'Delete that row, or set the rows anew with `stamp --purge <revision>`.',
    facts: { versionTable: table, row },
  });

const rowTwice = (table: string, row: string): MigrationError =>
  new MigrationError('E4003', {
    problem: `the version table "${table}" has the row ${JSON.stringify(row)} more than once`,
    advice:
      'Its primary key is missing. Delete the surplus row, or set the rows anew with `stamp --purge <revision>`.',
    facts: { versionTable: table, row },
  });
