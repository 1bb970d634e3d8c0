import type { ObjectName } from '../../schema/object-name.js';
import type { LedgerTables } from '../common/ledger-tables.js';
import { ledgerSql } from '../common/ledger-sql.js';
import { postgresQuoting } from './postgres-quoting.js';

const { identifier, qualified } = postgresQuoting;

/** The SQL of the ledger on PostgreSQL. */
export const postgresLedger: LedgerTables = ledgerSql(postgresQuoting, {
  now: 'clock_timestamp()',
  startedAt: `to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
  create,
});

function create(ledger: ObjectName): string {
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
