import { account, diff, index, kinds, memoryOf } from './diff.fixture.js';
import { column, model, ofEntity, table } from './model.fixture.js';
import { NO_MEMORY } from './replay-log.js';
import type { SchemaModel, Table } from '../schema/schema-model.js';

describe('matching by shape (design D7)', () => {
  const columns = [column('id', 'int'), column('a', 'int'), column('b', 'int')];
  const key = {
    columns: ['a'],
    referencedTable: { schema: null, name: 'account' },
    referencedColumns: ['id'],
  };
  it.each<[string, Partial<Table>, Partial<Table>]>([
    [
      'a foreign key',
      { foreignKeys: [{ name: 'fk_by_hand', ...key }] },
      { foreignKeys: [{ name: 'FK_1', ...key }] },
    ],
    ['an index (PG-I3)', { indexes: [index('ix_1', ['a'])] }, { indexes: [index('IDX_2', ['a'])] }],
    [
      'AG-62: a unique constraint, its columns in any order',
      { uniques: [{ name: 'u1', columns: ['a', 'b'] }] },
      { uniques: [{ name: 'u2', columns: ['b', 'a'] }] },
    ],
    [
      'a check',
      { checks: [{ name: 'c1', expression: '(a > 0)' }] },
      { checks: [{ name: 'c2', expression: '(a > 0)' }] },
    ],
    [
      'PG-U1: a unique index for a unique constraint',
      { indexes: [index('u', ['a'], { unique: true })] },
      { uniques: [{ name: 'u', columns: ['a'] }] },
    ],
    [
      'a unique constraint for a unique index',
      { uniques: [{ name: 'u', columns: ['a'] }] },
      { indexes: [index('u', ['a'], { unique: true })] },
    ],
    [
      'PG-I1: a GIN index where the model states no method',
      { indexes: [index('ix', ['b'], { method: 'gin' })] },
      { indexes: [index('ix', ['b'])] },
    ],
    [
      'PG-I2: an index that includes a column more',
      { indexes: [index('ix', ['a'], { include: ['b'] })] },
      { indexes: [index('ix', ['a'])] },
    ],
  ])('%s of another name is no difference', (_, current, target) => {
    expect(kinds(model([account(columns, current)]), model([account(columns, target)]))).toEqual(
      [],
    );
  });

  it.each<[string, Partial<Table>, Partial<Table>, string[]]>([
    [
      'PG-M1: a check',
      { checks: [{ name: 'c', expression: '(a > 0)' }] },
      { checks: [{ name: 'c', expression: '(a > 5)' }] },
      ['dropConstraint', 'addConstraint'],
    ],
    [
      'PG-M2: a partial index',
      { indexes: [index('i', ['a'], { where: '(a > 0)' })] },
      { indexes: [index('i', ['a'], { where: '(a > 5)' })] },
      ['dropIndex', 'createIndex'],
    ],
    [
      'PG-M4: the order of an index',
      { indexes: [index('i', ['a'])] },
      { indexes: [{ ...index('i', []), elements: [{ column: 'a', order: 'desc' }] }] },
      ['dropIndex', 'createIndex'],
    ],
    [
      'PG-M12: whether a unique constraint can be deferred',
      { uniques: [{ name: 'u', columns: ['a'] }] },
      { uniques: [{ name: 'u', columns: ['a'], deferrable: 'initially deferred' }] },
      ['dropConstraint', 'addConstraint'],
    ],
    [
      'an index that includes a column which the model does not have,',
      { indexes: [index('i', ['a'], { include: ['gone'] })] },
      { indexes: [index('i', ['a'])] },
      ['dropIndex', 'createIndex'],
    ],
    [
      'AG-80: an action of a foreign key',
      { foreignKeys: [{ name: 'f', ...key }] },
      { foreignKeys: [{ name: 'f', ...key, onDelete: 'cascade' }] },
      ['dropConstraint', 'addConstraint'],
    ],
    [
      'the columns of the primary key',
      { primaryKey: { name: 'pk', columns: ['id'] } },
      { primaryKey: { name: 'pk', columns: ['id', 'a'] } },
      ['dropConstraint', 'addConstraint'],
    ],
  ])(
    '%s of the same name and another shape is replaced, even where it is foreign',
    (_, current, target, expected) => {
      const sides = [
        model([account(columns, current)]),
        model([account(columns, target)]),
      ] as const;
      expect(
        kinds(...sides, { memory: NO_MEMORY }).filter((kind) => kind !== 'alterColumn'),
      ).toEqual(expected);
    },
  );
});

it('makes anew what has another name while its own is needed', () => {
  const columns = [column('a', 'int'), column('b', 'int')];
  const current = model([account(columns, { indexes: [index('one', ['a'])] })]);
  const target = model([account(columns, { indexes: [index('two', ['a']), index('one', ['b'])] })]);
  expect(kinds(current, target, { memory: NO_MEMORY })).toEqual([
    'dropIndex',
    'createIndex',
    'createIndex',
  ]);
});

