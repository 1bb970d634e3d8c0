import type { Column, SchemaModel, Table } from '@nest-alembic/core';
import { eachColumn, eachTable, without } from './edit-model.js';
import type { ExampleChange } from './example-change.js';

/** Changes of what every column of the example says; those of one list go into one revision. */
export const COLUMN_CHANGES: readonly (readonly ExampleChange[])[] = [
  [
    {
      name: 'DL-1, DL-2: every text has room for ten characters more, also one that a generated column reads',
      movesColumns: true,
      edit: retyped(
        /^character varying\((\d+)\)$/,
        (_, length) => `character varying(${Number(length) + 10})`,
      ),
    },
    {
      name: 'DL-4, DL-26: every number, keys and what refers to them too, becomes a bigint',
      edit: retyped(/^(smallint|integer)$/, () => 'bigint'),
    },
    {
      name: 'every decimal has room for two digits more',
      edit: retyped(/^numeric\((\d+),2\)$/, (_, digits) => `numeric(${Number(digits) + 2},2)`),
    },
    {
      name: 'every time is precise to the microsecond, in another way to say it',
      edit: retyped(/^timestamp\(\d\) with time zone$/, () => 'timestamp with time zone'),
    },
    {
      name: 'DL-7, backwards: every jsonb becomes json',
      edit: retyped(/^jsonb$/, () => 'json'),
    },
    {
      name: 'DL-14: every list of texts becomes one of texts of limited length, and back',
      edit: retyped(/^text\[\]$/, () => 'character varying(20)[]'),
    },
  ],
  [
    {
      name: 'DL-5: every text of limited length becomes one without a limit',
      movesColumns: true,
      edit: retyped(/^character varying\(\d+\)$/, () => 'text'),
    },
    {
      name: 'DL-12: an enum that a view and a predicate compare with its labels becomes a text',
      edit: eachColumn((column, table) =>
        table.name === 'order' && column.name === 'status'
          ? { ...column, type: 'text', default: `'pending'` }
          : column,
      ),
    },
    {
      name: 'every comment is another, gone where there was one, or new',
      edit: eachTable((table) => ({
        ...recommented(table, table.name),
        columns: table.columns.map((column) =>
          recommented(column, `${table.name}'s ${column.name}`),
        ),
      })),
    },
  ],
  [
    {
      name: 'every column that may be null may not any more, and the other way round',
      edit: eachColumn((column, table) =>
        isUsedInKey(table, column.name) ? column : { ...column, nullable: !column.nullable },
      ),
    },
    {
      name: 'no column has a default any more',
      edit: eachColumn((column) => without(column, 'default')),
    },
  ],
  [
    {
      name: 'every column has another default',
      edit: (model) => eachColumn((column) => redefaulted(column, model))(model),
    },
    {
      name: 'every table has three columns more',
      edit: eachTable((table) => ({
        ...table,
        columns: [
          ...table.columns,
          marked(table, { name: 'new note', type: 'text', nullable: true, comment: 'may be null' }),
          marked(table, { name: 'new_count', type: 'integer', nullable: false, default: '7' }),
          marked(table, {
            name: 'new_double',
            type: 'integer',
            nullable: false,
            generated: { expression: '14 / 2', stored: true },
          }),
        ],
      })),
    },
  ],
  [
    {
      name: 'PG-M9: every counter is one of another kind',
      edit: eachColumn((column) => {
        if (column.autoIncrement)
          return { ...without(column, 'autoIncrement'), identity: { generation: 'by default' } };
        if (column.identity?.generation === 'always')
          return { ...column, identity: { generation: 'by default' } };
        return column.identity ? { ...without(column, 'identity'), autoIncrement: true } : column;
      }),
    },
    {
      name: 'every generated column says its values in another way',
      edit: eachColumn((column) =>
        column.generated
          ? {
              ...column,
              generated: { ...column.generated, expression: GENERATED[column.name] ?? '' },
            }
          : column,
      ),
      derived: ['search_name', 'reading_minutes', 'line_total'],
      movesColumns: true,
    },
  ],
  [
    {
      name: 'every column that may be null is gone, with the indexes and constraints over it',
      edit: eachTable((table) => {
        const gone = table.columns.filter(
          ({ name, nullable }) => nullable && !isUsedInKey(table, name),
        );
        return withoutColumns(
          table,
          gone.map(({ name }) => name),
        );
      }),
      movesColumns: true,
    },
  ],
];

/** A table without some of its columns, and without what needs them. */
export function withoutColumns(table: Table, gone: readonly string[]): Table {
  const stays = (text: string) => !gone.some((name) => new RegExp(`\\b${name}\\b`).test(text));
  const keeps = ({ columns }: { readonly columns: readonly string[] }) =>
    columns.every((name) => !gone.includes(name));
  return {
    ...table,
    columns: table.columns.filter(({ name }) => !gone.includes(name)),
    foreignKeys: table.foreignKeys.filter(keeps),
    uniques: table.uniques.filter(keeps),
    checks: table.checks.filter(({ expression }) => stays(expression)),
    indexes: table.indexes.filter(
      ({ elements, where = '' }) =>
        stays(where) && elements.every(({ column = '' }) => !gone.includes(column)),
    ),
  };
}

const isUsedInKey = (table: Table, name: string): boolean =>
  table.primaryKey?.columns.includes(name) ?? false;

const marked = (table: Table, column: Column): Column => ({
  ...column,
  property: column.name,
  ...(table.entity !== undefined && { entity: table.entity }),
});

/** Every type that matches is another. */
function retyped(pattern: RegExp, change: (...groups: string[]) => string) {
  return eachColumn((column) => ({ ...column, type: column.type.replace(pattern, change) }));
}

function recommented<T extends { readonly comment?: string }>(object: T, comment: string): T {
  if (object.comment === undefined) return { ...object, comment };
  return object.comment.length % 2 === 0
    ? without(object, 'comment')
    : { ...object, comment: `${object.comment}, and more` };
}

/** What a column of a type gets: by what the type begins with. */
const NEW_DEFAULTS: readonly (readonly [RegExp, string])[] = [
  [/\[\]$/, `'{}'`],
  [/^(character|text)/, `'?'`],
  [/^(smallint|integer|bigint|numeric|double)/, '3'],
  [/^jsonb/, `'{"is": "new"}'`],
  [/^boolean/, 'true'],
  [/^date/, `'2000-01-01'`],
  [/^timestamp/, `'2000-01-01 00:00:00+00'`],
  [/^uuid/, `'00000000-0000-0000-0000-000000000000'`],
];

function redefaulted(column: Column, { enums }: SchemaModel): Column {
  if (column.generated || column.identity || column.autoIncrement) return column;
  const type = enums.find(({ name }) => column.type.endsWith(name));
  const value =
    type === undefined
      ? NEW_DEFAULTS.find(([pattern]) => pattern.test(column.type))?.[1]
      : `'${type.labels.at(-1) ?? ''}'`;
  return value === undefined || value === column.default ? column : { ...column, default: value };
}

const GENERATED: Readonly<Record<string, string>> = {
  search_name: 'upper(name)',
  line_total: 'quantity * unit_price - discount - discount',
  reading_minutes: 'greatest(2, length(body) / 1000)',
};
