import { literal } from '../../schema/literal.fixture.js';
import { createOperations } from '../create-operations.js';
import type { Operation } from '../operation.js';
import type { Operations } from '../operations-api.js';

/** Checked by the compiler alone: the function is never called. */
export function typesOfTables(op: Operations): void {
  void op.createTable('t', () => [], { unlogged: true, storage: ['fillfactor=70'] });
  void op.setTableStorage('t', { storage: null }, { from: { storage: ['fillfactor=70'] } });
  void op.addColumn('t', 'c', 'text', { storage: 'external', compression: 'lz4' });
  void op.alterColumn('t', 'c', { storage: null, compression: null });
  // @ts-expect-error there is no such storage
  void op.addColumn('t', 'c', 'text', { storage: 'toast' });
  // @ts-expect-error a table is logged or not
  void op.setTableStorage('t', { unlogged: null });
  // @ts-expect-error storage parameters are a list
  void op.createTable('t', () => [], { storage: 'fillfactor=70' });
}

const operations: Operation[] = [];
const op = createOperations({
  literal,
  submit: async (operation) => {
    operations.push(operation);
  },
});
const setTableStorage = op.setTableStorage as (...args: readonly unknown[]) => Promise<void>;

it('op.setTableStorage says what changes, and what was', async () => {
  await op.setTableStorage(
    't',
    { unlogged: false, storage: null },
    { schema: 's', from: { unlogged: true, storage: ['a=1'] } },
  );
  expect(operations).toEqual([
    {
      kind: 'setTableStorage',
      table: { schema: 's', name: 't' },
      to: { unlogged: false, storage: null },
      from: { unlogged: true, storage: ['a=1'] },
    },
  ]);
});

it.each([
  ['change', [{}]],
  ['change.storage', [{ storage: [] }]],
  ['change.unlogged', [{ unlogged: 'yes' }]],
  ['options.from', [{ unlogged: true }, { from: { storage: null } }]],
])('op.setTableStorage refuses "%s" of %j', (argument, args) => {
  expect(() => setTableStorage('t', ...args)).toThrow(
    expect.objectContaining({ code: 'E3013', facts: expect.objectContaining({ argument }) }),
  );
});
