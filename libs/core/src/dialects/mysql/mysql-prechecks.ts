import type { Operation, OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import type { Precheck } from '../common/dialect.js';
import { RowChecks } from '../common/row-checks.js';
import { mysqlQuoting } from './mysql-quoting.js';
import { doesNotFit } from './mysql-fit.js';
import { canonicalType } from './mysql-types.js';
import { keepsValues } from './mysql-widening.js';

const { identifier, qualified } = mysqlQuoting;
const checks = new RowChecks(mysqlQuoting);

/**
 * Queries that count the rows for which the server would refuse an operation, or which it would change without a word. For the
 * tables as they are before it.
 */
export function prechecks(operation: Operation): readonly Precheck[] {
  switch (operation.kind) {
    case 'addColumn':
      return newColumn(operation);
    case 'alterColumn':
      return [...checks.newNotNull(operation), ...newType(operation)];
    case 'addConstraint':
      return checks.newConstraint(operation.table, operation.added);
    case 'createIndex':
      return operation.index.unique ? checks.newUniqueIndex(operation.table, operation.index) : [];
    default:
      return [];
  }
}

/** The server does not refuse it: rows that are there get 0 or an empty text (`my-add-not-null-no-default`). */
function newColumn(operation: OperationOf<'addColumn'>): readonly Precheck[] {
  return checks.newColumn(operation).map(({ sql }) => ({
    text: `${displayName(operation.table)}.${operation.column.name} gets 0 or an empty value in the rows that are there`,
    sql,
  }));
}

function newType({ table, name, from, to }: OperationOf<'alterColumn'>): readonly Precheck[] {
  if (typeof to.type !== 'string') return [];
  const [source, target] = [from?.type, to.type].map((type) => type && canonicalType(type));
  const isKept = source !== undefined && target !== undefined && keepsValues(source, target);
  const condition = isKept ? undefined : doesNotFit(identifier(name), canonicalType(to.type));
  if (condition === undefined) return [];
  const text = `${displayName(table)}.${name} has values that ${to.type} does not hold`;
  return [checks.count(text, qualified(table), condition)];
}
