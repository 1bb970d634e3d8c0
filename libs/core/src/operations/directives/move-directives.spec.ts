import { literal } from '../../schema/literal.fixture.js';
import { createOperations } from '../create-operations.js';
import type { Operation } from '../operation.js';
import type { Operations } from '../operations-api.js';

/** Checked by the compiler alone: the function is never called. */
export function typesOfMoves(op: Operations): void {
  void op.setSchema('materializedView', 'v', null, { schema: 'audit' });
  void op.alterSequence('s', { increment: null, ownedBy: { table: 't', column: 'c' } });
  void op.renameSequence('a', 'b', { ifExists: true, toSchema: null });
  void op.renameView('a', 'b', { materialized: true });
  // @ts-expect-error an index is where its table is
  void op.setSchema('index', 'ix', 'audit');
  // @ts-expect-error numbers are strings
  void op.alterSequence('s', { increment: 2 });
  // @ts-expect-error the target schema is said
  void op.setSchema('table', 't');
}

const operations: Operation[] = [];
const op = createOperations({
  literal,
  submit: async (operation) => {
    operations.push(operation);
  },
});
beforeEach(() => operations.splice(0));

it('op.setSchema is a rename that keeps the name', async () => {
  await op.setSchema('table', 't', 'audit', { entity: 'T' });
  await op.setSchema('enum', 'k', null, { schema: 'audit' });
  await op.setSchema('domain', 'd', 'audit');
  await op.setSchema('sequence', 's', 'audit');
  await op.setSchema('materializedView', 'v', 'audit');
  const there = (name: string) => ({ schema: 'audit', name });
  const here = (name: string) => ({ schema: null, name });
  expect(operations).toEqual([
    { kind: 'renameTable', from: here('t'), to: there('t'), entity: 'T' },
    { kind: 'renameEnum', from: there('k'), to: here('k') },
    { kind: 'renameDomain', from: here('d'), to: there('d') },
    { kind: 'renameSequence', from: here('s'), to: there('s') },
    { kind: 'renameView', from: here('v'), to: there('v'), materialized: true },
  ]);
});

it('op.alterSequence says what changes, and what was', async () => {
  await op.alterSequence(
    's',
    { increment: '2', ownedBy: { table: 't', column: 'c' } },
    { from: { increment: null, ownedBy: null }, ifExists: true },
  );
  await op.alterSequence('s', {}, { restart: '5' });
  expect(operations).toEqual([
    {
      kind: 'alterSequence',
      name: { schema: null, name: 's' },
      to: { increment: '2', ownedBy: { table: { schema: null, name: 't' }, column: 'c' } },
      from: { increment: null, ownedBy: null },
      ifExists: true,
    },
    { kind: 'alterSequence', name: { schema: null, name: 's' }, to: {}, restart: '5' },
  ]);
});

it.each([
  ['change', [{}]],
  ['change.increment', [{ increment: 2 }]],
  ['change.ownedBy.column', [{ ownedBy: { table: 't' } }]],
  ['options.from', [{ cache: '1' }, { from: { start: '1' } }]],
  ['options.restart', [{}, { restart: '1; DROP' }]],
])('op.alterSequence refuses "%s" of %j', (argument, args) => {
  const alterSequence = op.alterSequence as (...all: readonly unknown[]) => Promise<void>;
  expect(() => alterSequence('s', ...args)).toThrow(
    expect.objectContaining({ code: 'E3013', facts: expect.objectContaining({ argument }) }),
  );
});
