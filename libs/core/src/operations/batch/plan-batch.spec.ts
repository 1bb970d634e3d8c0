import type { BatchAlterTable } from '../batch-operations.js';
import type { BatchedOperation } from './batched-operation.js';
import { partsOfBatch } from './plan-batch.js';

const table = { schema: null, name: 't' };
const rename = (from: string, to: string): BatchedOperation => ({
  kind: 'renameColumn',
  table,
  from,
  to,
});
const alter = (name: string): BatchedOperation => ({
  kind: 'alterColumn',
  table,
  name,
  to: { nullable: true },
});
const drop = (name: string): BatchedOperation => ({ kind: 'dropColumn', table, name });
const check = (expression: string): BatchedOperation => ({
  kind: 'addConstraint',
  table,
  added: { type: 'check', constraint: { expression } },
});

const partsOf = (...operations: readonly BatchedOperation[]) =>
  partsOfBatch({ kind: 'batchAlterTable', table, operations }, (sql, from, to) =>
    sql.replaceAll(from, to),
  ).map((part) => part.operations);

it('renames come first, and what was said before them says the new names', () => {
  expect(partsOf(alter('a'), check('a > 0'), rename('a', 'b'), alter('b'))).toEqual([
    [rename('a', 'b')],
    [alter('b'), check('b > 0'), alter('b')],
  ]);
});

it('a batch of renames is one part', () => {
  expect(partsOf(rename('a', 'b'), rename('c', 'd'))).toEqual([
    [rename('a', 'b'), rename('c', 'd')],
  ]);
});

it('a rename to a name that is only free by then comes when it is', () => {
  expect(partsOf(drop('b'), rename('a', 'b'), alter('b'))).toEqual([
    [drop('b')],
    [rename('a', 'b')],
    [alter('b')],
  ]);
});

it('what is said of the whole table goes with the last part that can have it', () => {
  const batch: BatchAlterTable = {
    kind: 'batchAlterTable',
    table,
    operations: [rename('a', 'b')],
    recreate: 'always',
    places: [{ column: 'a', after: 'c' }],
  };
  const { places: _places, ...plain } = batch;
  expect(partsOfBatch(batch, String)).toEqual([
    { kind: 'batchAlterTable', table, operations: [rename('a', 'b')] },
    { ...plain, operations: [], places: [{ column: 'b', after: 'c' }] },
  ]);
});
