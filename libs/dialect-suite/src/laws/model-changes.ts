import type { Column, ForeignKey, Index, SchemaModel, Table } from '@nest-alembic/core';
import { column, keyed, named, schemaOf, tablesOf } from '../model-builders.js';
import type { Tongue } from './tongue.js';

/** A change of the model that autogenerate has to find the way for, there and back. */
export interface ModelChange {
  readonly name: string;
  readonly before: SchemaModel;
  readonly after: SchemaModel;
}

const uniqueCode = { name: 'uq_code', columns: ['code'] };
const uniqueIndex: Index = { name: 'ux_code', elements: [{ column: 'code' }], unique: true };
const byCode = {
  name: 'fk_code',
  columns: ['code'],
  referencedTable: named('account'),
  referencedColumns: ['code'],
} as const;

/** Indexes on a column that refers: InnoDB has one in any case. */
export function keyIndexChanges(): readonly ModelChange[] {
  const key: ForeignKey = {
    name: 'fk_of',
    columns: ['of'],
    referencedTable: named('account'),
    referencedColumns: ['id'],
  };
  const having = (...columns: readonly (readonly string[])[]): SchemaModel =>
    tablesOf(
      keyed('account'),
      keyed('order', [column('of', 'integer'), column('at', 'integer')], {
        foreignKeys: [key],
        indexes: columns.map((names, place) => ({
          name: `ix_${place}`,
          elements: names.map((name) => ({ column: name })),
          unique: false,
        })),
      }),
    );
  return [
    { name: 'a column that refers gets an index', before: having(), after: having(['of']) },
    { name: 'a column that refers loses its index', before: having(['of']), after: having() },
    {
      name: 'a column that refers has an index in common with another one',
      before: having(['of']),
      after: having(['of', 'at']),
    },
    {
      name: 'one of two indexes of a column that refers goes',
      before: having(['of'], ['of', 'at']),
      after: having(['of']),
    },
    {
      name: 'an index begins with a column that refers no more',
      before: having(['of', 'at']),
      after: having(['at', 'of']),
    },
  ];
}

/** Foreign keys and the keys that they stand on. */
export function keyChanges({ text }: Tongue): readonly ModelChange[] {
  const code = column('code', text);
  const account = keyed('account', [code]);
  const order: Table = keyed('order', [code], { foreignKeys: [byCode] });
  return [
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
        columns: [...account.columns, column('parent', text)],
        indexes: [uniqueIndex],
        foreignKeys: [{ ...byCode, columns: ['parent'] }],
      }),
    },
  ];
}

type Names = Readonly<Record<'table' | 'kind' | 'type' | 'note', string>>;

/** A table of one entity under any name, with a column of an enum that texts of all kinds name. */
function renamable(
  { text, quoted, can }: Tongue,
  { table, kind, type, note }: Names,
): Pick<SchemaModel, 'tables' | 'enums'> {
  const columns = [
    column(kind, can.enumTypes ? type : text, { default: `'new'`, property: 'kind' }),
    column(note, text, { property: 'note' }),
    column('size', 'integer', {
      generated: { expression: `length(${quoted(note)})`, stored: true },
    }),
  ];
  const lower = { expression: `lower(${quoted(note)})` };
  const whole: Table = keyed(table, columns, {
    entity: 'Account',
    primaryKey: { name: 'account_pkey', columns: ['id'] },
    checks: [{ name: 'ck_kind', expression: `${kind} <> 'old' OR ${quoted(note)} IS NOT NULL` }],
    indexes: [
      {
        name: 'ix_note',
        elements: [can.expressionIndexes ? lower : { column: note }],
        unique: false,
      },
      {
        name: 'ix_kind',
        elements: [{ column: kind }],
        unique: false,
        ...(can.partialIndexes && { where: `${kind} = 'new'` }),
      },
    ],
  });
  const own = { schema: null, name: type, labels: ['new', 'old'], entity: 'Account' };
  return { tables: [whole], enums: can.enumTypes ? [own] : [] };
}

const first: Names = { table: 'account', kind: 'kind', type: 'account_kind', note: 'note' };

