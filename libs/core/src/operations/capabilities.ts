/** What a database can do, as one frozen object of yes and no; operations, runtime and tests ask it, never a name. */
export interface Capabilities {
  /** DDL takes part in transactions. */
  readonly transactionalDdl: boolean;
  readonly schemas: boolean;
  readonly enumTypes: boolean;
  readonly sequences: boolean;
  readonly identityColumns: boolean;
  readonly generatedColumns: boolean;
  /** A column keeps its type while a generated column reads it (PostgreSQL). */
  readonly generatedHoldsColumns?: true;
  readonly partialIndexes: boolean;
  readonly expressionIndexes: boolean;
  readonly exclusionConstraints: boolean;
  readonly deferrableConstraints: boolean;
  readonly materializedViews: boolean;
  readonly comments: boolean;
  readonly concurrentIndexes: boolean;
  readonly extensions: boolean;
  readonly domains: boolean;
  /** Functions and procedures that migrations make. */
  readonly routines: boolean;
  readonly triggers: boolean;
  readonly rowSecurity: boolean;
  readonly partitions: boolean;
  /** A column is changed by writing down all that it is (MySQL). */
  readonly restatesColumns: boolean;
  /** Several changes of one table are one statement, made whole or not at all. */
  readonly altersAtOnce?: true;
  /** A foreign key stands on an index of its own columns, and the server refuses to drop the last one (MySQL). */
  readonly keysHoldIndexes?: true;
  /** The name that every primary key has, whatever it is called (MySQL). */
  readonly primaryKeyName?: string;
  /** UPDATE has no word for the default of a column (SQLite). */
  readonly cannotUpdateToDefault?: true;
  /** Names of keys and indexes are taken once in a schema, not once in a table. */
  readonly keyNamesPerSchema?: true;
  /** Longest identifier in bytes. */
  readonly maxIdentifierBytes: number;
}
