import type { Connection } from '@nest-alembic/core';
import { fingerprintQueries } from './fingerprint-queries.js';
import { reportOracle } from './oracle-report.js';
import { serverMajor } from './test-database.js';

/** Settings of {@link fingerprintPostgres}. */
export interface FingerprintOptions {
  /** Schemas to read. @default all but the system's */
  readonly schemas?: readonly string[];
  /** Names of tables to leave out with all that belongs to them, in whatever schema. @default none */
  readonly ignoredTables?: readonly string[];
  /** Whether the positions of columns count. @default true */
  readonly columnOrder?: boolean;
}

/**
 * Describes the schema of a database as sorted lines of text, one for each object, by its own SQL over the server's
 * own functions (`pg_get_constraintdef`, `pg_get_indexdef`, `pg_get_viewdef`, `format_type` …), so that it can judge
 * our inspector. Equal databases give equal lines on the same server version; a line diff says what differs.
 */
export async function fingerprintPostgres(
  connection: Connection,
  options: FingerprintOptions = {},
): Promise<readonly string[]> {
  reportOracle('fingerprint');
  const queries = fingerprintQueries({
    major: await serverMajor(connection),
    columnOrder: options.columnOrder ?? true,
  });
  const lines = await withPinnedSettings(connection, async () => {
    const found: string[] = [];
    for (const sql of queries) {
      const { rows } = await connection.query<{ line: string }>(sql, [options.schemas ?? null]);
      found.push(...rows.map((row) => row.line));
    }
    return found;
  });
  return lines.filter((line) => !isIgnored(line, options.ignoredTables ?? [])).sort();
}

/** What the server's functions depend on when they spell a name or a literal. */
const pinned = {
  search_path: '',
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  extra_float_digits: '1',
};

async function withPinnedSettings<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  const before = new Map<string, unknown>();
  for (const [name, value] of Object.entries(pinned)) {
    const { rows } = await connection.query('SELECT current_setting($1) AS value', [name]);
    before.set(name, rows[0]?.['value']);
    await connection.query('SELECT set_config($1, $2, false)', [name, value]);
  }
  try {
    return await work();
  } finally {
    for (const [name, value] of before)
      await connection.query('SELECT set_config($1, $2, false)', [name, value]);
  }
}

/** True for the line of a table, of its parts, and of the sequences and comments that belong to it. */
function isIgnored(line: string, tables: readonly string[]): boolean {
  return tables.some((table) => {
    const name = /^[a-z_][a-z0-9_]*$/.test(table) ? table : `"${table.replaceAll('"', '""')}"`;
    return [
      new RegExp(`^table [^ ]+\\.${escaped(name)}( |$)`),
      new RegExp(`^sequence .* by [^ ]+\\.${escaped(name)}\\.[^ ]+$`),
      new RegExp(`^comment on [a-z ]+ [^ ]+\\.${escaped(name)}[.:]`),
    ].some((pattern) => pattern.test(line));
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
