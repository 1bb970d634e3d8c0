import { resolve } from 'node:path';
import type { DataSource } from 'typeorm';

/** What TypeORM's SqljsDriver has besides the common Driver interface. */
export interface SqljsInternals {
  /** Another one after `load`. */
  readonly databaseConnection: RawSqljs;
  readonly options: {
    readonly location?: string;
    readonly autoSave?: boolean;
    readonly autoSaveCallback?: (database: Uint8Array) => unknown;
  };
  load(location: string, mustExist: boolean): Promise<unknown>;
  disconnect(): Promise<void>;
}

/** The part of a `sql.js` database that is used here. */
export interface RawSqljs {
  prepare(sql: string): RawSqljsStatement;
  exec(sql: string): readonly { readonly values: readonly (readonly unknown[])[] }[];
  run(sql: string): unknown;
  /** The bytes of the database. Ends the transaction and forgets PRAGMAs and temporary objects: the library opens it anew. */
  export(): Uint8Array;
  getRowsModified(): number;
}

/** The part of its prepared statements. */
export interface RawSqljsStatement {
  bind(values: readonly unknown[]): unknown;
  step(): boolean;
  get(parameters: undefined, config: { readonly useBigInt: boolean }): readonly unknown[];
  getColumnNames(): readonly string[];
  free(): unknown;
}

/** The driver of a DataSource of type `sqljs`. */
export function sqljsInternals(dataSource: DataSource): SqljsInternals {
  return dataSource.driver as unknown as SqljsInternals;
}

/** The absolute path of the file that the database is saved to; undefined where it is in memory only. */
export function fileOf({ options }: SqljsInternals): string | undefined {
  return options.location ? resolve(options.location) : undefined;
}

/** The library does not tell. A transaction that is begun and ended so takes no lock and reads nothing. */
export function isInTransaction(database: RawSqljs): boolean {
  try {
    database.run('BEGIN');
  } catch {
    return true;
  }
  database.run('ROLLBACK');
  return false;
}
