import type {
  CheckConstraint,
  Column,
  EnumType,
  ForeignKey,
  Index,
  SchemaModel,
  Table,
  View,
} from '@nest-alembic/core';
import * as fc from 'fast-check';
import { withEntityMarks } from '../entity-marks.js';
import { schemaOf } from '../model-builders.js';
import type { Draw } from './arb-columns.js';
import {
  comment,
  drawColumn,
  familyOf,
  isKeyType,
  oneOf,
  quoted,
  someOf,
  sometimes,
} from './arb-columns.js';

/** How large schemas become. */
export interface SchemaSize {
  readonly tables: number;
  readonly columns: number;
}

/** Sizes of pull requests, and of the night. */
export const SIZE: SchemaSize =
  process.env['PROPERTY_SIZES'] === 'nightly'
    ? { tables: 8, columns: 8 }
    : { tables: 4, columns: 5 };

const WORDS = ['account', 'Order Line', 'it"s', 'naïve', 'select', 'a.b', "o'clock", '日本', 'x'];

/** Gives names that nothing else of the schema has. */
export class Names {
  #count = 0;
  constructor(private readonly prefix: string) {}

  next(g: Draw): string {
    this.#count += 1;
    return `${oneOf(g, WORDS)} ${this.prefix}${this.#count}`;
  }
}

/** A schema that PostgreSQL can make, as if all of it came from entities. */
export const arbSchema: fc.Arbitrary<SchemaModel> = fc
  .gen()
  .map((g) => drawSchema(g, new Names('')));

/** Draws a schema. */
export function drawSchema(g: Draw, names: Names): SchemaModel {
  const enums = drawList(g, 2, () => drawEnum(g, names));
  const tables: Table[] = [];
  const count = g(fc.integer, { min: 0, max: SIZE.tables });
  for (let at = 0; at < count; at += 1) tables.push(drawTable(g, names, { enums, tables }));
  return marked({ enums, tables, views: drawViews(g, names, tables) });
}

/** The parts in the order of a model, marked as of entities. */
export function marked(parts: Pick<SchemaModel, 'enums' | 'tables' | 'views'>): SchemaModel {
  const byName = <T extends { readonly name: string }>(list: readonly T[]): T[] =>
    [...list].sort((left, right) => (left.name < right.name ? -1 : 1));
  return withEntityMarks(
    schemaOf({
      enums: byName(parts.enums),
      tables: byName(parts.tables),
      views: byName(parts.views),
    }),
  );
}

function drawList<T>(g: Draw, most: number, draw: () => T): readonly T[] {
  return Array.from({ length: g(fc.integer, { min: 0, max: most }) }, draw);
}

function drawEnum(g: Draw, names: Names): EnumType {
  const labels = g(fc.subarray<string>, ['new', 'in use', "it's", 'x,y', 'ÄÖ', ''], {
    minLength: 1,
  });
  return { schema: null, name: plain(names.next(g)), labels };
}

/** Types are written as SQL: their names stay plain, so that a type is its name. */
const plain = (name: string): string => `kind_${name.replaceAll(/[^0-9a-z]/g, '')}`;

interface Known {
  readonly enums: readonly EnumType[];
  readonly tables: readonly Table[];
}

/** Draws a table whose foreign keys lead to the tables that are there, or to itself. */
export function drawTable(g: Draw, names: Names, known: Known): Table {
  const columns: Column[] = [];
  const count = g(fc.integer, { min: 1, max: SIZE.columns });
  for (let at = 0; at < count; at += 1)
    columns.push(drawColumn(g, names.next(g), { enums: known.enums, others: columns }));
  const bare: Table = {
    schema: null,
    name: names.next(g),
    columns,
    foreignKeys: [],
    uniques: [],
    checks: [],
    exclusions: [],
    indexes: [],
    ...comment(g),
  };
  const keyed = withPrimaryKey(g, names, bare);
  const tied = withForeignKey(g, names, { table: keyed, tables: [...known.tables, keyed] });
  const unique = { ...tied, uniques: sometimes(g, 30) ? drawUniques(g, names, tied) : [] };
  return {
    ...unique,
    checks: drawChecks(g, { table: tied, enums: known.enums }),
    indexes: drawIndexes(g, unique, 2),
  };
}

function withPrimaryKey(g: Draw, names: Names, table: Table): Table {
  const candidates = table.columns.filter(({ type, generated }) => isKeyType(type) && !generated);
  const key = sometimes(g, 75) ? someOf(g, candidates, 2).map(({ name }) => name) : [];
  if (key.length === 0) return table;
  return {
    ...table,
    columns: table.columns.map((column) =>
      key.includes(column.name) ? { ...column, nullable: false } : column,
    ),
    primaryKey: { name: `pk ${names.next(g)}`, columns: key },
  };
}

