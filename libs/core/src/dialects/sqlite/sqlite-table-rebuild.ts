import type { Operation } from '../../operations/operation.js';
import type { StoredTable, TableRebuild } from '../common/table-rebuild.js';
import { failedAssertion } from './sqlite-assertion.js';
import { compileBatch, needsOf } from './rebuild/compile-batch.js';
import { readStoredTable } from './rebuild/read-stored-table.js';
import { storedAs } from './rebuild/stored-as.js';
import type { SqliteStoredTable } from './rebuild/stored-table.js';

/** How SQLite makes a table anew, with the statements of a compiler. */
export function sqliteTableRebuild(
  compile: (operation: Operation) => readonly string[],
): TableRebuild {
  return Object.freeze<TableRebuild>({
    needs: (operation) => needsOf(operation, compile),
    read: (ask, table) => readStoredTable(ask, table),
    storedAs: (table) => storedAs(table, compile),
    compile: (batch, stored: StoredTable) =>
      compileBatch(batch, stored as SqliteStoredTable, compile),
    refusal: (error) => {
      const failed = failedAssertion(error);
      return failed?.name === 'rebuild' ? failed.detail : undefined;
    },
  });
}
