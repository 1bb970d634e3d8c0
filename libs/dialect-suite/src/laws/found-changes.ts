import type { Column, SchemaModel, Table, View } from '@nest-alembic/core';
import { column, keyed, named, schemaOf, tablesOf } from '../model-builders.js';
import type { ModelChange } from './model-changes.js';
import type { Tongue } from './tongue.js';

const of = (type: string, more: Partial<Column> = {}): SchemaModel =>
  tablesOf(keyed('account', [column('value', type, more)]));

const withKind = (labels: readonly string[], ...tables: readonly Table[]): SchemaModel =>
  schemaOf({ enums: [{ ...named('kind'), labels }], tables });
const kind = (label: string): Column => column('kind', 'kind', { default: `'${label}'` });
const stays = keyed('other', [kind('new')]);

/** What the properties of `schema-laws.spec.ts` have found. */
export const foundChanges = (tongue: Tongue): readonly ModelChange[] => [
  ...ENUM_CHANGES,
  ...textChanges(tongue),
  ...(tongue.name === 'postgres' ? CAST_CHANGES : []),
];

const CAST_CHANGES: readonly ModelChange[] = [
  ['integer', 'integer[]'],
  ['jsonb', 'integer'],
  ['timestamptz', 'time'],
  ['boolean', 'text[]'],
].map(([from = '', to = '']) => ({
  name: `${from} becomes ${to}, to which there is a cast in one direction only`,
  before: of(from),
  after: of(to),
}));

const ENUM_CHANGES: readonly ModelChange[] = [
  {
    name: 'a column leaves an enum while the label of its default goes',
    before: withKind(['new', 'lost'], keyed('account', [kind('lost')]), stays),
    after: withKind(
      ['new'],
      keyed('account', [column('kind', 'integer', { default: '0' })]),
      stays,
    ),
  },
  {
    name: 'a column of an enum goes with the label of its default',
    before: withKind(['new', 'lost'], keyed('account', [kind('lost')]), stays),
    after: withKind(['new'], keyed('account'), stays),
  },
  {
    name: 'tables of an enum go with the label of a default, and with what refers to them',
    before: withKind(
      ['new', 'lost'],
      keyed('account', [kind('lost')]),
      keyed('order', [], {
        foreignKeys: [
          {
            name: 'fk',
            columns: ['id'],
            referencedTable: named('account'),
            referencedColumns: ['id'],
          },
        ],
      }),
      stays,
    ),
    after: withKind(['new'], stays),
  },
  {
    name: 'a column leaves an enum that gets a label',
    before: withKind(['new'], keyed('account', [kind('new')]), stays),
    after: withKind(['new', 'more'], keyed('account', [column('kind', 'text')]), stays),
  },
];

/** Names that are no plain words, and texts that name them. */
function textChanges({ quoted, text }: Tongue): readonly ModelChange[] {
  const [table, below, above] = ['it`s [x] "3"', 'b`e[low] "1"', 'above `2"'];
  const model = (name: string, check: boolean, ...more: readonly Column[]): SchemaModel =>
    schemaOf({
      tables: [
        keyed(table, [column(name, text, { property: 'named' }), ...more], {
          entity: 'Table',
          primaryKey: { name: 'pk', columns: ['id'] },
          checks: check ? [{ name: 'ck', expression: `length(${quoted(name)}) > 1` }] : [],
        }),
      ],
    });
  const view = (name: string, definition: string, ...dependsOn: readonly string[]): View => ({
    ...named(name),
    definition,
    materialized: false,
    dependsOn: dependsOn.map((one) => named(one)),
    indexes: [],
  });
  return [
    {
      name: 'views go with what they read, whatever the names',
      before: {
        ...model('a b', true),
        views: [
          view(above, `SELECT count(*) AS n FROM ${quoted(below)}`, below),
          view(below, `SELECT ${quoted('a b')} FROM ${quoted(table)}`),
        ],
      },
      after: model('c d', false, column('more', 'integer', { default: '(1 + 1)' })),
    },
    {
      name: 'a column comes with a default that has a fraction, and goes',
      before: model('a b', false, column('gone', 'decimal(10,2)', { default: '1.50' })),
      after: model('a b', false, column('new', 'decimal(10,2)', { default: '0.00' })),
    },
  ];
}
