import type { Database } from 'better-sqlite3';
import { sqliteDialect } from '@nest-alembic/core';
import type { Connection, QueryResult } from '@nest-alembic/core';

/**
 * Opens one session over plain `better-sqlite3`, with the settings that the driver has by itself.
 *
 * @throws Error when the driver is not installed
 */
export async function connectSqlite(file: string): Promise<Connection> {
  // Only those who test on SQLite have it.
  const { default: Driver } = await import('better-sqlite3');
  return new PlainSqliteConnection(new Driver(file));
}

/** Whether the driver is installed: it may need a compiler. */
export function hasSqlite(): boolean {
  try {
    require.resolve('better-sqlite3');
    return true;
  } catch {
    return false;
  }
}

class PlainSqliteConnection implements Connection {
  readonly #database: Database;

  constructor(database: Database) {
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
