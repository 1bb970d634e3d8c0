import type { ObjectName } from '../../schema/object-name.js';
import type { Quoting } from './dialect.js';
import type { LedgerEnd, LedgerLine, LedgerPlace, LedgerTables } from './ledger-tables.js';

/** What a dialect says in its own way of the ledger. */
export interface LedgerSpelling {
  /** The time of the statement, as an SQL expression. */
  readonly now: string;
  /** `started_at` as text in UTC, to the second, as an SQL expression. */
  readonly startedAt: string;
  create(ledger: ObjectName): string;
}

/** The ledger beside a version table. */
export const ledgerOf = ({ schema, name }: ObjectName): ObjectName => ({
  schema,
  name: `${name}_ledger`,
});

/** The SQL of the ledger in the spelling of a dialect. */
export function ledgerSql(
  { literal, qualified }: Quoting,
  { now, startedAt, create }: LedgerSpelling,
): LedgerTables {
  const tableOf = (versionTable: ObjectName): string => qualified(ledgerOf(versionTable));
  const placeIs = ({ revision, direction }: LedgerPlace): string =>
    `revision = ${literal(revision)} AND direction = ${literal(direction)}`;
  return Object.freeze<LedgerTables>({
    create: (versionTable) => create(ledgerOf(versionTable)),

    insert(versionTable: ObjectName, lines: readonly LedgerLine[]): string {
      const rows = lines.map((line) => {
        const finished = line.state === 'running' ? 'NULL' : now;
        const { revision, direction, number, checksum, kind, target, statement } = line;
        const what = [revision, direction, number, checksum, kind, target, statement];
        return `(${[...what, line.state, line.runId].map(literal).join(', ')}, ${finished})`;
      });
      return `INSERT INTO ${tableOf(versionTable)}
  (revision, direction, stmt_no, stmt_sha256, op_kind, target, statement, state, run_id, finished_at)
VALUES ${rows.join(',\n  ')}`;
    },

    end(versionTable: ObjectName, ended: LedgerEnd): string {
      const { number, state, error } = ended;
      return `UPDATE ${tableOf(versionTable)}
  SET state = ${literal(state)}, error = ${literal(error ?? null)}, finished_at = ${now}
  WHERE ${placeIs(ended)} AND stmt_no = ${literal(number)}`;
    },

    clear(versionTable, place) {
      const all = `DELETE FROM ${tableOf(versionTable)}`;
      if (place === undefined) return all;
      const ofRun = place.runId === undefined ? '' : ` AND run_id = ${literal(place.runId)}`;
      return `${all} WHERE ${placeIs(place)}${ofRun}`;
    },

    remove: (versionTable, line) =>
      `DELETE FROM ${tableOf(versionTable)} WHERE ${placeIs(line)} AND stmt_no = ${literal(line.number)}`,

    /** Everything as text or number, so that no type parser of the application's driver has a say. */
    select: (versionTable) =>
      `SELECT revision, direction, stmt_no, stmt_sha256, op_kind, target, statement, state, error, run_id,
  ${startedAt} AS started_at
FROM ${tableOf(versionTable)} ORDER BY started_at, revision, direction, stmt_no`,
  });
}
