import { finderByName } from '../schema/find-by-name.js';
import { displayName, nameKey } from '../schema/object-name.js';
import type { Column, EnumType } from '../schema/schema-model.js';
import { rememberedName, type RenameSearch } from './rename-search.js';
import type { ColumnRename, TableSides } from './column-rename.js';
import type { Suspicion } from './suspect-renames.js';
import { typeNameOf } from '../schema/type-name.js';

/** New columns of a table, and columns of ours that are gone and whose values they could take without a cast. */
export function columnSuspicions(
  { table, before }: TableSides,
  search: RenameSearch,
  known: readonly ColumnRename[],
): readonly Suspicion<Column>[] {
  const { schema, name: owner } = rememberedName(table, search.sofar);
  const find = finderByName(table.columns);
  const gone = before.columns.filter(
    ({ name, generated }, at) =>
      find(name, at) === undefined &&
      !known.some(({ from }) => from === name) &&
      !generated &&
      search.memory.of({ kind: 'column', schema, table: owner, name }).state === 'managed',
  );
  if (gone.length === 0) return [];
  const reached = new Set([
    ...before.columns.map(({ name }) => name),
    ...known.map(({ to }) => to),
  ]);
  const place = displayName(table);
  return table.columns
    .filter(({ name, generated }) => !reached.has(name) && !generated)
    .map((column) => ({
      id: `rename-column:${place}.${column.name}`,
      appeared: `column ${place}.${column.name}`,
      newcomer: column,
      candidates: gone
        .map((found) => ({
          name: found.name,
          gone: found,
          likeness: likeness(found, column, search),
        }))
        .filter((candidate) => candidate.likeness > 0)
        .sort((one, other) => other.likeness - one.likeness),
    }));
}

/** 0 where the values do not fit. */
function likeness(from: Column, to: Column, { dialect, current, target }: RenameSearch): number {
  const nullability = from.nullable === to.nullable ? 1 : 0;
  if (dialect.canonicalType(from.type) === dialect.canonicalType(to.type)) return 4 + nullability;
  const [before, after] = [enumOf(from, current.enums), enumOf(to, target.enums)];
  if (before && after) return sharesLabels(before, after) ? 2 + nullability : 0;
  return dialect.castBetween(from.type, to.type, to.name).kind === 'implicit' ? 1 + nullability : 0;
}

function enumOf({ type }: Column, enums: readonly EnumType[]): EnumType | undefined {
  const name = typeNameOf(type);
  return name && enums.find((found) => nameKey(found) === nameKey(name));
}

const sharesLabels = (one: EnumType, other: EnumType): boolean =>
  one.labels.some((label) => other.labels.includes(label));
