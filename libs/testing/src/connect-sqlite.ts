import type Database from 'better-sqlite3';
import { sqliteDialect } from '@nest-alembic/core';
import type { Connection, QueryResult } from '@nest-alembic/core';
import { loadDriver } from './load-driver.js';

/**
 * Opens one session over plain `better-sqlite3`, with the settings that the driver has by itself.
 *
 * @throws Error when the driver is not installed, or when its binary cannot be loaded
 */
export async function connectSqlite(file: string): Promise<Connection> {
  const Driver = await loadDriver('better-sqlite3', async () => {
    const { default: Loaded } = await import('better-sqlite3');
    // Its binary is loaded with the first database.
    new Loaded(':memory:').close();
    return Loaded;
  });
  return new PlainSqliteConnection(new Driver(file));
}

/** Whether the driver works here: it may need a compiler, and its binary is of one version of Node.js. */
export function hasSqlite(): boolean {
  try {
    const Driver = require('better-sqlite3') as typeof Database;
    new Driver(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

class PlainSqliteConnection implements Connection {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<QueryResult<Row>> {
    const statement = this.#database.prepare(sql);
    if (!statement.reader) return { rows: [], rowCount: statement.run(...parameters).changes };
    const rows = statement.all(...parameters) as Row[];
    return { rows, rowCount: rows.length };
  }

  async script(sql: string): Promise<readonly QueryResult[]> {
    const results: QueryResult[] = [];
    for (const statement of sqliteDialect.splitStatements(sql))
      results.push(await this.query(statement));
    return results;
  }

  async close(): Promise<void> {
    this.#database.close();
  }
}
