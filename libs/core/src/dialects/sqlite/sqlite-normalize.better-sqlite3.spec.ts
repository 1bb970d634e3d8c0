import { diffSchema } from '../../autogenerate/diff-schema.js';
import type { SchemaDiff } from '../../autogenerate/schema-diff.js';
import { replayLog } from '../../autogenerate/replay-log.js';
import { describeOperation, effectsOf } from '../../operations/operation-definitions.js';
import type { Column, SchemaModel, Table } from '../../schema/schema-model.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import { PlainSqliteConnection } from './sqlite-database.fixture.js';
import { sqliteDialect } from './sqlite-dialect.js';

const entity = 'T';
const column = (name: string, type: string, parts: Partial<Column> = {}): Column => ({
  name,
  type,
  nullable: true,
  entity,
  property: name,
  ...parts,
});

/** The model of an entity that is mapped to table `t`. */
function target(columns: readonly Column[], parts: Partial<Table> = {}): SchemaModel {
  const table: Table = {
    schema: null,
    name: 't',
    columns,
    foreignKeys: [],
    uniques: [],
    checks: [],
    exclusions: [],
    indexes: [],
    entity,
    ...parts,
  };
  return { ...EMPTY_SCHEMA, tables: [table] };
}

/** The kinds of operations that lead from a database to a model. */
async function kinds(ddl: string, model: SchemaModel): Promise<readonly string[]> {
  const { operations, questions } = await diff(ddl, model);
  expect(questions).toEqual([]);
  return operations.map(({ kind }) => kind);
}

/** What autogenerate finds; what the database has came from the same entity. */
async function diff(ddl: string, model: SchemaModel, isRemembered = true): Promise<SchemaDiff> {
  const connection = new PlainSqliteConnection(':memory:');
  connection.database.exec(ddl);
  const current = await sqliteDialect.inspect(connection, { ignoredTables: [], schemas: [] });
  const models = await sqliteDialect.canonicalize(connection, { current, target: model });
  const made = current.tables.map((table) => ({
    kind: 'createTable' as const,
    table: { ...model.tables[0], ...table, entity },
  }));
  const memory = replayLog(isRemembered ? made.flatMap(effectsOf) : []);
  await connection.close();
  return diffSchema({ ...models, memory, dialect: sqliteDialect, allowDestructive: true });
}

const id = column('id', 'integer', { nullable: false, autoIncrement: true });
const key = { primaryKey: { columns: ['id'], entity } };

describe('what means the same is no difference', () => {
  it.each<[string, string, SchemaModel]>([
    ['LITE-4: no AUTOINCREMENT', 'CREATE TABLE t (id integer primary key)', target([id], key)],
    [
      'LITE-5: another word order',
      'CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT)',
      target([id], key),
    ],
    [
      'LITE-6: lower case and back-ticks',
      'create table `t` (`id` integer primary key autoincrement not null)',
      target([id], key),
    ],
    [
      'LITE-11: a check that was written by hand',
      `CREATE TABLE t (a varchar check(a in ('a', 'b')))`,
      target([column('a', 'varchar')], {
        checks: [{ expression: `"a" IN ('a','b')`, name: 'CHK_a', entity }],
      }),
    ],
    [
      'spellings of types and defaults',
      `CREATE TABLE t (a VARCHAR (20) DEFAULT (TRUE), b Decimal( 10 , 2 ) DEFAULT +1, c int DEFAULT NULL)`,
      target([
        column('a', 'varchar(20)', { default: '1' }),
        column('b', 'decimal(10,2)', { default: '1' }),
        column('c', 'int'),
      ]),
    ],
    [
      'a comment, which SQLite has none of',
      'CREATE TABLE t (a text)',
      target([column('a', 'text', { comment: 'said' })], { comment: 'said too' }),
    ],
    [
      'a predicate and an expression of an index',
      'CREATE TABLE t (a text); CREATE INDEX i ON t (LOWER("a")) WHERE a  IS NOT NULL -- all',
      target([column('a', 'text')], {
        indexes: [
          {
            name: 'i',
            unique: false,
            elements: [{ expression: 'lower(a)' }],
            where: '(a is not null)',
            entity,
          },
        ],
      }),
    ],
    [
      'the collation of the column on a part of an index',
      'CREATE TABLE t (a text COLLATE NOCASE, b text); CREATE INDEX i ON t (a, b)',
      target([column('a', 'text', { collation: 'NOCASE' }), column('b', 'text')], {
        indexes: [
          {
            name: 'i',
            unique: false,
            elements: [
              { column: 'a', collation: 'nocase' },
              { column: 'b', collation: 'binary' },
            ],
            entity,
          },
        ],
      }),
    ],
  ])('%s', async (_, ddl, model) => {
    expect(await kinds(ddl, model)).toEqual([]);
  });
});

