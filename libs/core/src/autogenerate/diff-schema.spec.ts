import { postgresSyntax } from '../dialects/postgres/postgres-syntax.js';
import { effectsOf } from '../operations/operation-definitions.js';
import type { ObjectEffect } from '../operations/object-effect.js';
import { reverseAll } from '../operations/reverse-all.js';
import type { Index, SchemaModel, Table } from '../schema/schema-model.js';
import { type DiffInput, diffSchema } from './diff-schema.js';
import { column, model, ofEntity, table } from './model.fixture.js';
import type { OwnershipMemory } from './ownership.js';
import { NO_MEMORY, replayLog } from './replay-log.js';

const effectsToMake = (made: SchemaModel): readonly ObjectEffect[] =>
  diffSchema({
    current: model([]),
    target: made,
    memory: NO_MEMORY,
    dialect: postgresSyntax,
  }).operations.flatMap(effectsOf);

/** The memory of a database that was made from a model. */
const memoryOf = (made: SchemaModel): OwnershipMemory => replayLog(effectsToMake(made));

/** The model as a server tells it. */
const unmarked = (made: SchemaModel): SchemaModel =>
  JSON.parse(
    JSON.stringify(made, (key, value: unknown) =>
      key === 'entity' || key === 'property' ? undefined : value,
    ),
  ) as SchemaModel;

const isMade = (effect: ObjectEffect) => effect.action === 'made';

const diff = (current: SchemaModel, target: SchemaModel, rest: Partial<DiffInput> = {}) =>
  diffSchema({ current, target, memory: memoryOf(current), dialect: postgresSyntax, ...rest });

const kinds = (
  current: SchemaModel,
  target: SchemaModel,
  rest: Partial<DiffInput> = {},
): readonly string[] => diff(current, target, rest).operations.map(({ kind }) => kind);

const index = (name: string, columns: readonly string[], rest: Partial<Index> = {}): Index => ({
  name,
  elements: columns.map((name) => ({ column: name })),
  unique: false,
  ...rest,
});

