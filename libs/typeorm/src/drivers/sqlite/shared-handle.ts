import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryResult } from '@nest-alembic/core';
import type { SqliteHandle } from './sqlite-handle.js';

/** A handle that the app has as well, and other sessions of ours. */
export interface SharedDatabase extends SqliteHandle {
  isInTransaction(): boolean;
  rollback(): void;
}

/** How long a session waits for the others, in milliseconds. A run waits longer: it asks again. */
const WAIT_MS = 1000;
const PAUSE_MS = 5;

/** Statements that leave the session as it is: those of several sessions may stand side by side. */
const READS = /^\s*(?:select|values|explain|pragma\s+[\w.]+\s*(?:\([^)]*\)\s*)?;?\s*$)/i;
const ENDS = /^\s*(?:commit|end|rollback(?!\s+(?:transaction\s+)?to\b))\b/i;

/** The session that has a database to itself, by the database: its settings and its transaction are nobody else's. */
const owners = new WeakMap<object, SharedHandle>();

/**
 * A session over the only handle of a database in memory. The first statement that does more than read makes it the owner until it ends;
 * other sessions wait for that, and all of them for a transaction of the app, which is neither written into nor ended.
 */
export class SharedHandle implements SqliteHandle {
  readonly #database: SharedDatabase;
  readonly #key: object;
  #hasBegun = false;

  /** @param key what all sessions of one database have in common */
  constructor(database: SharedDatabase, key: object) {
    this.#database = database;
    this.#key = key;
  }

  /** @throws Error with the code SQLITE_BUSY where the others have not finished in time */
  async ready(sql: string): Promise<void> {
    if (READS.test(sql) || (ENDS.test(sql) && !this.#hasBegun)) return;
    const deadline = Date.now() + WAIT_MS;
    while (this.#isTaken()) {
      if (Date.now() >= deadline) throw busy();
      await sleep(PAUSE_MS);
    }
    owners.set(this.#key, this);
  }

  run(sql: string, parameters: readonly unknown[]): QueryResult {
    if (ENDS.test(sql) && !this.#hasBegun) throw new Error('no transaction is active');
    const result = this.#database.run(sql, parameters);
    this.#hasBegun = owners.get(this.#key) === this && this.#database.isInTransaction();
    return result;
  }

  settle(sql: string): Promise<void> {
    return this.#database.settle(sql);
  }

  async end(): Promise<void> {
    if (this.#hasBegun && this.#database.isInTransaction()) this.#database.rollback();
    if (owners.get(this.#key) === this) owners.delete(this.#key);
    await this.#database.end();
  }

  #isTaken(): boolean {
    const owner = owners.get(this.#key);
    if (owner !== undefined && owner !== this) return true;
    return !this.#hasBegun && this.#database.isInTransaction();
  }
}

function busy(): Error {
  const words =
    'database is locked: a database in memory has one connection, and another transaction or command is on it';
  return Object.assign(new Error(words), { code: 'SQLITE_BUSY' });
}
