import type { VersionChange } from '../../graph/step.js';
import type { LiteralValue } from '../../schema/literal-value.js';
import type { ObjectName } from '../../schema/object-name.js';
import {
  changeSql,
  createVersionTable,
  insertingLog,
  logOf,
  logValues,
  ownTables,
} from '../common/version-sql.js';
import type { LogEntry, VersionTables } from '../common/version-tables.js';
import { assertion } from './sqlite-assertion.js';
import { sqliteLedger } from './sqlite-ledger.js';
import { sqliteQuoting } from './sqlite-quoting.js';

const { identifier, literal } = sqliteQuoting;

/** The name with its schema: a name alone could be that of a temporary table. */
const qualified = ({ schema, name }: ObjectName): string =>
  sqliteQuoting.qualified({ schema: schema ?? 'main', name });

/** The SQL of version table and log on SQLite. */
export const sqliteVersionTables: VersionTables = Object.freeze<VersionTables>({
  create,
  createLog,
  exists,
  selectRows: (versionTable) =>
    `SELECT CAST(version_num AS text) AS version_num FROM ${qualified(versionTable)} ORDER BY 1`,
  change: (versionTable, change) => changeSql(sqliteQuoting, versionTable, change),
  changeOne,
  purge: (versionTable) => `DELETE FROM ${qualified(versionTable)}`,
  insertLog,
  selectObjects: (versionTable) =>
    `SELECT objects FROM ${qualified(logOf(versionTable))} ORDER BY id`,
  selectChecksums,
  ledger: sqliteLedger,
  ownTables,
});

/** Version rows and their log. */
function create(versionTable: ObjectName): readonly string[] {
  return [createVersionTable(sqliteQuoting, versionTable), createLog(versionTable)];
}

function createLog(versionTable: ObjectName): string {
  return `CREATE TABLE IF NOT EXISTS ${qualified(logOf(versionTable))} (
  id integer NOT NULL PRIMARY KEY,
  revision text NOT NULL,
  direction text NOT NULL,
  version_nums text NOT NULL,
  message text NOT NULL,
  checksum text,
  duration_ms integer NOT NULL,
  run_id text NOT NULL,
  applied_by text NOT NULL,
  tool_version text NOT NULL,
  objects text NOT NULL,
  applied_at text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
)`;
}

/** SQLite keeps to no length (`width`), and knows no rights on tables. */
function exists(versionTable: ObjectName): string {
  const schema = versionTable.schema ?? 'main';
  const catalog = `${identifier(schema)}.sqlite_master`;
  const named = (alias: string, name: string): string =>
    `${alias}.type IN ('table', 'view') AND ${alias}.name = ${literal(name)} COLLATE NOCASE`;
  const columns = `pragma_table_info(${literal(versionTable.name)}, ${literal(schema)})`;
  return `SELECT v.name IS NOT NULL AS present, l.name IS NOT NULL AS log_present, v.type = 'table' AS is_table,
  (SELECT json_group_array(name) FROM ${columns}) AS columns,
  (SELECT type LIKE '%char%' OR type LIKE '%text%' OR type LIKE '%clob%' FROM ${columns}
    WHERE name = 'version_num' COLLATE NOCASE) AS is_text,
  NULL AS width, 1 AS can_read, 1 AS can_write
FROM (SELECT 1) AS one
LEFT JOIN ${catalog} AS v ON ${named('v', versionTable.name)}
LEFT JOIN ${catalog} AS l ON ${named('l', logOf(versionTable).name)}`;
}

function changeOne(versionTable: ObjectName, change: VersionChange, at: number): string {
  const counted = assertion('changes() = 1', 'count', `'${at}:' || changes()`);
  return `${changeSql(sqliteQuoting, versionTable, change)};\n${counted}`;
}

function insertLog(versionTable: ObjectName, entry: LogEntry): string {
  return insertingLog(sqliteQuoting, versionTable, logValues(entry).map(oneLine));
}

/** A person who reads a script must not take a line of a message for a statement (SCN-34). */
function oneLine(value: LiteralValue): string {
  if (typeof value !== 'string' || !/[\r\n]/.test(value)) return literal(value);
  const pieces = value.split(/([\r\n])/).filter((piece) => piece !== '');
  return pieces
    .map((piece) => (/[\r\n]/.test(piece) ? `char(${piece.charCodeAt(0)})` : literal(piece)))
    .join(' || ');
}

/** A column beside max() is of the row that has the greatest ("SELECT", 2.5). */
function selectChecksums(versionTable: ObjectName): string {
  return `SELECT revision, checksum FROM (
  SELECT revision, direction, checksum, max(id) FROM ${qualified(logOf(versionTable))} GROUP BY revision
) WHERE direction = 'upgrade' AND checksum IS NOT NULL`;
}
