import { performance } from 'node:perf_hooks';
import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import type { Connection, QueryResult } from '../../dialects/common/connection.js';
import type { RevisionTexts } from '../../dialects/common/revision-texts.js';
import type { RevisionGuard, TransactionToken } from '../../dialects/common/session.js';
import type { VersionChange } from '../../graph/step.js';
import { Turn } from './turn.js';
import type { VersionWrite } from './write-version.js';
import { writesOf } from './write-version.js';
import { displayName } from '../../schema/object-name.js';
import type { HeldStatement } from './held-statements.js';
import { HeldStatements } from './held-statements.js';
import type { MigrationSession } from '../session/migration-session.js';
import { statementFailed } from './revision-errors.js';
import type { TextPart } from './send-together.js';
import { TextFailed, oneOfThemFailed, sendTogether } from './send-together.js';
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
 * they cost no round trip (reliability.md §3.4). Statements that are held back travel with what comes next: a small
 * revision is one text. It can be begun again after it was committed.
 */
export class GuardedTransaction {
  readonly #session: MigrationSession;
  readonly #expectedRows: readonly string[];
  readonly #turn: Turn;
  #token: TransactionToken | undefined;
  #isOpen = false;
  #wasOpen = false;
  #wasCommitted = false;
  /** Waits for the next text. */
  #pending: VersionWrite[] = [];
  readonly #held = new HeldStatements();
  /** What a statement that was held back told when it failed: nothing that comes later says more. */
  #failure: { readonly told: unknown } | undefined;
  /** A text whose answer nobody has waited for yet. */
  #onItsWay: Promise<void> | undefined;
  /** Changes of version rows in this transaction: an error names one by its place. */
  #changes: VersionChange[] = [];

  /** @param turn nothing is sent before it comes */
  constructor(session: MigrationSession, expectedRows: readonly string[], turn = Turn.now()) {
    this.#session = session;
    this.#expectedRows = expectedRows;
    this.#turn = turn;
  }

  /** Something of it has run, or waits to be sent. */
  get isOpen(): boolean {
    return this.#isOpen || this.#held.all.length > 0 || this.#onItsWay !== undefined;
  }