/** A column of its own for each key, of the type of the key that it leads to. */
export function withForeignKey(
  g: Draw,
  names: Names,
  { table, tables }: { readonly table: Table; readonly tables: readonly Table[] },
): Table {
  const targets = tables.filter(({ primaryKey }) => primaryKey?.columns.length === 1);
  if (targets.length === 0 || !sometimes(g, 60)) return table;
  const target = oneOf(g, targets);
  const referenced = target.columns.find(({ name }) => name === target.primaryKey?.columns[0]);
  if (!referenced) return table;
  const column = { name: names.next(g), type: referenced.type, nullable: true };
  const action = oneOf(g, [undefined, 'cascade', 'set null', 'restrict'] as const);
  const key: ForeignKey = {
    name: `fk ${names.next(g)}`,
    columns: [column.name],
    referencedTable: { schema: null, name: target.name },
    referencedColumns: [referenced.name],
    ...(action && { onDelete: action }),
    ...(sometimes(g, 20) && { deferrable: 'initially deferred' as const }),
  };
  return {
    ...table,
    columns: [...table.columns, column],
    foreignKeys: [...table.foreignKeys, key],
  };
}

function drawUniques(g: Draw, names: Names, table: Table): Table['uniques'] {
  const columns = someOf(
    g,
    table.columns.filter(({ type }) => isKeyType(type)),
    2,
  );
  const key = table.primaryKey?.columns.join() ?? '';
  // The server makes one key of two that are equal.
  if (columns.length === 0 || columns.map(({ name }) => name).join() === key) return [];
  return [{ name: `uq ${names.next(g)}`, columns: columns.map(({ name }) => name) }];
}

/** Checks that the values of the generator pass. One of the same text has the same name: by name alone nothing differs (design D7). */
export function drawChecks(
  g: Draw,
  { table, enums }: { readonly table: Table; readonly enums: readonly EnumType[] },
): readonly CheckConstraint[] {
  const checkable = table.columns.filter(
    ({ type, generated }) => !generated && familyOf(type, enums).check,
  );
  return someOf(g, checkable, 2).map((column) => ({
    name: `ck ${numberOf(column.property ?? column.name)}`,
    expression: familyOf(column.type, enums).check?.(column.name) ?? 'true',
  }));
}

/** The number that a name ends with: it stays when a column or table gets another name. */
const numberOf = (name: string): string => /b?\d+$/.exec(name)?.[0] ?? name;

/** Indexes in several forms; of one shape there is one, whose name tells the shape. */
export function drawIndexes(g: Draw, table: Table, most: number): readonly Index[] {
  const drawn = drawList(g, most, () => drawIndex(g, table)).flat();
  return [...new Map(drawn.map((index) => [index.name, index])).values()];
}

function drawIndex(g: Draw, table: Table): readonly Index[] {
  const candidates = table.columns.filter(({ type }) => isKeyType(type));
  const columns = someOf(g, candidates, 3);
  const [first] = columns;
  if (!first) return [];
  const isText = ['text', 'varchar(40)', 'character varying(80)'].includes(first.type);
  const form = g(fc.integer, { min: 0, max: 5 });
  const named = (parts: readonly string[], rest: Omit<Index, 'name'>): readonly Index[] => [
    { name: ['ix', numberOf(table.entity ?? table.name), ...parts].join('_'), ...rest },
  ];
  const number = (column: Column): string => numberOf(column.property ?? column.name);
  if (form === 0 && isText) {
    const expression = `lower((${quoted(first.name)})::text)`;
    return named(['lower', number(first)], { unique: false, elements: [{ expression }] });
  }
  if (form === 1) {
    const elements = [{ column: first.name }];
    return named(['hash', number(first)], { unique: false, method: 'hash', elements });
  }
  // A unique index and a key of the same columns are one to the diff (design D7).
  const keys = [...table.uniques, ...(table.primaryKey ? [table.primaryKey] : [])];
  if (
    form === 2 &&
    keys.some((key) => key.columns.join() === columns.map(({ name }) => name).join())
  )
    return [];
  const elements = columns.map((column) => ({
    column: column.name,
    ...(sometimes(g, 20) && { order: 'desc' as const }),
  }));
  const order = elements.map(
    ({ order: isDown }, at) => number(columns[at] as Column) + (isDown ? 'd' : ''),
  );
  return named([String(form === 2 || form === 3 ? form : 4), ...order], {
    unique: form === 2,
    elements,
    ...(form === 3 && { where: `${quoted(first.name)} IS NOT NULL` }),
  });
}

/** Views of tables, and of other views. */
export function drawViews(g: Draw, names: Names, tables: readonly Table[]): readonly View[] {
  if (tables.length === 0 || !sometimes(g, 40)) return [];
  const table = oneOf(g, tables);
  const columns = table.columns
    .slice(0, 3)
    .map(({ name }) => quoted(name))
    .join(', ');
  const view: View = {
    schema: null,
    name: `view ${names.next(g)}`,
    definition: `SELECT ${columns} FROM ${quoted(table.name)}`,
    materialized: sometimes(g, 20),
    dependsOn: [],
    indexes: [],
  };
  if (!sometimes(g, 30)) return [view];
  const above: View = {
    ...view,
    name: `view ${names.next(g)}`,
    definition: `SELECT count(*) AS n FROM ${quoted(view.name)}`,
    materialized: false,
    dependsOn: [{ schema: null, name: view.name }],
  };
  return [view, above];
}
