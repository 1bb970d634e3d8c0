import { performance } from 'node:perf_hooks';
import type { Connection, QueryResult } from '../../dialects/common/connection.js';
import type { MigrationSession } from '../session/migration-session.js';
import type { HeldStatement } from './held-statements.js';
import { HeldStatements } from './held-statements.js';
import type { TextPart } from './send-together.js';
import { TextFailed, oneOfThemFailed, sendTogether } from './send-together.js';
import type { AsError } from './transaction-errors.js';
import { endFailed, tellFailure } from './transaction-errors.js';
import { TransactionTexts, asHeld, asPart } from './transaction-texts.js';
import { Turn } from './turn.js';
import { CommitUnknown } from './work-unit.js';
import type { VersionWrite } from './write-version.js';

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
  readonly #texts: TransactionTexts;
  readonly #held = new HeldStatements();
  /** What a statement that was held back told when it failed: nothing that comes later says more. */
  #failure: { readonly told: unknown } | undefined;
  /** A text whose answer nobody has waited for yet. */
  #onItsWay: Promise<void> | undefined;

  /** @param turn nothing is sent before it comes */
  constructor(session: MigrationSession, expectedRows: readonly string[], turn = Turn.now()) {
    this.#session = session;
    this.#expectedRows = expectedRows;
    this.#turn = turn;
    this.#texts = new TransactionTexts(session, expectedRows);
  }

  /** Something of it has run, or waits to be sent. */
  get isOpen(): boolean {
    return this.#texts.isOpen || this.#held.all.length > 0 || this.#onItsWay !== undefined;
  }

  /**
   * Keeps a statement back until something can see the difference. Where many wait, they are sent, and what comes next is made
   * while the server works: one text at a time.
   * @returns false for one that has to be sent by itself
   * @throws MigrationError what the statement that failed tells, E5002, E5004, E4012, E6007
   */
  async hold(statement: HeldStatement): Promise<boolean> {
    if (this.#connection.attempt === undefined) return false;
    if (!this.#together?.takes(statement.sql)) return false;
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
    if (this.#texts.isWaiting && parameters.length === 0) return this.#sendNow([{ text: sql }]);
    if (this.#texts.isWaiting) await this.#sendNow([]);
    await this.#connection.query(sql, parameters);
  }

  /** Runs a query and gives its rows. */
  async query(sql: string, parameters: readonly unknown[]): Promise<readonly object[]> {
    await this.flush();
    this.#session.texts.expect(sql);
    if (this.#texts.isWaiting) await this.#sendNow([]);
    return (await this.#connection.query(sql, parameters)).rows;
  }

  /** Writes version rows with the next text of the transaction: for a step that is not its last one. */
  defer(version: VersionWrite): void {
    this.#texts.defer(version);
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
      return [...this.#texts.ending(version, held), ...last.map(asPart)];
    };
    const results = await this.#send(parts, held, (error, meant) =>
      endFailed(error, this.#session, { held: meant, written: this.#written(end) }),
    );
    this.#texts.wasCommitted();
    if (unlock) this.#session.wasUnlocked(guards.releasedIn(results));
  }

  /** What the last text writes, for an error. */
  #written({ version, writes = [] }: TransactionEnd): readonly string[] {
    return [...(version ? this.#texts.inPlainWords(version) : []), ...writes];
  }

  /** Takes back what is open. Never throws: a rollback that fails leaves the transaction to the end of the session. */
  async rollBack(): Promise<void> {
    await this.#landed().catch(() => undefined);
    this.#held.clear();
    if (this.#texts.isOpen) await this.#rollBackNow();
  }

  async #rollBackNow(): Promise<void> {
    this.#texts.wasEnded();
    await this.#session.dialect.session.rollback(this.#connection).catch(() => undefined);
  }

  /** Begins the transaction, where none is open, and sends what waits, in one text with a statement. */
  async #sendNow(last: readonly TextPart[]): Promise<void> {
    const held = this.#held.take();
    const parts = (): readonly TextPart[] => {
      // So that something has run before the first of several fails: the server has read all of them then.
      const before = this.#texts.opening(held.length > 1);
      return [...before, ...held.map(asHeld), ...last];
    };
    const results = await this.#send(parts, held, (error, meant) =>
      meant.length > 0 ? oneOfThemFailed(meant, error) : error,
    );
    this.#texts.wasBegun(results);
  }

  /** @param held those of the parts */
  async #send(
    parts: () => readonly TextPart[],
    held: readonly HeldStatement[],
    asError: AsError,
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

  #told(failure: unknown, held: readonly HeldStatement[], asError: AsError): unknown {
    const session = this.#session;
    const transaction = {
      session,
      expectedRows: this.#expectedRows,
      changes: this.#texts.changes,
    };
    return tellFailure({ failure, held, asError }, transaction);
  }

  /**
   * Where the session has forgotten the statements that it kept, their plain text is sent instead: they all stand ahead of COMMIT. In an open transaction it is
   * too late for that: the revision is run again.
   */
  async #sendKept(parts: () => readonly TextPart[]): Promise<readonly QueryResult[]> {
    const before = this.#texts.changes.length;
    try {
      return await sendTogether(this.#connection, this.#together, parts());
    } catch (failure) {
      const error = failure instanceof TextFailed ? failure.cause : failure;
      if (!this.#session.texts.hasForgotten(error) || this.#texts.isOpen) throw failure;
      await this.#session.rollBackQuietly();
      this.#texts.takeBack(before);
      return sendTogether(this.#connection, this.#together, parts());
    }
  }

  get #connection(): Connection {
    return this.#session.connection;
  }

  get #together() {
    return this.#session.dialect.session.together;
  }
}
