import { enumChangeOf } from '../operations/enum-change.js';
import type { Operation, OperationOf } from '../operations/operation.js';
import { displayName, nameKey, sameName, type ObjectName } from '../schema/object-name.js';
import type { Column, ColumnName, SchemaModel, Table } from '../schema/schema-model.js';
import { findColumn } from '../schema/table-edit.js';
import { settleColumn } from './comparators/settle-column.js';
import { askAboutDependent } from './dependent-question.js';
import { type DiffContext, type DiffPart, joinParts, operationsPart } from './diff-part.js';
import { namesColumn } from './names-word.js';
import { shapeKey } from './shape-key.js';
import { changedColumns } from './with-views.js';

/**
 * Adds to what was found the generated columns that read a column whose type, collation or enum changes, where the server refuses
 * that while they are there (PostgreSQL manual, 5.3): those of the model are dropped before and added again behind, since their
 * values are derived (design D9); those of others are asked about, also where a column that they read goes.
 * @throws MigrationError E7040 for an answer that is none
 */
export function withGenerated(
  { current, target }: { readonly current: SchemaModel; readonly target: SchemaModel },
  found: DiffPart,
  context: DiffContext,
): DiffPart {
  if (!context.dialect.capabilities.generatedHoldsColumns) return found;
  const changes = changesUnder(found.operations);
  if (changes.length === 0) return found;
  const going = new Set(found.operations.flatMap(droppedColumn));
  const reading = current.tables.flatMap((table) =>
    readersIn(table, changes, context).filter(({ column }) => !going.has(keyOf(table, column))),
  );
  const wanted = new Map(target.tables.map((table) => [nameKey(table), table]));
  const pairs = reading.map((reader) => {
    const table = wanted.get(nameKey(reader.table));
    return { ...reader, after: table && findColumn(table, reader.column.name) };
  });
  const anew = pairs.flatMap(({ after, ...before }) =>
    after?.generated && before.isHeld ? [{ ...before, after }] : [],
  );
  const others = pairs.filter(({ after }) => after === undefined);
  const around = new Set([...anew, ...others].map(({ table, column }) => keyOf(table, column)));
  return joinParts([
    { ...found, operations: found.operations.flatMap((one) => without(one, around)) },
    ...anew.map((reader) => operationsPart(...madeAnew(reader, settled(reader, context)))),
    ...others.map((reader) => askAbout(reader, context)),
  ]);
}

interface Change {
  readonly place: ColumnName;
  readonly isGone: boolean;
  /** A column of this enum has to let go of it, also one that is generated itself. */
  readonly isEnum: boolean;
}

function changesUnder(operations: readonly Operation[]): readonly Change[] {
  return operations.flatMap((operation) => {
    const isGone = operation.kind === 'dropColumn';
    const isEnum = operation.kind === 'alterEnum';
    return changedColumns(operation).map((place) => ({ place, isGone, isEnum }));
  });
}

/** A generated column of the database that reads what changes, or is of the enum that does. */
interface Reader {
  readonly table: ObjectName;
  readonly column: Column;
  /** What it reads changes its type; otherwise it goes. */
  readonly isHeld: boolean;
}

function readersIn(
  table: Table,
  changes: readonly Change[],
  { dialect }: DiffContext,
): readonly Reader[] {
  const own = changes.filter(({ place }) => sameName(place.table, table));
  if (own.length === 0) return [];
  const { schema, name } = table;
  return table.columns.flatMap((column) => {
    const { generated } = column;
    if (!generated) return [];
    const read = own.filter(({ place, isEnum }) =>
      place.column === column.name
        ? isEnum
        : namesColumn(generated.expression, place.column, dialect),
    );
    return read.length === 0
      ? []
      : [{ table: { schema, name }, column, isHeld: read.some(({ isGone }) => !isGone) }];
  });
}

const keyOf = (table: ObjectName, { name }: Pick<Column, 'name'>): string =>
  shapeKey([nameKey(table), name]);

const droppedColumn = (operation: Operation): readonly string[] =>
  operation.kind === 'dropColumn' ? [keyOf(operation.table, operation)] : [];

/** What was to be changed of a column that is made anew is made with it. */
function without(operation: Operation, columns: ReadonlySet<string>): readonly Operation[] {
  if (operation.kind === 'alterColumn')
    return columns.has(keyOf(operation.table, operation)) ? [] : [operation];
  if (operation.kind !== 'alterEnum' || enumChangeOf(operation).kind === 'inPlace')
    return [operation];
  const uses = operation.uses?.filter(
    ({ table, column }) => !columns.has(keyOf(table, { name: column })),
  );
  return [{ ...operation, ...(uses && { uses }) }];
}

interface Pair extends Reader {
  readonly after: Column;
}

/** How values are stored is left as the database has it, unless the model says it. */
function settled({ table, column: current, after: target }: Pair, { rules }: DiffContext): Column {
  const { to } = settleColumn({ table, current, target }, rules);
  const { storage, compression } = { ...current, ...to };
  return { ...to, ...(storage && { storage }), ...(compression && { compression }) };
}

function madeAnew(
  { table, column: dropped }: Reader,
  column: Column,
): readonly [OperationOf<'dropColumn'>, OperationOf<'addColumn'>] {
  return [
    { kind: 'dropColumn', table, name: dropped.name, dropped, anew: true },
    { kind: 'addColumn', table, column, anew: true },
  ];
}

/** What is not from the models is touched only when somebody says so. */
function askAbout(reader: Reader, context: DiffContext): DiffPart {
  const { table, column, isHeld } = reader;
  const name = `${displayName(table)}.${column.name}`;
  const answers = [isHeld ? 'anew' : 'drop'] as const;
  return askAboutDependent({ kind: 'column', name, answers }, context, (answer) => {
    if (answer === 'anew') return operationsPart(...madeAnew(reader, column));
    return operationsPart({ kind: 'dropColumn', table, name: column.name, dropped: column });
  });
}
