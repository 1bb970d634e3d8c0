import type { ObjectName } from '../../schema/object-name.js';
import type { MigrationError } from '../../errors/migration-error.js';
import type { Connection, QueryResult } from './connection.js';
import type { LedgerRow } from './ledger-tables.js';
import type { RefusalFacts } from './refusals.js';
import type { KeptGuard, KeptTexts } from './revision-texts.js';
import type { ScriptGuards } from './script-guards.js';
import type { VersionTableForm } from './version-tables.js';

/** Facts about the server at the other end. */
export interface ServerInfo {
  /** Version as the server says it: `15.20`. */
  readonly version: string;
  readonly database: string;
  /** Null when the search path names no schema that exists. */
  readonly defaultSchema: string | null;
}

/** Who holds the migration lock, as far as the server tells. */
export interface LockHolder {
  /** Null where the database does not say. */
  readonly pid: number | null;
  readonly application: string;
  readonly client: string | null;
  readonly since: string | null;
  readonly state: string | null;
}

/** What must hold when a revision's transaction begins. */
export interface RevisionGuard {
  readonly lockName: ObjectName;
  readonly versionTable: ObjectName;
  /** The rows that the plan was made from; any other set means that someone else migrated (E5002). */
  readonly expectedRows: readonly string[];
  /** How long a statement waits for a lock on a table, in milliseconds; 0 waits for ever. */
  readonly lockTimeoutMs: number;
  /** How long one of its statements may run, in milliseconds. @default as the session has it */
  readonly statementTimeoutMs?: number;
  /** The revision goes on: its search path stays. */
  readonly resumes?: boolean;
}

/** What a run finds before it takes the lock. */
export interface Glance {
  readonly info: ServerInfo;
  /** The rows as they stand; undefined where there is no version table. */
  readonly rows: readonly (string | null)[] | undefined;
  readonly ledger: readonly LedgerRow[];
  /** Which of our other tables can be read. */
  readonly tables: { readonly log: boolean; readonly ledger: boolean };
}

/** What a run finds under the lock. */
export interface Survey {
  readonly form: VersionTableForm;
  readonly rows: readonly (string | null)[];
  readonly ledger: readonly LedgerRow[];
  /** Of each revision whose last line in the log is an upgrade, the checksum of the file that was run. */
  readonly checksums: ReadonlyMap<string, string>;
}

/** What to look at. */
export interface SurveyRequest {
  /** With its schema. */
  readonly versionTable: ObjectName;
  /** False where a glance found no version table. */
  readonly hasRows: boolean;
  readonly tables: Glance['tables'];
}

/**
 * The checks of a revision's transaction as SQL that fails where they do not hold: sent in one text with what they protect,
 * they cost no round trip of their own, and what follows them in the text does not run. Pure.
 */
export interface TransactionGuards {
  /**
   * Begins a revision's transaction and verifies, inside it, that the lock is still held by this session, that nobody
   * else migrates, and that the version rows are those of the plan (E5004, E5002).
   */
  begin(guard: RevisionGuard): string;
  /** Which transaction {@link TransactionGuards.begin} began, from the results of the text that it was part of. */
  tokenIn(results: readonly QueryResult[]): TransactionToken;
  /** Verifies that the transaction of `token` is the open one (E6007). */
  stillOpen(token: TransactionToken): string;
  /** Verifies that no transaction is open (E6007). Must be the first of a text. */
  readonly outside: string;
  /** Gives the migration lock back, and undoes what the session was set to. */
  release(lockName: ObjectName): string;
  /** Whether {@link TransactionGuards.release} gave the lock back, from the results of the text that it was part of. */
  releasedIn(results: readonly QueryResult[]): boolean;
  /** What a check that failed says; undefined for any other error. */
  refusal(error: unknown, facts: RefusalFacts): MigrationError | undefined;
}

/**
 * How statements of a revision travel together, as one text: one round trip for many, and the server reads ahead. Pure.
 */
