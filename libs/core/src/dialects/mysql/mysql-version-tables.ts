import type { VersionChange } from '../../graph/step.js';
import type { LiteralValue } from '../../schema/literal-value.js';
import type { ObjectName } from '../../schema/object-name.js';
import { ledgerSql } from '../common/ledger-sql.js';
import {
  changeSql,
  createVersionTable,
  insertingLog,
  logOf,
  logValues,
  ownTables,
} from '../common/version-sql.js';
import type { LogEntry, VersionTables } from '../common/version-tables.js';
import { assertion } from './mysql-assertion.js';
import { mysqlQuoting } from './mysql-quoting.js';

const { identifier, literal, qualified } = mysqlQuoting;

/** Rows of our tables are written and read back as they are, and together: with transactions, and case counts. */
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';

const timeOf = (column: string, format: string): string => `DATE_FORMAT(${column}, '${format}')`;

/** The SQL of version table, log and ledger on MySQL and MariaDB. */
export const mysqlVersionTables: VersionTables = Object.freeze<VersionTables>({
  create,
  createLog,
  exists,
  selectRows: (versionTable) =>
    `SELECT CAST(version_num AS CHAR) AS version_num FROM ${qualified(versionTable)} ORDER BY BINARY version_num`,
  change: (versionTable, change) => changeSql(mysqlQuoting, versionTable, change),
  changeOne,
  purge: (versionTable) => `DELETE FROM ${qualified(versionTable)}`,
  insertLog,
  selectObjects: (versionTable) =>
    `SELECT objects FROM ${qualified(logOf(versionTable))} ORDER BY id`,
  selectChecksums,
  ledger: ledgerSql(mysqlQuoting, {
    now: 'UTC_TIMESTAMP(3)',
    startedAt: timeOf('started_at', '%Y-%m-%dT%H:%i:%sZ'),
    create: createLedger,
  }),
  ownTables,
});

/** Version rows and their log. */
function create(versionTable: ObjectName): readonly string[] {
  return [createVersionTable(mysqlQuoting, versionTable, ` ${OPTIONS}`), createLog(versionTable)];
}

function createLog(versionTable: ObjectName): string {
  return `CREATE TABLE IF NOT EXISTS ${qualified(logOf(versionTable))} (
  id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
  revision varchar(255) NOT NULL,
  direction varchar(16) NOT NULL,
  version_nums longtext NOT NULL,
  message longtext NOT NULL,
  checksum varchar(255),
  duration_ms bigint NOT NULL,
  run_id varchar(255) NOT NULL,
  applied_by text NOT NULL,
  tool_version varchar(255) NOT NULL,
  objects longtext NOT NULL,
  applied_at datetime(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)),
  KEY ${identifier(`${logOf(versionTable).name}_revision`)} (revision)
) ${OPTIONS}`;
}

function createLedger(ledger: ObjectName): string {
  return `CREATE TABLE IF NOT EXISTS ${qualified(ledger)} (
  revision varchar(255) NOT NULL,
  direction varchar(16) NOT NULL,
  stmt_no int NOT NULL,
  stmt_sha256 varchar(64) NOT NULL,
  op_kind varchar(64) NOT NULL,
  target text NOT NULL,
  statement text NOT NULL,
  state varchar(16) NOT NULL,
  started_at datetime(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)),
  finished_at datetime(3),
  error text,
  run_id varchar(255) NOT NULL,
  PRIMARY KEY (revision, direction, stmt_no)
) ${OPTIONS}`;
}

/** Rights of roles are in no view that every user may read: what is not allowed fails when it is done. */
function exists(versionTable: ObjectName): string {
  const schema = versionTable.schema === null ? 'DATABASE()' : literal(versionTable.schema);
  const table = (name: string): string =>
    `information_schema.TABLES WHERE TABLE_SCHEMA = ${schema} AND TABLE_NAME = ${literal(name)}`;
  const columns = `information_schema.COLUMNS WHERE TABLE_SCHEMA = ${schema} AND TABLE_NAME = ${literal(versionTable.name)}`;
  const number = `${columns} AND COLUMN_NAME = 'version_num'`;
  return `SELECT EXISTS (SELECT 1 FROM ${table(versionTable.name)}) AS present,
  EXISTS (SELECT 1 FROM ${table(logOf(versionTable).name)}) AS log_present,
  EXISTS (SELECT 1 FROM ${table(versionTable.name)} AND TABLE_TYPE = 'BASE TABLE' AND ENGINE = 'InnoDB') AS is_table,
  (SELECT CONCAT('[', GROUP_CONCAT(JSON_QUOTE(COLUMN_NAME) ORDER BY ORDINAL_POSITION), ']') FROM ${columns}) AS columns,
  (SELECT CHARACTER_SET_NAME IS NOT NULL FROM ${number}) AS is_text,
  (SELECT CHARACTER_MAXIMUM_LENGTH FROM ${number}) AS width,
  true AS can_read, true AS can_write`;
}

/** The number of rows is that of the statement right before. */
function changeOne(versionTable: ObjectName, versionChange: VersionChange, at: number): string {
  const counted = assertion('ROW_COUNT() = 1', 'count', `'${at}:', ROW_COUNT()`);
  return `${changeSql(mysqlQuoting, versionTable, versionChange)};\n${counted}`;
}

function insertLog(versionTable: ObjectName, entry: LogEntry): string {
  return insertingLog(mysqlQuoting, versionTable, logValues(entry).map(oneLine));
}

/** A person who reads a script must not take a line of a message for a statement (SCN-34). */
const oneLine = (value: LiteralValue): string =>
  literal(value).replaceAll('\r', '\\r').replaceAll('\n', '\\n');

function selectChecksums(versionTable: ObjectName): string {
  const log = qualified(logOf(versionTable));
  return `SELECT l.revision, l.checksum FROM ${log} l
JOIN (SELECT MAX(id) AS id FROM ${log} GROUP BY revision) last ON last.id = l.id
WHERE l.direction = 'upgrade' AND l.checksum IS NOT NULL`;
}
