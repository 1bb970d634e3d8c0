import type { ObjectName } from '../../schema/object-name.js';
import type { LedgerEnd, LedgerLine, LedgerPlace, LedgerTables } from '../common/ledger-tables.js';
import { postgresQuoting } from './postgres-quoting.js';

const { identifier, literal, qualified } = postgresQuoting;

/** The SQL of the ledger on PostgreSQL. */
export const postgresLedger: LedgerTables = Object.freeze<LedgerTables>({
  create,
  insert,
  end,
  clear,
  remove: (versionTable, line) =>
    `DELETE FROM ${qualified(ledgerOf(versionTable))} WHERE ${placeIs(line)} AND stmt_no = ${literal(line.number)}`,
  select,
});

/** The ledger beside a version table. */
export const ledgerOf = ({ schema, name }: ObjectName): ObjectName => ({
  schema,
  name: `${name}_ledger`,
});

function create(versionTable: ObjectName): string {
  const ledger = ledgerOf(versionTable);
  return `CREATE TABLE IF NOT EXISTS ${qualified(ledger)} (
  revision text NOT NULL,
  direction text NOT NULL,
  stmt_no integer NOT NULL,
  stmt_sha256 text NOT NULL,
  op_kind text NOT NULL,
  target text NOT NULL,
  statement text NOT NULL,
  state text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  error text,
  backend_pid integer NOT NULL DEFAULT pg_backend_pid(),
  run_id text NOT NULL,
  CONSTRAINT ${identifier(`${ledger.name}_pkc`)} PRIMARY KEY (revision, direction, stmt_no)
)`;
}

function insert(versionTable: ObjectName, lines: readonly LedgerLine[]): string {
  const rows = lines.map((line) => {
    const finished = line.state === 'running' ? 'NULL' : 'clock_timestamp()';
    const { revision, direction, number, checksum, kind, target, statement, state, runId } = line;
    const values = [revision, direction, number, checksum, kind, target, statement, state, runId];
    return `(${values.map(literal).join(', ')}, ${finished})`;
  });
  return `INSERT INTO ${qualified(ledgerOf(versionTable))}
  (revision, direction, stmt_no, stmt_sha256, op_kind, target, statement, state, run_id, finished_at)
VALUES ${rows.join(',\n  ')}`;
}

function end(versionTable: ObjectName, ended: LedgerEnd): string {
  const { number, state, error } = ended;
  return `UPDATE ${qualified(ledgerOf(versionTable))}
  SET state = ${literal(state)}, error = ${literal(error ?? null)}, finished_at = clock_timestamp()
  WHERE ${placeIs(ended)} AND stmt_no = ${literal(number)}`;
}

function clear(
  versionTable: ObjectName,
  place?: LedgerPlace & { readonly runId?: string },
): string {
  const all = `DELETE FROM ${qualified(ledgerOf(versionTable))}`;
  if (place === undefined) return all;
  const ofRun = place.runId === undefined ? '' : ` AND run_id = ${literal(place.runId)}`;
  return `${all} WHERE ${placeIs(place)}${ofRun}`;
}

const placeIs = ({ revision, direction }: LedgerPlace): string =>
  `revision = ${literal(revision)} AND direction = ${literal(direction)}`;

/** Everything as text or number, so that no type parser of the application's driver has a say. */
function select(versionTable: ObjectName): string {
  return `SELECT revision, direction, stmt_no, stmt_sha256, op_kind, target, statement, state, error, run_id,
  to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS started_at
FROM ${qualified(ledgerOf(versionTable))} ORDER BY started_at, revision, direction, stmt_no`;
}
