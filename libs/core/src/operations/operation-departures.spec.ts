import { mysqlDialect } from '../dialects/mysql/mysql-dialect.js';
import { postgresSyntax } from '../dialects/postgres/postgres-syntax.js';
import { sqliteSyntax } from '../dialects/sqlite/sqlite-syntax.js';
import { literal } from '../schema/literal.fixture.js';
import { createOperations } from './create-operations.js';
import type { Operation } from './operation.js';
import type { Operations } from './operations-api.js';

/** The SQL of what a function does with `op`. */
function sqlOf(run: (op: Operations) => unknown): readonly string[] {
  const operations: Operation[] = [];
  const op = createOperations({
    literal,
    submit: async (operation) => {
      operations.push(operation);
    },
  });
  run(op);
  return operations.flatMap((operation) => postgresSyntax.compile(operation));
}

const refused = (run: (op: Operations) => unknown, message: RegExp) =>
  expect(() => sqlOf(run)).toThrow(
    expect.objectContaining({ code: 'E3013', message: expect.stringMatching(message) }),
  );

describe('where op departs from Alembic', () => {
  it('OP-03: every name is quoted, and the schema is an option', () => {
    expect(sqlOf((op) => op.dropColumn('order', 'User', { schema: 'Odd one' }))).toEqual([
      'ALTER TABLE "Odd one"."order" DROP COLUMN "User"',
    ]);
  });

  it('OP-05: an option that is not known is refused, with the one that was meant', () => {
    refused((op) => op.dropTable('a', { ifExist: true } as never), /Did you mean "ifExists"/);
  });

  it.each<readonly [string, (op: Operations) => unknown]>([
    ['column "b" has "charset"', (op) => op.addColumn('a', 'b', 'text', { charset: 'utf8mb4' })],
    ['column "b" has "onUpdate"', (op) => op.addColumn('a', 'b', 'date', { onUpdate: 'now()' })],
    ['column "b" has "invisible"', (op) => op.addColumn('a', 'b', 'int', { invisible: true })],
    ['column "a.b" has "onUpdate"', (op) => op.alterColumn('a', 'b', { onUpdate: 'now()' })],
    ['column "a.b" has "charset"', (op) => op.alterColumn('a', 'b', { charset: 'latin1' })],
    ['table "a" has "engine"', (op) => op.createTable('a', () => [], { engine: 'InnoDB' })],
    [
      'table "a" has "charset" and "collation"',
      (op) => op.createTable('a', () => [], { charset: 'utf8mb4', collation: 'utf8mb4_bin' }),
    ],
    ['table "a" has "engine"', (op) => op.setTableStorage('a', { engine: 'InnoDB' })],
    [
      'a key part of an index has "prefix"',
      (op) => op.createIndex('ix', 'a', [{ column: 'b', prefix: 10 }]),
    ],
    ['index "ix" has "parser"', (op) => op.createIndex('ix', 'a', ['b'], { parser: 'ngram' })],
  ])('OP-05: an option of another database is refused, not left out: %s', (problem, run) => {
    expect(() => sqlOf(run)).toThrow(
      expect.objectContaining({ code: 'E3012', message: expect.stringContaining(problem) }),
    );
  });

  it.each([
    ['sqlite', sqliteSyntax],
    ['mysql', mysqlDialect],
  ])(
    'OP-05: a column is made anew with all that it has only where that is kept: %s',
    (_, other) => {
      const place = { table: { schema: null, name: 'a' }, anew: true } as const;
      const added = { name: 'b', type: 'int', nullable: true };
      for (const operation of [
        { kind: 'dropColumn', name: 'b', ...place },
        { kind: 'addColumn', column: added, ...place },
      ] as const)
        expect(() => other.compile(operation)).toThrow(
          expect.objectContaining({ code: 'E3012', message: expect.stringContaining('"anew"') }),
        );
    },
  );

  it('OP-17: what belongs to a new column is said in calls of its own, in their order', () => {
    const sql = sqlOf((op) => [
      op.addColumn('a', 'b', 'int', { comment: 'c' }),
      op.createForeignKey('a', ['b'], 'x', ['id'], { name: 'fk' }),
      op.createIndex(null, 'a', ['b'], { unique: true }),
    ]);
    expect(sql.map((text) => text.split('"')[0])).toEqual([
      'ALTER TABLE ',
      'COMMENT ON COLUMN ',
      'ALTER TABLE ',
      'CREATE UNIQUE INDEX ',
    ]);
  });

  it('OP-22, OP-23: an alteration lets go first, and NOT NULL comes after the default', () => {
    expect(
      sqlOf((op) =>
        op.alterColumn(
          'a',
          'b',
          { comment: 'c', nullable: false, default: 5, type: 'bigint', storage: 'plain' },
          { from: { comment: null, nullable: true, default: '1', type: 'text', storage: null } },
        ),
      ),
    ).toEqual([
      'ALTER TABLE "a" ALTER COLUMN "b" DROP DEFAULT',
      'ALTER TABLE "a" ALTER COLUMN "b" TYPE bigint',
      'ALTER TABLE "a" ALTER COLUMN "b" SET DEFAULT 5',
      'ALTER TABLE "a" ALTER COLUMN "b" SET NOT NULL',
      'ALTER TABLE "a" ALTER COLUMN "b" SET STORAGE PLAIN',
      `COMMENT ON COLUMN "a"."b" IS 'c'`,
    ]);
  });

  it('OP-24, DDL-14: a counter is asked for', () => {
    const [plain, counting] = sqlOf((op) => [
      op.createTable('a', (t) => [t.column('id', 'integer'), t.primaryKey(['id'])]),
      op.createTable('b', (t) => [t.column('id', 'integer', { autoIncrement: true })]),
    ]);
    expect(plain).toContain('"id" integer NOT NULL');
    expect(counting).toContain('"id" serial');
  });

  it('OP-25: a generated column becomes plain with its values, a plain one is never lost', () => {
    const expression = 'a + 1';
    const from = { generated: expression };
    expect(sqlOf((op) => op.alterColumn('t', 'c', { generated: null }, { from }))).toEqual([
      'ALTER TABLE "t" ALTER COLUMN "c" DROP EXPRESSION',
    ]);
    expect(() =>
      sqlOf((op) =>
        op.alterColumn('t', 'c', { generated: expression }, { from: { generated: null } }),
      ),
    ).toThrow(expect.objectContaining({ code: 'E3012' }));
  });

  it('OP-31: a drop says what type of constraint it means', () => {
    refused(
      (op) => op.dropConstraint('t', 'c', 'foreign' as never),
      /'primaryKey' or 'foreignKey'/,
    );
  });

  it('DDL-10: USING is for a change of type', () => {
    refused((op) => op.alterColumn('t', 'c', { nullable: true }, { using: 'x' }), /its type/);
  });
});
