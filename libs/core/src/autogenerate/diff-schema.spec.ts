import { account, diff, index, kinds, memoryOf } from './diff.fixture.js';
import { column, model } from './model.fixture.js';
import type { Table } from '../schema/schema-model.js';

describe('diffSchema', () => {
  it.each([
    [
      'types of two spellings',
      [column('a', 'varchar(10)')],
      [column('a', 'character varying(10)')],
    ],
    [
      'columns in another order',
      [column('a', 'int'), column('b', 'int')],
      [column('b', 'int'), column('a', 'int')],
    ],
  ])('finds nothing between %s', (_, current, target) => {
    expect(kinds(model([account(current)]), model([account(target)]))).toEqual([]);
  });

  it('AG-31: does not report the NOT NULL of a primary key', () => {
    const primaryKey = { columns: ['id'] };
    const current = model([account([column('id', 'int', { nullable: false })], { primaryKey })]);
    const target = model([
      account([column('id', 'int')], { primaryKey: { ...primaryKey, name: 'other' } }),
    ]);
    expect(kinds(current, target)).toEqual([]);
  });
});

describe('columns', () => {
  const one = (from: Parameters<typeof column>[2], type = 'varchar(10)') =>
    model([account([column('a', type, from)])]);

  it('DL-1, DL-2: a length change alters the column in place', () => {
    const { operations } = diff(one({ nullable: false }), one({ nullable: false }, 'varchar(20)'));
    expect(operations).toEqual([
      expect.objectContaining({
        kind: 'alterColumn',
        name: 'a',
        from: { type: 'varchar(10)' },
        to: { type: 'varchar(20)' },
      }),
    ]);
  });

  it.each([
    ['int', 'bigint'],
    ['varchar(10)', 'text'],
    ['json', 'jsonb'],
    ['text', 'uuid'],
    ['text', 'integer'],
  ])('DL-4…DL-14: %s to %s never drops the column', (from, to) => {
    const { operations, questions } = diff(one({}, from), one({}, to));
    expect(questions).toEqual([]);
    expect(operations.map(({ kind }) => kind)).toEqual(['alterColumn']);
  });

  it.each([
    ['varchar(20)', 'varchar(10)', 'can round or cut values'],
    ['timestamp(6) with time zone', 'timestamp(0) with time zone', 'can round or cut values'],
    ['timestamp', 'timestamptz', 'taken as UTC'],
  ])('DL-6, DL-42: asks before %s becomes %s', (from, to, text) => {
    const { operations, questions } = diff(one({}, from), one({}, to));
    expect(operations).toEqual([]);
    expect(questions).toEqual([expect.objectContaining({ id: 'narrow-column:account.a' })]);
    expect(questions[0]?.text).toContain(text);
    expect(kinds(one({}, from), one({}, to), { allowDestructive: true })).toEqual(['alterColumn']);
  });

  it('design D9: asks where the database has no cast', () => {
    const { operations, questions } = diff(one({}, 'integer'), one({}, 'uuid'));
    expect(operations).toEqual([]);
    expect(questions).toEqual([
      expect.objectContaining({ id: 'no-cast:account.a', kind: 'no-cast' }),
    ]);
  });

  it('names on both sides what an alteration changes, null for none', () => {
    const { operations } = diff(one({ comment: 'old' }), one({ nullable: false, default: "'x'" }));
    expect(operations[0]).toMatchObject({
      from: { nullable: true, default: null, comment: 'old' },
      to: { nullable: false, default: "'x'", comment: null },
    });
  });

  it('asks before a plain column becomes a generated one', () => {
    const { operations, questions } = diff(
      one({}),
      one({ generated: { expression: "'x'", stored: true } }),
    );
    expect(operations).toEqual([]);
    expect(questions.map(({ id }) => id)).toEqual(['to-generated:account.a']);
  });

  it('PG-M8: makes the indexes and constraints anew that stand on a column that is made anew', () => {
    const size = (expression: string) =>
      column('size', 'int', { generated: { expression, stored: true } });
    const parts = {
      indexes: [index('ix_size', ['size']), index('ix_big', ['a'], { where: 'size > 9' })],
      uniques: [{ name: 'uq_size', columns: ['a', 'size'] }],
      checks: [
        { name: 'ck_size', expression: 'size > 0' },
        { name: 'ck_a', expression: 'a > 0' },
      ],
    };
    const withSize = (expression: string, rest: Partial<Table> = parts) =>
      model([account([column('a', 'int'), size(expression)], rest)]);
    const [managed] = withSize('a + 1').tables;
    const handMade = model([
      { ...(managed as Table), indexes: [...parts.indexes, index('by_hand', ['size'])] },
    ]);
    const { operations, untouched } = diff(handMade, withSize('a + 2'), {
      memory: memoryOf(withSize('a + 1')),
    });
    const names = operations.map((operation) =>
      operation.kind === 'createIndex'
        ? `+${operation.index.name} ${operation.index.entity}`
        : operation.kind === 'addConstraint'
          ? `+${operation.added.constraint.name} ${operation.added.constraint.entity}`
          : `${operation.kind} ${'name' in operation ? String(operation.name) : ''}`,
    );
    expect(names).toEqual([
      'dropIndex ix_size',
      'dropIndex ix_big',
      'dropIndex by_hand',
      'dropConstraint uq_size',
      'dropConstraint ck_size',
      'alterColumn size',
      '+uq_size Account',
      '+ck_size Account',
      '+ix_size Account',
      '+ix_big Account',
      '+by_hand undefined',
    ]);
    expect(untouched).toEqual([]);
  });

  it('drops what others made on a column that goes by operations that can be undone, and says so', () => {
    const b = column('b', 'int');
    const made = model([account([column('a', 'int'), b])]);
    const [managed] = made.tables;
    const indexes = [index('by_hand', ['b'], { where: 'a > 0' }), index('other', ['b'])];
    const current = model([
      { ...(managed as Table), indexes, checks: [{ name: 'ck', expression: 'a > b' }] },
    ]);
    const target = model([account([b])]);
    const memory = memoryOf(made);
    const asked = diff(current, target, { memory });
    expect(asked.questions[0]?.text).toContain('not made from the model: by_hand, ck');
    const { operations, untouched } = diff(current, target, { memory, allowDestructive: true });
    expect(operations).toMatchObject([
      { kind: 'dropIndex', name: 'by_hand', dropped: indexes[0] },
      { kind: 'dropConstraint', name: 'ck', dropped: { type: 'check' } },
      { kind: 'dropColumn', name: 'a' },
    ]);
    expect(untouched).toMatchObject([{ kind: 'index', name: 'other' }]);
  });

  it('design D9: asks before it drops a managed column, and does it when allowed', () => {
    const current = model([account([column('a', 'int'), column('b', 'int')])]);
    const target = model([account([column('a', 'int')])]);
    expect(diff(current, target)).toMatchObject({
      operations: [],
      questions: [{ id: 'drop-column:account.b' }],
    });
    expect(kinds(current, target, { allowDestructive: true })).toEqual(['dropColumn']);
  });
});

