import { MigrationError, isMigrationError } from '../errors/migration-error.js';
import type { Connection, QueryResult } from '../dialects/common/connection.js';
import type { RevisionGuard, TransactionToken } from '../dialects/common/session.js';
import type { VersionChange } from '../graph/step.js';
import type { VersionWrite } from './write-version.js';
import { writesOf } from './write-version.js';
import { displayName } from '../schema/object-name.js';
import type { MigrationSession } from './migration-session.js';
import { statementFailed } from './revision-errors.js';
import { CommitUnknown } from './work-unit.js';

/** What the last text of a transaction does besides COMMIT. */
export interface TransactionEnd {
  /** Version rows and log. */
  readonly version?: VersionWrite;
  /** Other statements. */
  readonly writes?: readonly string[];
  /** Give the migration lock back after COMMIT: nothing else is to be done. */
  readonly unlock?: boolean;
}

/**
 * The transaction of a revision: begun only when this session holds the lock and the version rows are those of the plan,
 * committed only when it is still the same transaction. The checks travel in one text with what they protect, so that
 * they cost no round trip (reliability.md §3.4). It can be begun again after it was committed.
 */
export class GuardedTransaction {
  readonly #session: MigrationSession;
  readonly #expectedRows: readonly string[];
  #token: TransactionToken | undefined;
  #isOpen = false;
  #wasOpen = false;
  /** Waits for the next text. */
  #pending: string[] = [];
  /** Changes of version rows in this transaction: an error names one by its place. */
  #changes: VersionChange[] = [];

  constructor(session: MigrationSession, expectedRows: readonly string[]) {
    this.#session = session;
    this.#expectedRows = expectedRows;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /**
   * Runs one statement; the transaction begins with it where none is open.
   * @throws MigrationError E5002, E5004, E4012; the driver's error for the statement itself
   */
  async run(sql: string, parameters: readonly unknown[] = []): Promise<void> {
    const before = this.#takeTexts();
    if (before.length > 0 && parameters.length === 0) {
      await this.#begin([...before, sql]);
      return;
    }
    if (before.length > 0) await this.#begin(before);
    await this.#connection.query(sql, parameters);
  }

  /** Runs a query and gives its rows. */
  async query(sql: string, parameters: readonly unknown[]): Promise<readonly object[]> {
    const before = this.#takeTexts();
    if (before.length > 0) await this.#begin(before);
    return (await this.#connection.query(sql, parameters)).rows;
  }

  /** Writes version rows with the next text of the transaction: for a step that is not its last one. */
  defer(version: VersionWrite): void {
    this.#pending.push(...this.#versionTexts(version));
  }

  /**
   * Verifies, writes and commits in one round trip; begins first where nothing is open.
   * @throws MigrationError E6007, E4011, E5002, E5004; E6003 with what failed; CommitUnknown
   */
  async end({ version, writes = [], unlock }: TransactionEnd): Promise<void> {
    const { dialect, versionTable } = this.#session;
    const { guards, commitStatement } = dialect.session;
    const isStillOpen = this.#isOpen && this.#token ? [guards.stillOpen(this.#token)] : [];
    const before = this.#takeTexts();
    const all = [...(version ? this.#versionTexts(version) : []), ...writes];
    const texts = [...isStillOpen, ...before, ...all, commitStatement];
    if (unlock) texts.push(guards.release(versionTable));
    const results = await this.#send(texts, (error) => this.#endFailed(error, all));
    this.#isOpen = false;
    this.#wasOpen = true;
    this.#changes = [];
    if (unlock) this.#session.wasUnlocked(guards.releasedIn(results));
  }

  /** Takes back what is open. Never throws: a rollback that fails leaves the transaction to the end of the session. */
  async rollBack(): Promise<void> {
    if (this.#isOpen) await this.#rollBackNow();
  }

  async #rollBackNow(): Promise<void> {
    this.#isOpen = false;
    this.#pending = [];
    this.#changes = [];
    await this.#session.dialect.session.rollback(this.#connection).catch(() => undefined);
  }

  #versionTexts(version: VersionWrite): readonly string[] {
    const { dialect } = this.#session;
    const texts = writesOf(dialect, version, this.#changes.length);
    this.#changes.push(...version.changes);
    return texts;
  }

  get #connection(): Connection {
    return this.#session.connection;
  }

  #takeTexts(): readonly string[] {
    const begin = this.#isOpen ? [] : [this.#session.dialect.session.guards.begin(this.#guard())];
    const texts = [...begin, ...this.#pending];
    this.#pending = [];
    return texts;
  }

  #guard(): RevisionGuard {
    const { versionTable, environment } = this.#session;
    return {
      lockName: versionTable,
      versionTable,
      expectedRows: this.#expectedRows,
      lockTimeoutMs: environment.statementLockTimeoutMs,
      ...(environment.statementTimeoutMs > 0 && {
        statementTimeoutMs: environment.statementTimeoutMs,
      }),
      resumes: this.#wasOpen,
    };
  }

  async #begin(texts: readonly string[]): Promise<void> {
    const isFirst = !this.#isOpen;
    const results = await this.#send(texts, (error) => error);
    if (isFirst) this.#token = this.#session.dialect.session.guards.tokenIn(results);
    this.#isOpen = true;
    this.#wasOpen = true;
  }

  async #send(
    texts: readonly string[],
    asError: (error: unknown) => unknown,
  ): Promise<readonly QueryResult[]> {
    try {
      return await this.#connection.script(texts.join(';\n'));
    } catch (error) {
      const refused = this.#refusal(error) ?? this.#missing(error);
      const told = refused ?? asError(error);
      if (!(told instanceof CommitUnknown)) await this.#rollBackNow();
      throw told;
    }
  }

  #refusal(error: unknown): MigrationError | undefined {
    const { dialect, versionTable } = this.#session;
    return dialect.session.guards.refusal(error, {
      lockName: versionTable,
      versionTable,
      expectedRows: this.#expectedRows,
      changes: this.#changes,
    });
  }

  /** The version table is asked for in every text that begins, so it is not the revision's own mistake. */
  #missing(error: unknown): MigrationError | undefined {
    const { dialect, versionTable } = this.#session;
    const table = displayName(versionTable);
    const isIt = error instanceof Error && error.message.includes(`"${table}"`);
    if (!isIt || dialect.session.errorKind(error) !== 'missingTable') return undefined;
    return new MigrationError('E4012', {
      problem: `the version table "${table}" disappeared during the run`,
      advice: 'Nothing of the next revision was run. Find out who dropped it before you go on.',
      facts: { versionTable: table },
      cause: error,
    });
  }

  #endFailed(error: unknown, writes: readonly string[]): unknown {
    if (isMigrationError(error)) return error;
    const { session, versionTables } = this.#session.dialect;
    if (session.isConnectionLost(error)) return new CommitUnknown(error);
    const failed = statementFailed(writes.join(';\n\n'), error);
    const own = versionTables.ownTables(this.#session.versionTable).map(({ name }) => name);
    const isOurs = own.includes(String(failed.facts['table']));
    // Constraints that were deferred are checked at COMMIT, and conflicts are found there.
    const isAtCommit = ['constraint', 'transient'].includes(session.errorKind(error)) && !isOurs;
    return isAtCommit || writes.length === 0
      ? statementFailed(session.commitStatement, error)
      : failed;
  }
}
