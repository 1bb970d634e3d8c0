import type { Connection } from '@nest-alembic/core';
import type { DataSource } from 'typeorm';
import type { SessionAdapter } from '../session-adapter.js';
import { SharedHandle } from './shared-handle.js';
import { SqliteSession } from './sqlite-session.js';
import { lockSqljsFile } from './sqljs-file-lock.js';
import { catchUpWithFile } from './sqljs-file.js';
import { SqljsHandle } from './sqljs-handle.js';
import { fileOf, type SqljsInternals, sqljsInternals } from './sqljs-internals.js';

/**
 * Sessions over `sql.js`, which has the whole database in memory: there is one handle, and the app's and ours are the same.
 * What is committed is saved to the file of the option `location` at once, whatever `autoSave` says: a command ends after it.
 * A file is for one process: from the first session on until the DataSource is closed, a lock file keeps others out.
 */
export function sqljsSessionAdapter(split: (sql: string) => readonly string[]): SessionAdapter {
  return Object.freeze({
    open: async (dataSource: DataSource): Promise<Connection> => {
      const internals = sqljsInternals(dataSource);
      await lockSqljsFile(internals);
      await catchUpWithFile(internals);
      const handle = new SharedHandle(handleOf(internals, split), internals);
      return new SqliteSession(handle, split, fileOf(internals));
    },
    fileOf: (dataSource) => fileOf(sqljsInternals(dataSource)),
    withConnectTimeout: (options) => options,
  } satisfies SessionAdapter);
}

const handleOf = (
  internals: SqljsInternals,
  split: (sql: string) => readonly string[],
): SqljsHandle => new SqljsHandle(internals, (sql) => split(sql).length);
