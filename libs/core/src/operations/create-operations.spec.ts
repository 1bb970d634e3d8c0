import { isMigrationError } from '../errors/migration-error.js';
import { literal } from '../schema/literal.fixture.js';
import { createOperations } from './create-operations.js';
import type { Operation } from './operation.js';
import type { Operations, TableBuilder, TableItem } from './operations-api.js';

/** What JavaScript callers see: methods without types. */
type Loose = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
type LooseBody = (t: Loose & TableBuilder) => unknown;

function recorded(): {
  readonly op: Operations;
  readonly loose: Loose;
  readonly operations: Operation[];
} {
  const operations: Operation[] = [];
  const op = createOperations({
    literal,
    submit: (operation) => {
      operations.push(operation);
      return Promise.resolve();
    },
  });
  return { op, loose: op as unknown as Loose, operations };
}

function errorOf(run: (op: Loose) => unknown): Record<string, unknown> {
  const { loose, operations } = recorded();
  try {
    run(loose);
  } catch (error) {
    if (!isMigrationError(error)) throw error;
    expect(operations).toEqual([]);
    return { code: error.code, message: error.message, ...error.facts };
  }
  throw new Error('nothing was thrown');
}

describe('op directives', () => {
  it('make frozen operations, and give the promise of submit', async () => {
    const { op, operations } = recorded();
    const labels = ['new', 'paid'];
    await op.createEnum('state', labels, { schema: 'shop', entity: 'Invoice' });
    labels.push('lost');
    expect(operations).toEqual([
      {
        kind: 'createEnum',
        enum: { schema: 'shop', name: 'state', labels: ['new', 'paid'], entity: 'Invoice' },
      },
    ]);
    const [made] = operations;
    expect(made?.kind === 'createEnum' ? Object.isFrozen(made.enum.labels) : false).toBe(true);
    expect(Object.isFrozen(op)).toBe(true);
  });

  it('put a table together: key columns are NOT NULL, others nullable, strings are literals', () => {
    const { op, operations } = recorded();
    void op.createTable('account', (t) => [
      t.primaryKey(['id'], { name: 'account_pkey' }),
      t.column('id', 'bigint', { identity: { generation: 'always', start: '100' } }),
      t.column('email', 'text', { default: "it's" }),
      t.column('at', 'timestamptz', { nullable: false, default: op.sql('now()') }),
      t.column('total', 'bigint', { generated: 'a + b', stored: false, property: 'sum' }),
      t.unique(['email'], { nullsNotDistinct: true }),
      t.check('total > 0', { name: 'ck', notValid: false }),
      t.exclude('USING gist (id WITH =)', { deferrable: 'initially deferred' }),
      t.foreignKey(['id'], 'person', ['id'], { onDelete: 'cascade', onUpdate: 'no action' }),
    ]);
    expect(operations).toStrictEqual([
      {
        kind: 'createTable',
        table: {
          schema: null,
          name: 'account',
          columns: [
            {
              name: 'id',
              type: 'bigint',
              nullable: false,
              identity: { generation: 'always', options: { start: '100' } },
            },
            { name: 'email', type: 'text', nullable: true, default: "'it''s'" },
            { name: 'at', type: 'timestamptz', nullable: false, default: 'now()' },
            {
              name: 'total',
              type: 'bigint',
              nullable: true,
              generated: { expression: 'a + b', stored: false },
              property: 'sum',
            },
          ],
          primaryKey: { columns: ['id'], name: 'account_pkey' },
          uniques: [{ columns: ['email'], nullsNotDistinct: true }],
          checks: [{ expression: 'total > 0', name: 'ck' }],
          exclusions: [{ definition: 'USING gist (id WITH =)', deferrable: 'initially deferred' }],
          foreignKeys: [
            {
              columns: ['id'],
              referencedTable: { schema: null, name: 'person' },
              referencedColumns: ['id'],
              onDelete: 'cascade',
            },
          ],
          indexes: [],
        },
      },
    ]);
  });

  it('take rows with their columns in any order; no rows are no operation', async () => {
    const { op, operations } = recorded();
    await op.bulkInsert('account', []);
    await op.bulkInsert('account', [
      { id: 1, email: "o'hara", active: true, score: null },
      { active: false, score: op.sql('random()'), email: 'x', id: 2n },
    ]);
    expect(operations).toEqual([
      {
        kind: 'bulkInsert',
        table: { schema: null, name: 'account' },
        columns: ['id', 'email', 'active', 'score'],
        rows: [
          ['1', "'o''hara'", 'true', 'NULL'],
          ['2', "'x'", 'false', 'random()'],
        ],
      },
    ]);
  });

  it('read null as none where SQL has an absence', () => {
    const { op, operations } = recorded();
    void op.alterColumn(
      'account',
      'email',
      { default: null, generated: null, identity: null, autoIncrement: false, comment: null },
      {
        from: {
          default: 'x',
          generated: 'y',
          identity: 'always',
          autoIncrement: true,
          comment: 'z',
        },
      },
    );
    void op.setTableComment('account', null, { from: 'x' });
    void op.addColumn('account', 'note', 'text', { default: null });
    expect(operations).toStrictEqual([
      {
        kind: 'alterColumn',
        table: { schema: null, name: 'account' },
        name: 'email',
        to: { default: null, generated: null, identity: null, autoIncrement: null, comment: null },
        from: {
          default: "'x'",
          generated: { expression: 'y', stored: true },
          identity: { generation: 'always' },
          autoIncrement: true,
          comment: 'z',
        },
      },
      { kind: 'setTableComment', table: { schema: null, name: 'account' }, from: 'x' },
      {
        kind: 'addColumn',
        table: { schema: null, name: 'account' },
        column: { name: 'note', type: 'text', nullable: true },
      },
    ]);
  });

  it('work without their object, as after destructuring', () => {
    const { op, operations } = recorded();
    const { dropTable } = op;
    void dropTable('account', { schema: 'audit', ifExists: true });
    expect(operations).toEqual([
      { kind: 'dropTable', name: { schema: 'audit', name: 'account' }, ifExists: true },
    ]);
  });
});

