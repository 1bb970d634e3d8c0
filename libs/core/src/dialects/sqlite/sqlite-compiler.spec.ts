import type { Operation } from '../../operations/operation.js';
import type { Column, Table } from '../../schema/schema-model.js';
import { sqliteSyntax } from './sqlite-syntax.js';
import { splitStatements } from './sqlite-split.js';
import { transactionControl, transactionEffect } from './sqlite-transaction-control.js';

const named = (name: string) => ({ schema: null, name });
const t = named('t');
const column = (name: string, type: string, parts: Partial<Column> = {}): Column => ({
  name,
  type,
  nullable: true,
  ...parts,
});
const table = (parts: Partial<Table>): Table => ({
  ...t,
  columns: [column('a', 'text')],
  foreignKeys: [],
  uniques: [],
  checks: [],
  exclusions: [],
  indexes: [],
  ...parts,
});
const compile = (operation: Operation) => sqliteSyntax.compile(operation);
const create = (parts: Partial<Table>) => compile({ kind: 'createTable', table: table(parts) });

describe('tables', () => {
  it('writes AUTOINCREMENT, ON CONFLICT and the options of a table where SQLite has them', () => {
    expect(
      create({
        columns: [
          column('id', 'integer', { nullable: false, autoIncrement: true }),
          column('b', 'text', { nullable: false, onConflict: 'ignore', collation: 'NOCASE' }),
        ],
        primaryKey: { name: 'pk', columns: ['id'], onConflict: 'replace' },
        uniques: [{ columns: ['b'], onConflict: 'fail' }],
        storage: ['STRICT'],
      }),
    ).toEqual([
      `CREATE TABLE "t" (
  "id" integer CONSTRAINT "pk" PRIMARY KEY ON CONFLICT REPLACE AUTOINCREMENT NOT NULL,
  "b" text COLLATE "NOCASE" NOT NULL ON CONFLICT IGNORE,
  UNIQUE ("b") ON CONFLICT FAIL
) STRICT`,
    ]);
  });

  it('DDL-43: leaves comments of a new table and column out, and refuses to set one later', () => {
    const commented = column('a', 'text', { comment: 'said' });
    expect(create({ columns: [commented], comment: 'said' })).toEqual([
      'CREATE TABLE "t" (\n  "a" text\n)',
    ]);
    expect(compile({ kind: 'addColumn', table: t, column: commented })).toEqual([
      'ALTER TABLE "t" ADD COLUMN "a" text',
    ]);
    const refused = expect.objectContaining({ code: 'E3012' });
    expect(() => compile({ kind: 'setTableComment', table: t, to: 'x' })).toThrow(refused);
  });

  it.each([
    ['1', '1'],
    ['-1.5e3', '-1.5e3'],
    [`'it''s'`, `'it''s'`],
    ['CURRENT_TIMESTAMP', 'CURRENT_TIMESTAMP'],
    [`datetime('now')`, `(datetime('now'))`],
    ['1 + 1', '(1 + 1)'],
    [`'a' || 'b'`, `('a' || 'b')`],
    ['(1)', '((1))'],
    ['1 -- one', '(1 -- one\n)'],
  ])('DDL-44: puts an expression as default into parentheses: %s', (value, written) => {
    const [sql] = create({ columns: [column('a', 'text', { default: value })] });
    expect(sql).toBe(`CREATE TABLE "t" (\n  "a" text DEFAULT ${written}\n)`);
  });

  it('refuses names that SQLite keeps for itself (B075)', () => {
    expect(() => create({ name: 'SQLite_x' })).toThrow(expect.objectContaining({ code: 'E3010' }));
  });
});

