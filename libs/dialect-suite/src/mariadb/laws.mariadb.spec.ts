import { reverseAll } from '@nest-alembic/core';
import type { Column, Operation, SchemaModel, Table } from '@nest-alembic/core';
import { withEntityMarks } from '../entity-marks.js';
import { column, named, required, schemaOf, table, tablesOf } from '../model-builders.js';
import { renderedFunctions } from '../run-rendered.js';
import { schemaAfter, SUITE_REVISION, Workbench } from '../workbench.js';
import { MARIADB } from '../tested-dialects.js';

interface Case {
  readonly name: string;
  readonly before?: SchemaModel;
  readonly operations: readonly Operation[];
  /** The diff of operations differs in the way: only its end counts. */
  readonly unseen?: true;
}

const own = (name: string, columns: readonly Column[] = [], parts: Partial<Table> = {}): Table =>
  table(name, [required('id', 'int', { autoIncrement: true }), column('k', 'int'), ...columns], {
    primaryKey: { columns: ['id'] },
    ...parts,
  });
const t = named('t');
const alter = (name: string, from: object, to: object): Operation => ({
  kind: 'alterColumn',
  table: t,
  name,
  from,
  to,
});
const rich = required('c', 'varchar(20)', {
  default: "'it''s'",
  comment: "a 'comment'",
  collation: 'utf8mb4_bin',
  invisible: true,
});
const with_ = (...columns: readonly Column[]): SchemaModel => tablesOf(own('t', columns));
const foreignKey = {
  name: 'fk_t_p',
  columns: ['p_id'],
  referencedTable: named('p'),
  referencedColumns: ['id'],
  onDelete: 'cascade',
} as const;
const parent = own('p');
const child = own('t', [column('p_id', 'int')]);

