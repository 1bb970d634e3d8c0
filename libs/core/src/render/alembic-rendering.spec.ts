import type { Operation } from '../operations/operation.js';
import { parseLiteral } from '../schema/literal.fixture.js';
import type { Column, Table } from '../schema/schema-model.js';
import { renderBody } from './render-call.js';

const t = { schema: null, name: 't' };
const column = (name: string, parts: Partial<Column> = {}): Column => ({
  name,
  type: 'integer',
  nullable: true,
  ...parts,
});
const table = (parts: Partial<Table>): Operation => ({
  kind: 'createTable',
  table: {
    ...t,
    columns: [],
    uniques: [],
    checks: [],
    exclusions: [],
    foreignKeys: [],
    indexes: [],
    ...parts,
  },
});
const code = (operation: Operation, finalNames = false): string =>
  renderBody([operation], { parseLiteral, finalNames });
const alter = (parts: object): Operation =>
  ({ kind: 'alterColumn', table: t, name: 'a', to: {}, ...parts }) as Operation;
const key = {
  columns: ['a'],
  referencedTable: { schema: 'other', name: 'r' },
  referencedColumns: ['id'],
};

/** What Alembic renders in its ways, as we write it. */
const CASES: readonly (readonly [string, Operation, string])[] = [
  [
    'AGR-03: columns in order, then the primary key, uniques, checks and foreign keys; options last',
    table({
      columns: [column('b'), column('a')],
      foreignKeys: [{ ...key, name: 'fk' }],
      checks: [{ name: 'ck', expression: 'a > 0' }],
      uniques: [{ name: 'uq', columns: ['a'] }],
      primaryKey: { name: 'pk', columns: ['b'] },
      comment: 'c',
      entity: 'T',
    }),
    `await op.createTable(
    't',
    (t) => [
      t.column('b', 'integer', { nullable: true }),
      t.column('a', 'integer'),
      t.primaryKey(['b'], { name: 'pk' }),
      t.unique(['a'], { name: 'uq' }),
      t.check('a > 0', { name: 'ck' }),
      t.foreignKey(['a'], 'r', ['id'], { name: 'fk', referencedSchema: 'other' }),
    ],
    { comment: 'c', entity: 'T' },
  );`,
  ],
  [
    'AGR-04, AGR-20: name, type, and what is not the default of a column',
    table({
      columns: [
        column('a', { nullable: false, default: '5', comment: 'c', collation: 'C' }),
        column('b', { identity: { generation: 'always' }, nullable: false }),
        column('c', { generated: { expression: 'a + 1', stored: true } }),
      ],
    }),
    `await op.createTable('t', (t) => [
    t.column('a', 'integer', { nullable: false, default: 5, collation: 'C', comment: 'c' }),
    t.column('b', 'integer', { nullable: false, identity: 'always' }),
    t.column('c', 'integer', { generated: 'a + 1' }),
  ]);`,
  ],
  [
    'AGR-05: no primary key without one, and no name where there is none',
    table({
      columns: [column('a')],
      uniques: [{ columns: ['a'] }],
      checks: [{ expression: 'a > 0' }],
    }),
    `await op.createTable('t', (t) => [
    t.column('a', 'integer'),
    t.unique(['a']),
    t.check('a > 0'),
  ]);`
      .replaceAll(/\n */g, ' ')
      .replace('[ ', '[')
      .replace(', ]', ']'),
  ],
  [
    'AGR-06: what a column becomes, then what it was',
    alter({
      to: { type: 'text', nullable: false },
      from: { type: 'integer', nullable: true },
      using: 'a::text',
    }),
    `await op.alterColumn(
    't',
    'a',
    { type: 'text', nullable: false },
    { from: { type: 'integer', nullable: true }, using: 'a::text' },
  );`,
  ],
  [
    'AGR-09: expressions of an index are SQL texts',
    {
      kind: 'createIndex',
      table: t,
      index: {
        name: 'ix',
        elements: [{ column: 'a' }, { expression: "lower('it''s')" }],
        unique: true,
      },
    },
    `await op.createIndex('ix', 't', ['a', { expression: "lower('it''s')" }], { unique: true });`,
  ],
  [
    'AGR-10: an index by name and table',
    { kind: 'dropIndex', table: { schema: 's', name: 't' }, name: 'ix' },
    `await op.dropIndex('ix', 't', { schema: 's' });`,
  ],
  [
    'AGR-10: a constraint by table, name and type',
    { kind: 'dropConstraint', table: t, name: 'fk', type: 'foreignKey' } as Operation,
    `await op.dropConstraint('t', 'fk', 'foreignKey');`,
  ],
  [
    'AGR-11: a foreign key with all its options',
    {
      kind: 'addConstraint',
      table: t,
      added: {
        type: 'foreignKey',
        constraint: {
          ...key,
          name: 'fk',
          onDelete: 'cascade',
          onUpdate: 'set null',
          match: 'full',
          deferrable: 'initially deferred',
        },
      },
    },
    `await op.createForeignKey('t', ['a'], 'r', ['id'], {
    name: 'fk',
    referencedSchema: 'other',
    onDelete: 'cascade',
    onUpdate: 'set null',
    match: 'full',
    deferrable: 'initially deferred',
  });`,
  ],
  [
    'AGR-12: a primary key of a table that is there',
    {
      kind: 'addConstraint',
      table: t,
      added: { type: 'primaryKey', constraint: { name: 'pk', columns: ['a'] } },
    },
    `await op.createPrimaryKey('t', ['a'], { name: 'pk' });`,
  ],
  [
    'AGR-16: a literal is a value, an expression is SQL',
    alter({ to: { default: "'it''s'" }, from: { default: "nextval('s'::regclass)" } }),
    `await op.alterColumn(
    't',
    'a',
    { default: "it's" },
    { from: { default: op.sql("nextval('s'::regclass)") } },
  );`,
  ],
  [
    'AGR-17: a comment with every quote, of a table whose name needs them too',
    {
      kind: 'setTableComment',
      table: { schema: 's', name: `it's "t"` },
      to: `it's "x" \`y\` \\ \${z}`,
      from: 'old',
    },
    `await op.setTableComment('it\\'s "t"', 'it\\'s "x" \`y\` \\\\ \${z}', { from: 'old', schema: 's' });`,
  ],
  [
    'AGR-18: SQL of the user',
    { kind: 'execute', sql: 'SELECT 1' },
    `await op.execute('SELECT 1');`,
  ],
  [
    'AGR-18: SQL of several lines, with values for it',
    { kind: 'execute', sql: 'UPDATE t\n  SET a = :a', parameters: { a: "it's" } },
    `await op.execute(
    \`UPDATE t
  SET a = :a\`,
    { a: "it's" },
  );`,
  ],
  [
    'AGR-19: an identity that goes',
    alter({ to: { identity: null }, from: { identity: { generation: 'always' } } }),
    `await op.alterColumn('t', 'a', { identity: null }, { from: { identity: 'always' } });`,
  ],
  [
    'AGR-19: an identity that comes',
    alter({ to: { identity: { generation: 'always' } }, from: { identity: null } }),
    `await op.alterColumn('t', 'a', { identity: 'always' }, { from: { identity: null } });`,
  ],
];

describe('what Alembic renders', () => {
  it.each(CASES)('%s', (_, operation, text) => {
    expect(code(operation)).toBe(text);
  });

  it('AGR-07: names are final only where a naming convention would touch them', () => {
    const unique = table({ columns: [column('a')], uniques: [{ name: 'uq', columns: ['a'] }] });
    expect(code(unique)).toContain(`t.unique(['a'], { name: 'uq' })`);
    expect(code(unique, true)).toContain(`t.unique(['a'], { name: op.f('uq') })`);
  });

  it('AGR-03, SCN-59: a table of 300 columns is a list as any other', () => {
    const columns = Array.from({ length: 300 }, (_, place) => column(`c${place}`));
    const lines = code(table({ columns })).split('\n');
    expect(lines).toHaveLength(302);
    expect(lines[300]).toBe(`    t.column('c299', 'integer'),`);
  });
});
