import { setTimeout as sleep } from 'node:timers/promises';
import type { ObjectName } from '../../schema/object-name.js';
import type { Connection, QueryResult } from '../common/connection.js';
import { lockLost } from '../common/refusals.js';
import { isBusy } from './sqlite-driver-errors.js';
import { newlyBroken } from './sqlite-foreign-keys.js';
import { splitStatements } from './sqlite-split.js';
import { transactionEffect } from './sqlite-transaction-control.js';

/** Pauses between two tries, in milliseconds. */
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [2, 250];

/** What a run has changed of its session. */
export interface SessionChange {
  /** Statements that undo it. Each is tried. */
  readonly undo: readonly string[];
  /** Rows that broke foreign keys before; undefined where the application does not have them kept. */
  readonly brokenKeys: number | undefined;
}

/**
 * The connection of a run. Where SQLite answers that someone else is writing, it asks again after a pause: a busy time-out of SQLite
 * itself would stop the whole process (reliability.md §3.8). Only what has not changed anything is asked again: a statement
 * outside of a transaction, BEGIN and COMMIT. Foreign keys are off meanwhile: it looks at them ahead of each COMMIT. When it
 * is closed, the session is as it was.
 */
export class SqliteRunConnection implements Connection {
  readonly plain: Connection;
  readonly #waitMs: number;
  #isInTransaction = false;
  #change: SessionChange | undefined;
  #lock: { readonly name: ObjectName; readonly isHeld: () => Promise<boolean> } | undefined;

  /** @param waitMs how long to ask again, in milliseconds; 0 for ever */
  constructor(plain: Connection, waitMs: number) {
    this.plain = plain;
    this.#waitMs = waitMs;
  }

  /** @throws MigrationError E5004 at BEGIN, E6020 at COMMIT; the driver's error */
  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<QueryResult<Row>> {
    const effect = transactionEffect(sql);
    const isWaiting = !this.#isInTransaction || effect !== undefined;
    if (effect === 'begins') await this.#checkLock();
    if (effect === 'ends' && this.#isInTransaction) await this.#checkKeys(sql);
    const result = await (isWaiting
      ? this.#patiently<Row>(sql, parameters)
      : this.plain.query<Row>(sql, parameters));
    if (effect !== undefined) this.#isInTransaction = effect === 'begins';
    return result;
  }

  async script(sql: string): Promise<readonly QueryResult[]> {
    const results: QueryResult[] = [];
    for (const statement of splitStatements(sql)) results.push(await this.query(statement));
    return results;
  }

  /** Remembers what to undo, and what to look at. */
  changed(change: SessionChange): void {
    this.#change = { ...change, undo: [...change.undo] };
  }

  /** Remembers that the migration lock was taken. */
  locked(name: ObjectName, isHeld: () => Promise<boolean>): void {
    this.#lock = { name, isHeld };
  }

  async close(): Promise<void> {
    await this.#restore();
    await this.plain.close();
  }

  async destroy(isReset?: boolean): Promise<void> {
    await this.#restore();
    await (this.plain.destroy?.(isReset) ?? this.plain.close());
  }

  /** Nothing can be switched back, and no lock given back, inside of a transaction. */
  async #restore(): Promise<void> {
    const statements = this.#change ? ['ROLLBACK', ...this.#change.undo] : [];
    this.#change = undefined;
    this.#lock = undefined;
    for (const sql of statements) await this.plain.query(sql).catch(() => undefined);
  }

  async #checkLock(): Promise<void> {
    if (this.#lock && !(await this.#lock.isHeld())) throw lockLost(this.#lock.name);
  }

  async #checkKeys(sql: string): Promise<void> {
    const before = this.#change?.brokenKeys;
    if (before === undefined || !/^\s*(commit|end)\b/i.test(sql)) return;
    const refused = await newlyBroken(this.plain, before);
    if (refused) throw refused;
  }

  async #patiently<Row extends object>(
    sql: string,
    parameters: readonly unknown[],
  ): Promise<QueryResult<Row>> {
    const deadline = this.#waitMs === 0 ? Infinity : Date.now() + this.#waitMs;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
      try {
        return await this.plain.query<Row>(sql, parameters);
      } catch (error) {
        if (!isBusy(error) || Date.now() >= deadline) throw error;
        await sleep(pause * (0.5 + Math.random() / 2));
      }
    }
  }
}
