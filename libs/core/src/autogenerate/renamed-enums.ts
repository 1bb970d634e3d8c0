import type { Operation } from '../operations/operation.js';
import { nameKey, type ObjectName, sameName } from '../schema/object-name.js';
import type { Column, SchemaModel, Table } from '../schema/schema-model.js';
import { type FoundRenames, NO_RENAMES, type RenameSearch } from './rename-search.js';
import { typeNameOf } from './type-name.js';

/** TypeORM names an enum after its table and column: when those are renamed, so is the type. */
export function renamedEnums({ current, target }: RenameSearch): FoundRenames {
  const taken = new Set(target.enums.map(nameKey));
  const present = new Map(current.enums.map((type) => [nameKey(type), type]));
  if (current.enums.every((type) => taken.has(nameKey(type)))) return NO_RENAMES;
  const found = new Map<string, Operation>();
  for (const [before, after] of typeChanges(current, target)) {
    const from = present.get(nameKey(before));
    const to = target.enums.find((type) => sameName(type, after));
    const isRename = from && to && !taken.has(nameKey(from)) && !present.has(nameKey(to));
    if (!isRename || found.has(nameKey(from))) continue;
    found.set(nameKey(from), {
      kind: 'renameEnum',
      from: nameOf(from),
      to: nameOf(to),
      ...(to.entity !== undefined && { entity: to.entity }),
    });
  }
  return { ...NO_RENAMES, operations: [...found.values()] };
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
