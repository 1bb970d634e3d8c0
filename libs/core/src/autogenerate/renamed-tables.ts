import { displayName, nameKey, type ObjectName } from '../schema/object-name.js';
import type { Table } from '../schema/schema-model.js';
import { orderRenames } from './order-renames.js';
import { ambiguousRename, type FoundRenames, type RenameSearch } from './rename-search.js';

interface TableRename {
  readonly from: ObjectName;
  readonly to: ObjectName;
  readonly entity: string;
}

/** Tables whose entity was in a table of another name. */
export function renamedTables(search: RenameSearch): FoundRenames {
  const present = search.current.tables.map(nameOf);
  const keys = new Set(present.map(nameKey));
  const wanted = search.target.tables.flatMap((table) => renameOf(table, search, keys));
  const { ordered, blocked } = orderRenames<ObjectName, TableRename>(wanted, {
    present,
    target: search.target.tables,
    keyOf: nameKey,
    spare: (number) => ({ schema: null, name: `nest_alembic_between_${number}` }),
  });
  return {
    operations: ordered.map((rename) => ({ kind: 'renameTable', ...rename })),
    questions: blocked
      .filter((rename) => isContested(rename, search, keys))
      .map(({ from, to, entity }) =>
        ambiguousRename({
          id: displayName(to),
          subject: `entity ${entity}`,
          from: `table ${displayName(from)}`,
          to: `table ${displayName(to)}`,
          marks: `{ entity: ${JSON.stringify(entity)} }`,
        }),
      ),
  };
}

const nameOf = ({ schema, name }: ObjectName): ObjectName => ({ schema, name });

function renameOf(
  table: Table,
  { memory }: RenameSearch,
  present: ReadonlySet<string>,
): readonly TableRename[] {
  const { entity } = table;
  const from = entity === undefined ? undefined : memory.tableOf(entity);
  if (entity === undefined || from === undefined) return [];
  if (nameKey(from) === nameKey(table) || !present.has(nameKey(from))) return [];
  return [{ from, to: nameOf(table), entity }];
}

/** A table that is there and was not made from the model may be where a person has moved the rows to already. */
function isContested(
  { to }: TableRename,
  { memory }: RenameSearch,
  present: ReadonlySet<string>,
): boolean {
  return !present.has(nameKey(to)) || memory.of({ kind: 'table', ...to }).state === 'managed';
}
