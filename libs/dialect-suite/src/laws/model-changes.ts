import type { Index, SchemaModel, Table } from '@nest-alembic/core';
import { column, keyed, named, schemaOf, tablesOf } from '../model-builders.js';

/** A change of the model that autogenerate has to find the way for, there and back. */
export interface ModelChange {
  readonly name: string;
  readonly before: SchemaModel;
  readonly after: SchemaModel;
}

const code = column('code', 'text');
const account = keyed('account', [code]);
const uniqueCode = { name: 'uq_code', columns: ['code'] };
const uniqueIndex: Index = { name: 'ux_code', elements: [{ column: 'code' }], unique: true };
const byCode = {
  name: 'fk_code',
  columns: ['code'],
  referencedTable: named('account'),
  referencedColumns: ['code'],
} as const;
const order: Table = keyed('order', [code], { foreignKeys: [byCode] });

/** Foreign keys and the keys that they stand on. */
export const KEY_CHANGES: readonly ModelChange[] = [
  {
    name: 'a new table refers to a column that becomes unique',
    before: tablesOf(account),
    after: tablesOf({ ...account, uniques: [uniqueCode] }, order),
  },
  {
    name: 'a new table refers to a new column',
    before: tablesOf(keyed('account')),
    after: tablesOf({ ...account, uniques: [uniqueCode] }, order),
  },
  {
    name: 'a new table refers to a column that gets a unique index',
    before: tablesOf(account),
    after: tablesOf({ ...account, indexes: [uniqueIndex] }, order),
  },
  {
    name: 'the key goes with the table that referred to it',
    before: tablesOf({ ...account, uniques: [uniqueCode] }, order),
    after: tablesOf(account),
  },
  {
    name: 'the index goes with the table that referred to it',
    before: tablesOf({ ...account, indexes: [uniqueIndex] }, order),
    after: tablesOf(account),
  },
  {
    name: 'a table refers to its own unique index',
    before: schemaOf({}),
    after: tablesOf({
      ...account,
      columns: [...account.columns, column('parent', 'text')],
      indexes: [uniqueIndex],
      foreignKeys: [{ ...byCode, columns: ['parent'] }],
    }),
  },
];

/** A table of one entity under any name, with a column of an enum that texts of all kinds name. */
function renamable(
  names: Readonly<Record<'table' | 'kind' | 'type' | 'note', string>>,
): Pick<SchemaModel, 'tables' | 'enums'> {
  const { table, kind, type, note } = names;
  const columns = [
    column(kind, type, { default: `'new'`, property: 'kind' }),
    column(note, 'text', { property: 'note' }),
    column('size', 'integer', {
      generated: { expression: `length("${note}")`, stored: true },
    }),
  ];
  const whole: Table = keyed(table, columns, {
    entity: 'Account',
    primaryKey: { name: 'account_pkey', columns: ['id'] },
    checks: [{ name: 'ck_kind', expression: `${kind} <> 'old' OR "${note}" IS NOT NULL` }],
    indexes: [
      { name: 'ix_note', elements: [{ expression: `lower("${note}")` }], unique: false },
      { name: 'ix_kind', elements: [{ column: kind }], unique: false, where: `${kind} = 'new'` },
    ],
  });
  return {
    tables: [whole],
    enums: [{ schema: null, name: type, labels: ['new', 'old'], entity: 'Account' }],
  };
}

const first = { table: 'account', kind: 'kind', type: 'account_kind', note: 'note' };
const overIt = (source: string, note: string) => [
  {
    ...named('notes'),
    definition: `SELECT "${note}" AS text FROM ${source}`,
    materialized: false,
    dependsOn: [],
    indexes: [],
  },
  {
    ...named('short_notes'),
    definition: 'SELECT text FROM notes WHERE length(text) < 9',
    materialized: true,
    dependsOn: [named('notes')],
    indexes: [{ name: 'ix_short', elements: [{ column: 'text' }], unique: false }],
  },
];
const holding = (...columns: readonly (readonly [string, string])[]) =>
  tablesOf(
    keyed(
      'account',
      columns.map(([name, property]) => column(name, 'text', { property })),
    ),
  );
const ofEntity = (entity: string, name: string) =>
  keyed(name, [], { entity, primaryKey: { name: `${entity}_pk`, columns: ['id'] } });

/** Renames, and the texts that name what is renamed. */
export const RENAME_CHANGES: readonly ModelChange[] = [
  {
    name: 'a table, its columns and its enum get other names, and texts name them',
    before: schemaOf(renamable(first)),
    after: schemaOf(
      renamable({ table: 'customer', kind: 'sort', type: 'customer_sort', note: 'order' }),
    ),
  },
  {
    name: 'a column under views gets another name',
    before: schemaOf({ ...renamable(first), views: overIt('account', 'note') }),
    after: schemaOf({
      ...renamable({ ...first, note: 'remark' }),
      views: overIt('account', 'remark'),
    }),
  },
  {
    name: 'a table under views gets another name',
    before: schemaOf({ ...renamable(first), views: overIt('account', 'note') }),
    after: schemaOf({
      ...renamable({ ...first, table: 'customer' }),
      views: overIt('customer', 'note'),
    }),
  },
  {
    name: 'a table and its enum move to another schema',
    before: schemaOf(renamable(first)),
    after: schemaOf({
      schemas: ['audit'],
      tables: renamable({ ...first, type: 'audit.account_kind' }).tables.map((table) => ({
        ...table,
        schema: 'audit',
      })),
      enums: renamable(first).enums.map((type) => ({ ...type, schema: 'audit' })),
    }),
  },
  {
    name: 'two columns swap their names',
    before: holding(['a', 'x'], ['b', 'y']),
    after: holding(['b', 'x'], ['a', 'y']),
  },
  {
    name: 'a column takes the name that another one leaves',
    before: holding(['a', 'x'], ['b', 'y']),
    after: holding(['b', 'x'], ['c', 'y']),
  },
  {
    name: 'two tables swap their names',
    before: tablesOf(ofEntity('A', 'one'), ofEntity('B', 'two')),
    after: tablesOf(ofEntity('B', 'one'), ofEntity('A', 'two')),
  },
];

const ofKind = (labels: readonly string[]): SchemaModel =>
  schemaOf({
    enums: [{ ...named('kind'), labels }],
    tables: [
      keyed('account', [column('kind', 'kind'), code], {
        checks: [{ name: 'ck_kind', expression: `kind <> 'old' OR code IS NOT NULL` }],
        indexes: [
          { ...uniqueIndex, where: `kind = 'new'` },
          { name: 'ix_kind', elements: [{ column: 'kind' }], unique: false },
        ],
      }),
    ],
  });
const doubled = (expression: string): SchemaModel =>
  tablesOf(
    keyed('account', [column('size', 'integer', { generated: { expression, stored: true } })], {
      uniques: [{ name: 'uq_size', columns: ['size'] }],
      checks: [{ name: 'ck_size', expression: 'size > 0' }],
      indexes: [{ name: 'ix_size', elements: [{ expression: 'size + 1' }], unique: false }],
    }),
  );

/** Columns that cannot change under what stands on them. */
export const DEPENDANT_CHANGES: readonly ModelChange[] = [
  {
    name: 'DL-18: an enum that expressions compare with loses a label',
    before: ofKind(['new', 'old', 'lost']),
    after: ofKind(['new', 'old']),
  },
  {
    name: 'a generated column that has indexes and constraints gets another expression',
    before: doubled('id * 2'),
    after: doubled('id * 3'),
  },
];