const account = (
  ...rest: Parameters<typeof table> extends [string, ...infer R] ? R : never
): Table => ofEntity('Account', table('account', ...rest));

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

  describe('columns', () => {
    const one = (from: Parameters<typeof column>[2], type = 'varchar(10)') =>
      model([account([column('a', type, from)])]);

    it('DL-1, DL-2: a length change alters the column in place', () => {
      const { operations } = diff(
        one({ nullable: false }),
        one({ nullable: false }, 'varchar(20)'),
      );
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
      expect(kinds(one({}, from), one({}, to), { allowDestructive: true })).toEqual([
        'alterColumn',
      ]);
    });

    it('design D9: asks where the database has no cast', () => {
      const { operations, questions } = diff(one({}, 'integer'), one({}, 'uuid'));
      expect(operations).toEqual([]);
      expect(questions).toEqual([
        expect.objectContaining({ id: 'no-cast:account.a', kind: 'no-cast' }),
      ]);
    });

    it('names on both sides what an alteration changes, null for none', () => {
      const { operations } = diff(
        one({ comment: 'old' }),
        one({ nullable: false, default: "'x'" }),
      );
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

  describe('ownership (design D8)', () => {
    const current = model([
      account([column('a', 'int')], {
        indexes: [index('ix_a', ['a'])],
        checks: [{ name: 'ck', expression: '(a > 0)' }],
      }),
      table('other', [column('x', 'int')]),
    ]);
    const target = model([account([column('a', 'int')])]);

    it('drops what was made from the model', () => {
      expect(kinds(current, target)).toEqual(['dropIndex', 'dropConstraint']);
    });

    it('leaves what it does not know, and lists it', () => {
      const { operations, questions, untouched } = diff(current, target, { memory: NO_MEMORY });
      expect([operations, questions]).toEqual([[], []]);
      expect(untouched.map(({ kind, name, state }) => [kind, name, state])).toEqual([
        ['check', 'ck', 'foreign'],
        ['index', 'ix_a', 'foreign'],
        ['table', 'other', 'foreign'],
      ]);
    });

    it('leaves what a hand-written revision made', () => {
      const memory = replayLog([
        { action: 'made', kind: 'index', schema: null, table: 'account', name: 'ix_a' },
      ]);
      expect(diff(current, target, { memory }).untouched).toContainEqual(
        expect.objectContaining({ name: 'ix_a', state: 'known' }),
      );
    });

    it('what it drops is managed again after the way back, as it was', () => {
      const made = model(
        [
          account(
            [
              column('id', 'int', { nullable: false }),
              column('mail', 'text', { property: 'email' }),
            ],
            {
              primaryKey: { name: 'pk', columns: ['id'], entity: 'Account' },
              indexes: [index('ix', ['mail'])],
              checks: [{ name: 'ck', expression: 'id > 0' }],
            },
          ),
          ofEntity('Kept', table('kept', [column('gone', 'text', { property: 'was' })])),
        ],
        {
          schemas: ['s'],
          enums: [{ schema: null, name: 'kind', labels: ['a'], entity: 'Account' }],
          views: [
            {
              schema: null,
              name: 'v',
              definition: 'SELECT 1',
              materialized: true,
              dependsOn: [],
              indexes: [index('ix_v', ['a'])],
              entity: 'V',
            },
          ],
        },
      );
      const making = effectsToMake(made);
      const dropping = diff(unmarked(made), model([ofEntity('Kept', table('kept', []))]), {
        memory: replayLog(making),
        allowDestructive: true,
      }).operations;
      const back = reverseAll(dropping).operations.flatMap(effectsOf);
      const memory = replayLog([...making, ...dropping.flatMap(effectsOf), ...back]);
      const found = making.filter(isMade).map(({ action: _, entity, property, ...ref }) => ({
        ref,
        owner: memory.of(ref),
        expected: {
          state: entity === undefined ? 'known' : 'managed',
          ...(entity !== undefined && { entity }),
          ...(property !== undefined && { property }),
        },
      }));
      expect(found.length).toBe(12);
      for (const { ref, owner, expected } of found)
        expect({ ref, owner }).toEqual({ ref, owner: expected });
    });

    it('asks before it drops a table whose entity is gone (DL-43)', () => {
      const { operations, questions } = diff(current, model([]));
      expect(operations).toEqual([]);
      expect(questions.map(({ id }) => id)).toEqual(['drop-table:account']);
    });

    it('keeps a schema in which something stays', () => {
      const inside = model([table('x', [], { schema: 's' })], { schemas: ['s'] });
      const memory = memoryOf(
        model([ofEntity('X', table('y', [], { schema: 's' }))], { schemas: ['s'] }),
      );
      expect(kinds(inside, model([]), { memory })).toEqual([]);
      expect(kinds(model([], { schemas: ['s'] }), model([]), { memory })).toEqual(['dropSchema']);
    });
  });

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
      [
        'an index (PG-I3)',
        { indexes: [index('ix_1', ['a'])] },
        { indexes: [index('IDX_2', ['a'])] },
      ],
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
    const target = model([
      account(columns, { indexes: [index('two', ['a']), index('one', ['b'])] }),
    ]);
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
    ])(
      'never gives the values of one property to another: %s of names',
      (_, target, operations) => {
        const current = held(['a', 'x'], ['b', 'y']);
        expect(renames(current, target)).toEqual({ operations, questions: [] });
      },
    );

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
      const target = model(
        [account([column('sort', '"account_sort_enum"', { property: 'kind' })])],
        { enums: [{ schema: null, name: 'account_sort_enum', labels, entity: 'Account' }] },
      );
      expect(kinds(current, target)).toEqual(['renameEnum', 'renameColumn']);
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
});
