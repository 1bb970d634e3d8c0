import type { Socket } from 'node:net';
import { attemptPostgres, takesSubmittables } from '@nest-alembic/core';
import type { Attempt, Connection, QueryResult, SubmittingClient } from '@nest-alembic/core';
import type { DataSource, QueryRunner } from 'typeorm';
import type { SessionAdapter } from '../session-adapter.js';
import { withinTime } from '../within-time.js';

/**
 * Sessions over the raw client of `pg` (or what looks like it: a `driver` of the user's, pg-native) that TypeORM's query
 * runner holds. `QueryRunner.query` would lose row counts and all but one result of a script.
 */
export const postgresSessionAdapter: SessionAdapter = Object.freeze({
  open,
  withConnectTimeout: (options, timeoutMs) =>
    options.type === 'postgres'
      ? { ...options, connectTimeoutMS: options.connectTimeoutMS ?? timeoutMs }
      : options,
} satisfies SessionAdapter);

async function open(dataSource: DataSource): Promise<Connection> {
  const queryRunner = dataSource.createQueryRunner('master');
  const client = (await queryRunner.connect()) as RawClient;
  return new PostgresSession(queryRunner, client);
}

/** The part of a `pg` client that is used here. */
interface RawClient {
  query(query: RawQuery): Promise<RawResult | RawResult[]>;
  on(event: 'error', listener: () => void): unknown;
  removeListener(event: 'error', listener: () => void): unknown;
  /** `I` outside a transaction. Absent in older versions of `pg`. */
  getTransactionStatus?(): string | null;
  readonly connectionParameters?: { readonly query_timeout?: number | false };
  /** Absent in pg-native; a `driver` of the user's may have any stream. */
  readonly connection?: { readonly stream?: Partial<Pick<Socket, 'setKeepAlive'>> };
}

interface RawQuery {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly queryMode?: 'extended';
  readonly query_timeout?: number;
}

interface RawResult {
  readonly command: string | null;
  readonly rows: readonly Record<string, unknown>[];
  readonly rowCount: number | null;
}

/** The longest time that a timer takes. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;

/** Silence after which the client asks whether the server is still there; `pg` never asks unless its pool is told to. */
const KEEP_ALIVE_MS = 10_000;

/** How long undoing may take before the connection is cut. */
const RESET_TIMEOUT_MS = 1_000;

/**
 * Undoes what a migration leaves in a session, for drivers whose clients share one (PGlite). On a server the end of the
 * connection undoes all of it.
 */
const RESET = [
  'ROLLBACK',
  'RESET SESSION AUTHORIZATION',
  'RESET ROLE',
  'RESET ALL',
  'SELECT pg_advisory_unlock_all()',
].join('; ');

class PostgresSession implements Connection {
  readonly #queryRunner: QueryRunner;
  readonly #client: RawClient;
  readonly #patience: Pick<RawQuery, 'query_timeout'>;
  #running = 0;
  #isBroken = false;
  #ending: Promise<void> | undefined;
  /** Absent for clients that take no query object: pg-native, what a `driver` of the user's makes. */
  readonly attempt?: (sql: string) => Promise<Attempt>;

  constructor(queryRunner: QueryRunner, client: RawClient) {
    this.#queryRunner = queryRunner;
    this.#client = client;
    if (takesSubmittables(client)) this.attempt = (sql) => this.#attempt(client, sql);
    // The app's limit on a query (`extra.query_timeout`) is not meant for migrations: the client would give up on a
    // statement that goes on in the server.
    const isLimited = Boolean(client.connectionParameters?.query_timeout);
    this.#patience = isLimited ? { query_timeout: NO_TIMEOUT_MS } : {};
    client.connection?.stream?.setKeepAlive?.(true, KEEP_ALIVE_MS);
    client.on('error', this.#onError);
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<QueryResult<Row>> {
    const results = await this.#send({ text: sql, values: [...parameters], queryMode: 'extended' });
    // Only a driver that does not know `queryMode` answers a text without parameters with several results.
    const result = results.at(-1);
    return { rows: (result?.rows ?? []) as readonly Row[], rowCount: result?.rowCount ?? null };
  }

  async script(sql: string): Promise<readonly QueryResult[]> {
    const results = await this.#send({ text: sql });
    // A text without any statement is answered with one result that has no command.
    return results
      .filter(({ command }) => command !== null)
      .map(({ rows, rowCount }) => ({ rows, rowCount }));
  }

  async #attempt(client: SubmittingClient, sql: string): Promise<Attempt> {
    this.#running += 1;
    const attempt = await attemptPostgres(client, sql, this.#patience);
    this.#running -= 1;
    this.#isBroken ||= attempt.error !== undefined && !isAnswer(attempt.error);
    return attempt;
  }

  /** A session in a transaction, or in the middle of a statement, is not given back: the pool would hand it on so. */
  close(): Promise<void> {
    const isIdle = this.#running === 0 && this.#client.getTransactionStatus?.() === 'I';
    if (this.#isBroken || !isIdle) return this.destroy();
    return (this.#ending ??= this.#release());
  }

  destroy(isReset = false): Promise<void> {
    return (this.#ending ??= this.#destroy(isReset));
  }

  async #send(query: RawQuery): Promise<readonly RawResult[]> {
    this.#running += 1;
    try {
      const answer = await this.#client.query({ ...query, ...this.#patience });
      return Array.isArray(answer) ? answer : [answer];
    } catch (error) {
      this.#isBroken ||= !isAnswer(error);
      throw error;
    } finally {
      this.#running -= 1;
    }
  }

  async #release(): Promise<void> {
    this.#client.removeListener('error', this.#onError);
    await this.#queryRunner.release().catch(() => undefined);
  }

  async #destroy(isReset: boolean): Promise<void> {
    if (!this.#isBroken && !isReset)
      await withinTime(this.#client.query({ text: RESET }), RESET_TIMEOUT_MS);
    await destroyClient(this.#queryRunner);
  }

  /** TypeORM stops listening when it gives the client back; an error of the client after that would end the process. */
  readonly #onError = (): void => {
    this.#isBroken = true;
  };
}

/**
 * True for an error that the server answered with and went on. Its last words before it ends the session are no such
 * answer: the client would look healthy until the socket is closed.
 */
function isAnswer(error: unknown): boolean {
  if (!(error instanceof Error) || !('severity' in error) || !('code' in error)) return false;
  return !/^(08|57P)/.test(String(error.code));
}

/**
 * Gives the client back in such a way that the pool closes it. TypeORM has this for broken clients only, in a method
 * that is private in its types (0.3.27 to 1.1).
 */
async function destroyClient(queryRunner: QueryRunner): Promise<void> {
  const runner = queryRunner as unknown as {
    releasePostgresConnection?(error: Error): Promise<void>;
  };
  const release = runner.releasePostgresConnection?.(new Error('closed after a migration'));
  await (release ?? queryRunner.release()).catch(() => undefined);
}
