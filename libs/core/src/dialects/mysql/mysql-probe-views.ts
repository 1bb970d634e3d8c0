import { randomBytes } from 'node:crypto';
import type { Connection } from '../common/connection.js';
import { withoutDatabase } from './mysql-inspect-views.js';
import { mysqlQuoting } from './mysql-quoting.js';

const { identifier, literal } = mysqlQuoting;

/** Seconds after which a probe's view is one that a process left behind when it was killed. */
const ABANDONED = 3600;

const newName = (): string => {
  const second = Math.floor(Date.now() / 1000);
  return `alembic_probe_${second.toString(16).padStart(8, '0')}${randomBytes(8).toString('hex')}`;
};

const madeAt = (name: string): number | undefined => {
  const hex = /^alembic_probe_([0-9a-f]{8})[0-9a-f]{16}$/.exec(name)?.[1];
  return hex === undefined ? undefined : parseInt(hex, 16);
};

/** True for a view that a comparison makes for a moment, maybe one that goes on beside ours: it is in no model. */
export const isProbeView = (name: string): boolean => madeAt(name) !== undefined;

/**
 * A view's query as the server keeps it. A view cannot be temporary: one of a name that nobody has is made and dropped at once.
 * Undefined where the server does not show it, for want of SHOW VIEW.
 * @throws what the driver throws where the server refuses the text, or views
 */
export async function spellView(connection: Connection, text: string): Promise<string | undefined> {
  const name = newName();
  // Without the right to drop it none is made.
  await connection.query(`DROP VIEW IF EXISTS ${identifier(name)}`);
  await connection.query(`CREATE VIEW ${identifier(name)} AS ${text}`);
  try {
    const { rows } = await connection.query<{ definition: string; name: string }>(
      `SELECT VIEW_DEFINITION AS definition, TABLE_SCHEMA AS name FROM information_schema.VIEWS
       WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ${literal(name)}`,
    );
    const [row] = rows;
    return row?.definition ? withoutDatabase(row.definition, row.name) : undefined;
  } finally {
    await connection.query(`DROP VIEW IF EXISTS ${identifier(name)}`);
  }
}

/** Drops the views of probes whose process was killed before it could. */
export async function dropAbandonedViews(connection: Connection): Promise<void> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT TABLE_NAME AS name FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'VIEW' AND TABLE_NAME LIKE 'alembic\\\\_probe\\\\_%'`,
  );
  const limit = Date.now() / 1000 - ABANDONED;
  for (const { name } of rows) {
    const second = madeAt(name);
    if (second === undefined || second >= limit) continue;
    // It disturbs nobody, and somebody else may have the right.
    await connection.query(`DROP VIEW IF EXISTS ${identifier(name)}`).catch(() => undefined);
  }
}
