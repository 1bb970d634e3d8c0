import { isMigrationError } from '@nest-alembic/core';
import type { Connection, QueryResult } from '@nest-alembic/core';
import { scriptOf } from '../script-of.js';
import type { SqliteHandle } from './sqlite-handle.js';

/** One session over a library that answers at once. Ending it twice does nothing; statements after that fail. */
export class SqliteSession implements Connection {
  readonly #handle: SqliteHandle;
  readonly #split: (sql: string) => readonly string[];
  readonly #file: string | undefined;
  #ending: Promise<void> | undefined;

  /** @param file of the database, for errors; undefined where it has none */
  constructor(
    handle: SqliteHandle,
    split: (sql: string) => readonly string[],
    file: string | undefined,
  ) {
    this.#handle = handle;
    this.#split = split;
    this.#file = file;
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<QueryResult<Row>> {
    if (this.#ending) throw new Error('the session is closed');
    try {
      await this.#handle.ready?.(sql);
      const result = this.#handle.run(sql, parameters);
      await this.#handle.settle(sql);
      return result as QueryResult<Row>;
    } catch (error) {
      throw withFile(error, this.#file);
    }
  }

  script(sql: string): Promise<readonly QueryResult[]> {
    return scriptOf(this.#split(sql), (statement) => this.query(statement));
  }

  close(): Promise<void> {
    return (this.#ending ??= this.#handle.end().catch(() => undefined));
  }

  destroy(): Promise<void> {
    return this.close();
  }
}

/** The same error with the path of the database, which no library says, as `file`. */
export function withFile(error: unknown, file: string | undefined): unknown {
  const isPlain = typeof error === 'object' && error !== null && !isMigrationError(error);
  return file !== undefined && isPlain && !('file' in error)
    ? Object.assign(error, { file })
    : error;
}