describe('certain renames (design D9)', () => {
  it('renames a column whose entity property is the same', () => {
    const current = model([account([column('mail', 'varchar(9)', { property: 'email' })])]);
    const target = model([account([column('email_address', 'text', { property: 'email' })])]);
    const { operations } = diff(current, target);
    expect(operations.map(({ kind }) => kind)).toEqual(['renameColumn', 'alterColumn']);
    expect(operations[0]).toMatchObject({
      from: 'mail',
      to: 'email_address',
      entity: 'Account',
      property: 'email',
    });
  });

  it('DL-22: never takes a drop and an add of one type for a rename', () => {
    const current = model([account([column('ssn', 'text')])]);
    const target = model([account([column('favourite_color', 'text')])]);
    const { operations, questions } = diff(current, target);
    expect(operations.map(({ kind }) => kind)).toEqual(['addColumn']);
    expect(questions.map(({ id }) => id)).toEqual(['drop-column:account.ssn']);
  });

  it('DL-23, DL-24: renames a table, also to another schema, and a column of it, and finds nothing else', () => {
    const parts = { indexes: [index('ix', ['mail'])] };
    const current = model([account([column('mail', 'text', { property: 'email' })], parts)]);
    const moved = {
      ...account([column('email', 'text')], { indexes: [index('ix', ['email'])] }),
      name: 'customer',
      schema: 's',
    };
    expect(kinds(current, model([moved], { schemas: ['s'] }))).toEqual([
      'createSchema',
      'renameTable',
      'renameColumn',
    ]);
  });

  const held = (...columns: readonly (readonly [column: string, property: string])[]) =>
    model([account(columns.map(([name, property]) => column(name, 'text', { property })))]);
  const renames = (current: SchemaModel, target: SchemaModel) => {
    const { operations, questions } = diff(current, target, { allowDestructive: true });
    return {
      operations: operations.map((operation) =>
        operation.kind === 'renameColumn'
          ? `${operation.from}>${operation.to} ${operation.property}`
          : operation.kind,
      ),
      questions: questions.map(({ id }) => id),
    };
  };

  it.each([
    ['a chain', held(['b', 'x'], ['c', 'y']), ['b>c y', 'a>b x']],
    [
      'a swap',
      held(['b', 'x'], ['a', 'y']),
      ['a>nest_alembic_between_1 x', 'b>a y', 'nest_alembic_between_1>b x'],
    ],
  ])('never gives the values of one property to another: %s of names', (_, target, operations) => {
    const current = held(['a', 'x'], ['b', 'y']);
    expect(renames(current, target)).toEqual({ operations, questions: [] });
  });

  it.each([
    ['the new name is that of a property that is gone', held(['b', 'x']), 'b'],
    ['the old name is that of a new property', held(['a', 'z'], ['c', 'x'], ['b', 'y']), 'c'],
  ])('asks where %s', (_, target, asked) => {
    const { questions } = renames(held(['a', 'x'], ['b', 'y']), target);
    expect(questions).toEqual([`ambiguous-rename:account.${asked}`]);
  });

  it('takes a column that a person has made for the new name as it is', () => {
    const made = model([
      ofEntity('Account', table('account', [column('a', 'text', { property: 'x' })])),
    ]);
    const current = model([table('account', [column('a', 'text'), column('b', 'text')])]);
    const { operations, questions } = diff(current, held(['b', 'x']), { memory: memoryOf(made) });
    expect(operations).toEqual([]);
    expect(questions.map(({ id }) => id)).toEqual(['drop-column:account.a']);
  });

  it('never gives the rows of one entity to another', () => {
    const named = (name: string, entity: string) => ofEntity(entity, table(name, []));
    const current = model([named('a', 'A'), named('b', 'B')]);
    const { operations } = diff(current, model([named('b', 'A'), named('c', 'B')]));
    expect(operations).toMatchObject([
      { kind: 'renameTable', from: { name: 'b' }, to: { name: 'c' } },
      { kind: 'renameTable', from: { name: 'a' }, to: { name: 'b' } },
    ]);
    const { questions } = diff(current, model([named('b', 'A')]));
    expect(questions.map(({ id }) => id)).toEqual(['ambiguous-rename:b', 'drop-table:a']);
  });

  it('finds nothing in the texts that follow a rename by themselves', () => {
    const withKind = (name: string, type: string) =>
      model(
        [
          account([column(name, type, { default: `'a'::${type}`, property: 'kind' })], {
            checks: [{ name: 'ck', expression: `${name} <> 'b'::${type}` }],
            indexes: [index('ix', [name], { where: `${name} = 'a'::${type}` })],
          }),
        ],
        { enums: [{ schema: null, name: type, labels: ['a', 'b'], entity: 'Account' }] },
      );
    expect(kinds(withKind('kind', 'account_kind'), withKind('sort', 'account_sort'))).toEqual([
      'renameEnum',
      'renameColumn',
    ]);
  });

  it('renames the enum that is named after its column', () => {
    const labels = ['a', 'b'];
    const current = model([account([column('kind', 'account_kind_enum')])], {
      enums: [{ schema: null, name: 'account_kind_enum', labels, entity: 'Account' }],
    });
    const target = model([account([column('sort', '"account_sort_enum"', { property: 'kind' })])], {
      enums: [{ schema: null, name: 'account_sort_enum', labels, entity: 'Account' }],
    });
    expect(kinds(current, target)).toEqual(['renameEnum', 'renameColumn']);
  });
});