describe('wrong arguments are refused at once', () => {
  const column = (options: unknown) => (op: Loose) => op['addColumn']?.('t', 'c', 'text', options);
  const body = (make: LooseBody) => (op: Loose) => op['createTable']?.('t', make);

  it.each<readonly [string, string, string, (op: Loose) => unknown]>([
    ['E3008', 'name', 'an empty name', (op) => op['dropTable']?.('')],
    ['E3005', 'name', 'a name with NUL', (op) => op['dropTable']?.('a\0')],
    ['E3006', 'name', 'half a surrogate pair', (op) => op['dropTable']?.('a\ud800b')],
    ['E3008', 'options.schema', 'an empty schema', (op) => op['dropTable']?.('a', { schema: '' })],
    ['E3013', 'name', 'no name', (op) => op['dropTable']?.()],
    ['E3013', 'name', 'a number for a name', (op) => op['dropTable']?.(5)],
    ['E3013', 'options', 'a string for options', (op) => op['dropTable']?.('a', 'cascade')],
    [
      'E3013',
      'options.ifExists',
      'a string for a flag',
      (op) => op['dropTable']?.('a', { ifExists: 'yes' }),
    ],
    ['E3005', 'options.comment', 'B081: a comment with NUL', column({ comment: '\0' })],
    ['E3013', 'options', 'a default and an identity', column({ default: 1, identity: 'always' })],
    ['E3013', 'options.default', 'B089: Infinity', column({ default: 1 / 0 })],
    ['E3013', 'options.default', 'a date', column({ default: new Date(0) })],
    ['E3013', 'options.stored', 'stored without generated', column({ stored: true })],
    ['E3013', 'options.identity', 'an unknown identity', column({ identity: 'sometimes' })],
    [
      'E3013',
      'options.identity.start',
      'a number for a start',
      column({ identity: { generation: 'always', start: 1 } }),
    ],
    ['E3013', 'options.identity.generation', 'no generation', column({ identity: { start: '1' } })],
    ['E3013', 'type', 'a blank type', (op) => op['addColumn']?.('t', 'c', ' ')],
    ['E3013', 'change', 'an empty change', (op) => op['alterColumn']?.('t', 'c', {})],
    [
      'E3013',
      'options.from',
      'from with a key too many',
      (op) => op['alterColumn']?.('t', 'c', { type: 'a' }, { from: { type: 'b', comment: 'c' } }),
    ],
    [
      'E3013',
      'options.from',
      'from without a key',
      (op) => op['alterColumn']?.('t', 'c', { type: 'a', comment: 'x' }, { from: { type: 'b' } }),
    ],
    ['E3013', 'parts', 'a string for a list', (op) => op['createIndex']?.('ix', 't', 'email')],
    ['E3013', 'parts', 'no parts', (op) => op['createIndex']?.('ix', 't', [])],
    [
      'E3013',
      'parts[1]',
      'a part of nothing',
      (op) => op['createIndex']?.('ix', 't', ['a', { order: 'desc' }]),
    ],
    [
      'E3008',
      'parts[0].column',
      'an empty column',
      (op) => op['createIndex']?.('ix', 't', [{ column: '' }]),
    ],
    ['E3013', 'columns', 'a column twice', (op) => op['createPrimaryKey']?.('t', ['a', 'a'])],
    [
      'E3013',
      'referencedColumns',
      'unequal numbers of columns',
      (op) => op['createForeignKey']?.('t', ['a', 'b'], 'x', ['a']),
    ],
    [
      'E3013',
      'type',
      'an unknown constraint type',
      (op) => op['dropConstraint']?.('t', 'a', 'uniqe'),
    ],
    ['E3013', 'labels', 'a label twice', (op) => op['createEnum']?.('kind', ['a', 'a'])],
    [
      'E3013',
      'options.uses[0].table',
      'a use without a table',
      (op) => op['alterEnum']?.('k', [], [], { uses: [{ column: 'a' }] }),
    ],
    ['E3013', 'query', 'a blank query', (op) => op['createView']?.('v', '')],
    ['E6001', 'sql', 'B085: an empty statement', (op) => op['execute']?.(' \n')],
    ['E3013', 'rows[1]', 'rows that differ', (op) => op['bulkInsert']?.('t', [{ a: 1 }, { b: 1 }])],
    [
      'E3013',
      'rows[0].a',
      'a value that is none',
      (op) => op['bulkInsert']?.('t', [{ a: undefined }]),
    ],
    ['E3013', 'text', 'SQL that is none', (op) => op['sql']?.('')],
    ['E3013', 'body', 'a body that is no function', (op) => op['createTable']?.('t', [])],
    ['E3013', 'body()', 'a body that returns nothing', body((t) => void t.column('a', 'text'))],
    ['E3013', 'body()', 'an async body', body(async () => [])],
    ['E3013', 'body[0]', 'an item that t did not make', body(() => [{ item: 'column' }])],
    [
      'E3013',
      'body',
      'a column twice',
      body((t) => [t.column('a', 'text'), t.column('a', 'text')]),
    ],
    ['E3013', 'body', 'two primary keys', body((t) => [t.primaryKey(['a']), t.primaryKey(['a'])])],
    ['E3013', 'body', 'a key on a column that is not there', body((t) => [t.unique(['a'])])],
  ])('%s at "%s" for %s', (code, argument, _, run) => {
    expect(errorOf(run)).toMatchObject({ code, argument });
  });

  it('an item of another table is none of this one', () => {
    const { op } = recorded();
    let stolen: TableItem | undefined;
    void op.createTable('first', (t) => [(stolen = t.column('a', 'text'))]);
    expect(() => op.createTable('second', () => (stolen ? [stolen] : []))).toThrow(
      expect.objectContaining({ code: 'E3013' }),
    );
  });

  it.each<readonly [string, (op: Loose) => unknown]>([
    [
      'argument "options" of op.addColumn has the unknown option "nulable". Did you mean "nullable"?',
      column({ nulable: false }),
    ],
    [
      'argument "options" of op.dropTable has the unknown option "cascade". Known are: ifExists, schema.',
      (op) => op['dropTable']?.('t', { cascade: true }),
    ],
    [
      'argument "options.nullable" of op.addColumn is "no", but must be true or false',
      column({ nullable: 'no' }),
    ],
    [
      'argument "name" of op.dropTable is missing: it must be a string',
      (op) => op['dropTable']?.(),
    ],
    [
      'argument "body" of op.createTable has a constraint or index on the column "emial", which it does not have. Did you mean "email"?',
      body((t) => [t.column('email', 'text'), t.unique(['emial'])]),
    ],
    [
      'argument "options" of t.column("a") has the unknown option "defualt". Did you mean "default"?',
      body((t) => [(t as Loose)['column']?.('a', 'text', { defualt: 1 })]),
    ],
    [
      'argument "options.from" of op.alterColumn lacks "comment", which the change names. Name the same attributes in both; null stands for none.',
      (op) => op['alterColumn']?.('t', 'c', { type: 'a', comment: 'x' }, { from: { type: 'b' } }),
    ],
  ])('says: %s', (message, run) => {
    expect(errorOf(run)['message']).toBe(message);
  });

  it('B137: a name of Object.prototype is no option', () => {
    expect(errorOf(column(JSON.parse('{"__proto__": {"nullable": false}}')))).toMatchObject({
      code: 'E3013',
    });
    expect(errorOf(column({ constructor: 1 }))).toMatchObject({ code: 'E3013' });
  });
});
