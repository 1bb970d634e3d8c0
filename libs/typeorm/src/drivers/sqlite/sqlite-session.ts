import type { Connection, QueryResult } from '@nest-alembic/core';
import { scriptOf } from '../script-of.js';
import type { SqliteHandle } from './sqlite-handle.js';

/** One session over a library that answers at once. Ending it twice does nothing; statements after that fail. */
export class SqliteSession implements Connection {
  readonly #handle: SqliteHandle;
  readonly #split: (sql: string) => readonly string[];
  #ending: Promise<void> | undefined;

  constructor(handle: SqliteHandle, split: (sql: string) => readonly string[]) {
    this.#handle = handle;
    this.#split = split;
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<QueryResult<Row>> {
    if (this.#ending) throw new Error('the session is closed');
    await this.#handle.ready?.(sql);
    const result = this.#handle.run(sql, parameters);
    await this.#handle.settle(sql);
    return result as QueryResult<Row>;
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
