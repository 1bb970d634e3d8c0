import { literal } from '../../schema/literal.fixture.js';
import { createOperations } from '../create-operations.js';
import type { Operation } from '../operation.js';
import type { Operations } from '../operations-api.js';

/** Checked by the compiler alone: the function is never called. */
export function typesOfConstraints(op: Operations): void {
  void op.createPrimaryKey('t', ['a'], { usingIndex: 'ix', deferrable: 'initially deferred' });
  void op.createForeignKey('t', ['a'], 'u', ['b'], { match: 'simple', notValid: true });
  void op.validateConstraint('t', 'ck', 'check');
  void op.alterConstraint('t', 'fk', { deferrable: null });
  void op.alterConstraint('t', 'fk', { enforced: true }, { from: { enforced: false } });
  void op.createCheckConstraint('t', 'a > 0', { notEnforced: true });
  void op.createUniqueConstraint('t', ['a', 'during'], { withoutOverlaps: true });
  void op.createForeignKey('t', ['a', 'shown'], 'u', ['a', 'during'], { period: true });
  // @ts-expect-error a check has no period
  void op.createCheckConstraint('t', 'a > 0', { period: true });
  // @ts-expect-error what cannot be enforced is not said by half
  void op.alterConstraint('t', 'fk', { enforced: 'later' });
  void op.createExclusionConstraint('t', { elements: [{ column: 'a', with: '=' }] });
  // @ts-expect-error a unique constraint is always valid
  void op.validateConstraint('t', 'uq', 'unique');
  // @ts-expect-error a check takes no index
  void op.createCheckConstraint('t', 'a > 0', { usingIndex: 'ix' });
  // @ts-expect-error a new table has no index yet
  void op.createTable('t', (t) => [t.unique(['a'], { usingIndex: 'ix' })]);
  // @ts-expect-error an element needs its operator
  void op.createExclusionConstraint('t', { elements: [{ column: 'a' }] });
  // @ts-expect-error MATCH PARTIAL is in no server
  void op.createForeignKey('t', ['a'], 'u', ['b'], { match: 'partial' });
}

function recorded() {
  const operations: Operation[] = [];
  const op = createOperations({
    literal,
    submit: async (operation) => {
      operations.push(operation);
    },
  });
  return { op, operations };
}

describe('op.dropUnnamedConstraint', () => {
  it('takes one constraint, to which no naming convention gives a name', async () => {
    const operations: Operation[] = [];
    const op = createOperations({
      literal,
      namingConvention: { ck: 'ck_%(table_name)s' },
      submit: async (operation) => void operations.push(operation),
    });
    await op.dropUnnamedConstraint('t', (t) => [t.check('a > 0')], { schema: 's' });
    expect(operations).toEqual([
      {
        kind: 'dropUnnamedConstraint',
        table: { schema: 's', name: 't' },
        dropped: { type: 'check', constraint: { expression: 'a > 0' } },
      },
    ]);
  });

  it.each<readonly [string, Parameters<Operations['dropUnnamedConstraint']>[1], RegExp]>([
    ['none', () => [] as never, /another number of constraints than one/],
    ['two', (t) => [t.check('a'), t.check('b')] as never, /another number of constraints than one/],
    ['one with a name', (t) => [t.check('a', { name: 'ck' })], /without a name/],
    ['a primary key', (t) => [t.primaryKey(['a'])], /without a name/],
    ['a column', (t) => [t.column('a', 'text')], /without a name/],
    ['an index', (t) => [t.index('ix', ['a'])], /without a name/],
  ])('E3013 for %s', (_, body, problem) => {
    const { op } = recorded();
    expect(() => void op.dropUnnamedConstraint('t', body)).toThrow(
      expect.objectContaining({ code: 'E3013', problem: expect.stringMatching(problem) as string }),
    );
  });
});

