import { displayName, sameName } from '../schema/object-name.js';
import { findColumn } from '../schema/table-edit.js';
import { rememberedName, type RenameSearch } from './rename-search.js';
import { type ColumnRename, marked, type TableSides } from './column-rename.js';
import { impossibleRename, type StatedRename } from './stated-rename.js';

/** Renames of a table's columns that a person or the entity says are ones. */
export function saidColumns(sides: TableSides, search: RenameSearch): readonly ColumnRename[] {
  // Mostly nobody says anything.
  if (search.decisions.renames.length === 0 && !search.target.renamed) return NONE;
  const stated = search.decisions.renames.flatMap((said) => statedRename(said, sides, search));
  const hinted = hintedRenames(sides, search);
  return [...stated, ...hinted.filter(({ to }) => !stated.some((one) => one.to === to))];
}

const NONE: readonly never[] = [];

function statedRename(
  said: StatedRename,
  { table, before }: TableSides,
  { sofar }: RenameSearch,
): readonly ColumnRename[] {
  if (said.kind !== 'column') return [];
  const { of, from, to, text } = said;
  if (!sameName(of, table) && !sameName(of, rememberedName(table, sofar))) return [];
  const column = findColumn(table, to);
  const place = displayName(table);
  if (!column) throw impossibleRename(text, `the model has no column ${place}.${to}`);
  if (!findColumn(before, from)) {
    throw impossibleRename(text, `the database has no column ${place}.${from}`);
  }
  return [{ from, ...marked(column, table), stated: text }];
}

/**
 * Refuses a column whose table is not on both sides.
 * @throws MigrationError E7041
 */
export function refuseStrayColumns({ current, target, decisions, sofar }: RenameSearch): void {
  for (const said of decisions.renames) {
    if (said.kind !== 'column') continue;
    const isThere = target.tables.some(
      (table) =>
        current.tables.some((found) => sameName(found, table)) &&
        (sameName(said.of, table) || sameName(said.of, rememberedName(table, sofar))),
    );
    if (isThere) continue;
    throw impossibleRename(
      said.text,
      `model and database do not both have a table ${displayName(said.of)}`,
    );
  }
}

/** What the entity says of former names: those of the column, or of its property. */
function hintedRenames(
  { table, before }: TableSides,
  { target, memory, sofar }: RenameSearch,
): readonly ColumnRename[] {
  return (target.renamed ?? []).flatMap((hint): readonly ColumnRename[] => {
    if (hint.kind !== 'column' || !sameName(hint.table, table)) return [];
    const column = findColumn(table, hint.column);
    // A hint that was followed already has no more to say.
    if (!column || findColumn(before, hint.column)) return [];
    const { entity, ...rest } = marked(column, table);
    const held = entity === undefined ? undefined : memory.columnOf(entity, hint.from);
    const isHere = held && sameName({ ...held, name: held.table }, rememberedName(table, sofar));
    const names = [hint.from, ...(isHere ? [held.column] : [])];
    const from = names.find((name) => findColumn(before, name) && !findColumn(table, name));
    if (from === undefined) return [];
    return [{ from, ...rest, ...(entity !== undefined && { entity }) }];
  });
}
