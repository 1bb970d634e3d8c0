import { nameKey } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { SchemaModel, Table, View } from '../../schema/schema-model.js';
import type { BuiltInComparator } from './built-in-comparators.js';
import { BUILT_IN_COMPARATORS } from './built-in-comparators.js';

/**
 * The target with everything that is not compared as the database has it. The columns' attributes are left to the comparison of
 * columns.
 */
export function leavingOut(
  current: SchemaModel,
  target: SchemaModel,
  builtIn: ReadonlySet<BuiltInComparator>,
): SchemaModel {
  if (builtIn.size === BUILT_IN_COMPARATORS.length) return target;
  const isOut = (comparator: BuiltInComparator): boolean => !builtIn.has(comparator);
  return {
    ...without(target, silenced(LISTS, isOut)),
    ...(isOut('schemas') && { schemas: current.schemas }),
    ...(isOut('enums') && { enums: current.enums }),
    ...(isOut('sequences') && { sequences: current.sequences }),
    tables: tablesOf(current, target, isOut),
    views: isOut('views') ? current.views : viewsOf(current, target, isOut),
  };
}

type IsOut = (comparator: BuiltInComparator) => boolean;

/** What a target that lacks it says nothing about. */
const LISTS = ['extensions', 'domains', 'routines', 'partitions'] as const;
const OWNED = ['triggers', 'policies'] as const;

const silenced = <C extends BuiltInComparator>(comparators: readonly C[], isOut: IsOut) =>
  new Set<string>(comparators.filter(isOut));

function without<T extends object>(object: T, keys: ReadonlySet<string>): T {
  if (keys.size === 0) return object;
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.has(key))) as T;
}

const byName = <T extends ObjectName>(objects: readonly T[]): ReadonlyMap<string, T> =>
  new Map(objects.map((object) => [nameKey(object), object]));

/** Without `tables` none comes or goes, and no column does. */
function tablesOf(current: SchemaModel, target: SchemaModel, isOut: IsOut): readonly Table[] {
  const present = byName(current.tables);
  const wanted = byName(target.tables);
  const pairs = target.tables.map((table) => {
    const before = present.get(nameKey(table));
    return before ? tableOf(before, table, isOut) : table;
  });
  if (!isOut('tables')) return pairs;
  return [
    ...pairs.filter((table) => present.has(nameKey(table))),
    ...current.tables.filter((table) => !wanted.has(nameKey(table))),
  ];
}

function tableOf(current: Table, target: Table, isOut: IsOut): Table {
  const out = OF_TABLE.filter(([comparator]) => isOut(comparator)).map(([, key]) => key);
  const taken = Object.fromEntries(
    out.flatMap((key) => (current[key] === undefined ? [] : [[key, current[key]]])),
  ) as Partial<Table>;
  const silent = silenced(OWNED, isOut);
  const gone = new Set([...out, ...silent, ...(silent.has('policies') ? ['rowSecurity'] : [])]);
  return {
    ...without(target, gone),
    ...taken,
    ...(isOut('tables') && { columns: columnsOf(current, target) }),
  };
}

/** What of a table is left as the database has it. */
const OF_TABLE: readonly (readonly [BuiltInComparator, keyof Table])[] = [
  ['primary-keys', 'primaryKey'],
  ['unique-constraints', 'uniques'],
  ['check-constraints', 'checks'],
  ['exclusion-constraints', 'exclusions'],
  ['foreign-keys', 'foreignKeys'],
  ['indexes', 'indexes'],
  ['comments', 'comment'],
];

function columnsOf(current: Table, target: Table): Table['columns'] {
  const wanted = new Map(target.columns.map((column) => [column.name, column]));
  return current.columns.map((column) => wanted.get(column.name) ?? column);
}

function viewsOf(current: SchemaModel, target: SchemaModel, isOut: IsOut): readonly View[] {
  const present = byName(current.views);
  return target.views.map((view) => {
    const before = present.get(nameKey(view));
    if (!before) return view;
    return {
      ...without(view, silenced(['triggers'], isOut)),
      ...(isOut('indexes') && { indexes: before.indexes }),
    };
  });
}
