import type { VersionChange } from '../../graph/step.js';
import type { LiteralValue } from '../../schema/literal-value.js';
import type { ObjectName } from '../../schema/object-name.js';
import { ledgerOf } from '../common/ledger-sql.js';
import type { LOG_NAMES } from '../common/version-sql.js';
import {
  changeSql,
  createVersionTable,
  insertingLog,
  logOf,
  logValues,
  ownTables,
} from '../common/version-sql.js';
import type { LogEntry, VersionTables } from '../common/version-tables.js';
import type { Check } from './postgres-assertion.js';
import { assertion, failingWhere } from './postgres-assertion.js';
import { ROWS_AT_ONCE } from './postgres-json-rows.js';
import { postgresLedger } from './postgres-ledger.js';
import { postgresQuoting } from './postgres-quoting.js';

const { identifier, literal, qualified } = postgresQuoting;

/** The SQL of version table and log on PostgreSQL. */
export const postgresVersionTables: VersionTables = Object.freeze({
  create,
  createLog,
  exists,
  selectRows,
  change,
  changeOne,
  purge: (versionTable: ObjectName) => `DELETE FROM ${qualified(versionTable)}`,
  insertLog,
  selectObjects,
  selectChecksums,
  ledger: postgresLedger,
  ownTables,
});

/** Version rows and their log. */
function create(versionTable: ObjectName): readonly string[] {
  return [createVersionTable(postgresQuoting, versionTable), createLog(versionTable)];
}

function createLog(versionTable: ObjectName): string {
  const log = logOf(versionTable);
  return `CREATE TABLE IF NOT EXISTS ${qualified(log)} (
  id bigint GENERATED ALWAYS AS IDENTITY,
  revision text NOT NULL,
  direction text NOT NULL,
  version_nums jsonb NOT NULL,
  message text NOT NULL,
  checksum text,
  duration_ms bigint NOT NULL,
  run_id text NOT NULL,
  applied_by text NOT NULL,
  tool_version text NOT NULL,
  objects jsonb NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT ${identifier(`${log.name}_pkc`)} PRIMARY KEY (id)
)`;
}

const schemaOf = (name: ObjectName): string =>
  name.schema === null ? 'current_schema()' : literal(name.schema);

function exists(versionTable: ObjectName): string {
  const may = (oid: string, right: string): string => `has_table_privilege(${oid}, '${right}')`;
  return `SELECT v.oid IS NOT NULL AS present, l.oid IS NOT NULL AS log_present, v.relkind IN ('r', 'p') AS is_table,
  (SELECT json_agg(attname ORDER BY attnum)::text FROM pg_attribute
    WHERE attrelid = v.oid AND attnum > 0 AND NOT attisdropped) AS columns,
  t.typcategory = 'S' AS is_text,
  CASE WHEN a.atttypmod > 4 THEN a.atttypmod - 4 END AS width,
  ${may('v.oid', 'SELECT')} AS can_read,
  ${['INSERT', 'UPDATE', 'DELETE'].map((right) => may('v.oid', right)).join(' AND ')}
    AND coalesce(${may('l.oid', 'INSERT')}, true) AS can_write
FROM (SELECT ${schemaOf(versionTable)} AS name) s
LEFT JOIN pg_namespace n ON n.nspname = s.name
LEFT JOIN pg_class v ON v.relnamespace = n.oid AND v.relname = ${literal(versionTable.name)}
LEFT JOIN pg_class l ON l.relnamespace = n.oid AND l.relname = ${literal(logOf(versionTable).name)}
LEFT JOIN pg_attribute a ON a.attrelid = v.oid AND a.attname = 'version_num' AND NOT a.attisdropped
LEFT JOIN pg_type t ON t.oid = a.atttypid`;
}

function selectRows(versionTable: ObjectName): string {
  const from = `SELECT version_num::text AS version_num FROM ${qualified(versionTable)}`;
  const own = versionTable.schema === null ? ` WHERE tableoid = ${regclassOf(versionTable)}` : '';
  return `${from}${own} UNION ALL ${refusingHidden(versionTable)} ORDER BY 1`;
}

