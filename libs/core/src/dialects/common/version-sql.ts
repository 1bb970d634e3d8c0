import type { VersionChange } from '../../graph/step.js';
import type { LiteralValue } from '../../schema/literal-value.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Quoting } from './dialect.js';
import { ledgerOf } from './ledger-sql.js';
import type { ScriptBeginning } from './script-guards.js';
import type { LogEntry, VersionTableForm } from './version-tables.js';

/** The log beside a version table. */
export const logOf = ({ schema, name }: ObjectName): ObjectName => ({
  schema,
  name: `${name}_log`,
});

/** See `VersionTables.ownTables`. */
export function ownTables(versionTable: ObjectName): readonly ObjectName[] {
  return [versionTable, logOf(versionTable), ledgerOf(versionTable)];
}

/** VT-01: the table of version rows; column, type and name of the key are Alembic's own. @param options behind it */
export const createVersionTable = (
  { identifier, qualified }: Quoting,
  versionTable: ObjectName,
  options = '',
): string =>
  `CREATE TABLE IF NOT EXISTS ${qualified(versionTable)} (
  version_num varchar(32) NOT NULL,
  CONSTRAINT ${identifier(`${versionTable.name}_pkc`)} PRIMARY KEY (version_num)
)${options}`;

/** The condition that a database is where a script begins. */
export function isAtBeginning(
  { literal, qualified }: Quoting,
  versionTable: ObjectName,
  { present, absent }: ScriptBeginning,
): string {
  const rows = (revisions: readonly string[]): string =>
    `SELECT 1 FROM ${qualified(versionTable)}${revisions.length === 0 ? '' : ` WHERE version_num IN (${revisions.map(literal).join(', ')})`}`;
  const count = `(SELECT count(*) FROM (${rows(present)}) AS present) = ${present.length}`;
  const none = `NOT EXISTS (${rows(absent === 'all' ? [] : absent)})`;
  return [
    ...(present.length > 0 ? [count] : []),
    ...(absent === 'all' || absent.length > 0 ? [none] : []),
  ].join(' AND ');
}

/** What is told where {@link isAtBeginning} does not hold. */
export const isElsewhere = ({ present }: ScriptBeginning): string =>
  `this script begins at ${present.join(', ') || 'base'}; the database is elsewhere`;

/** A change of version rows, in the spelling of a dialect: see `VersionTables.change`. */
export function changeSql(
  { literal, qualified }: Quoting,
  versionTable: ObjectName,
  change: VersionChange,
): string {
  const table = qualified(versionTable);
  switch (change.action) {
    case 'insert':
      return `INSERT INTO ${table} (version_num) VALUES (${literal(change.revision)})`;
    case 'update':
      return `UPDATE ${table} SET version_num = ${literal(change.to)} WHERE version_num = ${literal(change.from)}`;
    case 'delete':
      return `DELETE FROM ${table} WHERE version_num = ${literal(change.revision)}`;
  }
}

/** The columns of a line of the log that are given. */
export const LOG_NAMES = [
  'revision',
  'direction',
  'version_nums',
  'message',
  'checksum',
  'duration_ms',
  'run_id',
  'applied_by',
  'tool_version',
  'objects',
] as const;

/** The values of a line of the log, in the order of {@link LOG_NAMES}. */
export const logValues = (entry: LogEntry): readonly LiteralValue[] => [
  entry.revision,
  entry.direction,
  JSON.stringify(entry.rows),
  entry.message,
  entry.checksum ?? null,
  Math.round(entry.durationMs),
  entry.runId,
  entry.appliedBy,
  entry.toolVersion,
  JSON.stringify(entry.effects),
];

/** @param values SQL expressions, in the order of {@link LOG_NAMES} */
export const insertingLog = (
  { qualified }: Quoting,
  versionTable: ObjectName,
  values: readonly string[],
): string =>
  `INSERT INTO ${qualified(logOf(versionTable))} (${LOG_NAMES.join(', ')}) VALUES (${values.join(', ')})`;

/** The row of `VersionTables.exists`, where a database has 0 and 1 for no and yes. */
export function formOf(row: object | undefined): VersionTableForm {
  const { columns, width, ...answers } = (row ?? {}) as VersionTableForm;
  const isTrue = (name: keyof typeof answers): boolean => Boolean(answers[name]);
  return {
    present: isTrue('present'),
    log_present: isTrue('log_present'),
    is_table: isTrue('is_table'),
    is_text: isTrue('is_text'),
    can_read: isTrue('can_read'),
    can_write: isTrue('can_write'),
    columns: columns ?? null,
    width: width == null ? null : Number(width),
  };
}
