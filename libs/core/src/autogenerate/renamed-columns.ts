import type { Operation } from '../operations/operation.js';
import { displayName, nameKey, type ObjectName, sameName } from '../schema/object-name.js';
import type { Column, Table } from '../schema/schema-model.js';
import { findColumn } from '../schema/table-edit.js';
import { orderRenames } from './order-renames.js';
import {
  ambiguousRename,
  type FoundRenames,
  NO_RENAMES,
  rememberedName,
  type RenameSearch,
} from './rename-search.js';

interface ColumnRename {
  readonly from: string;
  readonly to: string;
  readonly entity: string;
  readonly property: string;
}

/** Columns whose property was in a column of another name of the same table. */
export function renamedColumns(search: RenameSearch): FoundRenames {
  const present = new Map(search.current.tables.map((table) => [nameKey(table), table]));
  const found = search.target.tables.flatMap((table): readonly FoundRenames[] => {
    const before = present.get(nameKey(table));
    return before === undefined ? [] : [renamedIn({ table, before }, search)];
  });
  return {
    operations: found.flatMap(({ operations }) => operations),
    questions: found.flatMap(({ questions }) => questions),
  };
}

interface Sides {
  readonly table: Table;
  /** The table as it is, under its new name. */
  readonly before: Table;
}

function renamedIn(sides: Sides, search: RenameSearch): FoundRenames {
  const { table, before } = sides;
  const wanted = table.columns.flatMap((column) => renameOf(column, sides, search));
  if (wanted.length === 0) return NO_RENAMES;
  const { ordered, blocked } = orderRenames<string, ColumnRename>(wanted, {
    present: before.columns.map(({ name }) => name),
    target: table.columns.map(({ name }) => name),
    keyOf: (name) => name,
    spare: (number) => `nest_alembic_between_${number}`,
  });
  const owner: ObjectName = { schema: table.schema, name: table.name };
  return {
    operations: ordered.map((rename): Operation => ({
      kind: 'renameColumn',
      table: owner,
      ...rename,
    })),
    questions: blocked
      .filter((rename) => isContested(rename, sides, search))
      .map((rename) => questionOf(owner, rename)),
  };
}

function renameOf(
  column: Column,
  { table, before }: Sides,
  { memory, sofar }: RenameSearch,
): readonly ColumnRename[] {
  // A part of a table that says nothing comes from the table's entity, and from the property of its own name.
  const { entity = table.entity, property = column.name } = column;
  if (entity === undefined) return [];
  const remembered = memory.columnOf(entity, property);
  if (remembered === undefined || remembered.column === column.name) return [];
  const owner = { schema: remembered.schema, name: remembered.table };
  if (!sameName(owner, rememberedName(table, sofar))) return [];
  if (!findColumn(before, remembered.column)) return [];
  return [{ from: remembered.column, to: column.name, entity, property }];
}

/** A column that is there and was not made from the model may be where a person has moved the values to already. */
function isContested(
  { to }: ColumnRename,
  { table, before }: Sides,
  { memory, sofar }: RenameSearch,
): boolean {
  if (!findColumn(before, to)) return true;
  const { schema, name } = rememberedName(table, sofar);
  return memory.of({ kind: 'column', schema, table: name, name: to }).state === 'managed';
}

function questionOf(table: ObjectName, { from, to, entity, property }: ColumnRename) {
  return ambiguousRename({
    id: `${displayName(table)}.${to}`,
    subject: `property ${property} of ${entity}`,
    from: `column ${displayName(table)}.${from}`,
    to: `column ${displayName(table)}.${to}`,
    marks: `{ entity: ${JSON.stringify(entity)}, property: ${JSON.stringify(property)} }`,
  });
}
