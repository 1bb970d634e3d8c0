import { literal } from '../../schema/literal.fixture.js';
import { createOperations } from '../create-operations.js';
import type { NamingConvention } from '../naming-convention.js';
import type { Operation } from '../operation.js';
import type { Operations } from '../operations-api.js';

/** Checked by the compiler alone: the function is never called. */
export function typesOfColumns(op: Operations): void {
  void op.addColumn('t', 'c', 'int', { references: { table: 'u', column: 'id' } });
  void op.addColumn('t', 'c', 'int', { primaryKey: { name: op.f('pk') } });
  void op.createTable('t', (t) => [t.column('a', 'int'), t.index(null, ['a'], { unique: true })]);
  // @ts-expect-error one column refers to one column
  void op.addColumn('t', 'c', 'int', { references: { table: 'u', columns: ['id'] } });
  // @ts-expect-error rows that are there are not looked at anyway
  void op.addColumn('t', 'c', 'int', { references: { table: 'u', column: 'id', notValid: true } });
  void op.createTable('t', (t) => [
    // @ts-expect-error a new table is not read by others
    t.index('ix', ['a'], { concurrently: true }),
  ]);
}

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

describe('op.addColumn', () => {
  it('takes a foreign key and a primary key into its clause, with names of the convention', async () => {
    const { op, operations } = recorded({
      fk: 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s',
      pk: 'pk_%(table_name)s',
    });
    await op.addColumn('t', 'c', 'int', {
      references: { table: 'u', column: 'id', schema: 's', onDelete: 'cascade', match: 'simple' },
      primaryKey: true,
    });
    await op.addColumn('t', 'd', 'int', { primaryKey: { name: op.f('mine') } });
    await op.addColumn('t', 'e', 'int', { primaryKey: false });
    const table = { schema: null, name: 't' };
    expect(operations).toEqual([
      {
        kind: 'addColumn',
        table,
        column: { name: 'c', type: 'int', nullable: true },
        references: {
          name: 'fk_t_c_u',
          columns: ['c'],
          referencedTable: { schema: 's', name: 'u' },
          referencedColumns: ['id'],
          onDelete: 'cascade',
        },
        primaryKey: { name: 'pk_t', columns: ['c'] },
      },
      {
        kind: 'addColumn',
        table,
        column: { name: 'd', type: 'int', nullable: true },
        primaryKey: { name: 'mine', columns: ['d'] },
      },
      { kind: 'addColumn', table, column: { name: 'e', type: 'int', nullable: true } },
    ]);
  });

  it.each([
    ['options.references.column', { references: { table: 'u' } }],
    ['options.references', { references: 'u(id)' }],
    ['options.references', { references: { table: 'u', column: 'id', notValid: true } }],
    ['options.primaryKey', { primaryKey: 'yes' }],
  ])('refuses "%s" of %j', (argument, options) => {
    const { op } = recorded();
    expect(() => op.addColumn('t', 'c', 'int', options as never)).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ argument }) }),
    );
  });
});

it('OP-34: t.index makes an index of the new table, once, with the name that SQLAlchemy gives it', async () => {
  const { op, operations } = recorded();
  await op.createTable('t', (t) => [
    t.index(null, ['b', 'a'], { unique: true, where: 'a > 0' }),
    t.column('a', 'int'),
    t.column('b', 'int'),
    t.index('ix', [{ expression: 'a + b', order: 'desc' }]),
  ]);
  expect(operations).toMatchObject([
    {
      table: {
        indexes: [
          {
            name: 'ix_t_b',
            elements: [{ column: 'b' }, { column: 'a' }],
            unique: true,
            where: 'a > 0',
          },
          { name: 'ix', elements: [{ expression: 'a + b', order: 'desc' }], unique: false },
        ],
      },
    },
  ]);
  expect(() => op.createTable('t', (t) => [t.index('ix', ['b'])])).toThrow(
    /constraint or index on the column "b"/,
  );
  expect(() => op.createTable('t', (t) => [t.index(null, [{ expression: '1' }])])).toThrow(
    expect.objectContaining({ code: 'E3013' }),
  );
});