describe('enums', () => {
  const withLabels = (...labels: string[]) =>
    model([account([column('k', 'kind[]', { default: "'{}'" })])], {
      enums: [{ schema: null, name: 'kind', labels, entity: 'Account' }],
    });

  it('PG-E2, PG-E3: adds labels once, in their place, naming the columns that use the type', () => {
    const { operations, questions } = diff(withLabels('a', 'c'), withLabels('a', 'b', 'c'));
    expect(questions).toEqual([]);
    expect(operations).toEqual([
      expect.objectContaining({
        kind: 'alterEnum',
        from: ['a', 'c'],
        to: ['a', 'b', 'c'],
        uses: [
          { table: { schema: null, name: 'account' }, column: 'k', array: true, default: "'{}'" },
        ],
      }),
    ]);
  });

  it('DL-18: makes expressions anew that compare values of an enum that is replaced', () => {
    const one = (...labels: string[]) =>
      model(
        [
          account([column('k', 'kind'), column('n', 'int')], {
            indexes: [index('ix', ['n'], { where: `k = 'a'::kind` }), index('plain', ['k'])],
            checks: [{ name: 'ck', expression: `k <> 'b'::kind` }],
          }),
        ],
        { enums: [{ schema: null, name: 'kind', labels, entity: 'Account' }] },
      );
    const { operations } = diff(one('a', 'b', 'c'), one('a', 'b'), { allowDestructive: true });
    expect(operations).toMatchObject([
      { kind: 'dropIndex', name: 'ix' },
      { kind: 'dropConstraint', name: 'ck' },
      { kind: 'alterEnum', uses: [{ column: 'k' }] },
      { kind: 'addConstraint', added: { constraint: { name: 'ck', entity: 'Account' } } },
      { kind: 'createIndex', index: { name: 'ix', entity: 'Account' } },
    ]);
  });

  it('DL-15: asks before it removes a label', () => {
    const { operations, questions } = diff(withLabels('a', 'b'), withLabels('a'));
    expect(operations).toEqual([]);
    expect(questions.map(({ id }) => id)).toEqual(['remove-label:kind.b']);
  });
});

describe('views', () => {
  const view = (name: string, definition: string, dependsOn: string[] = []) => ({
    schema: null,
    name,
    definition,
    materialized: false,
    dependsOn: dependsOn.map((name) => ({ schema: null, name })),
    indexes: [],
  });

  it('PG-M11: replaces a view whose text differs, and those that stand on it', () => {
    const current = model([], {
      views: [view('a', 'SELECT 1'), view('b', 'SELECT * FROM a', ['a']), view('c', 'SELECT 3')],
    });
    const target = model([], {
      views: [view('a', 'SELECT 2'), view('b', 'SELECT * FROM a', ['a']), view('c', 'SELECT 3')],
    });
    const names = diff(current, target).operations.map((operation) =>
      operation.kind === 'dropView'
        ? `-${operation.name.name}`
        : operation.kind === 'createView'
          ? `+${operation.view.name}`
          : '',
    );
    expect(names).toEqual(['-b', '-a', '+a', '+b']);
  });

  it('PG-V4: creates a view after the one that its text mentions', () => {
    const target = model([], { views: [view('a', 'SELECT * FROM z'), view('z', 'SELECT 1')] });
    expect(
      diff(model([]), target).operations.map((o) => o.kind === 'createView' && o.view.name),
    ).toEqual(['z', 'a']);
  });
});
