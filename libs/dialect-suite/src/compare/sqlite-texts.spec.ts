import { describeOperation } from '@nest-alembic/core';
import type { SchemaModel } from '@nest-alembic/core';
import { withEntityMarks } from '../entity-marks.js';
import { column, keyed, tablesOf } from '../model-builders.js';
import { SQLITE } from '../tested-dialects.js';
import { Workbench } from '../workbench.js';

const byDefault = (text: string): SchemaModel =>
  tablesOf(keyed('t', [column('c', 'integer', { default: text })]));
const indexed = (expression: string): SchemaModel =>
  tablesOf(
    keyed('t', [column('c', 'text')], {
      indexes: [{ name: 'ix_t', elements: [{ expression }], unique: false }],
    }),
  );

/** What the database has, what the model says, and what autogenerate finds. */
const ROWS: readonly (readonly [string, SchemaModel, SchemaModel, readonly string[]])[] = [
  ['AG-54: parentheses around a default', byDefault('(10)'), byDefault('10'), []],
  ['AG-54: the same the other way round', byDefault('10'), byDefault('(10)'), []],
  ['AG-54: an expression in parentheses', byDefault('(1 + 2)'), byDefault('1 + 2'), []],
  ['AG-54: a text is no number', byDefault(`'10'`), byDefault('10'), ['alter column t.c: default']],
  ['AG-67: an expression of an index', indexed('lower(c)'), indexed('lower(c)'), []],
  [
    'AG-67: another expression of an index',
    indexed('lower(c)'),
    indexed('upper(c)'),
    ['drop index ix_t of t', 'create index ix_t on t'],
  ],
];

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open(SQLITE);
});
afterAll(() => bench.close());

it.each(ROWS)('%s', async (_, has, says, found) => {
  await bench.make(has);
  const target = withEntityMarks(says);
  const diff = await bench.diff({ before: target, applied: [], target });
  expect(diff.questions).toEqual([]);
  expect(diff.operations.map(describeOperation)).toEqual(found);
});
