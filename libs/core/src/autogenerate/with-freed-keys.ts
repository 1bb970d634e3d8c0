import type { Operation, OperationOf } from '../operations/operation.js';
import { partRef } from '../operations/effects.js';
import { nameKey, type ObjectName } from '../schema/object-name.js';
import type { ForeignKey, SchemaModel, Table } from '../schema/schema-model.js';
import type { DiffContext, DiffPart } from './diff-part.js';
import { shapeKey } from './shape-key.js';

/**
 * Adds to what was found the foreign keys that have to go while a column changes that they stand on, on either side, where the server
 * refuses the change under them (DL-28): they are dropped before and added again behind, whoever made them. The keys of tables that come
 * or go with such a change get operations of their own.
 */
export function withFreedKeys(
  current: SchemaModel,
  found: DiffPart,
  context: DiffContext,
): DiffPart {
  const held = heldPlaces(current, found.operations, context);
  if (held.size === 0) return found;
  const gone = new Set(found.operations.flatMap(goneTables));
  const dropped = new Set(found.operations.flatMap(droppedKey));
  const around = current.tables
    .filter((table) => !gone.has(nameKey(table)))
    .flatMap((table) =>
      heldKeys(table, held)
        .filter(({ name = '' }) => !dropped.has(keyOf(table, name)))
        .flatMap((key) => [dropOf(table, key), additionOf(table, withMark(table, key, context))]),
    );
  return {
    ...found,
    operations: [...found.operations.flatMap((one) => withoutHeldKeys(one, held)), ...around],
  };
}

const nameOf = ({ schema, name }: ObjectName): ObjectName => ({ schema, name });

const placeKey = (table: ObjectName, part: string): string => shapeKey([nameKey(table), part]);
const keyOf = placeKey;

/** The columns that change so, and those of keys that no index would be left to refer to. */
function heldPlaces(
  current: SchemaModel,
  operations: readonly Operation[],
  { dialect }: DiffContext,
): ReadonlySet<string> {
  const columns = operations.flatMap((operation) =>
    operation.kind === 'alterColumn' && dialect.isHeldByKeys?.(operation)
      ? [placeKey(operation.table, operation.name)]
      : [],
  );
  return new Set([
    ...columns,
    ...(dialect.capabilities.keysHoldIndexes ? lostKeys(current, operations) : []),
  ]);
}

/** Columns of primary keys and unique constraints or indexes that go, where they are what others refer to. */
function lostKeys(current: SchemaModel, operations: readonly Operation[]): readonly string[] {
  const lost = operations.flatMap((operation) => {
    const columns = columnsOfDropped(operation);
    return columns && 'table' in operation
      ? [{ table: operation.table as ObjectName, columns }]
      : [];
  });
  if (lost.length === 0) return [];
  const referred = current.tables.flatMap(({ foreignKeys }) => foreignKeys);
  const replaced = new Map(
    operations.flatMap((operation) =>
      operation.kind === 'addConstraint' && operation.added.type === 'primaryKey'
        ? [[nameKey(operation.table), operation.added.constraint.columns] as const]
        : [],
    ),
  );
  return lost.flatMap(({ table, columns }) => {
    const isReferred = referred.some(
      (key) =>
        nameKey(key.referencedTable) === nameKey(table) &&
        leads(key.referencedColumns, columns) &&
        !leads(key.referencedColumns, replaced.get(nameKey(table)) ?? []),
    );
    return isReferred ? columns.map((column) => placeKey(table, column)) : [];
  });
}

/** One primary key takes the place of another in one statement: see `joinAlterations`. */
const leads = (columns: readonly string[], key: readonly string[]): boolean =>
  columns.every((column, at) => key[at] === column);

function columnsOfDropped(operation: Operation): readonly string[] | undefined {
  if (operation.kind === 'dropIndex')
    return operation.dropped?.elements.map(({ column = '' }) => column);
  if (operation.kind !== 'dropConstraint' || operation.type === 'foreignKey') return undefined;
  const constraint = operation.dropped?.constraint;
  return constraint && 'columns' in constraint ? constraint.columns : undefined;
}

function heldKeys(table: Table, held: ReadonlySet<string>): readonly ForeignKey[] {
  return table.foreignKeys.filter(
    (key) =>
      key.name !== undefined &&
      (key.columns.some((column) => held.has(placeKey(table, column))) ||
        key.referencedColumns.some((column) => held.has(placeKey(key.referencedTable, column)))),
  );
}

function goneTables(operation: Operation): readonly string[] {
  return operation.kind === 'dropTable' ? [nameKey(operation.name)] : [];
}

function droppedKey(operation: Operation): readonly string[] {
  return operation.kind === 'dropConstraint' && operation.type === 'foreignKey'
    ? [keyOf(operation.table, operation.name)]
    : [];
}

function dropOf(table: ObjectName, constraint: ForeignKey): OperationOf<'dropConstraint'> {
  const { name = '' } = constraint;
  const dropped = { type: 'foreignKey', constraint } as const;
  return { kind: 'dropConstraint', table: nameOf(table), name, type: 'foreignKey', dropped };
}

function additionOf(table: ObjectName, constraint: ForeignKey): OperationOf<'addConstraint'> {
  const added = { type: 'foreignKey', constraint } as const;
  return { kind: 'addConstraint', table: nameOf(table), added };
}

/** What was managed stays managed (design D8). */
function withMark(table: ObjectName, key: ForeignKey, { memory }: DiffContext): ForeignKey {
  const owner = memory.of(partRef('foreignKey', table, key.name ?? ''));
  return owner.state === 'managed' ? { ...key, entity: owner.entity } : key;
}

/** A new table refers to the column as it will be, one that goes to the column as it was. */
function withoutHeldKeys(operation: Operation, held: ReadonlySet<string>): readonly Operation[] {
  if (operation.kind === 'createTable') {
    const { table } = operation;
    const keys = heldKeys(table, held);
    if (keys.length === 0) return [operation];
    return [
      { ...operation, table: { ...table, foreignKeys: others(table, keys) } },
      ...keys.map((key) => additionOf(table, key)),
    ];
  }
  if (operation.kind !== 'dropTable' || !operation.dropped) return [operation];
  const { dropped } = operation;
  const keys = heldKeys(dropped, held);
  if (keys.length === 0) return [operation];
  return [
    ...keys.map((key) => dropOf(dropped, key)),
    { ...operation, dropped: { ...dropped, foreignKeys: others(dropped, keys) } },
  ];
}

const others = ({ foreignKeys }: Table, keys: readonly ForeignKey[]): readonly ForeignKey[] =>
  foreignKeys.filter((key) => !keys.includes(key));
