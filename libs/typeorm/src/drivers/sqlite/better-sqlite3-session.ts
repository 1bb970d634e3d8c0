import { resolve } from 'node:path';
import type { Connection, QueryResult } from '@nest-alembic/core';
import type { DataSource } from 'typeorm';
import type { SessionAdapter } from '../session-adapter.js';
import { bindable, readable, type SqliteHandle } from './sqlite-handle.js';
import { type SharedDatabase, SharedHandle } from './shared-handle.js';
import { SqliteSession } from './sqlite-session.js';

/**
 * Sessions over `better-sqlite3`. TypeORM has one handle for the whole app, whose statements would be in our transactions and
 * ours in the app's: a session on a file opens a handle of its own, as the driver opens one, so that `prepareDatabase`, `key`
 * and the rest of the options hold. A database in memory is only in that one handle.
 */
export function betterSqlite3SessionAdapter(
  split: (sql: string) => readonly string[],
): SessionAdapter {
  return Object.freeze({
    open: async (dataSource: DataSource): Promise<Connection> =>
      new SqliteSession(await openHandle(dataSource), split, fileOf(dataSource)),
    fileOf,
    withConnectTimeout: (options) => options,
  } satisfies SessionAdapter);
}

function fileOf({ options }: DataSource): string | undefined {
  const { database } = options as { readonly database?: unknown };
  return typeof database === 'string' && database !== ':memory:' ? resolve(database) : undefined;
}

/** What TypeORM's BetterSqlite3Driver has besides the common Driver interface; the first is protected in its types. */
interface DriverInternals {
  createDatabaseConnection(): Promise<RawDatabase>;
  readonly attachedDatabases: Readonly<Record<string, AttachedDatabase>>;
}

interface AttachedDatabase {
  readonly attachFilepathAbsolute: string;
  readonly attachHandle: string;
}

/** The part of a `better-sqlite3` database that is used here. */
interface RawDatabase {
  prepare(sql: string): RawStatement;
  exec(sql: string): unknown;
  close(): unknown;
  readonly memory: boolean;
  readonly inTransaction: boolean;
}

interface RawStatement {
  /** True for a statement that gives rows. */
  readonly reader: boolean;
  safeIntegers(isOn: boolean): unknown;
  all(parameters: readonly unknown[]): Record<string, unknown>[];
  run(parameters: readonly unknown[]): { readonly changes: number | bigint };
}

async function openHandle(dataSource: DataSource): Promise<SqliteHandle> {
  const shared = (await dataSource.createQueryRunner('master').connect()) as RawDatabase;
  if (shared.memory) return new SharedHandle(new BetterSqlite3Handle(shared), shared);
  const driver = dataSource.driver as unknown as DriverInternals;
  const own = await driver.createDatabaseConnection();
  for (const { attachFilepathAbsolute, attachHandle } of Object.values(driver.attachedDatabases)) {
    own.prepare(`ATTACH ? AS ${quoted(attachHandle)}`).run([attachFilepathAbsolute]);
  }
  return new OwnHandle(own);
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

class BetterSqlite3Handle implements SharedDatabase {
  protected readonly database: RawDatabase;

  constructor(database: RawDatabase) {
    this.database = database;
  }

  run(sql: string, parameters: readonly unknown[]): QueryResult {
    const statement = this.database.prepare(sql);
    const values = parameters.map(bindable);
    if (!statement.reader) return { rows: [], rowCount: Number(statement.run(values).changes) };
    statement.safeIntegers(true);
    const rows = statement.all(values).map(readableRow);
    return { rows, rowCount: rows.length };
  }

  isInTransaction(): boolean {
    return this.database.inTransaction;
  }

  rollback(): void {
    this.database.exec('ROLLBACK');
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  end(): Promise<void> {
    return Promise.resolve();
  }
}

/** A transaction that is open ends with its handle. */
class OwnHandle extends BetterSqlite3Handle {
  override end(): Promise<void> {
    this.database.close();
    return Promise.resolve();
  }
}

/** The row is ours alone. */
function readableRow(row: Record<string, unknown>): Record<string, unknown> {
  for (const name in row) {
    if (typeof row[name] === 'bigint') row[name] = readable(row[name]);
  }
  return row;
}
