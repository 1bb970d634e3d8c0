import { enumChangeOf } from '../operations/enum-change.js';
import type { Operation, OperationOf } from '../operations/operation.js';
import { nameKey } from '../schema/object-name.js';

/**
 * The places of generated columns: those of a table with a column that changes its type go before that and come behind it, and any
 * goes before the plain ones that it reads. Undefined for everything else.
 */
export function phasesOfGenerated(
  operations: readonly Operation[],
): (operation: Operation) => number | undefined {
  const changing = new Set(operations.flatMap(tablesOfNewTypes));
  return (operation) => {
    if (!isOfGenerated(operation)) return undefined;
    const isAround = changing.has(nameKey(operation.table));
    if (operation.kind === 'dropColumn') return isAround ? BEFORE_TYPES : BEFORE_PLAIN_ONES;
    if (operation.kind === 'addColumn') return isAround ? AFTER_TYPES : undefined;
    return operation.to.generated === null ? BECOMES_PLAIN : REGENERATED;
  };
}

type ColumnChange = OperationOf<'dropColumn' | 'addColumn' | 'alterColumn'>;

function isOfGenerated(operation: Operation): operation is ColumnChange {
  switch (operation.kind) {
    case 'dropColumn':
      return Boolean(operation.dropped?.generated);
    case 'addColumn':
      return Boolean(operation.column.generated);
    case 'alterColumn':
      return Boolean(operation.from?.generated);
    default:
      return false;
  }
}

/** After dropConstraint, before alterEnum. */
const BEFORE_TYPES = 8.5;

/** Before and after the other alterColumn. */
const BECOMES_PLAIN = 15.9;
const AFTER_TYPES = 16.2;
const REGENERATED = 16.3;

/** After columns came, before dropColumn. */
const BEFORE_PLAIN_ONES = 19.9;

function tablesOfNewTypes(operation: Operation): readonly string[] {
  if (operation.kind === 'alterColumn') {
    const { to, table } = operation;
    return to.type !== undefined || to.collation !== undefined ? [nameKey(table)] : [];
  }
  if (operation.kind !== 'alterEnum' || enumChangeOf(operation).kind === 'inPlace') return [];
  return (operation.uses ?? []).map(({ table }) => nameKey(table));
}