const CASES: readonly Case[] = [
  {
    name: 'create a table with everything',
    operations: [
      {
        kind: 'createTable',
        table: own(
          't',
          [
            rich,
            column('j', 'json'),
            column('e', "enum('a','it''s')", { default: "'a'" }),
            required('at', 'datetime(6)', {
              default: 'current_timestamp(6)',
              onUpdate: 'current_timestamp(6)',
            }),
            column('ts', 'timestamp'),
            column('d', 'decimal(10,2)', { default: '0.00' }),
            column('g', 'varchar(40)', { generated: { expression: 'upper(`c`)', stored: false } }),
            column('s', 'int', { generated: { expression: '`k` + 1', stored: true } }),
            column('x', 'text', { comment: 'a text' }),
          ],
          {
            checks: [{ name: 'ck_t', expression: '`d` >= 0' }],
            indexes: [
              { name: 'ix_t_x', elements: [{ column: 'x', prefix: 10 }], unique: false },
              {
                name: 'uq_t',
                elements: [{ column: 'c' }, { column: 'd', order: 'desc' }],
                unique: true,
              },
              {
                name: 'ft_t',
                elements: [{ column: 'x' }],
                unique: false,
                method: 'fulltext',
                comment: 'words',
              },
            ],
            comment: "the table's comment",
          },
        ),
      },
    ],
  },
  {
    name: 'another engine, another collation',
    operations: [
      {
        kind: 'createTable',
        table: own('t', [column('c', 'varchar(9)')], {
          engine: 'MyISAM',
          collation: 'latin1_swedish_ci',
        }),
      },
    ],
  },
  {
    name: 'drop a table',
    before: tablesOf(own('t', [rich])),
    operations: [{ kind: 'dropTable', name: t, dropped: own('t', [rich]) }],
  },
  {
    name: 'rename a table',
    before: with_(),
    operations: [{ kind: 'renameTable', from: t, to: named('u'), entity: 'Entity of t' }],
  },
  {
    name: 'set a comment',
    before: with_(),
    operations: [{ kind: 'setTableComment', table: t, to: "it's" }],
  },
  ...[
    column('n', 'int'),
    required('n', 'varchar(20)', { default: "''" }),
    column('n', 'json'),
    column('n', 'uuid', { default: 'uuid()' }),
    column('n', 'datetime(3)', {
      default: 'current_timestamp(3)',
      onUpdate: 'current_timestamp(3)',
    }),
    column('n', 'timestamp'),
    column('n', 'int', { generated: { expression: '`k` + 1', stored: true } }),
    column('n', 'int', { generated: { expression: '`k` + 1', stored: false } }),
    column('n', 'varchar(20)', { collation: 'latin1_swedish_ci', comment: 'x', invisible: true }),
    column('n', 'bit(1)', { default: "b'0'" }),
  ].map((added): Case => ({
    name: `add a column ${added.type} ${added.default ?? ''} ${added.generated?.stored ?? ''} ${added.collation ?? ''}`,
    before: with_(),
    operations: [{ kind: 'addColumn', table: t, column: added }],
  })),
  {
    name: 'drop a column with an index',
    before: tablesOf(
      own('t', [rich, column('b', 'int')], {
        indexes: [{ name: 'i', elements: [{ column: 'b' }], unique: false }],
      }),
    ),
    operations: [
      {
        kind: 'dropIndex',
        table: t,
        name: 'i',
        dropped: { name: 'i', elements: [{ column: 'b' }], unique: false },
      },
      { kind: 'dropColumn', table: t, name: 'b', dropped: column('b', 'int') },
    ],
  },
  {
    name: 'rename a column',
    before: with_(rich),
    operations: [
      { kind: 'renameColumn', table: t, from: 'c', to: 'z', entity: 'Entity of t', property: 'c' },
    ],
  },
  {
    name: 'a longer varchar',
    before: with_(rich),
    operations: [alter('c', { type: 'varchar(20)' }, { type: 'varchar(60)' })],
  },
  {
    name: 'a text of a varchar',
    before: with_(rich),
    operations: [alter('c', { type: 'varchar(20)' }, { type: 'longtext' })],
  },
  {
    name: 'NULL of NOT NULL',
    before: with_(rich),
    operations: [alter('c', { nullable: false }, { nullable: true })],
  },
  {
    name: 'another default',
    before: with_(rich),
    operations: [alter('c', { default: "'it''s'" }, { default: "'b\\\\'" })],
  },
  {
    name: 'no default',
    before: with_(required('c', 'varchar(20)', { default: "'it''s'", comment: 'x' })),
    operations: [alter('c', { default: "'it''s'" }, { default: null })],
  },
  {
    name: 'no default of what may be null',
    before: with_(column('c', 'int', { default: '1' })),
    operations: [alter('c', { default: '1' }, { default: null })],
  },
  {
    name: 'another comment',
    before: with_(rich),
    operations: [alter('c', { comment: "a 'comment'" }, { comment: 'b' })],
  },
  {
    name: 'no comment',
    before: with_(rich),
    operations: [alter('c', { comment: "a 'comment'" }, { comment: null })],
  },
  {
    name: 'another collation',
    before: with_(rich),
    operations: [alter('c', { collation: 'utf8mb4_bin' }, { collation: 'utf8mb4_unicode_ci' })],
  },
  {
    name: 'another character set',
    before: with_(rich),
    operations: [alter('c', { collation: 'utf8mb4_bin' }, { collation: 'latin1_bin' })],
  },
  {
    name: 'ON UPDATE',
    before: with_(column('c', 'datetime', { default: 'current_timestamp()' })),
    operations: [alter('c', { onUpdate: null }, { onUpdate: 'current_timestamp()' })],
  },
  {
    name: 'a label at the end',
    before: with_(required('c', "enum('a','b')", { default: "'a'" })),
    operations: [alter('c', { type: "enum('a','b')" }, { type: "enum('a','b','c')" })],
  },
  {
    name: 'labels in another order',
    before: with_(required('c', "enum('a','b')", { default: "'a'" })),
    operations: [alter('c', { type: "enum('a','b')" }, { type: "enum('b','a')" })],
  },
  {
    name: 'bigint of int under a counter',
    before: with_(),
    operations: [alter('id', { type: 'int' }, { type: 'bigint' })],
  },
  {
    name: 'an expression',
    before: with_(column('g', 'int', { generated: { expression: '`k` + 1', stored: true } })),
    operations: [
      alter(
        'g',
        { generated: { expression: '`k` + 1', stored: true } },
        { generated: { expression: '`k` + 2', stored: true } },
      ),
    ],
  },
  {
    name: 'a stored column of a virtual one',
    before: with_(column('g', 'int', { generated: { expression: '`k` + 1', stored: false } })),
    operations: [
      alter(
        'g',
        { type: 'int', generated: { expression: '`k` + 1', stored: false } },
        { type: 'int', generated: { expression: '`k` + 1', stored: true } },
      ),
    ],
  },
  {
    name: 'PG-M8: another type under generated columns, which stay',
    before: with_(
      column('c', 'varchar(20)'),
      column('g', 'int', { generated: { expression: '`k` + 1', stored: true } }),
      column('v', 'varchar(40)', { generated: { expression: 'upper(`c`)', stored: false } }),
    ),
    operations: [
      alter('k', { type: 'int' }, { type: 'bigint' }),
      alter('c', { type: 'varchar(20)' }, { type: 'varchar(30)' }),
      alter('c', { type: 'varchar(30)' }, { type: 'longtext' }),
    ],
  },
  {
    name: 'json of text',
    before: with_(column('c', 'longtext', { comment: 'x' })),
    operations: [alter('c', { type: 'longtext' }, { type: 'json' })],
  },
  {
    name: 'a json that must be there',
    before: with_(column('c', 'json', { comment: 'x' })),
    operations: [alter('c', { nullable: true }, { nullable: false })],
  },
  ...(
    [
      { name: 'i', elements: [{ column: 'c' }], unique: false },
      { name: 'i', elements: [{ column: 'c' }, { column: 'id', order: 'desc' }], unique: true },
      { name: 'i', elements: [{ column: 'c', prefix: 5 }], unique: false, comment: "it's" },
      { name: 'i', elements: [{ column: 'c' }], unique: false, method: 'fulltext' },
    ] as const
  ).map((index): Case => ({
    name: `create an index ${JSON.stringify(index)}`,
    before: with_(rich),
    operations: [{ kind: 'createIndex', table: t, index }],
  })),
  {
    name: 'rename an index',
    before: tablesOf(
      own('t', [rich], { indexes: [{ name: 'i', elements: [{ column: 'c' }], unique: false }] }),
    ),
    operations: [{ kind: 'renameIndex', table: t, from: 'i', to: 'z', entity: 'Entity of t' }],
    unseen: true,
  },
  {
    name: 'a foreign key',
    before: tablesOf(parent, child),
    operations: [
      { kind: 'addConstraint', table: t, added: { type: 'foreignKey', constraint: foreignKey } },
    ],
  },
  {
    name: 'no foreign key',
    before: tablesOf(parent, { ...child, foreignKeys: [foreignKey] }),
    operations: [
      {
        kind: 'dropConstraint',
        table: t,
        name: 'fk_t_p',
        type: 'foreignKey',
        dropped: { type: 'foreignKey', constraint: foreignKey },
      },
    ],
  },
  {
    name: 'a column that refers',
    before: tablesOf(parent, own('t')),
    operations: [
      { kind: 'addColumn', table: t, column: column('p_id', 'int'), references: foreignKey },
    ],
  },
  {
    name: 'a column that refers goes',
    before: tablesOf(parent, { ...child, foreignKeys: [foreignKey] }),
    operations: [
      {
        kind: 'dropConstraint',
        table: t,
        name: 'fk_t_p',
        type: 'foreignKey',
        dropped: { type: 'foreignKey', constraint: foreignKey },
      },
      { kind: 'dropColumn', table: t, name: 'p_id', dropped: column('p_id', 'int') },
    ],
  },
  {
    name: 'a primary key in place of a counter, in one batch',
    before: with_(required('c', 'varchar(20)')),
    operations: [
      {
        kind: 'batchAlterTable',
        table: t,
        operations: [
          {
            kind: 'dropConstraint',
            table: t,
            name: 'PRIMARY',
            type: 'primaryKey',
            dropped: { type: 'primaryKey', constraint: { name: 'PRIMARY', columns: ['id'] } },
          },
          {
            kind: 'dropColumn',
            table: t,
            name: 'id',
            dropped: required('id', 'int', { autoIncrement: true }),
          },
          {
            kind: 'addConstraint',
            table: t,
            added: { type: 'primaryKey', constraint: { name: 'PRIMARY', columns: ['c'] } },
          },
        ],
      },
    ],
  },
  {
    name: 'a column and its index, copied as the batch says',
    before: with_(),
    operations: [
      {
        kind: 'batchAlterTable',
        table: t,
        algorithm: 'copy',
        lock: 'shared',
        operations: [
          { kind: 'addColumn', table: t, column: column('n', 'int') },
          {
            kind: 'createIndex',
            table: t,
            index: { name: 'i', elements: [{ column: 'n' }], unique: false },
          },
        ],
      },
    ],
  },
  {
    name: 'a unique constraint',
    before: with_(rich),
    operations: [
      {
        kind: 'addConstraint',
        table: t,
        added: { type: 'unique', constraint: { name: 'uq', columns: ['c'] } },
      },
    ],
  },
  {
    name: 'no unique constraint',
    before: tablesOf(own('t', [rich], { uniques: [{ name: 'uq', columns: ['c'] }] })),
    operations: [
      {
        kind: 'dropConstraint',
        table: t,
        name: 'uq',
        type: 'unique',
        dropped: { type: 'unique', constraint: { name: 'uq', columns: ['c'] } },
      },
    ],
  },
  {
    name: 'a check',
    before: with_(rich),
    operations: [
      {
        kind: 'addConstraint',
        table: t,
        added: {
          type: 'check',
          constraint: { name: 'ck', expression: 'k > 0 and c in (\'a\', "b")' },
        },
      },
    ],
  },
  {
    name: 'no check',
    before: tablesOf(own('t', [rich], { checks: [{ name: 'ck', expression: '`k` > 0' }] })),
    operations: [
      {
        kind: 'dropConstraint',
        table: t,
        name: 'ck',
        type: 'check',
        dropped: { type: 'check', constraint: { name: 'ck', expression: '`k` > 0' } },
      },
    ],
  },
  {
    name: 'a primary key',
    before: tablesOf(table('t', [required('id', 'int')])),
    operations: [
      {
        kind: 'addConstraint',
        table: t,
        added: { type: 'primaryKey', constraint: { name: 'pk', columns: ['id'] } },
      },
    ],
  },
  {
    name: 'a view',
    before: with_(rich),
    operations: [
      {
        kind: 'createView',
        view: {
          schema: null,
          name: 'v',
          definition: 'select `t`.`id` AS `id` from `t`',
          materialized: false,
          dependsOn: [],
          indexes: [],
        },
      },
    ],
  },
];

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open(MARIADB);
});
afterAll(() => bench.close());