describe('op.createExclusionConstraint', () => {
  const definitionOf = (definition: unknown): unknown => {
    const { op, operations } = recorded();
    void op.createExclusionConstraint('t', definition as string);
    const [made] = operations;
    return made?.kind === 'addConstraint' ? made.added.constraint : undefined;
  };

  it('OP-30: takes elements, an access method and a predicate as data, or a text', () => {
    expect(
      definitionOf({
        using: 'gist',
        elements: [
          { column: 'ro"om', with: '=' },
          {
            expression: 'lower(a)',
            collation: 'C',
            opclass: 'text_ops',
            order: 'desc',
            nulls: 'last',
            with: 'OPERATOR(pg_catalog.=)',
          },
        ],
        include: ['b'],
        where: 'NOT cancelled',
      }),
    ).toEqual({
      definition:
        'USING "gist" ("ro""om" WITH =, (lower(a)) COLLATE "C" text_ops DESC NULLS LAST WITH OPERATOR(pg_catalog.=)) INCLUDE ("b") WHERE (NOT cancelled)',
    });
    expect(definitionOf('USING gist (a WITH =)')).toEqual({ definition: 'USING gist (a WITH =)' });
  });

  it.each([
    ['no elements', {}, 'definition.elements'],
    ['an empty list', { elements: [] }, 'definition.elements'],
    ['no operator', { elements: [{ column: 'a' }] }, 'definition.elements[0].with'],
    [
      'SQL for an operator',
      { elements: [{ column: 'a', with: '=) ; --' }] },
      'definition.elements[0].with',
    ],
    [
      'both keys',
      { elements: [{ column: 'a', expression: 'b', with: '=' }] },
      'definition.elements[0]',
    ],
    ['a number', 5, 'definition'],
  ])('refuses %s', (_, definition, argument) => {
    expect(() => definitionOf(definition)).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ argument }) }),
    );
  });
});

it('a key that takes over an index has its name, unless the call gives another', async () => {
  const { op, operations } = recorded();
  await op.createUniqueConstraint('t', ['a'], { usingIndex: 'ix' });
  await op.createPrimaryKey('t', ['a'], { usingIndex: 'ix', name: 'pk' });
  await op.dropConstraint('t', 'uq', 'unique', { index: { name: 'ix', columns: ['a'] } });
  expect(operations).toMatchObject([
    { added: { constraint: { name: 'ix' } }, usingIndex: 'ix' },
    { added: { constraint: { name: 'pk' } }, usingIndex: 'ix' },
    { index: { name: 'ix', columns: ['a'] } },
  ]);
});

it('MATCH SIMPLE is what absence means', async () => {
  const { op, operations } = recorded();
  await op.createForeignKey('t', ['a'], 'u', ['b'], { match: 'simple' });
  expect(JSON.stringify(operations)).not.toContain('match');
});

it.each([
  [
    'without an action that sets',
    { onDelete: 'cascade', onDeleteColumns: ['a'] },
    /"onDelete" sets/,
  ],
  ['without an action', { onDeleteColumns: ['a'] }, /"onDelete" sets/],
  [
    'of another column',
    { onDelete: 'set null', onDeleteColumns: ['c'] },
    /"c", which is no column/,
  ],
  ['of no column', { onDelete: 'set null', onDeleteColumns: [] }, /onDeleteColumns/],
])('refuses onDeleteColumns %s', (_, options, message) => {
  const { op } = recorded();
  const call = () => op.createForeignKey('t', ['a', 'b'], 'u', ['a', 'b'], options as never);
  expect(call).toThrow(
    expect.objectContaining({ code: 'E3013', message: expect.stringMatching(message) }),
  );
});

it('a period is the last of at least two columns', () => {
  const { op } = recorded();
  expect(() => op.createForeignKey('t', ['shown'], 'u', ['during'], { period: true })).toThrow(
    expect.objectContaining({ code: 'E3013', message: expect.stringMatching(/needs another one/) }),
  );
});

describe('op.alterConstraint', () => {
  const altering = (change: unknown, from?: unknown) => () => {
    const { op } = recorded();
    return op.alterConstraint('t', 'fk', change as never, { from: from as never });
  };

  it.each([
    ['no change', {}, undefined, /names neither "deferrable" nor "enforced"/],
    ['a change that is none', { enforced: null }, undefined, /"change.enforced".*null/],
    ['a way back of something else', { enforced: false }, { deferrable: null }, /lacks "enforced"/],
  ])('refuses %s', (_, change, from, message) => {
    expect(altering(change, from)).toThrow(
      expect.objectContaining({ code: 'E3013', message: expect.stringMatching(message) }),
    );
  });
});
