import type { Connection, QueryResult } from '@nest-alembic/core';
import type { DataSource, QueryRunner } from 'typeorm';
import type { SessionAdapter } from '../session-adapter.js';
import { scriptOf } from '../script-of.js';
import { withinTime } from '../within-time.js';
import {
  type Done,
  isAnswer,
  type RawAnswer,
  type RawClient,
  type RawHeader,
  type RawQuery,
} from './mysql-raw-client.js';
import { resultOf } from './mysql-result.js';

/**
 * Sessions over the raw connection of `mysql2` that TypeORM's query runner holds. `QueryRunner.query` would put parameters
 * into the text, which a server with NO_BACKSLASH_ESCAPES reads otherwise, and runs under the app's limits.
 */
export function mysqlSessionAdapter(split: (sql: string) => readonly string[]): SessionAdapter {
  return Object.freeze({
    open: async (dataSource: DataSource): Promise<Connection> => {
      const queryRunner = dataSource.createQueryRunner('master');
      const client = (await queryRunner.connect()) as RawClient;
      return new MysqlSession(queryRunner, client, split);
    },
    withConnectTimeout: (options, timeoutMs) =>
      options.type === 'mysql' || options.type === 'mariadb'
        ? { ...options, connectTimeout: options.connectTimeout ?? timeoutMs }
        : options,
  } satisfies SessionAdapter);
}

/** Silence after which the client asks whether the server is still there. */
const KEEP_ALIVE_MS = 10_000;

/** How long undoing may take before the connection is cut. */
const RESET_TIMEOUT_MS = 1_000;

/** Statements that undo at once what the end of the connection undoes when the server notices it. */
const RESET = ['ROLLBACK', 'UNLOCK TABLES', 'DO RELEASE_ALL_LOCKS()'];

/** Bits of the status that the server answers a statement without rows with (MySQL internals, SERVER_STATUS_…). */
const IN_TRANSACTION = 1;
const AUTOCOMMIT = 2;

/**
 * How every statement is read, whatever the app has set for its own: `extra.typeCast`, `extra.rowsAsArray` and so on. Only a
 * function takes the place of a function.
 */
const PLAIN_ROWS = {
  typeCast: (_field: unknown, next: () => unknown) => next(),
  rowsAsArray: false,
  nestTables: false,
  namedPlaceholders: false,
} as const;

class MysqlSession implements Connection {
  readonly #queryRunner: QueryRunner;
  readonly #client: RawClient;
  readonly #split: (sql: string) => readonly string[];
  #running = 0;
  #isBroken = false;
  #ending: Promise<void> | undefined;

  constructor(
    queryRunner: QueryRunner,
    client: RawClient,
    split: (sql: string) => readonly string[],
  ) {
    this.#queryRunner = queryRunner;
    this.#client = client;
    this.#split = split;
    client.stream?.setKeepAlive?.(true, KEEP_ALIVE_MS);
    client.on('error', this.#onError);
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<QueryResult<Row>> {
    return resultOf(await this.#send(sql, parameters)) as QueryResult<Row>;
  }

  /** The protocol takes one statement at a time: `multipleStatements` is off, as TypeORM has it. */
  script(sql: string): Promise<readonly QueryResult[]> {
    return scriptOf(this.#split(sql), (statement) => this.query(statement));
  }

  /** A session in a transaction, or in the middle of a statement, is not given back: the pool would hand it on so. */
  close(): Promise<void> {
    if (this.#isBroken || this.#running > 0) return this.destroy();
    return (this.#ending ??= this.#giveBack());
  }

  destroy(isReset = false): Promise<void> {
    return (this.#ending ??= this.#destroy(isReset));
  }

  async #giveBack(): Promise<void> {
    if (!(await this.#isIdle())) return this.#destroy(false);
    this.#client.removeListener('error', this.#onError);
    await this.#queryRunner.release().catch(() => undefined);
  }

  /** Asks the server itself: only it knows which statements began a transaction. */
  async #isIdle(): Promise<boolean> {
    let status = IN_TRANSACTION;
    const asked = this.#send('DO 0', []).then(({ answer }) => {
      status = (answer as RawHeader).serverStatus ?? IN_TRANSACTION;
    });
    await withinTime(asked, RESET_TIMEOUT_MS);
    return (status & IN_TRANSACTION) === 0 && (status & AUTOCOMMIT) !== 0;
  }

  /** Locks would go only when the server notices that the client is gone: they are given back first. */
  async #destroy(isReset: boolean): Promise<void> {
    if (!this.#isBroken && !isReset && this.#running === 0) {
      const undone = RESET.map((statement) => this.#send(statement, []).catch(() => undefined));
      await withinTime(Promise.all(undone), RESET_TIMEOUT_MS);
    }
    this.#client.destroy();
    await this.#queryRunner.release().catch(() => undefined);
  }

  /** With parameters by the binary protocol, which keeps them apart from the text. */
  async #send(sql: string, parameters: readonly unknown[]): Promise<RawAnswer> {
    this.#running += 1;
    try {
      return await new Promise((resolve, reject) => {
        const done: Done = (error, answer, fields) =>
          error ? reject(error) : resolve({ answer, fields });
        const values = parameters.map((value) => (value === undefined ? null : value));
        const query: RawQuery = { sql, values, ...PLAIN_ROWS };
        if (values.length > 0) this.#client.execute(query, done);
        else this.#client.query(query, done);
      });
    } catch (error) {
      this.#isBroken ||= !isAnswer(error);
      throw error;
    } finally {
      this.#running -= 1;
    }
  }

  readonly #onError = (): void => {
    this.#isBroken = true;
  };
}
