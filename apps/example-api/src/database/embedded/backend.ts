/** The one session of an embedded PostgreSQL. */
export interface Backend {
  /** Settings that a server reports when a client connects, such as `server_version`. */
  readonly settings: Readonly<Record<string, string>>;
  /** Executes protocol messages and returns the server's answer; an SQL error is an answer, not an exception. */
  execute(messages: Buffer): Promise<Buffer>;
  /** Closes the database and frees its folder. */
  close(): Promise<void>;
}