describe('what does not mean the same is one', () => {
  it.each<[string, string, SchemaModel, readonly string[]]>([
    [
      'LITE-13: another text of a check',
      'CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0))',
      target([column('a', 'int')], { checks: [{ name: 'c', expression: 'a > 1', entity }] }),
      ['dropConstraint', 'addConstraint'],
    ],
    [
      'LITE-14: another predicate of an index',
      'CREATE TABLE t (a int); CREATE INDEX i ON t (a) WHERE a > 0',
      target([column('a', 'int')], {
        indexes: [
          { name: 'i', unique: false, elements: [{ column: 'a' }], where: 'a > 1', entity },
        ],
      }),
      ['dropIndex', 'createIndex'],
    ],
    [
      'another collation than that of the column on a part of an index',
      'CREATE TABLE t (a text COLLATE NOCASE); CREATE INDEX i ON t (a)',
      target([column('a', 'text', { collation: 'NOCASE' })], {
        indexes: [
          {
            name: 'i',
            unique: false,
            elements: [{ column: 'a', collation: 'binary' }],
            entity,
          },
        ],
      }),
      ['dropIndex', 'createIndex'],
    ],
    [
      'LITE-15: an index that descends in the database',
      'CREATE TABLE t (a int); CREATE INDEX i ON t (a DESC)',
      target([column('a', 'int')], {
        indexes: [{ name: 'i', unique: false, elements: [{ column: 'a' }], entity }],
      }),
      ['dropIndex', 'createIndex'],
    ],
    [
      'LITE-17: a collation that is new in the model',
      'CREATE TABLE t (a text)',
      target([column('a', 'text', { collation: 'NOCASE' })]),
      ['alterColumn'],
    ],
    [
      'a string in other letters',
      `CREATE TABLE t (a text DEFAULT 'A')`,
      target([column('a', 'text', { default: `'a'` })]),
      ['alterColumn'],
    ],
  ])('%s', async (_, ddl, model, expected) => {
    expect(await kinds(ddl, model)).toEqual(expected);
  });
});

describe('a constraint without a name', () => {
  const check = (expression: string, name?: string) => ({
    checks: [{ expression, entity, ...(name !== undefined && { name }) }],
  });
  const t = column('a', 'varchar');

  it.each([
    [
      'gives way to the one of the model on the same column',
      `CHECK (a IN ('a'))`,
      ['dropUnnamedConstraint', 'addConstraint'],
    ],
    ['stays where that of the model stands on another column', 'CHECK (b > 0)', ['addConstraint']],
    [
      'stays where nobody can tell which one gives way',
      `CHECK (a <> '') CHECK (a <> 'b')`,
      ['addConstraint'],
    ],
  ])('%s', async (_, clause, expected) => {
    const model = target([t, column('b', 'integer')], check(`a IN ('a', 'b')`));
    const ddl = `CREATE TABLE t (a varchar, b integer, ${clause})`;
    const { operations, questions } = await diff(ddl, model, false);
    expect(operations.map(({ kind }) => kind)).toEqual(expected);
    expect(questions).toEqual([]);
  });

  it('goes where the model made it, and stays where it did not', async () => {
    const ddl = `CREATE TABLE t (a varchar CHECK (a IN ('a')))`;
    expect(await kinds(ddl, target([t]))).toEqual(['dropUnnamedConstraint']);
    expect(await diff(ddl, target([t]), false)).toMatchObject({
      operations: [],
      untouched: [{ kind: 'check', table: 't', name: `CHECK (a IN ('a'))`, state: 'foreign' }],
    });
  });

  it('stays beside one of the model that has a name', async () => {
    const model = target([t], check(`a <> ''`, 'ck'));
    const found = await diff(`CREATE TABLE t (a varchar CHECK (a IN ('a')))`, model, false);
    expect(found.operations.map(({ kind }) => kind)).toEqual(['addConstraint']);
  });

  it('gives way where it is a key that goes elsewhere, or does otherwise', async () => {
    const ddl =
      'CREATE TABLE p (i integer PRIMARY KEY); CREATE TABLE t (a integer REFERENCES p (i))';
    const model = {
      ...target([column('a', 'integer')], {
        foreignKeys: [
          {
            name: 'fk',
            columns: ['a'],
            referencedTable: { schema: null, name: 'p' },
            referencedColumns: ['i'],
            onDelete: 'cascade',
          },
        ],
      }),
    };
    const found = await diff(ddl, model, false);
    expect(found.operations.map(describeOperation)).toEqual([
      'drop foreign key without a name of t: FOREIGN KEY (a) REFERENCES p (i)',
      'add foreign key fk to t',
    ]);
    expect(found.questions).toEqual([]);
  });
});
