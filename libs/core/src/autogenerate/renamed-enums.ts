import type { Operation } from '../operations/operation.js';
import { displayName, nameKey, type ObjectName, sameName } from '../schema/object-name.js';
import type { Column, EnumType, SchemaModel, Table } from '../schema/schema-model.js';
import { type FoundRenames, NO_RENAMES, type RenameSearch } from './rename-search.js';
import { impossibleRename } from './stated-rename.js';
import { typeNameOf } from '../schema/type-name.js';

/** TypeORM names an enum after its table and column: when those are renamed, so is the type. Or a person says so. */
export function renamedEnums(search: RenameSearch): FoundRenames {
  const { current, target } = search;
  const stated = statedRenames(search);
  const taken = new Set(target.enums.map(nameKey));
  if (stated.length === 0 && current.enums.every((type) => taken.has(nameKey(type)))) {
    return NO_RENAMES;
  }
  const present = new Map(current.enums.map((type) => [nameKey(type), type]));
  const found = new Map<string, Operation>();
  for (const [before, after] of [...stated, ...typeChanges(current, target)]) {
    const from = present.get(nameKey(before));
    const to = target.enums.find((type) => sameName(type, after));
    const isRename = from && to && !taken.has(nameKey(from)) && !present.has(nameKey(to));
    if (isRename && !found.has(nameKey(from))) found.set(nameKey(from), renameOf(from, to));
  }
  return { ...NO_RENAMES, operations: [...found.values()] };
}

const renameOf = (from: EnumType, to: EnumType): Operation => ({
  kind: 'renameEnum',
  from: nameOf(from),
  to: nameOf(to),
  ...(to.entity !== undefined && { entity: to.entity }),
});

function statedRenames({
  current,
  target,
  decisions,
}: RenameSearch): readonly (readonly [ObjectName, ObjectName])[] {
  const has = (model: SchemaModel, name: ObjectName): boolean =>
    model.enums.some((type) => sameName(type, name));
  return decisions.renames.flatMap((said) => {
    if (said.kind !== 'enum') return [];
    const { from, to, text } = said;
    const isPossible =
      has(current, from) && !has(target, from) && has(target, to) && !has(current, to);
    if (isPossible) return [[from, to] as const];
    throw impossibleRename(
      text,
      `the database must have an enum ${displayName(from)} and no ${displayName(to)}, the model the other way round`,
    );
  });
}

const nameOf = ({ schema, name }: ObjectName): ObjectName => ({ schema, name });

function typeChanges(
  current: SchemaModel,
  target: SchemaModel,
): readonly (readonly [ObjectName, ObjectName])[] {
  const before = new Map(
    current.tables.flatMap((table) =>
      table.columns.map((column) => [columnKey(table, column), typeNameOf(column.type)] as const),
    ),
  );
  return target.tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const pair = [before.get(columnKey(table, column)), typeNameOf(column.type)] as const;
      return pair[0] && pair[1] && !sameName(pair[0], pair[1]) ? [[pair[0], pair[1]] as const] : [];
    }),
  );
}

const columnKey = (table: Table, column: Column): string => `${nameKey(table)}.${column.name}`;
