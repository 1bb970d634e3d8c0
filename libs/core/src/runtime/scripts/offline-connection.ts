import { MigrationError } from '../../errors/migration-error.js';
import type { Connection, QueryResult } from '../../dialects/common/connection.js';

const NO_ROWS: QueryResult<never> = Object.freeze({ rows: Object.freeze([]), rowCount: null });

/**
 * A connection that writes what it is asked to run (design D10): the script of `--sql`. Each statement ends with a
 * semicolon and an empty line (OFF-01). It has no rows and counts none.
 */
export class OfflineConnection implements Connection {
  readonly #parts: string[] = [];
  readonly #terminated: (sql: string) => string;

  /** @param terminated a statement as the database's own client takes it. Default: with a semicolon */
  constructor(terminated: (sql: string) => string = withSemicolon) {
    this.#terminated = terminated;
  }

  /** The script so far. */
  get text(): string {
    return this.#parts.join('');
  }

  /** @throws MigrationError E6006 for a statement with parameters (OFF-09) */
  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<QueryResult<Row>> {
    if (parameters.length > 0)
      throw new MigrationError('E6006', { problem: 'a script cannot hold parameters' });
    this.#parts.push(`${this.#terminated(sql.trim())}\n\n`);
    return NO_ROWS;
  }

  async script(sql: string): Promise<readonly QueryResult[]> {
    await this.query(sql);
    return [];
  }

  async close(): Promise<void> {
    // There is nothing to give back.
  }

  /** Writes lines that are complete as they stand. */
  lines(lines: readonly string[]): void {
    if (lines.length > 0) this.#parts.push(`${lines.join('\n')}\n\n`);
  }

  /** Writes a comment line of its own. */
  comment(text: string): void {
    this.#parts.push(`-- ${text.replace(/[\r\n\u2028\u2029]+/g, ' ')}\n\n`);
  }
}

/** A semicolon behind a comment would belong to the comment. */
function withSemicolon(statement: string): string {
  const lastLine = statement.slice(statement.lastIndexOf('\n') + 1);
  return `${statement}${lastLine.includes('--') ? '\n' : ''};`;
}