describe.each(CASES.map((item) => [item.name, item] as const))('%s', (_, item) => {
  const { operations } = item;
  const before = withEntityMarks(item.before ?? schemaOf({}));
  const after = schemaAfter(before, operations);
  const made = async () => {
    await bench.make(after);
    return bench.fingerprint();
  };

  it('law 1: the operations lead to the schema that is made at once, and no difference is left', async () => {
    const expected = await made();
    await bench.make(before);
    await bench.run(operations);
    expect(await bench.fingerprint()).toEqual(expected);
    const left = await bench.diff({ before, applied: operations, target: after });
    expect(left).toMatchObject({ operations: [], questions: [], unverified: false });
  });

  it('laws 1 and 2: what autogenerate finds leads there, and back', async () => {
    const expected = await made();
    await bench.make(before);
    const original = await bench.fingerprint({ columnOrder: false });
    const found = await bench.diff({ before, applied: [], target: after });
    expect(
      found.questions.filter((question) => !('answer' in question && question.answer)),
    ).toEqual([]);
    if (item.unseen) return;
    await bench.run(found.operations);
    expect(await bench.fingerprint()).toEqual(expected);
    await bench.run(reverseAll(found.operations).operations);
    expect(await bench.fingerprint({ columnOrder: false })).toEqual(original);
  });

  it('laws 2 and 6: as a revision of the engine, there and back', async () => {
    const ignoredTables = ['alembic_version', 'alembic_version_log', 'alembic_version_ledger'];
    const expected = await made();
    const functions = renderedFunctions(operations, MARIADB.dialect);
    await bench.make(before);
    const original = await bench.fingerprint({ columnOrder: false });
    expect(await bench.migrate(functions, 'up')).toEqual([SUITE_REVISION]);
    expect(await bench.fingerprint({ ignoredTables })).toEqual(expected);
    expect(await bench.migrate(functions, 'down')).toEqual([]);
    expect(await bench.fingerprint({ ignoredTables, columnOrder: false })).toEqual(original);
  });

  it('law 5: the script leads to the same schema', async () => {
    const expected = await made();
    await bench.make(before);
    await bench.runOffline(operations, before);
    expect(await bench.fingerprint()).toEqual(expected);
  });
});