/** A table; without a schema, the one of the default schema only (E15): `to_regclass` alone would look along the search path. */
export function regclassOf({ schema, name }: ObjectName): string {
  const place = schema === null ? 'quote_ident(current_schema())' : literal(identifier(schema));
  return `to_regclass(${place} || '.' || ${literal(identifier(name))})`;
}

/**
 * A query without a row that fails where row-level security decides which rows of our tables this role sees: rows that it does not
 * see would be revisions to apply once more.
 */
function refusingHidden(versionTable: ObjectName): string {
  const ours = [versionTable, logOf(versionTable), ledgerOf(versionTable)].map(regclassOf);
  return `SELECT NULL FROM unnest(ARRAY[${ours.join(', ')}]) AS ours
  WHERE ${failingWhere('row_security_active(ours::oid)', 'hidden', `to_json(ARRAY[ours::text])`)}`;
}

function change(versionTable: ObjectName, versionChange: VersionChange): string {
  return changeSql(postgresQuoting, versionTable, versionChange);
}

function changeOne(versionTable: ObjectName, versionChange: VersionChange, at: number): string {
  return countingOne(change(versionTable, versionChange), `'${at}:'`);
}

/**
 * A change of version rows that fails unless it meets exactly one.
 * @param place an SQL expression of type text: its place among the changes, with a colon
 */
export function countingOne(changing: string, place: string): string {
  return `WITH changed AS (${changing} RETURNING 1) ${assertion(...isOne(place))} FROM changed`;
}

/** The check that a query gives one row. @param place as of {@link countingOne} */
export const isOne = (place: string) =>
  ['count(*) = 1', 'count', `${place} || count(*)`] as const satisfies Check;

/** The columns of a line of the log, with their types. */
export const LOG_COLUMNS = {
  revision: 'text',
  direction: 'text',
  version_nums: 'jsonb',
  message: 'text',
  checksum: 'text',
  duration_ms: 'bigint',
  run_id: 'text',
  applied_by: 'text',
  tool_version: 'text',
  objects: 'jsonb',
} as const satisfies Record<(typeof LOG_NAMES)[number], string>;

function insertLog(versionTable: ObjectName, entry: LogEntry): string {
  return insertingLog(postgresQuoting, versionTable, logTexts(entry, oneLine));
}

const DURATION = Object.keys(LOG_COLUMNS).indexOf('duration_ms');

/** What the statements ahead took: `statement_timestamp()` is when their text arrived. */
const SINCE_TEXT =
  'round(extract(epoch FROM clock_timestamp() - statement_timestamp()) * 1000)::bigint';

/** The values of a line of the log as SQL. @param spell writes one of them */
export const logTexts = (
  entry: LogEntry,
  spell: (value: LiteralValue) => string,
): readonly string[] =>
  logValues(entry).map((value, at) =>
    at === DURATION && entry.plusText ? `${spell(value)} + ${SINCE_TEXT}` : spell(value),
  );

/** A person who reads a script must not take a line of a message for a statement (SCN-34). */
function oneLine(value: LiteralValue): string {
  const text = literal(value);
  if (!/[\r\n]/.test(text)) return text;
  const escaped = text.startsWith('E') ? text : `E${text.replaceAll('\\', '\\\\')}`;
  return escaped.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}

/** The effects of one revision may be thousands: they come in parts, as {@link ROWS_AT_ONCE} says. */
function selectObjects(versionTable: ObjectName): string {
  return `SELECT '[' || string_agg(effect, ',' ORDER BY place) || ']' AS objects
FROM (SELECT l.id, e.value::text AS effect, e.place
  FROM ${qualified(logOf(versionTable))} l, jsonb_array_elements(l.objects) WITH ORDINALITY AS e (value, place)) effects
GROUP BY id, (place - 1) / ${ROWS_AT_ONCE} ORDER BY id, (place - 1) / ${ROWS_AT_ONCE}`;
}

function selectChecksums(versionTable: ObjectName): string {
  return `SELECT revision, checksum FROM (
  SELECT DISTINCT ON (revision) revision, direction, checksum FROM ${qualified(logOf(versionTable))}
  ORDER BY revision, id DESC
) last WHERE direction = 'upgrade' AND checksum IS NOT NULL`;
}
