import type { Operation } from '../operations/operation.js';
import { displayName, nameKey, type ObjectName } from '../schema/object-name.js';
import type { SchemaModel, Table } from '../schema/schema-model.js';
import { decidesOnColumns } from './comparators/settle-column.js';
import { diffColumns, type TablePair } from './diff-columns.js';
import { diffConstraints } from './diff-constraints.js';
import { diffIndexes } from './diff-indexes.js';
import {
  askFirst,
  isUndecided,
  type DiffContext,
  type DiffPart,
  joinParts,
  NO_DIFFERENCE,
  operationsPart,
} from './diff-part.js';
import { sameDataBut } from './same-data.js';

/** Tables to create, to alter and to drop. */
export function diffTables(
  current: SchemaModel,
  target: SchemaModel,
  context: DiffContext,
): DiffPart {
  const present = new Map(current.tables.map((table) => [nameKey(table), table]));
  const wanted = new Set(target.tables.map(nameKey));
  return joinParts([
    ...target.tables.map((table) => {
      const before = present.get(nameKey(table));
      return before === undefined
        ? createTable(table)
        : diffTable({ current: before, target: table }, context);
    }),
    ...current.tables
      .filter((table) => !wanted.has(nameKey(table)))
      .map((table) => dropTable(table, context)),
  ]);
}

function createTable(table: Table): DiffPart {
  return operationsPart({ kind: 'createTable', table });
}

/** Where something came from is no difference. */
const MARKS: ReadonlySet<string> = new Set(['entity', 'property']);

function diffTable(pair: TablePair, context: DiffContext): DiffPart {
  // Most tables are the same in every detail, and then nothing has to be paired.
  const isSame = sameDataBut(pair.current, pair.target, MARKS);
  if (isSame && !decidesOnColumns(context.rules)) return NO_DIFFERENCE;
  const table = { schema: pair.target.schema, name: pair.target.name };
  return joinParts([
    diffColumns(pair, context),
    diffConstraints(pair, context),
    diffIndexes({ table, current: pair.current, target: pair.target }, context),
    diffComment(table, pair),
  ]);
}

function diffComment(table: ObjectName, { current, target }: TablePair): DiffPart {
  if (current.comment === target.comment) return NO_DIFFERENCE;
  return operationsPart({
    kind: 'setTableComment',
    table,
    ...(current.comment !== undefined && { from: current.comment }),
    ...(target.comment !== undefined && { to: target.comment }),
  });
}

function dropTable(table: Table, context: DiffContext): DiffPart {
  const name = { schema: table.schema, name: table.name };
  const ref = { kind: 'table', ...name } as const;
  const { state } = context.memory.of(ref);
  if (state !== 'managed') return { ...NO_DIFFERENCE, untouched: [{ ...ref, state }] };
  if (isUndecided(context, name)) return NO_DIFFERENCE;
  const operation: Operation = { kind: 'dropTable', name, dropped: table };
  return askFirst(context, {
    id: `drop-table:${displayName(name)}`,
    allow: { answer: 'drop', text: 'drop it, and its rows' },
    text: `table ${displayName(name)} has no entity any more: dropping it loses its rows. Allow it with --allow-destructive, or register the entity again.`,
    operation,
  });
}
