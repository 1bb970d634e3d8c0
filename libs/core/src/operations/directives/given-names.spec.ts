import { literal } from '../../schema/literal.fixture.js';
import { createOperations } from '../create-operations.js';
import type { NamingConvention } from '../naming-convention.js';
import type { Operation } from '../operation.js';
import type { Operations } from '../operations-api.js';
import { renderBody } from '../../render/render-call.js';

/** Checked by the compiler alone: the function is never called. */
export function typesOfNames(op: Operations): void {
  void op.dropConstraint('t', op.f('ck'), 'check');
  void op.createIndex(null, 't', ['a']);
  void op.createTable('t', (t) => [t.check('a > 0', { name: op.f('ck') })]);
  // @ts-expect-error a drop names what it drops
  void op.dropIndex(null, 't');
  // @ts-expect-error names of tables are no names of constraints
  void op.dropTable(op.f('t'));
  const convention: NamingConvention = { uq: 'uq_%(table_name)s' };
  // @ts-expect-error there is no such kind of constraint
  void ({ ...convention, unique: 'x' } satisfies NamingConvention);
}

const convention: NamingConvention = {
  uq: 'uq_%(table_name)s_%(column_0_N_name)s',
  ck: 'ck_%(table_name)s_%(constraint_name)s',
  fk: 'fk_%(table_name)s_%(referred_table_name)s',
  pk: 'pk_%(table_name)s',
};

function recorded(namingConvention?: NamingConvention) {
  const operations: Operation[] = [];
  const op = createOperations({
    literal,
    ...(namingConvention && { namingConvention }),
    submit: async (operation) => {
      operations.push(operation);
    },
  });
  return { op, operations };
}

describe('names of constraints and indexes', () => {
  it('OP-04, OP-39, SCN-68: a naming convention names what has no name and wraps plain names of checks, in drops too; op.f is final', async () => {
    const { op, operations } = recorded(convention);
    await op.createTable('line', (t) => [
      t.column('a', 'int'),
      t.primaryKey(['a']),
      t.unique(['a']),
      t.foreignKey(['a'], 'order', ['id']),
      t.check('a > 0', { name: 'positive' }),
      t.check('a > 1'),
      t.check('a > 2', { name: op.f('positive') }),
    ]);
    expect(operations).toMatchObject([
      {
        table: {
          primaryKey: { name: 'pk_line' },
          uniques: [{ name: 'uq_line_a' }],
          foreignKeys: [{ name: 'fk_line_order' }],
          checks: [
            { name: 'ck_line_positive' },
            expect.not.objectContaining({ name: expect.anything() }),
            { name: 'positive' },
          ],
        },
      },
    ]);
  });

  it('OP-04, SCN-68: the directives of single constraints follow the convention, and renames do not', async () => {
    const { op, operations } = recorded(convention);
    await op.createUniqueConstraint('line', ['a'], { name: 'mine' });
    await op.createCheckConstraint('line', 'a > 0', { name: 'positive' });
    await op.createIndex(null, 'line', [{ expression: 'lower(b)' }, 'a']);
    await op.dropConstraint('line', 'positive', 'check');
    await op.dropConstraint('line', op.f('positive'), 'check');
    await op.renameConstraint('line', 'a', 'b', 'check');
    await op.setComment('check', 'positive', 'x', { table: 'line' });
    expect(operations).toMatchObject([
      { added: { constraint: { name: 'mine' } } },
      { added: { constraint: { name: 'ck_line_positive' } } },
      { index: { name: 'ix_line_a' } },
      { name: 'ck_line_positive' },
      { name: 'positive' },
      { from: 'a', to: 'b' },
      { object: { name: 'ck_line_positive' } },
    ]);
  });

  it('an index without columns needs a name', () => {
    const { op } = recorded();
    expect(() => op.createIndex(null, 'line', [{ expression: 'lower(b)' }])).toThrow(
      expect.objectContaining({ code: 'E3013' }),
    );
  });

  it('a file that is rendered beside a naming convention has final names, and makes the same operations', async () => {
    const { op, operations } = recorded();
    await op.createTable('t', (t) => [t.column('a', 'int'), t.check('a > 0', { name: 'ck' })]);
    await op.createCheckConstraint('t', 'a > 1', { name: 'c1' });
    await op.createIndex('ix', 't', ['a']);
    await op.dropIndex('ix', 't');
    await op.dropConstraint('t', 'ck', 'check');
    await op.setComment('check', 'c1', 'x', { table: 't' });
    const text = renderBody(operations, { parseLiteral: () => undefined, finalNames: true });
    expect(text.match(/op\.f\('\w+'\)/g)).toEqual([
      "op.f('ck')",
      "op.f('c1')",
      "op.f('ix')",
      "op.f('ix')",
      "op.f('ck')",
      "op.f('c1')",
    ]);
    const again = recorded(convention);
    const run = new Function('op', `return (async () => {${text}})()`) as (
      op: Operations,
    ) => Promise<void>;
    await run(again.op);
    expect(again.operations).toEqual(operations);
  });
});
