/** The result of one statement. */
export interface QueryResult<Row = Record<string, unknown>> {
  readonly rows: readonly Row[];
  /** Rows that were read or changed; null where the server does not say. */
  readonly rowCount: number | null;
}

/** How far a text of several statements came. */
export interface Attempt {
  /** Of each statement that ran, in order; at most its first row, and no counts. */
  readonly results: readonly QueryResult[];
  /** The driver's error that ended the text; undefined when all of it ran. */
  readonly error?: unknown;
}

/**
 * One session with a database, or (offline) a script that is being written. Statements run strictly in call order.
 * Errors are the driver's own; callers that know the revision wrap them.
 */
export interface Connection {
  /** Runs one statement with positional parameters. */
  query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
  /** Sends a text of one or more statements, without parameters, in one round trip: one result for each. */
  script(sql: string): Promise<readonly QueryResult[]>;
  /**
   * Sends a text as `script` does, and tells how many of its statements ran before one failed. Never throws. Absent where
   * the driver does not say: statements of a revision are then sent one by one.
   */
  attempt?(sql: string): Promise<Attempt>;
  /** Gives the session back. Never throws. */
  close(): Promise<void>;
  /**
   * Ends the session instead of giving it back to a pool: its settings were changed, or its state is in doubt. Never
   * throws. Absent where `close` ends it anyway.
   * @param isReset its settings were undone already, and it holds no lock and no transaction. @default false
   */
  destroy?(isReset?: boolean): Promise<void>;
}
