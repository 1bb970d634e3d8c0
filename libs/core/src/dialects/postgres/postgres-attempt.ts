import type { Attempt, QueryResult } from '../common/connection.js';

/** The part of a client of `pg` that takes a query object of someone else's, as `pg-cursor` is one ("Submittable"). */
export interface SubmittingClient {
  query(submittable: PostgresText): unknown;
  /** Absent in pg-native, which takes none. */
  readonly connection?: object | undefined;
  /** In pipeline mode `pg` takes none. */
  readonly pipeline?: unknown;
}

/** Whether a client takes a query object. */
export const takesSubmittables = (client: object): client is SubmittingClient => {
  const { connection, pipeline } = client as Partial<SubmittingClient>;
  const writes = (connection as { readonly query?: unknown } | undefined)?.query;
  return typeof writes === 'function' && !pipeline;
};

/** What a text may have besides. */
export interface AttemptOptions {
  /** How long the client waits for the answer, in milliseconds. @default that of the client */
  readonly query_timeout?: number;
}

/** See `Connection.attempt`: `pg` itself drops the results of the statements before one that fails. Never throws. */
export async function attemptPostgres(
  client: SubmittingClient,
  sql: string,
  options: AttemptOptions = {},
): Promise<Attempt> {
  return new Promise((resolve) => {
    const text = new PostgresText(sql, (results, error) =>
      resolve(error === undefined ? { results } : { results, error }),
    );
    client.query(Object.assign(text, options));
  });
}

/** A column of a row, as `pg` tells it. */
interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}

const BOOLEAN = 16;

/** One text of the simple protocol, in the shape that a client of `pg` drives. */
class PostgresText {
  readonly text: string;
  /** The client puts its own around it where it limits the time. */
  callback: (error: unknown) => void;
  readonly #results: QueryResult[] = [];
  #fields: readonly Field[] = [];
  #rows: Record<string, unknown>[] = [];

  constructor(text: string, done: (results: readonly QueryResult[], error?: unknown) => void) {
    this.text = text;
    this.callback = (error) => done(this.#results, error ?? undefined);
  }

  submit(connection: { query(text: string): void }): null {
    connection.query(this.text);
    return null;
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.#fields = fields;
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (this.#rows.length > 0) return;
    this.#rows.push(
      Object.fromEntries(
        this.#fields.map(({ name, dataTypeID }, at) => {
          const value = fields[at] ?? null;
          return [name, dataTypeID === BOOLEAN && value !== null ? value === 't' : value];
        }),
      ),
    );
  }

  handleCommandComplete(): void {
    this.#results.push({ rows: this.#rows, rowCount: null });
    this.#rows = [];
  }

  handleError(error: unknown): void {
    this.callback(error);
  }

  handleReadyForQuery(): void {
    this.callback(undefined);
  }

  handleEmptyQuery(): void {
    // A text of nothing has no result.
  }

  handlePortalSuspended(): void {
    // Only portals are.
  }

  handleCopyInResponse(connection: { sendCopyFail(reason: string): void }): void {
    connection.sendCopyFail('a revision has no data to copy');
  }

  handleCopyData(): void {
    // Nobody asked for it.
  }
}
