import { createHash } from 'node:crypto';
import { MigrationError } from '../../errors/migration-error.js';
import type { LedgerLine, LedgerPlace } from '../../dialects/common/ledger-tables.js';
import { transactionLeftOpen } from '../../dialects/common/refusals.js';
import type { MigrationStep } from '../../graph/step.js';
import { describeOperation } from '../../operations/operation-definitions.js';
import type { Operation } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import type { GuardedTransaction } from './guarded-transaction.js';
import type { MigrationSession } from '../session/migration-session.js';
import { redactSql, statementFailed } from './revision-errors.js';
import { CommitUnknown } from './work-unit.js';

/** A statement of a revision, and the operation that it belongs to. */
export interface JournalStatement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly operation: Operation;
}

/** The answer to `Session.mayChange`. */
interface MayChange {
  readonly may_change: boolean;
}

/** A statement of the open transaction. */
interface RanStatement extends JournalStatement {
  /** Its words change nothing; what it calls may. */
  readonly onlyLooks: boolean;
}

/** Longest piece of a statement in the ledger. */
const STATEMENT_IN_LEDGER = 2_000;

/**
 * Keeps the ledger of one direction of a revision that leaves its transaction (reliability.md §3.5): a line before a statement
 * runs and a mark after it, each committed, so that whatever happens to this process the database says how far it
 * came. A revision that stays in its transaction leaves no line.
 */
export class Journal {
  readonly #session: MigrationSession;
  readonly #transaction: GuardedTransaction;
  readonly #place: LedgerPlace;
  #count = 0;
  /** Statements of the open transaction. */
  #uncommitted: RanStatement[] = [];
  #hasLines = false;
  #committed = 0;
  /** The line of a transaction that the revision began by itself. */
  #ownTransaction: LedgerLine | undefined;

  constructor(session: MigrationSession, transaction: GuardedTransaction, step: MigrationStep) {
    this.#session = session;
    this.#transaction = transaction;
    this.#place = { revision: step.revision.id, direction: step.direction };
  }

  /** Lines of this direction may stand in the ledger. */
  get hasLines(): boolean {
    return this.#hasLines;
  }

  /** How many statements were committed. */
  get committed(): number {
    return this.#committed;
  }

  /** The statements that remove what it wrote. */
  get clearing(): readonly string[] {
    return this.#hasLines ? [this.#tables.clear(this.#versionTable, this.#place)] : [];
  }

  /** Refuses a transaction that the revision began by itself and did not end. @throws MigrationError E6007 */
  async assertEnded(): Promise<void> {
    const begun = this.#ownTransaction;
    if (begun === undefined) return;
    const error = transactionLeftOpen();
    await this.#markFailed(begun, begun.statement, error).catch(() => undefined);
    throw error;
  }

  /** What the revision began by itself is open. */
  get isInOwnTransaction(): boolean {
    return this.#ownTransaction !== undefined;
  }

  /** Notes a statement that ran in the transaction. */
  ran(statement: JournalStatement): void {
    this.#uncommitted.push({ ...statement, onlyLooks: false });
  }

  /** Notes a query that ran in the transaction, and changes nothing as far as its words say. */
  looked(statement: JournalStatement): void {
    this.#uncommitted.push({ ...statement, onlyLooks: true });
  }

  /** Commits the transaction with what ran in it; does its checks where nothing is open. */
  async commit(): Promise<void> {
    await this.#commitBefore();
  }

  /**
   * J1 to J3: runs one statement outside of a transaction, and gives its rows.
   * @throws MigrationError E6003, E6007, E5011 and those of the checks
   */
  async runOutside(statement: JournalStatement): Promise<readonly object[]> {
    const effect = this.#session.dialect.session.transactionEffect(statement.sql);
    const begun = this.#ownTransaction;
    if (begun !== undefined) return this.#runInOwnTransaction(begun, statement, effect);
    const line = await this.#commitBefore(statement);
    const rows = await this.#execute(line, statement);
    if (effect === 'begins') this.#ownTransaction = line;
    else await this.#markDone(line);
    return rows;
  }

