import type { Operation } from '../operation.js';
import { PendingBatches } from './pending-batches.js';

const named = (name: string) => ({ schema: null, name });
const alter = (table: string, name: string): Operation => ({
  kind: 'alterColumn',
  table: named(table),
  name,
  to: { nullable: false },
});
const add = (table: string, name: string): Operation => ({
  kind: 'addColumn',
  table: named(table),
  column: { name, type: 'text', nullable: true },
});
const execute = (sql: string): Operation => ({ kind: 'execute', sql });

/** What runs, in order: `a: x y` is a batch of changes of the columns x and y of table a. */
function runOf(...operations: readonly Operation[]): readonly string[] {
  const pending = new PendingBatches(({ kind }) => kind === 'alterColumn');
  const run = operations.flatMap((operation) => pending.take(operation));
  return [...run, ...pending.flush()].map(inWords);
}

function inWords(operation: Operation): string {
  if (operation.kind === 'batchAlterTable')
    return `${operation.table.name}: ${operation.operations.map(columnOf).join(' ')}`;
  return operation.kind === 'addColumn'
    ? `${operation.table.name} + ${columnOf(operation)}`
    : operation.kind;
}

const columnOf = (operation: Operation): string =>
  operation.kind === 'addColumn'
    ? operation.column.name
    : operation.kind === 'alterColumn'
      ? operation.name
      : operation.kind;

it.each([
  ['neighbours of one table are one', [alter('a', 'x'), alter('a', 'y')], ['a: x y']],
  [
    'tables that have nothing to do with each other take turns',
    [alter('a', 'x'), alter('b', 'x'), alter('a', 'y'), alter('b', 'y')],
    ['a: x y', 'b: x y'],
  ],
  [
    'what ALTER TABLE does goes along where a new table is made anyway',
    [add('a', 'w'), alter('a', 'x'), add('a', 'y')],
    ['a + w', 'a: x y'],
  ],
  ['what is free goes ahead', [alter('a', 'x'), add('b', 'y')], ['b + y', 'a: x']],
  [
    'SQL of the user sees what was said before it',
    [alter('a', 'x'), execute('UPDATE a SET x = 1'), alter('a', 'y')],
    ['a: x', 'execute', 'a: y'],
  ],
  [
    'rows are written into the table as it is said to be',
    [
      alter('a', 'x'),
      { kind: 'bulkInsert', table: named('a'), columns: ['x'], rows: [['1']] } as const,
    ],
    ['a: x', 'bulkInsert'],
  ],
  [
    'a table that is dropped or renamed is made anew before',
    [alter('a', 'x'), { kind: 'renameTable', from: named('a'), to: named('c') } as const],
    ['a: x', 'renameTable'],
  ],
  [
    'a view over the table comes after it',
    [
      alter('a', 'x'),
      {
        kind: 'createView',
        view: {
          ...named('v'),
          definition: 'SELECT x FROM a',
          materialized: false,
          dependsOn: [named('a')],
          indexes: [],
        },
      } as const,
    ],
    ['a: x', 'createView'],
  ],
  [
    'a batch without words of its own is as its operations',
    [
      alter('a', 'x'),
      { kind: 'batchAlterTable', table: named('a'), operations: [alter('a', 'y')] } as Operation,
    ],
    ['a: x y'],
  ],
  [
    'a batch with a word of its own stays by itself',
    [
      alter('a', 'x'),
      {
        kind: 'batchAlterTable',
        table: named('a'),
        operations: [alter('a', 'y')],
        recreate: 'always',
      } as Operation,
    ],
    ['a: x', 'a: y'],
  ],
])('%s', (_, operations: readonly Operation[], expected) => {
  expect(runOf(...operations)).toEqual(expected);
});
