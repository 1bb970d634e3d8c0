import type { Operation, OperationOf } from '../operations/operation.js';
import { nameKey, type ObjectName } from '../schema/object-name.js';
import type { ForeignKey, Table } from '../schema/schema-model.js';
import { ofKind } from './of-kind.js';
import { sortByDependency } from './sort-by-dependency.js';

/**
 * The operations that create tables: referenced tables first. A foreign key that closes a cycle, or that stands on a key
 * which is made later than the tables, becomes an operation of its own.
 */
export function createTablesInOrder(operations: readonly Operation[]): readonly Operation[] {
  const { sorted, isCut } = sortTables(ofKind(operations, 'createTable').map(({ table }) => table));
  const changed = tablesWithChangedKeys(operations);
  const isLater = (table: Table, key: ForeignKey): boolean =>
    isCut(table, key) || standsOnChange(table, key, changed);
  const tables = sorted.map((table): Operation => {
    const foreignKeys = table.foreignKeys.filter((key) => !isLater(table, key));
    return { kind: 'createTable', table: { ...table, foreignKeys } };
  });
  const keys = sorted.flatMap((table) =>
    table.foreignKeys
      .filter((key) => isLater(table, key))
      .map((constraint): Operation => {
        const added = { type: 'foreignKey', constraint } as const;
        return { kind: 'addConstraint', table: nameOf(table), added };
      }),
  );
  return [...tables, ...keys];
}

/**
 * The operations that drop tables: referencing tables first. A foreign key on a cycle, or on a key that goes before the
 * tables, is dropped before.
 */
export function dropTablesInOrder(operations: readonly Operation[]): readonly Operation[] {
  const drops = ofKind(operations, 'dropTable');
  const byName = new Map(drops.map((operation) => [nameKey(operation.name), operation]));
  const { sorted, isCut } = sortTables(drops.flatMap(({ dropped }) => dropped ?? []));
  const changed = tablesWithChangedKeys(operations);
  const isEarlier = (table: Table, key: ForeignKey): boolean =>
    key.name !== undefined && (isCut(table, key) || standsOnChange(table, key, changed));
  const keys = sorted.flatMap((table) =>
    table.foreignKeys
      .filter((key) => isEarlier(table, key))
      .map((constraint): Operation => {
        const { name = '' } = constraint;
        const dropped = { type: 'foreignKey', constraint } as const;
        return { kind: 'dropConstraint', table: nameOf(table), type: 'foreignKey', name, dropped };
      }),
  );
  const tables = sorted.toReversed().map((table): Operation => {
    const foreignKeys = table.foreignKeys.filter((key) => !isEarlier(table, key));
    return {
      ...(byName.get(nameKey(table)) as OperationOf<'dropTable'>),
      dropped: { ...table, foreignKeys },
    };
  });
  return [...keys, ...drops.filter(({ dropped }) => dropped === undefined), ...tables];
}

const nameOf = ({ schema, name }: Table) => ({ schema, name });

function sortTables(tables: readonly Table[]) {
  const byName = new Map(tables.map((table) => [nameKey(table), table]));
  const order = sortByDependency(tables, (table) =>
    table.foreignKeys.flatMap((key) => byName.get(nameKey(key.referencedTable)) ?? []),
  );
  const cut = new Set(order.cut.map(({ from, to }) => edgeKey(nameKey(from), nameKey(to))));
  return {
    sorted: order.sorted,
    isCut: (table: Table, key: ForeignKey): boolean =>
      cut.has(edgeKey(nameKey(table), nameKey(key.referencedTable))),
  };
}

const edgeKey = (from: string, to: string): string => JSON.stringify([from, to]);

/** The tables that stay and gain or lose a key that a foreign key may stand on. */
function tablesWithChangedKeys(operations: readonly Operation[]): ReadonlySet<string> {
  return new Set(
    operations.flatMap((operation) =>
      'table' in operation && changesKey(operation) ? [nameKey(operation.table as ObjectName)] : [],
    ),
  );
}

function changesKey(operation: Operation): boolean {
  switch (operation.kind) {
    case 'addConstraint':
      return isKey(operation.added.type);
    case 'dropConstraint':
      return isKey(operation.type);
    case 'dropUnnamedConstraint':
      return isKey(operation.dropped.type);
    case 'createIndex':
      return operation.index.unique;
    case 'dropIndex':
      return operation.dropped?.unique === true;
    default:
      return false;
  }
}

const isKey = (type: string): boolean => type === 'primaryKey' || type === 'unique';

/** The index that a key to the table itself stands on is made after the table. */
function standsOnChange(table: Table, key: ForeignKey, changed: ReadonlySet<string>): boolean {
  return changed.has(nameKey(key.referencedTable)) || needsOwnIndex(table, key);
}

/** A key to the table itself whose columns only an index makes unique. */
function needsOwnIndex(table: Table, key: ForeignKey): boolean {
  if (nameKey(table) !== nameKey(key.referencedTable)) return false;
  const wanted = columnSet(key.referencedColumns);
  const keys = [...(table.primaryKey ? [table.primaryKey] : []), ...table.uniques];
  if (keys.some(({ columns }) => columnSet(columns) === wanted)) return false;
  return table.indexes.some(
    ({ unique, elements }) =>
      unique && columnSet(elements.map(({ column = '' }) => column)) === wanted,
  );
}

const columnSet = (columns: readonly string[]): string => JSON.stringify([...columns].sort());