  /**
   * Keeps a statement back until something can see the difference. Where many wait, they are sent, and what comes next is made
   * while the server works: one text at a time.
   * @returns false for one that has to be sent by itself
   * @throws MigrationError what the statement that failed tells, E5002, E5004, E4012, E6007
   */
  async hold(statement: HeldStatement): Promise<boolean> {
    if (this.#connection.attempt === undefined) return false;
    if (!this.#session.dialect.session.together?.takes(statement.sql)) return false;
    this.#session.texts.expect(statement.sql);
    this.#held.add(statement);
    if (this.#held.areMany) await this.#sendAhead();
    return true;
  }

  /** Sends what is held back. @throws as {@link GuardedTransaction.hold}, also when that was thrown before */
  async flush(): Promise<void> {
    await this.#landed();
    if (this.#failure !== undefined) throw this.#failure.told;
    if (this.#held.all.length > 0) await this.#sendNow([]);
  }

  async #sendAhead(): Promise<void> {
    await this.#landed();
    this.#onItsWay = this.#sendNow([]);
    this.#onItsWay.catch(() => undefined);
  }

  /** Waits for the text that is on its way. @throws as {@link GuardedTransaction.hold}; nothing is held back then */
  async #landed(): Promise<void> {
    const text = this.#onItsWay;
    this.#onItsWay = undefined;
    try {
      await text;
    } catch (error) {
      this.#held.clear();
      throw error;
    }
  }

  /**
   * Runs one statement after those that are held back; the transaction begins with it where none is open.
   * @throws as {@link GuardedTransaction.hold}; the driver's error for the statement itself
   */
  async run(sql: string, parameters: readonly unknown[] = []): Promise<void> {
    await this.flush();
    this.#session.texts.expect(sql);
    if (this.#isWaiting && parameters.length === 0) return this.#sendNow([{ text: sql }]);
    if (this.#isWaiting) await this.#sendNow([]);
    await this.#connection.query(sql, parameters);
  }

  /** Runs a query and gives its rows. */
  async query(sql: string, parameters: readonly unknown[]): Promise<readonly object[]> {
    await this.flush();
    this.#session.texts.expect(sql);
    if (this.#isWaiting) await this.#sendNow([]);
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
    await this.#landed();
    const { version, writes = [], unlock } = end;
    const { dialect, versionTable } = this.#session;
    const { guards, commitStatement } = dialect.session;
    const held = this.#held.take();
    const parts = (): readonly TextPart[] => {
      // Nothing after COMMIT may need what the session keeps: this text would be sent again.
      const release = unlock ? [guards.release(versionTable)] : [];
      const last = [...writes, commitStatement, ...release];
      return [...this.#endingParts(version, held), ...last.map(asPart)];
    };
    const results = await this.#send(parts, held, (error, meant) =>
      this.#endFailed(error, meant, end),
    );
    this.#isOpen = false;
    this.#wasOpen = true;
    this.#wasCommitted = true;
    this.#pending = [];
    this.#changes = [];
    if (unlock) this.#session.wasUnlocked(guards.releasedIn(results));
  }

  /** Takes back what is open. Never throws: a rollback that fails leaves the transaction to the end of the session. */
  async rollBack(): Promise<void> {
    await this.#landed().catch(() => undefined);
    this.#held.clear();
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
    return !this.#isOpen || this.#pending.length > 0 || this.#held.all.length > 0;
  }

  /** Begins the transaction or verifies that it is still open, then all that waits, then what is to be written. */
  #endingParts(
    version: VersionWrite | undefined,
    held: readonly HeldStatement[],
  ): readonly TextPart[] {
    const isChecked = held.length > 0 || this.#pending.length > 0;
    const before = this.#openingTexts(isChecked);
    const texts =
      held.length > 0
        ? this.#closingTexts(this.#currentToken, version && withText(version))
        : this.#closingTexts(isChecked ? undefined : this.#openToken, version);
    return [...before.map(asPart), ...held.map(asHeld), ...texts.map(asPart)];
  }

  /** @param token of a transaction that has to be verified */
  #closingTexts(
    token: TransactionToken | undefined,
    version: VersionWrite | undefined,
  ): readonly string[] {
    const whole = token && version && this.#endStep(token, version);
    if (whole !== undefined) return [whole];
    const check = token ? [this.#texts.stillOpen(token)] : [];
    return [...check, ...(version ? this.#versionTexts(version) : [])];
  }

  get #openToken(): TransactionToken | undefined {
    return this.#isOpen ? this.#token : undefined;
  }

  /** Of the transaction that is open once a text has begun it. */
  get #currentToken(): TransactionToken | undefined {
    return this.#openToken ?? this.#together?.sameText;
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

  /**
   * What comes first: the beginning of the transaction, version rows that wait.
   * @param isChecked verify that a transaction that was begun before is still the open one
   */
  #openingTexts(isChecked: boolean): readonly string[] {
    const check = isChecked && this.#token ? [this.#texts.stillOpen(this.#token)] : [];
    const begin = this.#isOpen ? check : [this.#texts.begin(this.#guard())];
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

  /** Begins the transaction, where none is open, and sends what waits, in one text with a statement. */
  async #sendNow(last: readonly TextPart[]): Promise<void> {
    const isFirst = !this.#isOpen;
    const held = this.#held.take();
    const parts = (): readonly TextPart[] => {
      // So that something has run before the first of several fails: the server has read all of them then.
      const before = this.#openingTexts(held.length > 1);
      return [...before.map(asPart), ...held.map(asHeld), ...last];
    };
    const results = await this.#send(parts, held, (error, meant) =>
      meant.length > 0 ? oneOfThemFailed(meant, error) : error,
    );
    if (isFirst) this.#token = this.#session.dialect.session.guards.tokenIn(results);
    this.#isOpen = true;
    this.#wasOpen = true;
    this.#pending = [];
  }

  /**
   * @param held those of the parts
   * @param asError of the driver's error, and of statements that were held back where any of them may be meant
   */
  async #send(
    parts: () => readonly TextPart[],
    held: readonly HeldStatement[],
    asError: (error: unknown, meant: readonly HeldStatement[]) => unknown,
  ): Promise<readonly QueryResult[]> {
    await this.#turn.wait();
    const started = performance.now();
    try {
      const results = await this.#sendKept(parts);
      const shareMs = (performance.now() - started) / Math.max(1, held.length);
      for (const statement of held) statement.ran(shareMs, held.length);
      return results;
    } catch (failure) {
      const told = this.#told(failure, held, asError);
      if (held.length > 0) this.#failure = { told };
      if (!(told instanceof CommitUnknown)) await this.#rollBackNow();
      throw told;
    }
  }

  #told(
    failure: unknown,
    held: readonly HeldStatement[],
    asError: (error: unknown, held: readonly HeldStatement[]) => unknown,
  ): unknown {
    if (!(failure instanceof TextFailed))
      return this.#refusal(failure) ?? this.#missing(failure) ?? asError(failure, []);
    const { cause, part } = failure;
    const refused = this.#refusal(cause);
    if (refused !== undefined) return refused;
    if (part?.held) return part.held.failed(cause);
    return this.#missing(cause) ?? asError(cause, part === undefined ? held : []);
  }

  /**
   * Where the session has forgotten the statements that it kept, their plain text is sent instead: they all stand ahead of COMMIT. In an open transaction it is
   * too late for that: the revision is run again.
   */
  async #sendKept(parts: () => readonly TextPart[]): Promise<readonly QueryResult[]> {
    const before = this.#changes.length;
    try {
      return await sendTogether(this.#connection, this.#together, parts());
    } catch (failure) {
      const error = failure instanceof TextFailed ? failure.cause : failure;
      if (!this.#session.texts.hasForgotten(error) || this.#isOpen) throw failure;
      await this.#session.rollBackQuietly();
      this.#changes.length = before;
      return sendTogether(this.#connection, this.#together, parts());
    }
  }

  get #together() {
    return this.#session.dialect.session.together;
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

  #endFailed(
    error: unknown,
    held: readonly HeldStatement[],
    { version, writes = [] }: TransactionEnd,
  ): unknown {
    if (isMigrationError(error)) return error;
    const { session, versionTables } = this.#session.dialect;
    if (session.isConnectionLost(error)) return new CommitUnknown(error);
    if (held.length > 0) return oneOfThemFailed(held, error);
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

const asPart = (text: string): TextPart => ({ text });

const asHeld = (held: HeldStatement): TextPart => ({ text: held.sql, held });

/** The lines of the log stand behind statements that they count. */
const withText = (write: VersionWrite): VersionWrite => ({
  ...write,
  entries: write.entries.map((entry) => ({ ...entry, plusText: true })),
});

/** Servers quote a name in their messages each in its own way, or not at all. */
const namesTable = (message: string, table: string): boolean =>
  message.split(/[^\p{L}\p{N}_.$-]+/u).some((word) => word === table);