function overIt({ quoted, can }: Tongue, source: string, note: string): SchemaModel['views'] {
  const { materializedViews } = can;
  const index: Index = { name: 'ix_short', elements: [{ column: 'text' }], unique: false };
  return [
    {
      ...named('notes'),
      definition: `SELECT ${quoted(note)} AS text FROM ${source}`,
      materialized: false,
      dependsOn: [],
      indexes: [],
    },
    {
      ...named('short_notes'),
      definition: 'SELECT text FROM notes WHERE length(text) < 9',
      materialized: materializedViews,
      dependsOn: [named('notes')],
      indexes: materializedViews ? [index] : [],
    },
  ];
}

const ofEntity = (entity: string, name: string) =>
  keyed(name, [], { entity, primaryKey: { name: `${entity}_pk`, columns: ['id'] } });

/** Renames, and the texts that name what is renamed. */
export function renameChanges(tongue: Tongue): readonly ModelChange[] {
  const holding = (...columns: readonly (readonly [string, string])[]) =>
    tablesOf(
      keyed(
        'account',
        columns.map(([name, property]) => column(name, tongue.text, { property })),
      ),
    );
  const withViews = (names: Names) =>
    schemaOf({
      ...renamable(tongue, names),
      views: overIt(tongue, names.table, names.note),
    });
  return [
    {
      name: 'a table, its columns and its enum get other names, and texts name them',
      before: schemaOf(renamable(tongue, first)),
      after: schemaOf(
        renamable(tongue, {
          table: 'customer',
          kind: 'sort',
          type: 'customer_sort',
          note: 'order',
        }),
      ),
    },
    {
      name: 'a column under views gets another name',
      before: withViews(first),
      after: withViews({ ...first, note: 'remark' }),
    },
    {
      name: 'a table under views gets another name',
      before: withViews(first),
      after: withViews({ ...first, table: 'customer' }),
    },
    {
      name: 'a table and its enum move to another schema',
      before: schemaOf(renamable(tongue, first)),
      after: schemaOf({
        schemas: ['audit'],
        tables: renamable(tongue, { ...first, type: 'audit.account_kind' }).tables.map((table) => ({
          ...table,
          schema: 'audit',
        })),
        enums: renamable(tongue, first).enums.map((type) => ({ ...type, schema: 'audit' })),
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
}

/** Columns that cannot change under what stands on them. */
export function dependantChanges({ text, can }: Tongue): readonly ModelChange[] {
  const ofKind = (labels: readonly string[]): SchemaModel =>
    schemaOf({
      enums: [{ ...named('kind'), labels }],
      tables: [
        keyed('account', [column('kind', 'kind'), column('code', text)], {
          checks: [{ name: 'ck_kind', expression: `kind <> 'old' OR code IS NOT NULL` }],
          indexes: [
            { ...uniqueIndex, where: `kind = 'new'` },
            { name: 'ix_kind', elements: [{ column: 'kind' }], unique: false },
          ],
        }),
      ],
    });
  const derived = (name: string, expression: string): Column =>
    column(name, 'integer', { generated: { expression, stored: true } });
  const doubled = (
    expression: string,
    { type = 'integer', more = [] as readonly Column[] } = {},
  ): SchemaModel => {
    const element = can.expressionIndexes
      ? { expression: 'size + 1' }
      : { column: 'size', order: 'desc' as const };
    return tablesOf(
      keyed('account', [column('plain', type), derived('size', expression), ...more], {
        uniques: [{ name: 'uq_size', columns: ['size'] }],
        checks: [{ name: 'ck_size', expression: 'size > 0' }],
        indexes: [{ name: 'ix_size', elements: [element], unique: false }],
      }),
    );
  };
  return [
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
    {
      name: 'PG-M8: a column that a generated one with indexes and constraints reads gets another type',
      before: doubled('plain * 2'),
      after: doubled('plain * 2', { type: 'bigint' }),
    },
    {
      name: 'PG-M8: the same with another expression, and with a generated column that is new',
      before: doubled('plain * 2', { type: 'bigint' }),
      after: doubled('plain * 3', { more: [derived('shifted', 'plain + 3')] }),
    },
  ];
}