export interface TogetherTexts {
  /**
   * Whether a statement may stand ahead of others in a text: it is one, and plainly ends where it ends, whatever comes
   * after it. False costs a round trip, no more.
   */
  takes(sql: string): boolean;
  /** One text. */
  join(texts: readonly string[]): string;
  /**
   * Which of the joined texts an error comes from.
   * @param completed statements that ran before it
   * @returns its place; undefined where the server has not said so
   */
  failedAt(texts: readonly string[], error: unknown, completed: number): number | undefined;
  /** Stands for the transaction that the same text begins, whose name is not known yet. */
  readonly sameText: TransactionToken;
}

/**
 * What a driver's error means for a run. `connectionLost`: the session is gone. `transient`: a second attempt may do (lock
 * time-out, deadlock, serialization failure). `constraint`: data does not satisfy one. `outsideOnly`: the statement
 * cannot run inside of a transaction. `newValue`: it uses a value of a type that was added in the same transaction. `missingTable`, `missingColumn`, `denied`: as they say.
 * `readOnly`: it would change something where nothing may be changed. `missingObject`: a function, operator or type that is not there, or a value of another type than asked for. `other`: all else.
 */
export type DriverErrorKind =
  | 'connectionLost'
  | 'transient'
  | 'constraint'
  | 'outsideOnly'
  | 'newValue'
  | 'missingTable'
  | 'missingColumn'
  | 'missingObject'
  | 'denied'
  | 'readOnly'
  | 'other';

/** Names one open transaction, so that a revision that ends it by itself is noticed (E6007). */
export interface TransactionToken {
  readonly id: string;
}

/**
 * Lock and transactions of one pinned session (`reliability.md` §3: outer lock for politeness, inner check for safety).
 * `lockName` is the version table: two apps with different version tables do not wait for each other.
 */
