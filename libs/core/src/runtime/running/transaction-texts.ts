import type { QueryResult } from '../../dialects/common/connection.js';
import type { RevisionTexts } from '../../dialects/common/revision-texts.js';
import type { TransactionToken } from '../../dialects/common/session.js';
import type { VersionChange } from '../../graph/step.js';
import type { MigrationSession } from '../session/migration-session.js';
import type { HeldStatement } from './held-statements.js';
import type { TextPart } from './send-together.js';
import type { VersionWrite } from './write-version.js';
import { writesOf } from './write-version.js';

/**
 * The texts around the statements of a guarded transaction, and what they depend on: whether it is open, by which name the server knows
 * it, and which version rows it has changed and is still to change.
 */
export class TransactionTexts {
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

  /** A text that began it was answered, and none has ended it. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Something must go ahead of the next statement: the beginning, or version rows. */
  get isWaiting(): boolean {
    return !this.#isOpen || this.#pending.length > 0;
  }

  /** Changes of version rows so far. */
  get changes(): readonly VersionChange[] {
    return this.#changes;
  }

  /** Version rows that are written with the next text. */
  defer(version: VersionWrite): void {
    this.#pending.push(version);
  }

  /** A text that began it was answered. */
  wasBegun(results: readonly QueryResult[]): void {
    if (!this.#isOpen) this.#token = this.#session.dialect.session.guards.tokenIn(results);
    this.#isOpen = true;
    this.#wasOpen = true;
    this.#pending = [];
  }

  /** A text that committed it was answered. */
  wasCommitted(): void {
    this.#wasOpen = true;
    this.#wasCommitted = true;
    this.wasEnded();
  }

  /** It is not open any more, whatever became of it. */
  wasEnded(): void {
    this.#isOpen = false;
    this.#pending = [];
    this.#changes = [];
  }

  /** What was sent is taken back, and will be written again. @param changes of version rows before it */
  takeBack(changes: number): void {
    this.#changes.length = changes;
  }

  /**
   * What comes first: the beginning of the transaction, version rows that wait.
   * @param isChecked verify that a transaction that was begun before is still the open one
   */
  opening(isChecked: boolean): readonly TextPart[] {
    const check = isChecked && this.#token ? [this.#texts.stillOpen(this.#token)] : [];
    const begin = this.#isOpen ? check : [this.#texts.begin(this.#guard())];
    const pending = this.#pending.flatMap((version) => this.#versionTexts(version));
    return [...begin, ...pending].map(asPart);
  }

  /** Begins the transaction or verifies that it is still open, then all that waits, then what is to be written. */
  ending(version: VersionWrite | undefined, held: readonly HeldStatement[]): readonly TextPart[] {
    const isChecked = held.length > 0 || this.#pending.length > 0;
    const before = this.opening(isChecked);
    const texts =
      held.length > 0
        ? this.#closing(this.#currentToken, version && withText(version))
        : this.#closing(isChecked ? undefined : this.#openToken, version);
    return [...before, ...held.map(asHeld), ...texts.map(asPart)];
  }

  /** What an error tells of the last change: the names of kept statements say nothing to its reader. */
  inPlainWords(version: VersionWrite): readonly string[] {
    const first = this.#changes.length - version.changes.length;
    return this.#writes(version, this.#session.texts.plain, first);
  }

  /** @param token of a transaction that has to be verified */
  #closing(
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
    return this.#openToken ?? this.#session.dialect.session.together?.sameText;
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

  #versionTexts(version: VersionWrite): readonly string[] {
    const texts = this.#writes(version, this.#texts, this.#changes.length);
    this.#changes.push(...version.changes);
    return texts;
  }

  #writes(version: VersionWrite, texts: RevisionTexts, first: number): readonly string[] {
    const { changeOne, insertLog } = texts;
    const tables = { ...this.#session.dialect.versionTables, changeOne, insertLog };
    return writesOf(tables, version, first);
  }

  /** A revision that goes on after a commit cannot be run again, should the session have forgotten what it kept. */
  get #texts(): RevisionTexts {
    const { texts } = this.#session;
    return this.#wasCommitted ? texts.plain : texts.current;
  }

  #guard() {
    const { guard } = this.#session;
    return { ...guard, expectedRows: this.#expectedRows, resumes: this.#wasOpen };
  }
}

/** A text of ours. */
export const asPart = (text: string): TextPart => ({ text });

/** A statement that was held back. */
export const asHeld = (held: HeldStatement): TextPart => ({ text: held.sql, held });

/** The lines of the log stand behind statements that they count. */
const withText = (write: VersionWrite): VersionWrite => ({
  ...write,
  entries: write.entries.map((entry) => ({ ...entry, plusText: true })),
});
