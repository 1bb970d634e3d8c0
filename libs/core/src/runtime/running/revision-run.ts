import type { MigrationStep } from '../../graph/step.js';
import type { RevisionTarget } from './execute-revision.js';
import type { Operation } from '../../operations/operation.js';
import { GuardedTransaction } from './guarded-transaction.js';
import type { HeldStatement } from './held-statements.js';
import { Journal } from './journal.js';
import type { JournalStatement } from './journal.js';
import type { MigrationSession } from '../session/migration-session.js';
import { queryReadOnly } from '../session/query-read-only.js';
import { PendingValues } from './pending-values.js';
import type { Turn } from './turn.js';
import type { VersionWrite } from './write-version.js';

/** What runs, and when. */
export interface RunningStep {
  readonly step: MigrationStep;
  /** False for a revision that has no transaction of its own. */
  readonly transactional: boolean;
  readonly turn: Turn;
}

/**
 * One direction of a revision on a database: its statements go into the revision's transaction, but for those that the
 * server takes only outside of one; for them it is committed, and begun again with all checks by the next statement.
 */
export class RevisionRun {
  readonly #session: MigrationSession;
  readonly #transaction: GuardedTransaction;
  readonly #journal: Journal;
  /** More than 0 where statements are committed one by one. */
  #outside: number;
  #isVerified = false;
  readonly #newValues: PendingValues;
  readonly #turn: Turn;

  constructor(session: MigrationSession, { step, transactional, turn }: RunningStep) {
    this.#session = session;
    this.#turn = turn;
    this.#transaction = new GuardedTransaction(session, step.rowsBefore, turn);
    this.#journal = new Journal(session, this.#transaction, step);
    this.#newValues = new PendingValues(session.dialect);
    this.#outside = transactional ? 0 : 1;
  }

  /** False when something of it was committed. */
  get isRepeatable(): boolean {
    return !this.#journal.hasLines;
  }

  /** How many of its statements were committed. */
  get committed(): number {
    return this.#journal.committed;
  }

  /** Where the operations of the revision go. */
  get target(): Pick<
    RevisionTarget,
    'ready' | 'statement' | 'hold' | 'flush' | 'query' | 'outside'
  > {
    return {
      ready: () => this.#turn.wait(),
      hold: (statement, operation) => this.#hold(statement, operation),
      flush: () => this.#transaction.flush(),
      statement: (sql, parameters, operation) =>
        this.#run({ sql, parameters: parameters ?? [], operation }),
      query: (sql, parameters) => this.#query(sql, parameters),
      outside: async (work) => {
        await this.#turn.wait();
        this.#outside += 1;
        try {
          await work();
        } finally {
          this.#outside -= 1;
        }
      },
    };
  }

  /** Writes the version row and ends the transaction. @throws CommitUnknown, MigrationError E6007 and those of the checks */
  async finish(version: VersionWrite, isLast: boolean): Promise<void> {
    await this.#journal.assertEnded();
    await this.#transaction.end({ version, writes: this.#journal.clearing, unlock: isLast });
  }

  /** Takes back what was not committed. */
  async rollBack(): Promise<void> {
    await this.#transaction.rollBack();
  }

  async #run(statement: JournalStatement): Promise<void> {
    const { sql, parameters, operation } = statement;
    if (this.#outside > 0) return this.#runAlone(statement);
    if (this.#newValues.areUsedBy(sql, parameters, operation)) await this.#commit();
    await this.#transaction.run(sql, parameters);
    this.#journal.ran(statement);
    this.#newValues.add(operation);
  }

  /** Only what keeps to the transaction is held back. */
  async #hold(statement: HeldStatement, operation: Operation): Promise<boolean> {
    const { sql } = statement;
    if (this.#outside > 0 || this.#newValues.areUsedBy(sql, [], operation)) return false;
    if (!(await this.#transaction.hold(statement))) return false;
    this.#journal.ran({ sql, parameters: [], operation });
    this.#newValues.add(operation);
    return true;
  }

  /** What only gets the next statement ready is no step that an interrupted run could have got to. */
  async #runAlone(statement: JournalStatement): Promise<void> {
    const { connection, dialect } = this.#session;
    if (!dialect.session.onlyPrepares?.(statement.sql))
      return void (await this.#runOutside(statement));
    if (this.#transaction.isOpen || !this.#isVerified) await this.#commit();
    await connection.query(statement.sql);
  }

  /** What may change something is noted as an operation is. What only looks has to prove it outside of a transaction. */
  async #query(sql: string, parameters: readonly unknown[]): Promise<readonly object[]> {
    const { connection, dialect } = this.#session;
    const statement = { sql, parameters, operation: { kind: 'execute', sql } } as const;
    if (this.#outside === 0) {
      if (this.#newValues.areUsedBy(sql, parameters)) await this.#commit();
      const rows = await this.#transaction.query(sql, parameters);
      if (dialect.session.onlyReads(sql)) this.#journal.looked(statement);
      else this.#journal.ran(statement);
      return rows;
    }
    if (!dialect.session.onlyReads(sql)) return this.#runOutside(statement);
    if (this.#transaction.isOpen || !this.#isVerified) await this.#commit();
    if (this.#journal.isInOwnTransaction) return (await connection.query(sql, parameters)).rows;
    return (await queryReadOnly(this.#session, statement)) ?? this.#runOutside(statement);
  }

  async #runOutside(statement: JournalStatement): Promise<readonly object[]> {
    const rows = await this.#journal.runOutside(statement);
    this.#isVerified = true;
    this.#newValues.clear();
    return rows;
  }

  async #commit(): Promise<void> {
    await this.#journal.commit();
    this.#isVerified = true;
    this.#newValues.clear();
  }
}
