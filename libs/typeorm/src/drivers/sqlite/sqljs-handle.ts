import type { QueryResult } from '@nest-alembic/core';
import type { SharedDatabase } from './shared-handle.js';
import { bindable, readable } from './sqlite-handle.js';
import { saveDatabase } from './sqljs-file.js';
import { isInTransaction, type RawSqljsStatement, type SqljsInternals } from './sqljs-internals.js';

/** Statements after which there is nothing to save. */
const READS = /^\s*(?:select|values|explain|begin|savepoint|pragma(?!\s+\w+\s*(?:=|\()))\b/i;
const SETTINGS = /^\s*pragma\s+(?!user_version|application_id)/i;
const CHANGES_ROWS = /^\s*(?:insert|update|delete|replace|with)\b/i;

/** The one handle of a database in memory, saved after what is committed. */
export class SqljsHandle implements SharedDatabase {
  readonly #driver: SqljsInternals;
  readonly #countStatements: (sql: string) => number;
  #isDirty = false;

  constructor(driver: SqljsInternals, countStatements: (sql: string) => number) {
    this.#driver = driver;
    this.#countStatements = countStatements;
  }

  /** The library would pass over what follows the first statement. */
  run(sql: string, parameters: readonly unknown[]): QueryResult {
    if (this.#countStatements(sql) > 1) throw new Error('a text of several statements');
    const database = this.#driver.databaseConnection;
    const statement = database.prepare(sql);
    try {
      statement.bind(parameters.map(bindable));
      const rows = rowsOf(statement);
      this.#isDirty ||= !READS.test(sql) && !SETTINGS.test(sql);
      if (rows !== undefined) return { rows, rowCount: rows.length };
      return { rows: [], rowCount: CHANGES_ROWS.test(sql) ? database.getRowsModified() : 0 };
    } finally {
      statement.free();
    }
  }

  async settle(): Promise<void> {
    if (!this.#isDirty || this.isInTransaction()) return;
    await saveDatabase(this.#driver);
    this.#isDirty = false;
  }

  isInTransaction(): boolean {
    return isInTransaction(this.#driver.databaseConnection);
  }

  rollback(): void {
    this.#driver.databaseConnection.run('ROLLBACK');
  }

  end(): Promise<void> {
    return Promise.resolve();
  }
}

/** Undefined for a statement that gives none. */
function rowsOf(statement: RawSqljsStatement): Record<string, unknown>[] | undefined {
  const rows: Record<string, unknown>[] = [];
  while (statement.step()) {
    const values = statement.get(undefined, { useBigInt: true }).map(readable);
    const names = statement.getColumnNames();
    rows.push(Object.fromEntries(names.map((name, index) => [name, values[index]])));
  }
  return statement.getColumnNames().length > 0 ? rows : undefined;
}
