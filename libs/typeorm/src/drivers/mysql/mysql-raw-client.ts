import type { Socket } from 'node:net';

/** The part of a connection of `mysql2` that is used here. */
export interface RawClient {
  /** By the text protocol. */
  query(query: RawQuery, done: Done): unknown;
  /** By the binary protocol: prepared, with parameters beside the text. */
  execute(query: RawQuery, done: Done): unknown;
  on(event: 'error', listener: () => void): unknown;
  removeListener(event: 'error', listener: () => void): unknown;
  /** Ends the connection, and takes it out of its pool. */
  destroy(): void;
  /** A `driver` of the user's may have any stream. */
  readonly stream?: Partial<Pick<Socket, 'setKeepAlive'>>;
}

/** What is called when the server has answered. */
export type Done = (error: Error | null, answer: unknown, fields?: unknown) => void;

/** Rows and the fields that describe them, a header, or (of a procedure) a list of both. */
export interface RawAnswer {
  readonly answer: unknown;
  readonly fields: unknown;
}

/** A column of a result. */
export interface RawField {
  readonly name: string;
  /** The number of the type in the protocol; 8 is a big integer. */
  readonly columnType?: number;
}

/** One statement, and how its rows are read. */
export interface RawQuery {
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly typeCast: (field: unknown, next: () => unknown) => unknown;
  readonly rowsAsArray: boolean;
  readonly nestTables: boolean;
  readonly namedPlaceholders: boolean;
}

/** What a statement without rows is answered with. */
export interface RawHeader {
  readonly affectedRows: number;
  readonly serverStatus?: number;
}

/**
 * Errors with which the server says that it ends the session: ER_SERVER_SHUTDOWN, ER_ABORTING_CONNECTION, ER_NEW_ABORTING_CONNECTION,
 * ER_CONNECTION_KILLED (MariaDB), ER_SESSION_WAS_KILLED, ER_CLIENT_INTERACTION_TIMEOUT (MySQL 8.0, Server Error Message Reference).
 */
const LAST_WORDS: ReadonlySet<unknown> = new Set([1053, 1152, 1184, 1927, 3169, 4031]);

/** An error of the client; what the server said has both numbers. */
interface ServerError extends Error {
  readonly errno: number;
  readonly sqlState: string;
  readonly fatal: boolean;
}

/** True for an error that the server answered a statement with and went on. */
export function isAnswer(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { errno, sqlState, fatal } = error as Partial<ServerError>;
  return typeof errno === 'number' && Boolean(sqlState) && !fatal && !LAST_WORDS.has(errno);
}
