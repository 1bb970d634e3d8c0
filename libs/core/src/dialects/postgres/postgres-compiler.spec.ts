import type { Operation } from '../../operations/operation.js';
import type { Column } from '../../schema/schema-model.js';
import { column, table } from './compiler-cases/compiler-case.fixture.js';
import { COMPILER_CASES } from './compiler-cases/compiler-cases.fixture.js';
import { postgresSyntax } from './postgres-syntax.js';

const account = { schema: null, name: 'account' };
const compile = (operation: Operation) => postgresSyntax.compile(operation);

describe.each(Object.entries(COMPILER_CASES))('%s', (_, cases) => {
  it.each(cases.map((item) => [item.name, item] as const))(
    'compiles %s',
    (__, { operation, sql }) => {
      expect(compile(operation)).toEqual(sql);
    },
  );
});

describe('compile refuses', () => {
  it.each<readonly [string, Operation]>([
    ['a new schema', { kind: 'createSchema', name: 'pg_own' }],
    ['a schema to drop', { kind: 'dropSchema', name: 'information_schema' }],
    ['a table', { kind: 'createTable', table: table('t', { schema: 'pg_temp' }) }],
    ['an index', { kind: 'dropIndex', table: { schema: 'pg_catalog', name: 't' }, name: 'i' }],
    ['a move', { kind: 'renameTable', from: account, to: { schema: 'pg_toast', name: 't' } }],
  ])('B072: %s in a system schema', (_, operation) => {
    expect(() => compile(operation)).toThrow(expect.objectContaining({ code: 'E3009' }));
  });

  it.each(['', ' \n', '-- nothing', '/* nothing */ ;;'])(
    'B085: SQL without a statement: %j',
    (sql) => {
      expect(() => compile({ kind: 'execute', sql })).toThrow(
        expect.objectContaining({ code: 'E6001' }),
      );
    },
  );

  it('B080: an enum label of 64 bytes', () => {
    const labels = ['é'.repeat(32)];
    expect(() => compile({ kind: 'createEnum', enum: { ...account, labels } })).toThrow(
      expect.objectContaining({ code: 'E3001' }),
    );
  });

  it('B081: a comment with NUL', () => {
    expect(() => compile({ kind: 'setTableComment', table: account, to: 'a\0' })).toThrow(
      expect.objectContaining({ code: 'E3005' }),
    );
  });

  it('DL-15: to drop a label without knowing the columns that hold it', () => {
    expect(() =>
      compile({ kind: 'alterEnum', name: account, from: ['a', 'b'], to: ['a'] }),
    ).toThrow(
      /enum "account" cannot drop b in place: the type has to be replaced\. List the columns/,
    );
  });

  it('PG-M10: to reorder labels without knowing the columns', () => {
    expect(() =>
      compile({ kind: 'alterEnum', name: account, from: ['a', 'b'], to: ['b', 'a'] }),
    ).toThrow(
      expect.objectContaining({ code: 'E3012', message: expect.stringMatching(/reorder/) }),
    );
  });

  it.each<readonly [string, string, object, object]>([
    [
      'DL-29: a plain column to become generated',
      'E3012',
      { generated: null },
      { generated: { expression: '1', stored: true } },
    ],
    [
      'a virtual column to become plain',
      'E3012',
      { generated: { expression: '1', stored: false } },
      { generated: null },
    ],
    [
      'a generated expression without the type',
      'E3013',
      { generated: { expression: '1', stored: true } },
      { generated: { expression: '2', stored: true } },
    ],
    ['a collation without the type', 'E3013', { collation: null }, { collation: 'C' }],
  ])('%s with %s', (_, code, from, to) => {
    expect(() => compile({ kind: 'alterColumn', table: account, name: 'c', from, to })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('a counter of a type that cannot count', () => {
    const counter = column('id', 'uuid', { autoIncrement: true });
    expect(() => compile({ kind: 'addColumn', table: account, column: counter })).toThrow(
      expect.objectContaining({ code: 'E3012' }),
    );
  });

  it('a sequence option that is SQL', () => {
    const options = { start: '1; DROP TABLE users' };
    expect(() => compile({ kind: 'createSequence', sequence: { ...account, options } })).toThrow(
      expect.objectContaining({ code: 'E3013' }),
    );
  });

  it('storage parameters to take away, but not which', () => {
    expect(() =>
      compile({ kind: 'setTableStorage', table: account, to: { storage: null } }),
    ).toThrow(expect.objectContaining({ code: 'E3013' }));
  });

  it('a row that is shorter than the others', () => {
    expect(() =>
      compile({ kind: 'bulkInsert', table: account, columns: ['a', 'b'], rows: [['1']] }),
    ).toThrow(expect.objectContaining({ code: 'E3013' }));
  });
});

describe('what a version of the server lacks', () => {
  const trigger = { name: 't', timing: 'after', events: ['insert'], execute: 'f()' } as const;
  const view = { ...account, definition: 'SELECT 1', materialized: false };

  it.each<readonly [string, Operation, string, string]>([
    [
      'security_invoker',
      {
        kind: 'createView',
        view: { ...view, securityInvoker: true, dependsOn: [], indexes: [] },
      },
      '14.9',
      '15.0',
    ],
    [
      'CONCURRENTLY',
      { kind: 'detachPartition', name: account, of: account, concurrently: true },
      '13',
      '14beta1',
    ],
    [
      'ON DELETE SET NULL of some',
      {
        kind: 'addConstraint',
        table: account,
        added: {
          type: 'foreignKey',
          constraint: {
            columns: ['a'],
            referencedTable: account,
            referencedColumns: ['a'],
            onDelete: 'set null',
            onDeleteColumns: ['a'],
          },
        },
      },
      '14',
      '15',
    ],
  ])('%s is refused with E3012', (noun, operation, old, since) => {
    expect(() => postgresSyntax.compile(operation, { version: old })).toThrow(
      expect.objectContaining({ code: 'E3012', message: expect.stringContaining(noun) }),
    );
    expect(postgresSyntax.compile(operation, { version: since })).toEqual(compile(operation));
  });

  describe('the expression of a generated column', () => {
    const change = (stored: boolean, to: Partial<Column> = {}): Operation => ({
      kind: 'alterColumn',
      table: account,
      name: 'c',
      from: { type: 'int', nullable: true, generated: { expression: 'a', stored } },
      to: { type: 'int', generated: { expression: 'b', stored }, ...to },
    });
    // With what the server would drop with it, which the server is asked.
    const anew = (type: string, how: string) => [
      expect.stringMatching(/^DO \$\$DECLARE.*json_build_object/s),
      'ALTER TABLE "account" DROP COLUMN "c"',
      `ALTER TABLE "account" ADD COLUMN "c" ${type} GENERATED ALWAYS AS (b) ${how}`,
      expect.stringMatching(/^DO \$\$DECLARE.*json_to_recordset/s),
    ];

    it.each<readonly [string, Operation, string, readonly string[]]>([
      [
        'is changed in place from 17 on',
        change(true, { nullable: false }),
        '17.2',
        [
          'ALTER TABLE "account" ALTER COLUMN "c" SET EXPRESSION AS (b)',
          'ALTER TABLE "account" ALTER COLUMN "c" SET NOT NULL',
        ],
      ],
      ['is made anew before', change(true), '16.9', anew('int', 'STORED')],
      [
        'is made anew with another type',
        change(true, { type: 'text' }),
        '18',
        anew('text', 'STORED'),
      ],
      ['is made anew where it is virtual', change(false), '18', anew('int', 'VIRTUAL')],
      [
        'is made anew where it becomes stored',
        change(false, { generated: { expression: 'b', stored: true } }),
        '18',
        anew('int', 'STORED'),
      ],
    ])('%s', (_, operation, version, sql) => {
      expect(postgresSyntax.compile(operation, { version })).toEqual(sql);
    });
  });

  it('a trigger is dropped and made where none can be replaced', () => {
    const operation: Operation = {
      kind: 'createTrigger',
      table: account,
      trigger,
      orReplace: true,
    };
    expect(postgresSyntax.compile(operation, { version: '13.4' })).toEqual([
      'DROP TRIGGER IF EXISTS "t" ON "account"',
      'CREATE TRIGGER "t" AFTER INSERT ON "account" FOR EACH STATEMENT EXECUTE FUNCTION f()',
    ]);
    expect(compile(operation)).toEqual([
      'CREATE OR REPLACE TRIGGER "t" AFTER INSERT ON "account" FOR EACH STATEMENT EXECUTE FUNCTION f()',
    ]);
  });

  it('a materialized view cannot be replaced in any', () => {
    const stored = { ...view, materialized: true, dependsOn: [], indexes: [] };
    expect(() => compile({ kind: 'createView', view: stored, orReplace: true })).toThrow(
      expect.objectContaining({ code: 'E3012' }),
    );
  });
});

describe('compile', () => {
  it('OP-36: splits many rows over several statements', () => {
    const rows = Array.from({ length: 2001 }, (_, at) => [String(at)]);
    const statements = compile({ kind: 'bulkInsert', table: account, columns: ['a'], rows });
    expect(statements.map((sql) => sql.split('\n').length - 1)).toEqual([1000, 1000, 1]);
  });

  it("says nothing of an identity whose options become the server's own, which they are", () => {
    const told = { identity: { generation: 'always', options: { start: '1' } } } as const;
    const bare = { identity: { generation: 'always' } } as const;
    for (const [from, to] of [
      [told, bare],
      [bare, told],
    ] as const)
      expect(compile({ kind: 'alterColumn', table: account, name: 'id', from, to })).toEqual([]);
  });

  it('gives a column the storage of its type and the compression of the server again', () => {
    const to = { storage: null, compression: null };
    expect(compile({ kind: 'alterColumn', table: account, name: 'c', to })).toEqual([
      'ALTER TABLE "account" ALTER COLUMN "c" SET STORAGE DEFAULT',
      'ALTER TABLE "account" ALTER COLUMN "c" SET COMPRESSION default',
    ]);
  });

  it('ends what ends in a comment with a line break, so that a semicolon can follow', () => {
    const check = { columns: [], checks: [{ expression: 'a > 0 -- positive' }] };
    expect(compile({ kind: 'createTable', table: table('t', check) })).toEqual([
      'CREATE TABLE "t" (\n  CHECK (a > 0 -- positive\n)\n)',
    ]);
    expect(compile({ kind: 'execute', sql: 'select 1 -- one' })).toEqual(['select 1 -- one\n']);
  });

  it('cuts the name of a sequence as the server does', () => {
    const [table, name] = ['t'.repeat(40), 'é'.repeat(20)];
    const [sequence] = compile({
      kind: 'alterColumn',
      table: { schema: null, name: table },
      name,
      to: { autoIncrement: true },
    });
    expect(sequence).toContain(`"${'t'.repeat(29)}_${'é'.repeat(14)}_seq"`);
  });
});
