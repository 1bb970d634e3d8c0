// The databases of specs besides PostgreSQL: what is there, and in which version.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The databases besides PostgreSQL, and those that specs have to do without. */
export async function otherDatabases() {
  return [await mariadb(), betterSqlite3(), await sqljs()];
}

async function mariadb() {
  const url = process.env.TEST_MARIADB_URL;
  if (!url) return { name: 'MariaDB (TEST_MARIADB_URL is not set)', isLeftOut: true };
  const { createConnection } = await import('mysql2/promise');
  const client = await createConnection(url).catch((error) => {
    console.error(`The MariaDB for the specs cannot be reached: ${error.message}`);
    process.exit(1);
  });
  const [[{ version }]] = await client.query('SELECT version() AS version');
  await client.end();
  return { name: `MariaDB ${version} (TEST_MARIADB_URL)` };
}

/** It is compiled where its ready-made binary cannot be fetched; npm leaves it out without a compiler. */
function betterSqlite3() {
  try {
    const database = new (require('better-sqlite3'))(':memory:');
    const { version } = database.prepare('SELECT sqlite_version() AS version').get();
    database.close();
    return { name: `SQLite ${version} (better-sqlite3)` };
  } catch {
    return { name: 'SQLite of better-sqlite3 (not installed)', isLeftOut: true };
  }
}

async function sqljs() {
  const { Database } = await require('sql.js')();
  const database = new Database();
  const [{ values }] = database.exec('SELECT sqlite_version()');
  database.close();
  return { name: `SQLite ${values[0][0]} (sql.js)` };
}
