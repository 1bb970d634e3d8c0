import { literal } from '../../schema/literal.fixture.js';
import { createOperations } from '../create-operations.js';
import type { Operation } from '../operation.js';
import type { BatchOperations, Operations } from '../operations-api.js';

function recorded(call: (op: Operations) => unknown): readonly Operation[] {
  const operations: Operation[] = [];
  void call(
    createOperations({ literal, submit: async (operation) => void operations.push(operation) }),
  );
  return operations;
}

const batchOf = (changes: (batch: BatchOperations) => void) =>
  recorded((op) => op.batchAlterTable('account', changes))[0];

const refusal = (call: (op: Operations) => unknown): unknown => {
  try {
    recorded(call);
    return undefined;
  } catch (error) {
    return error;
  }
};

const table = { schema: null, name: 'account' };

it('BATCH-01: the changes of a batch are operations of the table, in their order', () => {
  const batch = batchOf((b) => {
    b.addColumn('plan', 'text', { default: 'free' });
    b.dropConstraint('ck', 'check');
    b.createIndex('ix', ['plan']);
  });
  expect(batch).toEqual({
    kind: 'batchAlterTable',
    table,
    operations: [
      {
        kind: 'addColumn',
        table,
        column: { name: 'plan', type: 'text', nullable: true, default: "'free'" },
      },
      { kind: 'dropConstraint', table, name: 'ck', type: 'check' },
      {
        kind: 'createIndex',
        table,
        index: { name: 'ix', elements: [{ column: 'plan' }], unique: false },
      },
    ],
  });
});

it('BATCH-01: the options of a batch', () => {
  const [batch] = recorded((op) =>
    op.batchAlterTable(
      'account',
      {
        schema: 'auth',
        recreate: 'always',
        partialReordering: [['b', 'a']],
        namingConvention: { uq: 'uq_%(table_name)s_%(column_0_name)s' },
        temporaryName: 'tmp',
        copyFrom: {
          body: (t) => [t.column('a', 'text'), t.index('ix', ['a'])],
          storage: ['STRICT'],
        },
      },
      (b) => b.addColumn('b', 'text', { insertBefore: 'a' }),
    ),
  );
  const owner = { schema: 'auth', name: 'account' };
  expect(batch).toEqual({
    kind: 'batchAlterTable',
    table: owner,
    operations: [
      { kind: 'addColumn', table: owner, column: { name: 'b', type: 'text', nullable: true } },
    ],
    places: [{ column: 'b', before: 'a' }],
    recreate: 'always',
    partialReordering: [['b', 'a']],
    namingConvention: { uq: 'uq_%(table_name)s_%(column_0_name)s' },
    temporaryName: 'tmp',
    copyFrom: {
      ...owner,
      columns: [{ name: 'a', type: 'text', nullable: true }],
      foreignKeys: [],
      uniques: [],
      checks: [],
      exclusions: [],
      indexes: [{ name: 'ix', elements: [{ column: 'a' }], unique: false }],
      storage: ['STRICT'],
    },
  });
});

it('BATCH-02: a function that throws leaves nothing to run', () => {
  const operations: Operation[] = [];
  const op = createOperations({ literal, submit: async (one) => void operations.push(one) });
  expect(() =>
    op.batchAlterTable('account', (b) => {
      b.dropColumn('plan');
      throw new Error('thought better of it');
    }),
  ).toThrow('thought better of it');
  expect(operations).toEqual([]);
});

it('BATCH-05: recreate is one of three words', () => {
  expect(
    refusal((op) => op.batchAlterTable('t', { recreate: 'sometimes' as 'auto' }, () => undefined)),
  ).toMatchObject({
    code: 'E3013',
    message: expect.stringContaining("'auto' or 'always' or 'never'"),
  });
  expect(
    recorded((op) => op.batchAlterTable('account', { recreate: 'auto' }, () => undefined)),
  ).toEqual([{ kind: 'batchAlterTable', table, operations: [] }]);
});

it('a function that is async is refused, and what comes late too', async () => {
  let late: BatchOperations | undefined;
  const asynchronous = async (b: BatchOperations): Promise<void> => {
    late = b;
  };
  // What the types and the linter say no to, JavaScript lets through.
  const changes = asynchronous as unknown as (b: BatchOperations) => void;
  expect(refusal((op) => op.batchAlterTable('t', changes))).toMatchObject({
    code: 'E3013',
    message: expect.stringContaining('is async'),
  });
  expect(() => late?.dropColumn('a')).toThrow(expect.objectContaining({ code: 'E3013' }));
});

it('a wrong argument is told of the batch, not of op', () => {
  const wrong = (change: (b: BatchOperations) => void): unknown =>
    refusal((op) => op.batchAlterTable('t', change));
  expect(wrong((b) => b.addColumn('', 'text'))).toMatchObject({
    code: 'E3008',
    message: expect.stringContaining('of batch.addColumn'),
    facts: { method: 'batch.addColumn' },
  });
  expect(
    wrong((b) => b.dropIndex('ix', { schema: 'auth' } as Parameters<typeof b.dropIndex>[1])),
  ).toMatchObject({ code: 'E3013', message: expect.stringContaining('for the whole batch') });
  expect(
    wrong((b) => b.addColumn('a', 'text', { insertBefore: 'b', insertAfter: 'c' })),
  ).toMatchObject({ code: 'E3013' });
  expect(wrong((b) => b.alterColumn('a', {}))).toMatchObject({ code: 'E3013' });
});

it('BATCH-12: names by the convention of the batch', () => {
  const [batch] = recorded((op) =>
    op.batchAlterTable(
      'account',
      { namingConvention: { ck: 'ck_%(table_name)s_%(constraint_name)s' } },
      (b) => {
        b.createCheckConstraint('a > 0', { name: 'positive' });
        b.dropConstraint(b.f('ck_final'), 'check');
      },
    ),
  );
  expect(batch).toMatchObject({
    operations: [{ added: { constraint: { name: 'ck_account_positive' } } }, { name: 'ck_final' }],
  });
});
