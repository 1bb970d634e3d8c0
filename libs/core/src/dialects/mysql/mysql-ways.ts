import type { BatchedOperation } from '../../operations/batch/batched-operation.js';
import type { AlterWays } from '../../operations/batch-operations.js';
import type { Table } from '../../schema/schema-model.js';

/**
 * How changes of a table have to be made, where it is not as most are: see `Dialect.waysOn`. Measured on MariaDB 10.11
 * (`reference/lint-rules.md` §4.3 has only the FULLTEXT index).
 *
 * @param copies true for a change that is a copy in any case, this way or back
 */
export function waysOn(
  table: Table,
  operations: readonly BatchedOperation[],
  copies: (operation: BatchedOperation) => boolean,
): AlterWays | undefined {
  const { engine, indexes, columns } = table;
  if (engine !== undefined && !/^innodb$/i.test(engine)) return COPIED;
  if (operations.some((one) => REASONS.some((isReason) => isReason(one, table)))) return COPIED;
  if (!indexes.some(({ method }) => method === 'fulltext')) return undefined;
  const hasVirtual = columns.some(({ generated }) => generated?.stored === false);
  return hasVirtual || operations.some(copies) ? COPIED : REBUILT;
}

/** The rows are copied while nobody writes. */
const COPIED: AlterWays = { algorithm: 'copy', lock: 'shared' };

/** Beside a FULLTEXT index nobody writes meanwhile (`my-fulltext-kills-instant`). */
const REBUILT: AlterWays = { algorithm: 'inplace', lock: 'shared' };

/** Why a change on a table of InnoDB is a copy. */
const REASONS: readonly ((operation: BatchedOperation, table: Table) => boolean)[] = [
  // NOT NULL beside a stored column.
  (operation, { columns }) =>
    operation.kind === 'alterColumn' &&
    operation.to.nullable !== operation.from?.nullable &&
    columns.some(({ generated }) => generated?.stored),
  // The rows stand in the order of their key.
  (operation, { primaryKey }) =>
    operation.kind === 'alterColumn' &&
    operation.to.collation !== operation.from?.collation &&
    primaryKey?.columns.includes(operation.name) === true,
  // Any column beside an index on a virtual one.
  ({ kind }, { columns, indexes }) =>
    /^(add|drop|alter)Column$/.test(kind) &&
    indexes.some(({ elements }) =>
      elements.some((element) =>
        columns.some(
          ({ name, generated }) => name === element.column && generated?.stored === false,
        ),
      ),
    ),
  // Without a primary key a unique index may take its place.
  (operation, { primaryKey }) => {
    if (primaryKey) return false;
    if (operation.kind === 'createIndex') return operation.index.unique;
    return operation.kind === 'dropIndex' && operation.dropped?.unique === true;
  },
];
