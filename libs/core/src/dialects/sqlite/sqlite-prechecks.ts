import type { Operation } from '../../operations/operation.js';
import type { Precheck } from '../common/dialect.js';
import { RowChecks } from '../common/row-checks.js';
import { sqliteQuoting } from './sqlite-quoting.js';

const checks = new RowChecks(sqliteQuoting);

/** Queries that count the rows for which SQLite would refuse an operation: see `Dialect.prechecks`. Types refuse nothing. */
export function prechecks(operation: Operation): readonly Precheck[] {
  switch (operation.kind) {
    case 'addColumn':
      return checks.newColumn(operation);
    case 'alterColumn':
      return checks.newNotNull(operation);
    case 'addConstraint':
      return checks.newConstraint(operation.table, operation.added);
    case 'createIndex':
      return operation.index.unique ? checks.newUniqueIndex(operation.table, operation.index) : [];
    default:
      return [];
  }
}
