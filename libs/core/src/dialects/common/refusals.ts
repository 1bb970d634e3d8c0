import { MigrationError } from '../../errors/migration-error.js';
import type { VersionChange } from '../../graph/step.js';
import type { ObjectName } from '../../schema/object-name.js';
import { displayName } from '../../schema/object-name.js';

/** What must hold, as far as an error tells of it. */
export interface RefusalFacts {
  readonly lockName: ObjectName;
  readonly versionTable: ObjectName;
  readonly expectedRows: readonly string[];
  /** In the order of the statements that make them. */
  readonly changes: readonly VersionChange[];
}

/** E5004: the outer lock is not this session's any more. */
export function lockLost(lockName: ObjectName): MigrationError {
  return new MigrationError('E5004', {
    problem: `this session no longer holds the migration lock of "${displayName(lockName)}"`,
    advice:
      'Nothing of the next revision was run. Connect directly, not through a transaction pooler, and run the command again.',
    facts: { lock: displayName(lockName) },
  });
}

/** E5002: another session has the inner lock. */
export function notAlone(lockName: ObjectName): MigrationError {
  return new MigrationError('E5002', {
    problem: `another session is migrating "${displayName(lockName)}" at this moment`,
    advice:
      'Nothing of the next revision was run. Wait until it has finished, then run the command again.',
    facts: { lock: displayName(lockName) },
  });
}

/** E5002: the version table does not hold the rows that the plan was made from. */
export function otherRows(
  { versionTable, expectedRows }: RefusalFacts,
  foundRows: readonly string[],
): MigrationError {
  const [expected, found] = [[...expectedRows].sort(), [...foundRows].sort()];
  return new MigrationError('E5002', {
    problem: `"${displayName(versionTable)}" holds ${list(found)} where the plan began with ${list(expected)}`,
    advice: 'Someone else changed it. Nothing of the next revision was run; run the command again.',
    facts: { versionTable: displayName(versionTable), expected, found },
  });
}

/** E6007: the open transaction is not the one that was begun. */
export function transactionEnded(): MigrationError {
  return new MigrationError('E6007', {
    problem: 'the transaction that the engine began was ended by the revision itself',
    advice:
      'What ran before its COMMIT or ROLLBACK has happened, and the version table was not changed. Bring the schema back by hand, and take the transaction control out of the revision.',
  });
}

/** E6007: a transaction is open where none should be (MIG-15). */
export function transactionLeftOpen(): MigrationError {
  return new MigrationError('E6007', {
    problem: 'the revision began a transaction of its own and did not end it',
    advice:
      'What ran in it was rolled back, and the version table was not changed. Add the COMMIT, or leave the transaction to the engine.',
  });
}

/** E4011: a change met another number of rows than one. */
export function notOneRow(
  { versionTable, changes }: RefusalFacts,
  at: number,
  rowCount: number,
): MigrationError {
  const change = changes[at];
  return new MigrationError('E4011', {
    problem: `to ${change === undefined ? 'change it' : describeChange(change)} one row of "${displayName(versionTable)}" had to match; ${rowCount} did`,
    advice:
      'Someone else changed the version table. This revision was rolled back; look at the table, then run the command again.',
    facts: { versionTable: displayName(versionTable), change, rowCount },
  });
}

/** A row that refers to nothing; a table without row ids has none. */
export type BrokenKey = readonly [table: string, rowId: number | null, parent: string];

/** E6020: rows refer to others that are not there any more. */
export function brokenKeys(rows: readonly BrokenKey[]): MigrationError {
  const told = rows.map(([table, rowId, parent]) => {
    const row = rowId === null ? 'a row' : `row ${rowId}`;
    return `${row} of "${table}" refers to nothing in "${parent}"`;
  });
  return new MigrationError('E6020', {
    problem: `the revision breaks foreign keys: ${told.join('; ')}`,
    advice:
      'It was rolled back. Foreign keys do nothing while a revision runs, ON DELETE CASCADE neither: change the rows of both tables.',
    facts: { rows },
  });
}

const list = (rows: readonly string[]): string =>
  rows.length === 0 ? 'no revision' : rows.map((row) => JSON.stringify(row)).join(', ');

function describeChange(change: VersionChange): string {
  switch (change.action) {
    case 'insert':
      return `insert "${change.revision}"`;
    case 'update':
      return `update "${change.from}" to "${change.to}"`;
    case 'delete':
      return `delete "${change.revision}"`;
  }
}

/** E4008: the server shows this role only some of the rows of our tables, or none. @param tables as the server names them */
export function rowsHidden(
  { versionTable }: Pick<RefusalFacts, 'versionTable'>,
  tables: readonly string[],
): MigrationError {
  const names = tables.map((table) => `"${table}"`).join(', ');
  return new MigrationError('E4008', {
    problem: `row-level security decides which rows of ${names} this role sees: what is applied cannot be known`,
    advice:
      'Nothing was written. Run it as the owner of the table or as a role with BYPASSRLS, or say ALTER TABLE … DISABLE ROW LEVEL SECURITY.',
    facts: { versionTable: displayName(versionTable), tables },
  });
}
