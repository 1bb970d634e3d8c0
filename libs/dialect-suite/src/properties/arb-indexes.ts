import type { Column, Index, Table } from '@nest-alembic/core';
import type { Drawing } from './draw.js';
import { below, drawList, numberOf, oneOf, someOf, sometimes } from './draw.js';
import { canBeInKey } from './drawn-dialect.js';
import type { DrawnDialect, SpecialIndex } from './drawn-dialect.js';

/** Indexes in several forms; of one shape there is one, whose name tells the shape. */
export function drawIndexes(drawing: Drawing, table: Table, most: number): readonly Index[] {
  const drawn = drawList(drawing.g, most, () => drawIndex(drawing, table)).flat();
  return [...new Map(drawn.map((index) => [index.name, index])).values()];
}

function drawIndex(drawing: Drawing, table: Table): readonly Index[] {
  const { g, drawn } = drawing;
  const special = sometimes(g, 35) && drawSpecial(drawing, table);
  if (special) return [special];
  const columns = someOf(
    g,
    table.columns.filter((column) => canBeInKey(drawn, column)),
    3,
  );
  return columns.length === 0 ? [] : drawPlain(drawing, table, columns);
}

function drawSpecial({ g, drawn }: Drawing, table: Table): Index | undefined {
  const possible = drawn.specialIndexes.flatMap((special) =>
    table.columns
      .filter(
        ({ type, nullable }) => special.types.includes(type) && !(special.needsNotNull && nullable),
      )
      .map((column) => ({ special, column })),
  );
  if (possible.length === 0) return undefined;
  const { special, column } = oneOf(g, possible);
  return specialIndex(table, special, column);
}

function specialIndex(table: Table, { tag, method, element }: SpecialIndex, column: Column): Index {
  return {
    name: nameFor(table, [tag, partOf(column)]),
    unique: false,
    ...(method !== undefined && { method }),
    elements: [element(column.name)],
  };
}

function drawPlain(drawing: Drawing, table: Table, columns: readonly Column[]): readonly Index[] {
  const { g, drawn } = drawing;
  const { quoting, capabilities } = drawn.tested.dialect;
  const form = oneOf(g, ['plain', 'plain', 'unique', 'partial', 'more'] as const);
  const hasKey = table.primaryKey !== undefined || !drawn.needsKeys;
  const unique = form === 'unique' && hasKey && !isKeyOf(table, columns);
  const isPartial = form === 'partial' && capabilities.partialIndexes;
  const options = form === 'more' ? (drawn.indexOptions?.(table.columns.slice(0, 1)) ?? []) : [];
  const kind = unique ? 'u' : isPartial ? 'p' : options.length > 0 ? 'o' : 'i';
  const parts = columns.map((column) => drawElement(drawing, column));
  const [first] = columns;
  return [
    {
      name: nameFor(table, [kind, ...parts.map(({ tag }) => tag)]),
      unique,
      elements: parts.map(({ element }) => element),
      ...(isPartial && first && { where: `${quoting.identifier(first.name)} IS NOT NULL` }),
      ...(options.length > 0 && oneOf(g, options)),
    },
  ];
}

function drawElement({ g, drawn }: Drawing, column: Column) {
  const options = Object.entries(drawn.elementOptions);
  const [letter, option] = sometimes(g, 25)
    ? (options[below(g, options.length)] ?? ['', {}])
    : ['', {}];
  return { tag: partOf(column) + letter, element: { column: column.name, ...option } };
}

const partOf = (column: Column): string => numberOf(column.property ?? column.name);
const nameFor = (table: Table, parts: readonly string[]): string =>
  ['ix', numberOf(table.entity ?? table.name), ...parts].join('_');

/** A unique index and a key of the same columns are one to the diff (design D7). */
function isKeyOf({ uniques, primaryKey }: Table, columns: readonly Column[]): boolean {
  const names = columns
    .map(({ name }) => name)
    .sort()
    .join();
  return [...uniques, ...(primaryKey ? [primaryKey] : [])].some(
    (key) => [...key.columns].sort().join() === names,
  );
}

/** True where an index or key holds the whole of a column: not every type can. */
export function isWholeInKey(table: Table, { name }: Column): boolean {
  const keys = [...table.uniques, ...(table.primaryKey ? [table.primaryKey] : [])];
  return (
    keys.some(({ columns }) => columns.includes(name)) ||
    table.indexes.some(({ elements, method }) =>
      elements.some(
        ({ column, prefix }) => column === name && prefix === undefined && method === undefined,
      ),
    )
  );
}

/** The types that a column of a drawn dialect may have in its place. */
export function typesFor(
  { keyTypes }: DrawnDialect,
  types: readonly string[],
  { table, column }: { readonly table: Table; readonly column: Column },
): readonly string[] {
  return isWholeInKey(table, column) ? types.filter((type) => keyTypes.has(type)) : types;
}
