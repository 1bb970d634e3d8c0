import type { Operation } from '../operations/operation.js';
import { displayName, nameKey, type ObjectName, sameName } from '../schema/object-name.js';
import type { Column } from '../schema/schema-model.js';
import { findColumn } from '../schema/table-edit.js';
import { type ColumnRename, marked, type TableSides } from './column-rename.js';
import { columnSuspicions } from './column-suspicions.js';
import { orderRenames } from './order-renames.js';
import {
  ambiguousRename,
  type FoundRenames,
  joinRenames,
  NO_RENAMES,
  undecidedKey,
  rememberedName,
  type RenameSearch,
} from './rename-search.js';
import { impossibleRename } from './stated-rename.js';
import { saidColumns } from './said-columns.js';
import { settleSuspicions } from './suspect-renames.js';

/** Columns whose property was in a column of another name of the same table, as the memory, a person or an answer says. */
export function renamedColumns(search: RenameSearch): FoundRenames {
  const present = new Map(search.current.tables.map((table) => [nameKey(table), table]));
  return joinRenames(
    search.target.tables.flatMap((table): readonly FoundRenames[] => {
      const before = present.get(nameKey(table));
      return before === undefined ? [] : [renamedIn({ table, before }, search)];
    }),
  );
}

function renamedIn(sides: TableSides, search: RenameSearch): FoundRenames {
  const { table, before } = sides;
  const said = saidColumns(sides, search);
  const certain = table.columns.flatMap((column) =>
    said.some(({ to }) => to === column.name) ? NONE : renameOf(column, sides, search),
  );
  const suspicions = columnSuspicions(sides, search, [...said, ...certain]);
  if (said.length + certain.length + suspicions.length === 0) return NO_RENAMES;
  const suspected = settleSuspicions(suspicions, search.decisions);
  const answered = suspected.renamed.map(({ from, to }) => ({
    from: from.name,
    ...marked(to, table),
  }));
  const wanted: readonly ColumnRename[] = [...said, ...certain, ...answered];
  if (wanted.length + suspected.questions.length === 0) return NO_RENAMES;
  const { ordered, blocked } = orderRenames<string, ColumnRename>(wanted, {
    present: before.columns.map(({ name }) => name),
    target: table.columns.map(({ name }) => name),
    keyOf: (name) => name,
    spare: (number) => `nest_alembic_between_${number}`,
  });
  refuseBlocked(blocked);
  const owner: ObjectName = { schema: table.schema, name: table.name };
  return {
    operations: ordered.map(({ stated: _stated, ...rename }): Operation => ({
      kind: 'renameColumn',
      table: owner,
      ...rename,
    })),
    questions: [
      ...suspected.questions,
      ...blocked
        .filter((rename) => isContested(rename, sides, search))
        .map((rename) => questionOf(owner, rename)),
    ],
    undecided: suspected.undecided.map(({ name }) => undecidedKey(owner, name)),
  };
}

const NONE: readonly never[] = [];

function refuseBlocked(blocked: readonly ColumnRename[]): void {
  const said = blocked.find(({ stated }) => stated !== undefined);
  if (said?.stated === undefined) return;
  throw impossibleRename(said.stated, 'one of its names is in use for another column');
}

function renameOf(
  column: Column,
  { table, before }: TableSides,
  { memory, sofar }: RenameSearch,
): readonly ColumnRename[] {
  const { entity = table.entity, property = column.name } = column;
  const remembered = entity === undefined ? undefined : memory.columnOf(entity, property);
  if (remembered === undefined || remembered.column === column.name) return NONE;
  const owner = { schema: remembered.schema, name: remembered.table };
  if (!sameName(owner, rememberedName(table, sofar))) return [];
  if (!findColumn(before, remembered.column)) return [];
  return [{ from: remembered.column, ...marked(column, table) }];
}

/** A column that is there and was not made from the model may be where a person has moved the values to already. */
function isContested(
  { to }: ColumnRename,
  { table, before }: TableSides,
  { memory, sofar }: RenameSearch,
): boolean {
  if (!findColumn(before, to)) return true;
  const { schema, name } = rememberedName(table, sofar);
  return memory.of({ kind: 'column', schema, table: name, name: to }).state === 'managed';
}

function questionOf(table: ObjectName, rename: ColumnRename) {
  const { from, to, entity = '', property = to } = rename;
  return ambiguousRename({
    id: `${displayName(table)}.${to}`,
    subject: `property ${property} of ${entity}`,
    from: `column ${displayName(table)}.${from}`,
    to: `column ${displayName(table)}.${to}`,
    marks: `{ entity: ${JSON.stringify(entity)}, property: ${JSON.stringify(property)} }`,
  });
}