describe('changes', () => {
  it('DDL-41: renames columns and tables, and drops columns, by ALTER TABLE', () => {
    expect(compile({ kind: 'renameColumn', table: t, from: 'c', to: 'n' })).toEqual([
      'ALTER TABLE "t" RENAME COLUMN "c" TO "n"',
    ]);
    expect(
      compile({
        kind: 'renameTable',
        from: { schema: 's', name: 't' },
        to: { schema: 's', name: 'u' },
      }),
    ).toEqual(['ALTER TABLE "s"."t" RENAME TO "u"']);
    expect(compile({ kind: 'dropColumn', table: t, name: 'c' })).toEqual([
      'ALTER TABLE "t" DROP COLUMN "c"',
    ]);
  });

  it.each<[string, Operation]>([
    [
      'a constraint',
      {
        kind: 'addConstraint',
        table: t,
        added: { type: 'unique', constraint: { name: 'u', columns: ['a'] } },
      },
    ],
    ['the drop of one', { kind: 'dropConstraint', table: t, name: 'u', type: 'unique' }],
    ['another type', { kind: 'alterColumn', table: t, name: 'a', to: { type: 'int' } }],
    [
      'a default that is no constant',
      { kind: 'addColumn', table: t, column: column('b', 'text', { default: 'CURRENT_DATE' }) },
    ],
  ])('DDL-40, DDL-42: says of %s that the table has to be made anew', (_, operation) => {
    expect(() => compile(operation)).toThrow(
      expect.objectContaining({
        code: 'E3012',
        facts: expect.objectContaining({ needsBatch: true }),
        advice: expect.stringContaining('op.batchAlterTable'),
      }),
    );
  });

  it.each<[string, Operation]>([
    [
      'a unique constraint that is checked later',
      {
        kind: 'addConstraint',
        table: t,
        added: {
          type: 'unique',
          constraint: { columns: ['a'], deferrable: 'initially deferred' },
        },
      },
    ],
    ['an index by another name', { kind: 'renameIndex', table: t, from: 'i', to: 'j' }],
    [
      'nulls last in an index',
      {
        kind: 'createIndex',
        table: t,
        index: { name: 'i', unique: false, elements: [{ column: 'a', nulls: 'last' }] },
      },
    ],
  ])('says of %s that SQLite cannot do it, new table or not', (_, operation) => {
    const impossible = expect.objectContaining({
      code: 'E3012',
      facts: expect.not.objectContaining({ needsBatch: true }),
    });
    expect(() => compile(operation)).toThrow(impossible);
  });

  it('makes and drops triggers', () => {
    expect(
      compile({
        kind: 'createTrigger',
        table: t,
        trigger: {
          name: 'tr',
          timing: 'after',
          events: ['update'],
          columns: ['a'],
          forEach: 'row',
          when: 'new.a > 1',
          execute: 'BEGIN DELETE FROM t; END',
        },
      }),
    ).toEqual([
      'CREATE TRIGGER "tr" AFTER UPDATE OF "a" ON "t" FOR EACH ROW WHEN new.a > 1 BEGIN DELETE FROM t; END',
    ]);
    expect(compile({ kind: 'dropTrigger', table: t, name: 'tr', ifExists: true })).toEqual([
      'DROP TRIGGER IF EXISTS "tr"',
    ]);
  });
});

describe('texts', () => {
  it('splits where the client does: a trigger ends at "; END;"', () => {
    const trigger = `CREATE TEMP TRIGGER a AFTER INSERT ON t BEGIN
      SELECT CASE WHEN 1 THEN ';' END; -- ; END;
      DELETE FROM "x;y"; END`;
    expect(splitStatements(`SELECT 1; ${trigger} ; /* ; */ SELECT [a;b] FROM t;;`)).toEqual([
      'SELECT 1',
      trigger,
      '/* ; */ SELECT [a;b] FROM t',
    ]);
  });

  it.each([
    ['SELECT 1; -- x\n COMMIT', '-- x\n COMMIT', 'ends'],
    ['begin immediate', 'begin immediate', 'begins'],
    ['COMMIT; BEGIN', 'COMMIT', 'begins'],
    ['ROLLBACK TO a', undefined, undefined],
    ['SAVEPOINT a', undefined, undefined],
    [`CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 1; END`, undefined, undefined],
    [`SELECT 'COMMIT;'`, undefined, undefined],
  ])('finds transaction control in %s', (sql, statement, effect) => {
    expect(transactionControl(sql)).toBe(statement);
    expect(transactionEffect(sql)).toBe(effect);
  });
});
