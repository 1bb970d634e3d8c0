import type { Column, SchemaModel, Table } from '@nest-alembic/core';
import { column, keyed, named, schemaOf, tablesOf } from '../model-builders.js';
import type { ModelChange } from './model-changes.js';

const of = (type: string, more: Partial<Column> = {}): SchemaModel =>
  tablesOf(keyed('account', [column('value', type, more)]));

const withKind = (labels: readonly string[], ...tables: readonly Table[]): SchemaModel =>
  schemaOf({ enums: [{ ...named('kind'), labels }], tables });
const kind = (label: string): Column => column('kind', 'kind', { default: `'${label}'` });
const stays = keyed('other', [kind('new')]);

/** What the properties of `schema-laws.spec.ts` have found. */
export const FOUND_CHANGES: readonly ModelChange[] = [
  ...[
    ['integer', 'integer[]'],
    ['jsonb', 'integer'],
    ['timestamptz', 'time'],
    ['boolean', 'text[]'],
  ].map(([from = '', to = '']) => ({
    name: `${from} becomes ${to}, to which there is a cast in one direction only`,
    before: of(from),
    after: of(to),
  })),
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
