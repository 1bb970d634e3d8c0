import { MigrationError, isMigrationError } from '../errors/migration-error.js';
import type { Connection, QueryResult } from '../dialects/common/connection.js';
import type { RevisionTexts } from '../dialects/common/revision-texts.js';
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
  #wasCommitted = false;
  /** Waits for the next text. */
  #pending: VersionWrite[] = [];
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
    this.#session.texts.expect(sql);
    if (this.#isWaiting && parameters.length === 0) return this.#begin(sql);
    if (this.#isWaiting) await this.#begin();
    await this.#connection.query(sql, parameters);
  }

  /** Runs a query and gives its rows. */
  async query(sql: string, parameters: readonly unknown[]): Promise<readonly object[]> {
    this.#session.texts.expect(sql);
    if (this.#isWaiting) await this.#begin();
    return (await this.#connection.query(sql, parameters)).rows;
  }

  /** Writes version rows with the next text of the transaction: for a step that is not its last one. */
  defer(version: VersionWrite): void {
    this.#pending.push(version);
  }

  /**
   * Verifies, writes and commits in one round trip; begins first where nothing is open.
   * @throws MigrationError E6007, E4011, E5002, E5004; E6003 with what failed; CommitUnknown
   */
  async end(end: TransactionEnd): Promise<void> {
    const { version, writes = [], unlock } = end;
    const { dialect, versionTable } = this.#session;
    const { guards, commitStatement } = dialect.session;
    const texts = (): readonly string[] => {
      // Nothing after COMMIT may need what the session keeps: this text would be sent again.
      const release = unlock ? [guards.release(versionTable)] : [];
      return [...this.#endingTexts(version), ...writes, commitStatement, ...release];
    };
    const results = await this.#send(texts, (error) => this.#endFailed(error, end));
    this.#isOpen = false;
    this.#wasOpen = true;
    this.#wasCommitted = true;
    this.#pending = [];
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

  /** Something must go ahead of the next statement. */
  get #isWaiting(): boolean {
    return !this.#isOpen || this.#pending.length > 0;
  }

  /** Verifies that the transaction is still open, or begins one, and writes what is to be written. */
  #endingTexts(version: VersionWrite | undefined): readonly string[] {
    const token = this.#isOpen ? this.#token : undefined;
    const whole = token && version && this.#endStep(token, version);
    if (whole !== undefined) return [whole];
    const isStillOpen = token ? [this.#texts.stillOpen(token)] : [];
    const before = this.#openingTexts();
    return [...isStillOpen, ...before, ...(version ? this.#versionTexts(version) : [])];
  }

  /** Nearly every revision writes one change and one line: as one statement they cost half. */
  #endStep(token: TransactionToken, write: VersionWrite): string | undefined {
    const { versionTable, changes, entries, purge } = write;
    const [change, entry] = [changes[0], entries[0]];
    if (change === undefined || entry === undefined || changes.length + entries.length > 2)
      return undefined;
    if (purge || this.#pending.length > 0) return undefined;
    const at = this.#changes.length;
    const text = this.#texts.endStep?.(token, { versionTable, change, at, entry });
    if (text !== undefined) this.#changes.push(change);
    return text;
  }

  /** What comes first: the beginning of the transaction, version rows that wait. */
  #openingTexts(): readonly string[] {
    const begin = this.#isOpen ? [] : [this.#texts.begin(this.#guard())];
    return [...begin, ...this.#pending.flatMap((version) => this.#versionTexts(version))];
  }

  #versionTexts(version: VersionWrite): readonly string[] {
    const texts = this.#writes(version, this.#texts, this.#changes.length);
    this.#changes.push(...version.changes);
    return texts;
  }

  /** What an error tells of the last change: the names of kept statements say nothing to its reader. */
  #plainTexts(version: VersionWrite): readonly string[] {
    const first = this.#changes.length - version.changes.length;
    return this.#writes(version, this.#session.texts.plain, first);
  }

  #writes(version: VersionWrite, texts: RevisionTexts, first: number): readonly string[] {
    const { changeOne, insertLog } = texts;
    return writesOf(
      { ...this.#session.dialect.versionTables, changeOne, insertLog },
      version,
      first,
    );
  }

  /** A revision that goes on after a commit cannot be run again, should the session have forgotten what it kept. */
  get #texts(): RevisionTexts {
    const { texts } = this.#session;
    return this.#wasCommitted ? texts.plain : texts.current;
  }

  get #connection(): Connection {
    return this.#session.connection;
  }

  #guard(): RevisionGuard {
    const { guard } = this.#session;
    return { ...guard, expectedRows: this.#expectedRows, resumes: this.#wasOpen };
  }

  /** Begins the transaction, where none is open, and writes what waits, in one text with a statement. */
  async #begin(sql?: string): Promise<void> {
    const isFirst = !this.#isOpen;
    const statement = sql === undefined ? [] : [sql];
    const texts = (): readonly string[] => [...this.#openingTexts(), ...statement];
    const results = await this.#send(texts, (error) => error);
    if (isFirst) this.#token = this.#session.dialect.session.guards.tokenIn(results);
    this.#isOpen = true;
    this.#wasOpen = true;
    this.#pending = [];
  }

  async #send(
    texts: () => readonly string[],
    asError: (error: unknown) => unknown,
  ): Promise<readonly QueryResult[]> {
    try {
      return await this.#sendKept(texts);
    } catch (error) {
      const refused = this.#refusal(error) ?? this.#missing(error);
      const told = refused ?? asError(error);
      if (!(told instanceof CommitUnknown)) await this.#rollBackNow();
      throw told;
    }
  }

  /**
   * Where the session has forgotten the statements that it kept, their plain text is sent instead: they all stand ahead of COMMIT. In an open transaction it is
   * too late for that: the revision is run again.
   */
  async #sendKept(texts: () => readonly string[]): Promise<readonly QueryResult[]> {
    const before = this.#changes.length;
    try {
      return await this.#connection.script(texts().join(';\n'));
    } catch (error) {
      if (!this.#session.texts.hasForgotten(error) || this.#isOpen) throw error;
      await this.#session.rollBackQuietly();
      this.#changes.length = before;
      return this.#connection.script(texts().join(';\n'));
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
    const isIt = error instanceof Error && namesTable(error.message, table);
    if (!isIt || dialect.session.errorKind(error) !== 'missingTable') return undefined;
    return new MigrationError('E4012', {
      problem: `the version table "${table}" disappeared during the run`,
      advice: 'Nothing of the next revision was run. Find out who dropped it before you go on.',
      facts: { versionTable: table },
      cause: error,
    });
  }

  #endFailed(error: unknown, { version, writes = [] }: TransactionEnd): unknown {
    if (isMigrationError(error)) return error;
    const { session, versionTables } = this.#session.dialect;
    if (session.isConnectionLost(error)) return new CommitUnknown(error);
    const told = [...(version ? this.#plainTexts(version) : []), ...writes];
    const failed = statementFailed(told.join(';\n\n'), error);
    const own = versionTables.ownTables(this.#session.versionTable).map(({ name }) => name);
    const isOurs = own.includes(String(failed.facts['table']));
    // Constraints that were deferred are checked at COMMIT, and conflicts are found there.
    const isAtCommit = ['constraint', 'transient'].includes(session.errorKind(error)) && !isOurs;
    return isAtCommit || told.length === 0
      ? statementFailed(session.commitStatement, error)
      : failed;
  }
}

/** Servers quote a name in their messages each in its own way, or not at all. */
const namesTable = (message: string, table: string): boolean =>
  message.split(/[^\p{L}\p{N}_.$-]+/u).some((word) => word === table);