export interface Session {
  /**
   * What a run works on instead of the plain connection: it waits where the database refuses instead of waiting, and ending it
   * undoes what `prepare` changed. @default the connection itself
   */
  forRun?(
    connection: Connection,
    limits: {
      /** How long to wait for someone else's lock, in milliseconds; 0 waits for ever. */
      readonly lockTimeoutMs: number;
    },
  ): Connection;
  /**
   * Sets up the session for migrating: time-outs, quoting mode, application name.
   * @param statementTimeoutMs how long one statement may run, in milliseconds; 0 for any time. @default 0
   * @throws MigrationError E5003 when the server does not accept writes, E5008 when it is too old
   */
  prepare(
    connection: Connection,
    application: string,
    statementTimeoutMs?: number,
  ): Promise<ServerInfo>;
  /** Asks who is at the other end. Changes nothing, works on a standby. */
  serverInfo(connection: Connection): Promise<ServerInfo>;
  /** Tries to take the migration lock, without waiting. */
  tryLock(connection: Connection, lockName: ObjectName): Promise<boolean>;
  /** Gives the lock back; false when this session did not hold it. */
  unlock(connection: Connection, lockName: ObjectName): Promise<boolean>;
  lockHolder(connection: Connection, lockName: ObjectName): Promise<LockHolder | undefined>;
  /** Looks at the database before the lock: one round trip where our tables are there. Changes nothing. */
  glance(connection: Connection, versionTable: ObjectName): Promise<Glance>;
  /**
   * Sets up the session as `prepare`, tries to take the lock, and looks at the database under it; all in one round trip.
   * @returns the survey, or undefined when the lock is not free
   * @throws MigrationError E5003, E5008
   */
  prepareAndLock(
    connection: Connection,
    settings: { readonly application: string; readonly statementTimeoutMs: number },
    request: SurveyRequest,
  ): Promise<Survey | undefined>;
  /** Looks at the database under the lock. */
  survey(connection: Connection, request: SurveyRequest): Promise<Survey>;
  readonly guards: TransactionGuards;
  /** @default there is none: each statement is sent by itself */
  readonly together?: TogetherTexts;
  /**
   * Texts like those of `guards`, for a run of many revisions on one session. Pure.
   * @param name of the run: sessions may share what a server keeps
   */
  keptTexts(guard: KeptGuard, name: string): KeptTexts;
  readonly scriptGuards: ScriptGuards;
  /**
   * Begins the transaction that makes the version tables, with the same checks but for the rows.
   * @throws MigrationError E5004, E5002
   */
  beginSetup(connection: Connection, lockName: ObjectName): Promise<void>;
  commit(connection: Connection): Promise<void>;
  rollback(connection: Connection): Promise<void>;
  /** Statements that set how long one of the open transaction waits for a lock, and how long it may run. Pure. */
  timeOutStatements(limits: {
    readonly statementLockTimeoutMs: number;
    /** 0 leaves it as the session has it. */
    readonly statementTimeoutMs: number;
  }): readonly string[];
  /**
   * Statements after which a query of the open transaction fails where this role sees only some of a table's rows.
   * @default there are none: a role sees all rows, or none of a table
   */
  readonly seeingAllRows?: readonly string[];
  /** Statements that begin and end a transaction in which nothing can be written. */
  readonly readOnly: { readonly begin: readonly string[]; readonly end: readonly string[] };
  /**
   * Texts between which each statement outside of a transaction is refused (`readOnly`) where it would change something.
   * @default there are none: what a query of a revision calls is then taken at its word
   */
  readonly readOnlyStatements?: { readonly begin: string; readonly end: string };
  /**
   * A query for one row with the column `may_change`: true where something that queries call, by its name, may change data though
   * their words only look. Pure. @default there is none: they are taken at their word
   */
  mayChange?(queries: readonly string[]): string;
  /** What a script of `--sql` needs besides. @default nothing */
  readonly script?: {
    /** Lines ahead of everything else, complete: commands of the database's own client, settings. */
    readonly head: readonly string[];
    /** Statements ahead of each COMMIT, which fail where it must not be. */
    readonly beforeCommit: readonly string[];
    /** A statement as the database's own client takes it. @default with a semicolon */
    readonly terminated?: (statement: string) => string;
  };
  /** Statements that open and close a transaction in a script. */
  readonly beginStatement: string;
  readonly commitStatement: string;
  /** True when a driver error means that the connection is gone. */
  isConnectionLost(error: unknown): boolean;
  errorKind(error: unknown): DriverErrorKind;
  /** What to do about a statement that the server refused, where that is known. Pure. @default nothing is */
  adviceFor?(error: unknown): string | undefined;
  /** True for a text that commits the open transaction, as changes of the schema do on some databases. Pure. @default never */
  commitsImplicitly?(sql: string): boolean;
  /**
   * False for a statement that can leave something behind when it fails: an index that is built CONCURRENTLY, a
   * procedure that commits. Pure.
   */
  isAtomic(sql: string): boolean;
  /**
   * What a statement that failed, or was in flight when all ended, may have left behind, and what to do about it, as a clause. Pure.
   * @default nothing that it does not say itself
   */
  leftBehind?(sql: string): string | undefined;
  /** What to do about an error of the driver where the server gives no hint, as a clause. @default nothing */
  hintFor?(error: unknown): string | undefined;
  /** True for a text of statements that change nothing, as far as its words say. Pure. */
  onlyReads(sql: string): boolean;
  /** True for a text that only gets a statement ready to run. Pure. @default never */
  onlyPrepares?(sql: string): boolean;
  /** The first statement of a text that begins or ends a transaction, such as `COMMIT`; undefined when there is none. Pure. */
  transactionControl(sql: string): string | undefined;
  /** What a text leaves its session in: a transaction that it began, none, or what was there before. Pure. */
  transactionEffect(sql: string): 'begins' | 'ends' | undefined;
  /** A driver's connect or log-in error in words, for E5010, without any secret; undefined for any other error. */
  connectProblem(error: unknown): string | undefined;
  /** What to look at when connecting fails. @default the parts of a URL */
  readonly connectAdvice?: string;
  /** Why a database takes nothing more, in words, for E5003; undefined for any other error. Absent: never asked. */
  writeProblem?(error: unknown): string | undefined;
  /** True where a transaction of someone else keeps every other one waiting, for E5015; absent where nothing of a database can. */
  isBusy?(error: unknown): boolean;
}
