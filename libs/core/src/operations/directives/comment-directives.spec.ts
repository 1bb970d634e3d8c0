import { literal } from '../../schema/literal.fixture.js';
import { createOperations } from '../create-operations.js';
import type { Operation } from '../operation.js';
import type { Operations } from '../operations-api.js';

/** Checked by the compiler alone: the function is never called. */
export function typesOfComments(op: Operations): void {
  void op.setComment('enum', 'kind', null, { schema: 'audit', from: 'x' });
  void op.setComment('check', 'ck', 'x', { table: 't' });
  // @ts-expect-error an index is a part of a table
  void op.setComment('index', 'ix', 'x');
  // @ts-expect-error a sequence is no part of a table
  void op.setComment('sequence', 's', 'x', { table: 't' });
  void op.setComment('function', 'f', 'x', { arguments: '' });
  // @ts-expect-error which function it is, its arguments say
  void op.setComment('function', 'f', 'x');
  void op.setComment('policy', 'own', 'x', { table: 't' });
  // @ts-expect-error a trigger is a part of a table
  void op.setComment('trigger', 'tr', 'x', { schema: 's' });
  // @ts-expect-error an extension is in no schema
  void op.setComment('extension', 'e', 'x', { arguments: '' });
  // @ts-expect-error there is no such object
  void op.setComment('column', 'c', 'x');
}

const operations: Operation[] = [];
const op = createOperations({
  literal,
  submit: async (operation) => {
    operations.push(operation);
  },
});
const setComment = op.setComment as (...args: readonly unknown[]) => Promise<void>;

it('op.setComment takes objects, routines and parts of tables', async () => {
  await op.setComment('schema', 'audit', 'x');
  await op.setComment('sequence', 'n', null, { schema: 'audit', from: 'old' });
  await op.setComment('unique', 'uq', '', { table: 't' });
  await op.setComment('function', 'f', 'x', { arguments: 'integer' });
  await op.setComment('trigger', 'tr', 'x', { table: 't', schema: 's' });
  await op.setComment('materializedView', 'v', 'x');
  expect(operations).toEqual([
    { kind: 'setComment', object: { type: 'schema', name: 'audit' }, to: 'x' },
    {
      kind: 'setComment',
      object: { type: 'sequence', name: { schema: 'audit', name: 'n' } },
      from: 'old',
    },
    {
      kind: 'setComment',
      object: { type: 'unique', name: 'uq', table: { schema: null, name: 't' } },
      to: '',
    },
    {
      kind: 'setComment',
      object: { type: 'function', name: { schema: null, name: 'f' }, arguments: 'integer' },
      to: 'x',
    },
    {
      kind: 'setComment',
      object: { type: 'trigger', name: 'tr', table: { schema: 's', name: 't' } },
      to: 'x',
    },
    {
      kind: 'setComment',
      object: { type: 'materializedView', name: { schema: null, name: 'v' } },
      to: 'x',
    },
  ]);
});

it.each([
  ['type', ['column', 'c', 'x']],
  ['comment', ['enum', 'k']],
  ['options.table', ['index', 'ix', 'x']],
  ['options.arguments', ['function', 'f', 'x']],
  ['options.arguments', ['policy', 'p', 'x', { table: 't', arguments: '' }]],
  ['options.table', ['procedure', 'f', 'x', { table: 't', arguments: '' }]],
  ['options.schema', ['extension', 'e', 'x', { schema: 's' }]],
  ['options.table', ['trigger', 'tr', 'x']],
  ['options.table', ['enum', 'k', 'x', { table: 't' }]],
  ['options.schema', ['schema', 'k', 'x', { schema: 's' }]],
  ['options.table', ['viewColumn', 'c', 'x']],
  ['options.domain', ['domainCheck', 'c', 'x']],
  ['options.table', ['domainCheck', 'c', 'x', { domain: 'd', table: 't' }]],
  ['options.domain', ['domain', 'd', 'x', { domain: 'd' }]],
  ['type', ['nothing', 'c', 'x']],
])('op.setComment refuses "%s" of %j', (argument, args) => {
  expect(() => setComment(...args)).toThrow(
    expect.objectContaining({ code: 'E3013', facts: expect.objectContaining({ argument }) }),
  );
});

it.each([
  ['table', /op\.setTableComment/],
  ['column', /op\.alterColumn.*"viewColumn"/],
])('op.setComment of a %s says which directive does it', (type, advice) => {
  expect(() => setComment(type, 'c', 'x', { table: 't' })).toThrow(
    expect.objectContaining({ code: 'E3013', advice: expect.stringMatching(advice) }),
  );
});
