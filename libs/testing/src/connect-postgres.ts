import { Client } from 'pg';
import type { QueryResult as PgResult } from 'pg';
import { attemptPostgres } from '@nest-alembic/core';
import type { Attempt, Connection, QueryResult } from '@nest-alembic/core';

/** Settings of {@link connectPostgres}. */
export interface ConnectPostgresOptions {
  /** What `pg_stat_activity` shows. @default 'nest-alembic-testing' */
  readonly application?: string;
  /** How long to wait for the server, in milliseconds. @default 10000 */
  readonly connectTimeoutMs?: number;
}

/**
 * Opens one session over plain `pg`: `query` by the extended protocol (exactly one statement), `script` by the simple
 * protocol (any number of statements, in one round trip).
 */
export async function connectPostgres(
  url: string,
  options: ConnectPostgresOptions = {},
): Promise<Connection> {
  const client = new Client({
    connectionString: url,
    keepAlive: true,
    application_name: options.application ?? 'nest-alembic-testing',
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
  });
  // A session that the server ends while nobody waits must not end the process; the next statement reports it.
  client.on('error', () => undefined);
  await client.connect();
  return new PlainPostgresConnection(client);
}

class PlainPostgresConnection implements Connection {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<QueryResult<Row>> {
    const result = await this.#client.query<Row>({
      text: sql,
      values: [...parameters],
      queryMode: 'extended',
    } as { text: string; values: unknown[] });
    return { rows: result.rows, rowCount: result.rowCount };
  }

  async script(sql: string): Promise<readonly QueryResult[]> {
    const answer: PgResult | PgResult[] = await this.#client.query(sql);
    const results = Array.isArray(answer) ? answer : [answer];
    // pg answers a text without any statement with one result that has no command.
    return results
      .filter((result) => result.command !== null)
      .map(({ rows, rowCount }) => ({ rows: rows as Record<string, unknown>[], rowCount }));
  }

  attempt(sql: string): Promise<Attempt> {
    return attemptPostgres(this.#client, sql);
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => undefined);
  }
}
