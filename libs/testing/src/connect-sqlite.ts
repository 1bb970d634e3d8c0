import Database from 'better-sqlite3';
import { sqliteDialect } from '@nest-alembic/core';
import type { Connection, QueryResult } from '@nest-alembic/core';

/** Opens one session over plain `better-sqlite3`, with the settings that the driver has by itself. */
export async function connectSqlite(file: string): Promise<Connection> {
  return new PlainSqliteConnection(new Database(file));
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
