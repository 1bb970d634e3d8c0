import type { BatchedOperation } from '../operations/batch/batched-operation.js';
import type { ForeignKey, Index, Table } from '../schema/schema-model.js';

/**
 * The changes of a table's indexes that go together because a foreign key stands on them: the server made an index under the key's name, unless
 * another one begins with its columns; it takes that away when another one comes, and refuses to drop the last one. Said with it, both
 * ways go: the index of the key is dropped where another one takes its place, and made where none would be left. Pure.
 *
 * @param operations those on the table
 * @returns the changes of each group
 */
export function indexesUnderKeys(
  table: Table,
  operations: readonly BatchedOperation[],
): readonly (readonly BatchedOperation[])[] {
  const own = { schema: table.schema, name: table.name };
  const taken = new Set<BatchedOperation>();
  return stayingKeys(table, operations).flatMap((key): readonly BatchedOperation[][] => {
    const isUnder = (columns: readonly string[] | undefined): boolean =>
      columns !== undefined && key.columns.every((column, at) => columns[at] === column);
    const before = keysOf(table).filter(({ columns }) => isUnder(columns));
    const dropped = operations.filter((one) => isUnder(droppedColumns(one)));
    const made = operations.filter((one) => isUnder(madeColumns(one)));
    const isHeld = before.length > dropped.length;
    if (isHeld || (dropped.length === 0 && made.length === 0)) return [];
    const changes = [...dropped, ...made.slice(0, 1)].filter((one) => !taken.has(one));
    changes.forEach((one) => taken.add(one));
    const index = indexOf(key);
    if (before.length === 0)
      return [[{ kind: 'dropIndex', table: own, name: index.name, dropped: index }, ...changes]];
    return made.length > 0 ? [changes] : [[...changes, { kind: 'createIndex', table: own, index }]];
  });
}

/** The keys that the operations neither drop nor add. */
function stayingKeys(
  { foreignKeys }: Table,
  operations: readonly BatchedOperation[],
): readonly ForeignKey[] {
  const gone = new Set(
    operations.flatMap((one) =>
      one.kind === 'dropConstraint' && one.type === 'foreignKey' ? [one.name] : [],
    ),
  );
  return foreignKeys.filter(({ name }) => name !== undefined && !gone.has(name));
}

/** The index that the server makes for a key. */
const indexOf = ({ name = '', columns }: ForeignKey): Index => ({
  name,
  elements: columns.map((column) => ({ column })),
  unique: false,
});

interface Key {
  readonly columns: readonly string[] | undefined;
}

const keysOf = ({ primaryKey, uniques, indexes }: Table): readonly Key[] => [
  ...(primaryKey ? [primaryKey] : []),
  ...uniques,
  ...indexes.map((index) => ({ columns: columnsOf(index) })),
];

/** A key stands on whole columns of a plain index. */
const columnsOf = ({ elements, method }: Index): readonly string[] | undefined =>
  method === undefined && elements.every(({ prefix }) => prefix === undefined)
    ? elements.map(({ column = '' }) => column)
    : undefined;

function droppedColumns(operation: BatchedOperation): readonly string[] | undefined {
  if (operation.kind === 'dropIndex') return operation.dropped && columnsOf(operation.dropped);
  const constraint = operation.kind === 'dropConstraint' ? operation.dropped : undefined;
  return constraint?.type === 'unique' || constraint?.type === 'primaryKey'
    ? constraint.constraint.columns
    : undefined;
}

function madeColumns(operation: BatchedOperation): readonly string[] | undefined {
  if (operation.kind === 'createIndex') return columnsOf(operation.index);
  const added = operation.kind === 'addConstraint' ? operation.added : undefined;
  return added?.type === 'unique' || added?.type === 'primaryKey'
    ? added.constraint.columns
    : undefined;
}
