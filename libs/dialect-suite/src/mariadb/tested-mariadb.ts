import { mariadbDialect } from '@nest-alembic/core';
import type { Connection } from '@nest-alembic/core';
import { createMysqlDatabase, fingerprintMariadb, runMariadb } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import type { TestedDialect } from '../tested-dialects.js';

/** MariaDB, as the laws ask for it. */
export const MARIADB: TestedDialect = {
  name: 'mariadb' as never,
  dialect: mariadbDialect,
  createDatabase: () => createMysqlDatabase(),
  version: async (connection) => {
    const { rows } = await connection.query<{ version: string }>('SELECT VERSION() AS version');
    return Number.parseInt(rows[0]?.version ?? '0', 10);
  },
  empty: emptyMariadb,
  fingerprint: fingerprintMariadb,
  // What mariadb-dump writes is SHOW CREATE, which the fingerprint is made of.
  dump: () => Promise.resolve(undefined),
  runScript,
};

async function emptyMariadb(connection: Connection): Promise<void> {
  const { rows } = await connection.query<{ sql: string }>(
    `SELECT CONCAT('DROP ', IF(TABLE_TYPE = 'VIEW', 'VIEW', 'TABLE'), ' \`', REPLACE(TABLE_NAME, '\`', '\`\`'), '\`') AS \`sql\`
     FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()`,
  );
  const drops = rows.map(({ sql }) => sql);
  await connection.script(
    ['SET foreign_key_checks = 0', ...drops, 'SET foreign_key_checks = 1'].join(';\n'),
  );
}

async function runScript(database: TestDatabase, script: string): Promise<void> {
  const result = await runMariadb(database.url, script);
  if (result === undefined) throw new Error('the mariadb client is not installed');
  if (result.exitCode !== 0)
    throw new Error(`mariadb ended with ${result.exitCode}: ${result.stderr}`);
}
