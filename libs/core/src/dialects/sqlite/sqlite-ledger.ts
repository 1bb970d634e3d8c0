import type { ObjectName } from '../../schema/object-name.js';
import type { LedgerTables } from '../common/ledger-tables.js';
import { ledgerSql } from '../common/ledger-sql.js';
import { sqliteQuoting } from './sqlite-quoting.js';

const NOW = `strftime('%Y-%m-%dT%H:%M:%SZ', 'now')`;

/** The SQL of the ledger on SQLite. */
export const sqliteLedger: LedgerTables = ledgerSql(sqliteQuoting, {
  now: NOW,
  startedAt: 'started_at',
  create,
});

function create(ledger: ObjectName): string {
  const { identifier, qualified } = sqliteQuoting;
  return `CREATE TABLE IF NOT EXISTS ${qualified(ledger)} (
  revision text NOT NULL,
  direction text NOT NULL,
  stmt_no integer NOT NULL,
  stmt_sha256 text NOT NULL,
  op_kind text NOT NULL,
  target text NOT NULL,
  statement text NOT NULL,
  state text NOT NULL,
  started_at text NOT NULL DEFAULT (${NOW}),
  finished_at text,
  error text,
  run_id text NOT NULL,
  CONSTRAINT ${identifier(`${ledger.name}_pkc`)} PRIMARY KEY (revision, direction, stmt_no)
)`;
}
