/** The result of one statement. */
export interface QueryResult<Row = Record<string, unknown>> {
  readonly rows: readonly Row[];
  /** Rows that were read or changed; null where the server does not say. */
  readonly rowCount: number | null;
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
  /** Gives the session back. Never throws. */
  close(): Promise<void>;
  /**
   * Ends the session instead of giving it back to a pool: its settings were changed, or its state is in doubt. Never
   * throws. Absent where `close` ends it anyway.
   * @param isReset its settings were undone already, and it holds no lock and no transaction. @default false
   */
  destroy?(isReset?: boolean): Promise<void>;
}
