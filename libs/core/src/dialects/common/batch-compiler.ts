import type { OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import { impossible } from './ddl-clauses.js';
import { IndexCompiler } from './index-compiler.js';

/** Batches as databases have them whose ALTER TABLE does everything: their operations one after the other (BATCH-07). */
export abstract class BatchCompiler extends IndexCompiler {
  /** @throws MigrationError E3012 for what only a new table can do */
  batchAlterTable(operation: OperationOf<'batchAlterTable'>): readonly string[] {
    const table = displayName(operation.table);
    if (operation.recreate === 'always')
      throw impossible(
        `table "${table}" is altered in place on this database: it is never made anew`,
        "Leave out recreate, or say recreate: 'auto'.",
      );
    if (operation.places) throw inPlaceOnly(table);
    return operation.operations.flatMap((one) => this.compile(one));
  }
}

/** E3012: a column goes to a place of its own only in a new table (BATCH-08). */
export const inPlaceOnly = (table: string): Error =>
  impossible(
    `a column of table "${table}" cannot be put before or after another one by ALTER TABLE`,
    'Leave out insertBefore and insertAfter; a database that makes tables anew takes them with recreate: "always".',
  );
