import type { QueryResult } from '@nest-alembic/core';
import { utcText } from '../default-texts.js';

/** One open database, as a SQLite library of JavaScript gives it: it answers at once and is in nobody else's hands meanwhile. */
export interface SqliteHandle {
  /** Waits until a statement may run. @throws Error with the code SQLITE_BUSY */
  ready?(sql: string): Promise<void>;
  /** Runs exactly one statement. */
  run(sql: string, parameters: readonly unknown[]): QueryResult;
  /** Does what is due after a statement: a database in memory is saved to its file. */
  settle(sql: string): Promise<void>;
  /** Undoes an open transaction of the session, and closes what was opened for it. */
  end(): Promise<void>;
}

/** A parameter as SQLite takes it; a moment as TypeORM stores one, in UTC. */
export function bindable(value: unknown): null | string | number | bigint | Uint8Array {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return utcText(value);
  const isPlain = ['string', 'number', 'bigint'].includes(typeof value);
  if (isPlain || value instanceof Uint8Array) return value as string | number | bigint | Uint8Array;
  return JSON.stringify(value);
}

/** A value of a row: an integer is a number where a number can be it. */
export function readable(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
