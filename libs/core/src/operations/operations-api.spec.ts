import { literal } from '../schema/literal.fixture.js';
import { createOperations } from './create-operations.js';
import type { Operations } from './operations-api.js';

/**
 * Checked by the compiler: each `@ts-expect-error` fails the type check when the line below it is allowed. The function
 * is never called.
 */
export function typesOfOp(op: Operations): readonly Promise<void>[] {
  return [
    op.dropTable('account', { ifExists: true, schema: 'audit' }),
    // @ts-expect-error a name is needed
    op.dropTable(),
    // @ts-expect-error there is no such option
    op.dropTable('account', { cascade: true }),
    // @ts-expect-error options with undefined are not written
    op.dropTable('account', { schema: undefined }),
    op.addColumn('account', 'active', 'boolean', { default: true, nullable: false }),
    op.addColumn('account', 'at', 'timestamptz', { default: op.sql('now()') }),
    // @ts-expect-error a date is no value
    op.addColumn('account', 'at', 'timestamptz', { default: new Date(0) }),
    // @ts-expect-error a type is needed
    op.addColumn('account', 'at'),
    // @ts-expect-error there is no such identity
    op.addColumn('account', 'id', 'bigint', { identity: 'sometimes' }),
    op.alterColumn(
      'account',
      'note',
      { default: null, comment: null },
      { from: { default: 'x', comment: 'y' } },
    ),
    // @ts-expect-error nullability is never absent
    op.alterColumn('account', 'note', { nullable: null }),
    op.createTable('account', (t) => [t.column('id', 'bigint'), t.primaryKey(['id'])]),
    // @ts-expect-error the body returns the items
    op.createTable('account', (t) => {
      t.column('id', 'bigint');
    }),
    // @ts-expect-error the body is synchronous
    op.createTable('account', async (t) => [t.column('id', 'bigint')]),
    // @ts-expect-error items are made by t
    op.createTable('account', () => ['id']),
    op.createForeignKey('a', ['b'], 'c', ['d'], { onDelete: 'set null', referencedSchema: 'x' }),
    // @ts-expect-error there is no such action
    op.createForeignKey('a', ['b'], 'c', ['d'], { onDelete: 'delete' }),
    // @ts-expect-error columns are a list
    op.createUniqueConstraint('a', 'b'),
    op.createIndex('ix', 'a', ['b', { expression: 'lower(c)', order: 'desc', nulls: 'last' }]),
    // @ts-expect-error there is no such constraint type
    op.dropConstraint('a', 'b', 'index'),
    op.bulkInsert('a', [{ id: 1n, name: 'x', at: op.sql('now()'), none: null }]),
    // @ts-expect-error an object is no value
    op.bulkInsert('a', [{ id: { nested: true } }]),
    // @ts-expect-error SQL is a string
    op.execute(1),
  ];
}

it('op has a directive for everything that its type names', () => {
  const op: Operations = createOperations({ literal, submit: () => Promise.resolve() });
  const { type, ...directives } = op;
  for (const directive of [...Object.values(directives), ...Object.values(type)]) {
    expect(typeof directive).toBe('function');
  }
});
