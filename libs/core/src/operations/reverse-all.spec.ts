import type { Table } from '../schema/schema-model.js';
import type { Operation } from './operation.js';
import { reverseAll } from './reverse-all.js';

const named = (name: string) => ({ schema: null, name });
const table = (name: string): Table => ({
  ...named(name),
  columns: [{ name: 'id', type: 'bigint', nullable: false }],
  foreignKeys: [],
  uniques: [],
  checks: [],
  exclusions: [],
  indexes: [],
});
const create = (name: string): Operation => ({ kind: 'createTable', table: table(name) });
const index = (name: string): Operation => ({
  kind: 'createIndex',
  table: named(name),
  index: { name: `ix_${name}`, elements: [{ column: 'id' }], unique: false },
});
const insert = (name: string): Operation => ({
  kind: 'bulkInsert',
  table: named(name),
  columns: ['id'],
  rows: [['1']],
});
const rename = (from: string, to: string): Operation => ({
  kind: 'renameTable',
  from: named(from),
  to: named(to),
});
const kinds = (operations: readonly Operation[]) => operations.map(({ kind }) => kind);

describe('reverseAll', () => {
  it('OPX-05: gives the reverse of each, last first', () => {
    const { operations, irreversible } = reverseAll([create('a'), create('b'), rename('c', 'd')]);
    expect(operations).toEqual([
      rename('d', 'c'),
      { kind: 'dropTable', name: named('b'), dropped: table('b') },
      { kind: 'dropTable', name: named('a'), dropped: table('a') },
    ]);
    expect(irreversible).toEqual([]);
  });

  it('has nothing to undo where a check was proven', () => {
    const { operations, irreversible } = reverseAll([
      { kind: 'validateConstraint', table: named('a'), name: 'ck', type: 'check' },
      { kind: 'alterDomain', name: named('d'), change: { type: 'validateCheck', name: 'ck' } },
    ]);
    expect(operations).toEqual([]);
    expect(irreversible).toEqual([]);
  });

  it('does not undo one by one what goes with a new table and its partition', () => {
    const attach = (index: string): Operation => ({
      kind: 'attachIndex',
      name: named(index),
      of: named('ix_a'),
    });
    const { operations, irreversible } = reverseAll([
      create('a'),
      {
        kind: 'createPartition',
        partition: { ...named('p'), of: named('a'), bounds: { default: true } },
      },
      index('a'),
      index('p'),
      attach('ix_p'),
      index('old'),
      attach('ix_old'),
    ]);
    expect(kinds(operations)).toEqual(['dropIndex', 'dropPartition', 'dropTable']);
    expect(irreversible).toEqual([attach('ix_old')]);
  });

  it('does not undo one by one what goes with a new table', () => {
    const { operations, irreversible } = reverseAll([
      create('a'),
      index('a'),
      insert('a'),
      index('b'),
    ]);
    expect(kinds(operations)).toEqual(['dropIndex', 'dropTable']);
    expect(operations[0]).toMatchObject({ table: named('b') });
    expect(irreversible).toEqual([]);
  });

  it('names what cannot be undone', () => {
    const execute: Operation = { kind: 'execute', sql: 'DELETE FROM a' };
    const { operations, irreversible } = reverseAll([create('a'), execute, insert('b')]);
    expect(kinds(operations)).toEqual(['dropTable']);
    expect(irreversible).toEqual([insert('b'), execute]);
  });

  it('knows that a name can pass on to another table', () => {
    const { operations } = reverseAll([
      create('a'),
      rename('a', 'b'),
      rename('c', 'a'),
      index('a'),
    ]);
    expect(kinds(operations)).toEqual(['dropIndex', 'renameTable', 'renameTable', 'dropTable']);
  });
});
