import { describeOperation } from '@nest-alembic/core';
import type { Column, SchemaModel, Table } from '@nest-alembic/core';
import { withEntityMarks } from '../entity-marks.js';
import { column, keyed, named, tablesOf } from '../model-builders.js';
import { MARIADB } from '../tested-dialects.js';
import { Workbench } from '../workbench.js';

/** What the database has, what the model says, and what autogenerate finds. */
type Row = readonly [
  id: string,
  what: string,
  has: SchemaModel,
  says: SchemaModel,
  found: readonly string[],
];

const one = (...columns: readonly Column[]): SchemaModel => tablesOf(keyed('t', columns));
const c = (type: string, rest: Partial<Column> = {}): SchemaModel => one(column('c', type, rest));
const referring = (parts: Partial<Table['foreignKeys'][number]>, rest: Partial<Table> = {}) =>
  tablesOf(
    keyed('parent'),
    keyed('t', [column('of', 'integer')], {
      foreignKeys: [
        {
          name: 'fk_of',
          columns: ['of'],
          referencedTable: named('parent'),
          referencedColumns: ['id'],
          ...parts,
        },
      ],
      ...rest,
    }),
  );
const NOTHING: readonly string[] = [];

const ROWS: readonly Row[] = [
  [
    'AG-53',
    'a number in quotes',
    c('int', { default: '5' }),
    c('int', { default: `'5'` }),
    NOTHING,
  ],
  [
    'AG-53',
    'a function with and without parentheses',
    c('datetime', { default: 'current_timestamp()' }),
    c('datetime', { default: 'CURRENT_TIMESTAMP' }),
    NOTHING,
  ],
  [
    'AG-53',
    'a text, as it is',
    c('varchar(9)', { default: `'a''b'` }),
    c('varchar(9)', { default: `'a''b'` }),
    NOTHING,
  ],
  ['AG-53', 'a key that does not count', tablesOf(keyed('t', [], {})), one(), NOTHING],
  [
    'AG-53',
    'what becomes of it when its row changes',
    c('datetime', { default: 'current_timestamp()', onUpdate: 'current_timestamp()' }),
    c('datetime', { default: 'now()', onUpdate: 'NOW()' }),
    NOTHING,
  ],
  [
    'AG-53',
    'that nothing becomes of it any more',
    c('datetime', { default: 'current_timestamp()', onUpdate: 'current_timestamp()' }),
    c('datetime', { default: 'now()' }),
    ['alter column t.c: onUpdate'],
  ],
  [
    'AG-43',
    'a character set that only the database states: the model means that of the table',
    c('varchar(9)', { charset: 'latin1', collation: 'latin1_swedish_ci' }),
    c('varchar(9)'),
    ['alter column t.c: collation, charset'],
  ],
  [
    'AG-44',
    'labels in another order, by which they are sorted',
    c("enum('a','b')"),
    c("enum('b','a')"),
    ['alter column t.c: type'],
  ],
  [
    'AG-42',
    'JSON, which is checked, and LONGTEXT',
    c('longtext'),
    c('json'),
    ['alter column t.c: type'],
  ],
  [
    'AG-42',
    'synonyms of the server',
    one(column('a', 'tinyint(1)'), column('b', 'int'), column('d', 'decimal(10,0)')),
    one(column('a', 'bool'), column('b', 'integer'), column('d', 'numeric')),
    NOTHING,
  ],
  [
    'AG-71, SCN-53',
    'the index of a foreign key, which the server made',
    referring({}),
    referring({}),
    NOTHING,
  ],
  [
    'AG-71, SCN-53',
    'the same under the name of its column',
    referring({}, { indexes: [{ name: 'of', elements: [{ column: 'of' }], unique: false }] }),
    referring({}),
    NOTHING,
  ],
  [
    'AG-81',
    'RESTRICT, which is none',
    referring({ onDelete: 'restrict', onUpdate: 'restrict' }),
    referring({}),
    NOTHING,
  ],
  [
    'AG-81',
    'none, which is RESTRICT',
    referring({}),
    referring({ onDelete: 'restrict', onUpdate: 'restrict' }),
    NOTHING,
  ],
  [
    'AG-81',
    'when a key is checked, which the server cannot put off',
    referring({}),
    referring({ deferrable: 'initially deferred' }),
    NOTHING,
  ],
];

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open(MARIADB);
});
afterAll(() => bench.close());

it.each(ROWS)('%s: %s', async (_, __, has, says, found) => {
  await bench.make(has);
  const target = withEntityMarks(says);
  const diff = await bench.diff({ before: target, applied: [], target });
  expect(diff.questions).toEqual([]);
  expect(diff.operations.map(describeOperation)).toEqual(found);
});
