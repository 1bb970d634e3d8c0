import type { BatchedOperation } from '../operations/batch/batched-operation.js';
import { isBatched } from '../operations/batch/batched-operation.js';
import { operationsIn } from '../operations/batch-operations.js';
import type { Operation } from '../operations/operation.js';
import { findTable } from '../schema/schema-edit.js';
import { nameKey } from '../schema/object-name.js';
import type { SchemaModel } from '../schema/schema-model.js';
import type { DiffDialect } from './diff-part.js';
import { indexesUnderKeys } from './indexes-under-keys.js';

/**
 * Puts into one batch what the server takes only together, where a batch is one statement: a counter with its key, one primary key in place
 * of another, and the indexes that foreign keys stand on. Elsewhere nothing. Pure.
 *
 * @param ordered the operations in the order to run them in
 */
export function joinAlterations(
  current: SchemaModel,
  ordered: readonly Operation[],
  dialect: Pick<DiffDialect, 'capabilities' | 'waysOn'>,
): readonly Operation[] {
  if (!dialect.capabilities.altersAtOnce) return ordered;
  const keys = tablesIn(ordered).map((table) => keyChanges(ordered.filter(isOf(table))));
  const withKeys = joined(ordered, keys);
  const together = dialect.capabilities.keysHoldIndexes
    ? joined(...underKeys(current, withKeys))
    : withKeys;
  return together.map((operation) => inItsWay(operation, { current, ordered }, dialect));
}

interface Given {
  readonly current: SchemaModel;
  readonly ordered: readonly Operation[];
}

/** A table is as it is from the first of its changes to the last, and on the way back: what one of them makes or drops counts for all. */
function inItsWay(
  operation: Operation,
  { current, ordered }: Given,
  dialect: Pick<DiffDialect, 'waysOn'>,
): Operation {
  const operations = operationsIn(operation).filter(isBatched);
  const [first] = operations;
  const table = first && findTable(current, first.table);
  if (table === undefined || first === undefined || !dialect.waysOn) return operation;
  const own = ordered.filter(isOf(nameKey(table)));
  const whole = {
    ...table,
    indexes: [
      ...table.indexes,
      ...own.flatMap((one) => (one.kind === 'createIndex' ? [one.index] : [])),
    ],
    columns: [
      ...table.columns,
      ...own.flatMap((one) => (one.kind === 'addColumn' ? [one.column] : [])),
    ],
  };
  const ways = dialect.waysOn(whole, operations);
  return ways ? { kind: 'batchAlterTable', table: first.table, operations, ...ways } : operation;
}

function underKeys(
  current: SchemaModel,
  ordered: readonly Operation[],
): [readonly Operation[], readonly Group[]] {
  const groups = current.tables.flatMap((table) =>
    indexesUnderKeys(table, ordered.filter(isOf(nameKey(table)))),
  );
  return [ordered, groups];
}

/** Changes of one table that go together; what is not among the operations is added at the end of the group. */
type Group = readonly BatchedOperation[];

const isOf =
  (table: string) =>
  (operation: Operation): operation is BatchedOperation =>
    isBatched(operation) && nameKey(operation.table) === table;

const tablesIn = (operations: readonly Operation[]): readonly string[] => [
  ...new Set(
    operations.flatMap((operation) => (isBatched(operation) ? [nameKey(operation.table)] : [])),
  ),
];

/** The operations with each group as one, where its last member stood that makes or drops a key; a column may go before its time. */
function joined(operations: readonly Operation[], groups: readonly Group[]): readonly Operation[] {
  const large = groups.filter((group) => group.length > 1);
  const places = new Map(
    large.map((group) => {
      const members = operations.filter((one) => group.some((other) => other === one));
      const last = members.findLast(({ kind }) => kind !== 'dropColumn') ?? members.at(-1);
      return [last, group];
    }),
  );
  const grouped = new Set<Operation>(large.flat());
  return operations.flatMap((operation): readonly Operation[] => {
    const group = places.get(operation);
    const [first] = group ?? [];
    if (group && first) return [{ kind: 'batchAlterTable', table: first.table, operations: group }];
    return grouped.has(operation) ? [] : [operation];
  });
}

/** The changes of a table that are about its primary key, or about a counter and its key; none where each can be made by itself. */
function keyChanges(operations: readonly BatchedOperation[]): Group {
  const counters = new Set(operations.flatMap(counterOf));
  const group = operations.filter(
    (operation) =>
      isPrimaryKey(operation) ||
      counterOf(operation).length > 0 ||
      (firstColumns(operation)?.some((column) => counters.has(column)) ?? false),
  );
  const isReplaced = ['addConstraint', 'dropConstraint'].every((kind) =>
    group.some((operation) => operation.kind === kind && isPrimaryKey(operation)),
  );
  return counters.size > 0 || isReplaced ? group : [];
}

const isPrimaryKey = (operation: BatchedOperation): boolean =>
  (operation.kind === 'addConstraint' && operation.added.type === 'primaryKey') ||
  (operation.kind === 'dropConstraint' && operation.type === 'primaryKey');

/** The column that becomes a counter, or is none any more. */
function counterOf(operation: BatchedOperation): readonly string[] {
  switch (operation.kind) {
    case 'addColumn':
      return operation.column.autoIncrement ? [operation.column.name] : [];
    case 'dropColumn':
      return operation.dropped?.autoIncrement ? [operation.name] : [];
    case 'alterColumn':
      return operation.to.autoIncrement === operation.from?.autoIncrement ? [] : [operation.name];
    default:
      return [];
  }
}

/** The columns of a key that comes or goes; undefined for any other change. */
function firstColumns(operation: BatchedOperation): readonly string[] | undefined {
  switch (operation.kind) {
    case 'createIndex':
      return operation.index.elements.map(({ column = '' }) => column).slice(0, 1);
    case 'dropIndex':
      return operation.dropped?.elements.map(({ column = '' }) => column).slice(0, 1);
    case 'addConstraint':
      return operation.added.type === 'unique'
        ? operation.added.constraint.columns.slice(0, 1)
        : [];
    case 'dropConstraint':
      return operation.dropped?.type === 'unique'
        ? operation.dropped.constraint.columns.slice(0, 1)
        : [];
    default:
      return undefined;
  }
}
