import type { Connection } from '@nest-alembic/core';
import type { FingerprintOptions } from './fingerprint-postgres.js';
import { reportOracle } from './oracle-report.js';

/**
 * Describes the schema of a MySQL or MariaDB database as sorted lines of text, by what the server itself prints of each table, view,
 * trigger and routine (`SHOW CREATE …`), so that it can judge our inspector. Equal databases give equal lines on the same server
 * version; a line diff says what differs.
 */
export async function fingerprintMariadb(
  connection: Connection,
  options: Pick<FingerprintOptions, 'ignoredTables' | 'columnOrder'> = {},
): Promise<readonly string[]> {
  reportOracle('fingerprint of SHOW CREATE');
  const ignored = new Set(options.ignoredTables ?? []);
  const lines: string[] = [];
  for (const { name, type } of await objectsOf(connection)) {
    if (ignored.has(name)) continue;
    const shown = await show(connection, SHOWN[type] ?? type, name);
    lines.push(...partsOf(`${type} ${name}`, shown, options.columnOrder ?? true));
  }
  return lines.sort();
}

interface Named {
  readonly name: string;
  readonly type: string;
}

/** What comes behind SHOW CREATE. */
const SHOWN: Readonly<Record<string, string>> = {
  'BASE TABLE': 'TABLE',
  'SYSTEM VERSIONED': 'TABLE',
};

async function objectsOf(connection: Connection): Promise<readonly Named[]> {
  const { rows } = await connection.query<Named>(
    `SELECT TABLE_NAME AS name, TABLE_TYPE AS type FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()
UNION ALL SELECT ROUTINE_NAME, ROUTINE_TYPE FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()
UNION ALL SELECT TRIGGER_NAME, 'TRIGGER' FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()`,
  );
  return rows;
}

/** Whoever asks, and when, and where a counter stands, is no schema. */
async function show(connection: Connection, type: string, name: string): Promise<string> {
  const quoted = `\`${name.replaceAll('`', '``')}\``;
  const { rows } = await connection.query(`SHOW CREATE ${type} ${quoted}`);
  const entries = Object.entries(rows[0] ?? {});
  const text = entries.find(([key]) => /^(create |sql original statement)/i.test(key))?.[1];
  return String(text)
    .replace(/ AUTO_INCREMENT=\d+/, '')
    .replace(/ DEFINER=\S+/, '');
}

/** A line for each line of a table's body, since an added column or key stands at another place than a new one. */
function partsOf(object: string, text: string, isOrdered: boolean): readonly string[] {
  const [head = '', ...rest] = text.split('\n');
  if (!/^CREATE TABLE/.test(head)) return [`${object}: ${text.replaceAll(/\s+/g, ' ')}`];
  const body = rest.slice(0, -1).map((line) => line.trim().replace(/,$/, ''));
  const columns = body.filter((line) => line.startsWith('`'));
  return [
    `${object} ${rest.at(-1)}`,
    ...body.filter((line) => !line.startsWith('`')).map((line) => `${object}: ${line}`),
    ...columns.map((line, at) => `${object}${isOrdered ? ` ${at + 1}` : ''}: ${line}`),
  ];
}