  /** What a revision does between its own BEGIN and COMMIT is one line: our marks must not be in its transaction. */
  async #runInOwnTransaction(
    line: LedgerLine,
    statement: JournalStatement,
    effect: 'begins' | 'ends' | undefined,
  ): Promise<readonly object[]> {
    const rows = await this.#execute(line, statement);
    if (effect !== 'ends') return rows;
    this.#ownTransaction = undefined;
    await this.#markDone(line);
    return rows;
  }

  /** Commits what is open; with it goes the line of the statement that comes next, where one is given. */
  async #commitBefore(): Promise<undefined>;
  async #commitBefore(next: JournalStatement): Promise<LedgerLine>;
  async #commitBefore(next?: JournalStatement): Promise<LedgerLine | undefined> {
    const before = (await this.#changing()).map((statement) => this.#lineOf(statement, 'done'));
    const line = next && this.#lineOf(next, 'running');
    const all = [...before, ...(line ? [line] : [])];
    try {
      await this.#transaction.end({ writes: all.length === 0 ? [] : this.#inserting(all) });
    } catch (error) {
      throw error instanceof CommitUnknown ? this.#commitUnknown(error, before.length) : error;
    }
    this.#hasLines ||= all.length > 0;
    this.#session.hasLedger ||= all.length > 0;
    this.#committed += before.length;
    this.#uncommitted = [];
    return line;
  }

  /** The statements of the open transaction that change something, and queries where something that they call may. */
  async #changing(): Promise<readonly JournalStatement[]> {
    const { connection, dialect } = this.#session;
    const queries = this.#uncommitted.filter(({ onlyLooks }) => onlyLooks);
    if (queries.length === 0) return this.#uncommitted;
    await this.#transaction.flush();
    const ask = dialect.session.mayChange?.(queries.map(({ sql }) => sql));
    const { rows } = ask === undefined ? { rows: [] } : await connection.query<MayChange>(ask);
    return this.#uncommitted.filter((one) => !one.onlyLooks || rows[0]?.may_change);
  }

  /** A try that ended before anything ran may have left a line of this run. */
  #inserting(lines: readonly LedgerLine[]): readonly string[] {
    const { runId } = this.#session.settings.identity;
    const create = this.#session.hasLedger ? [] : [this.#tables.create(this.#versionTable)];
    const clear = this.#hasLines
      ? []
      : [this.#tables.clear(this.#versionTable, { ...this.#place, runId })];
    return [...create, ...clear, this.#tables.insert(this.#versionTable, lines)];
  }

  async #execute(
    line: LedgerLine,
    { sql, parameters }: JournalStatement,
  ): Promise<readonly object[]> {
    this.#session.texts.expect(sql);
    try {
      return (await this.#session.connection.query(sql, parameters)).rows;
    } catch (error) {
      if (!this.#session.dialect.session.isConnectionLost(error)) {
        await this.#markFailed(line, sql, error).catch(() => undefined);
      }
      throw error;
    }
  }

  async #markDone(line: LedgerLine): Promise<void> {
    const { guards } = this.#session.dialect.session;
    const end = { ...this.#place, number: line.number, state: 'done' } as const;
    this.#committed += 1;
    try {
      await this.#session.connection.script(
        [guards.outside, this.#tables.end(this.#versionTable, end)].join(';\n'),
      );
    } catch (error) {
      const refused = guards.refusal(error, { ...this.#facts, expectedRows: [], changes: [] });
      if (refused !== undefined) await this.#session.rollBackQuietly();
      throw refused ?? statementFailed('the mark in the ledger', error);
    }
  }

  /** A statement that keeps nothing when it fails leaves no line where it was the first. */
  async #markFailed(line: LedgerLine, sql: string, error: unknown): Promise<void> {
    const { connection, dialect } = this.#session;
    const isControl = dialect.session.transactionControl(sql) !== undefined;
    // The revision may have begun a transaction, which is broken now.
    if (this.#ownTransaction || isControl) await this.#session.rollBackQuietly();
    const isInOwn = this.#ownTransaction !== undefined && !isControl;
    const keepsNothing = isInOwn || dialect.session.isAtomic(sql);
    if (this.#committed === 0 && keepsNothing) {
      await connection.script(this.#tables.clear(this.#versionTable, this.#place));
      this.#hasLines = false;
      return;
    }
    const answer = error instanceof Error ? error.message : String(error);
    const end = { ...this.#place, number: line.number, state: 'failed', error: answer } as const;
    await connection.script(this.#tables.end(this.#versionTable, end));
  }

  /** Where nothing had run yet nothing is lost by another try; else only the ledger knows. */
  #commitUnknown(error: CommitUnknown, statements: number): MigrationError {
    if (statements === 0)
      return statementFailed(this.#session.dialect.session.commitStatement, error.cause);
    this.#hasLines = true;
    return new MigrationError('E5011', {
      problem: `the connection was lost while a part of ${this.#place.direction} of "${this.#place.revision}" was being committed`,
      advice: `Whether its ${statements} statement(s) were kept is not known here: the table "${displayName(this.#versionTable)}_ledger" lists what was.`,
      facts: { ...this.#place },
      cause: error.cause,
    });
  }

  #lineOf({ sql, operation }: JournalStatement, state: 'running' | 'done'): LedgerLine {
    return {
      ...this.#place,
      number: ++this.#count,
      kind: operation.kind,
      target: describeOperation(operation),
      checksum: createHash('sha256').update(sql).digest('hex'),
      statement: redactSql(sql).slice(0, STATEMENT_IN_LEDGER),
      state,
      runId: this.#session.settings.identity.runId,
    };
  }

  get #facts() {
    return { lockName: this.#versionTable, versionTable: this.#versionTable };
  }
  get #versionTable() {
    return this.#session.versionTable;
  }
  get #tables() {
    return this.#session.dialect.versionTables.ledger;
  }
}
