import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Connection, QueryResult } from '../common/connection.js';
import { splitStatements } from './sqlite-split.js';

/** A session over plain `better-sqlite3`. */
export class PlainSqliteConnection implements Connection {
  readonly database: Database.Database;

  constructor(file: string, options: Database.Options = {}) {
    this.database = new Database(file, options);
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<QueryResult<Row>> {
    const statement = this.database.prepare(sql);
    if (!statement.reader) return { rows: [], rowCount: statement.run(...parameters).changes };
    const rows = statement.all(...parameters) as Row[];
    return { rows, rowCount: rows.length };
  }

  async script(sql: string): Promise<readonly QueryResult[]> {
    const results: QueryResult[] = [];
    for (const statement of splitStatements(sql)) results.push(await this.query(statement));
    return results;
  }

  async close(): Promise<void> {
    this.database.close();
  }
}

/** A file of its own for one spec. */
export interface SpecFile {
  readonly file: string;
  connect(): PlainSqliteConnection;
  /** Closes the sessions that `connect` opened, and removes the folder of the file. */
  drop(): void;
}

/** Makes a folder for a database file. */
export function createSpecFile(): SpecFile {
  const folder = mkdtempSync(join(tmpdir(), 'nest-alembic-'));
  const file = join(folder, 'spec.db');
  const connections: PlainSqliteConnection[] = [];
  return {
    file,
    connect: () => {
      const connection = new PlainSqliteConnection(file);
      connections.push(connection);
      return connection;
    },
    drop: () => {
      for (const connection of connections) connection.database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
