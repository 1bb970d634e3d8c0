import type { Table } from '../../schema/schema-model.js';
import type { InspectedKind } from '../common/dialect.js';
import { PlainSqliteConnection } from './sqlite-database.fixture.js';
import { inspectSqlite } from './sqlite-inspector.js';

let connection: PlainSqliteConnection;

beforeEach(() => {
  connection = new PlainSqliteConnection(':memory:');
});
afterEach(() => connection.close());

async function reflect(ddl: string, also: readonly InspectedKind[] = []) {
  connection.database.exec(ddl);
  return inspectSqlite(connection, { ignoredTables: [], schemas: [], also });
}

/** Reflects the table `t` that the DDL makes. */
async function reflectTable(ddl: string): Promise<Table> {
  const table = (await reflect(ddl)).tables.find(({ name }) => name === 't');
  if (!table) throw new Error('no table t');
  return table;
}

describe('columns', () => {
  it('reads types as they were written, nullability, defaults and collations', async () => {
    const { columns } = await reflectTable(`CREATE TABLE t (
      "a b" VARCHAR(20) NOT NULL DEFAULT 'it''s', b, c integer DEFAULT (1 + 1), d text COLLATE nocase,
      e datetime DEFAULT CURRENT_TIMESTAMP, f int DEFAULT -1, g text DEFAULT NULL, h text COLLATE BINARY)`);
    expect(columns).toEqual([
      { name: 'a b', type: 'VARCHAR(20)', nullable: false, default: `'it''s'` },
      { name: 'b', type: '', nullable: true },
      { name: 'c', type: 'integer', nullable: true, default: '1 + 1' },
      { name: 'd', type: 'text', nullable: true, collation: 'nocase' },
      { name: 'e', type: 'datetime', nullable: true, default: 'CURRENT_TIMESTAMP' },
      { name: 'f', type: 'int', nullable: true, default: '-1' },
      { name: 'g', type: 'text', nullable: true },
      { name: 'h', type: 'text', nullable: true },
    ]);
  });

  it('reads generated columns, stored and virtual, whichever words they have', async () => {
    const { columns } = await reflectTable(`CREATE TABLE t (a int,
      b int GENERATED ALWAYS AS (a * (2 + 1)) STORED, c int AS ((a)) VIRTUAL, d int AS (a))`);
    expect(columns.map(({ generated }) => generated)).toEqual([
      undefined,
      { expression: 'a * (2 + 1)', stored: true },
      { expression: 'a', stored: false },
      { expression: 'a', stored: false },
    ]);
  });

  it.each([
    ['LITE-4: no AUTOINCREMENT', 'id integer primary key', undefined],
    ['LITE-5: another word order', 'id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT', true],
    ['LITE-6: lower case', 'id integer primary key autoincrement', true],
    ['LITE-6: back-ticks', '`id` integer PRIMARY KEY AUTOINCREMENT', true],
    ['as a table constraint', 'id integer, PRIMARY KEY (id AUTOINCREMENT)', true],
    [
      'the word in a default only',
      `id integer primary key, x text default 'autoincrement'`,
      undefined,
    ],
  ])(
    '%s: knows whether a key counts by itself, and that it is never null',
    async (_, body, counts) => {
      const { columns, primaryKey } = await reflectTable(`CREATE TABLE t (${body})`);
      expect(columns[0]).toEqual({
        name: 'id',
        type: expect.stringMatching(/^integer$/i),
        nullable: false,
        ...(counts && { autoIncrement: true }),
      });
      expect(primaryKey).toEqual({ columns: ['id'] });
    },
  );

  it('knows that a key that is no row id may be null', async () => {
    const { columns } = await reflectTable('CREATE TABLE t (a text PRIMARY KEY, b int)');
    expect(columns[0]?.nullable).toBe(true);
    const { columns: strict } = (
      await reflect('CREATE TABLE u (a integer, PRIMARY KEY (a)) WITHOUT ROWID')
    ).tables.find(({ name }) => name === 'u') as Table;
    expect(strict[0]?.nullable).toBe(false);
  });
});

describe('constraints', () => {
  it('reads names, ON CONFLICT, and what stands in the clause of a column', async () => {
    const table = await reflectTable(`CREATE TABLE t (
      a integer CONSTRAINT pk_t PRIMARY KEY ON CONFLICT REPLACE, b text NOT NULL ON CONFLICT IGNORE UNIQUE,
      c text CHECK (c <> ')'), d int, CONSTRAINT uq UNIQUE (b, D) ON CONFLICT FAIL,
      CONSTRAINT "ck ""1""" CHECK (d > 0 /* ( */), CHECK (c IN ('a', 'b')))`);
    expect(table.primaryKey).toEqual({ name: 'pk_t', columns: ['a'], onConflict: 'replace' });
    expect(table.columns[1]).toMatchObject({ nullable: false, onConflict: 'ignore' });
    expect(table.uniques).toEqual([
      { columns: ['b'] },
      { name: 'uq', columns: ['b', 'd'], onConflict: 'fail' },
    ]);
    expect(table.checks).toEqual([
      { expression: `c <> ')'` },
      { name: 'ck "1"', expression: 'd > 0 /* ( */' },
      { expression: `c IN ('a', 'b')` },
    ]);
  });

  it('reads foreign keys in the order in which they are written, with actions and deferral', async () => {
    const { foreignKeys } = await reflectTable(`CREATE TABLE p (x int, y int, PRIMARY KEY (x, y));
      CREATE TABLE q (id integer PRIMARY KEY);
      CREATE TABLE t (a int REFERENCES q, b int, c int CONSTRAINT fk_c REFERENCES q (id) ON DELETE SET NULL,
        CONSTRAINT fk_ab FOREIGN KEY (a, b) REFERENCES p (x, y) ON UPDATE CASCADE
          DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY (b) REFERENCES nowhere (id) NOT DEFERRABLE)`);
    const to = (name: string) => ({ schema: null, name });
    expect(foreignKeys).toEqual([
      { columns: ['a'], referencedTable: to('q'), referencedColumns: ['id'] },
      {
        name: 'fk_c',
        columns: ['c'],
        referencedTable: to('q'),
        referencedColumns: ['id'],
        onDelete: 'set null',
      },
      {
        name: 'fk_ab',
        columns: ['a', 'b'],
        referencedTable: to('p'),
        referencedColumns: ['x', 'y'],
        onUpdate: 'cascade',
        deferrable: 'initially deferred',
      },
      { columns: ['b'], referencedTable: to('nowhere'), referencedColumns: ['id'] },
    ]);
  });

  it('reads STRICT and WITHOUT ROWID', async () => {
    const { storage } = await reflectTable(
      'CREATE TABLE t (a text NOT NULL PRIMARY KEY) strict, without  rowid',
    );
    expect(storage).toEqual(['STRICT', 'WITHOUT ROWID']);
  });
});

describe('indexes', () => {
  it('LITE-2, LITE-15, LITE-16: reads expressions, directions, collations and predicates', async () => {
    const { indexes } =
      await reflectTable(`CREATE TABLE t (a text COLLATE NOCASE, b text, c int UNIQUE);
      CREATE INDEX "i 1" ON t (lower(b), a COLLATE BINARY DESC, b);
      CREATE UNIQUE INDEX IF NOT EXISTS i2 ON t (a, (c + 1) DESC) WHERE c > 0 AND b IS NOT NULL;
      CREATE INDEX i3 ON t (b COLLATE NOCASE, trim(b) COLLATE RTRIM ASC)`);
    expect(indexes).toEqual([
      {
        name: 'i 1',
        unique: false,
        elements: [
          { expression: 'lower(b)' },
          { column: 'a', collation: 'BINARY', order: 'desc' },
          { column: 'b' },
        ],
      },
      {
        name: 'i2',
        unique: true,
        elements: [{ column: 'a' }, { expression: 'c + 1', order: 'desc' }],
        where: 'c > 0 AND b IS NOT NULL',
      },
      {
        name: 'i3',
        unique: false,
        elements: [
          { column: 'b', collation: 'NOCASE' },
          { expression: 'trim(b)', collation: 'RTRIM' },
        ],
      },
    ]);
  });
});

describe('views and triggers', () => {
  const DDL = `CREATE TABLE t (a int, b int);
    CREATE VIEW v (x, "y z") AS SELECT a, b FROM t -- the end
    ;
    CREATE VIEW above AS SELECT * FROM "V";
    CREATE TRIGGER tr AFTER UPDATE OF a, "b" ON t WHEN new.a > 1 BEGIN DELETE FROM t; SELECT 1; END;
    CREATE TRIGGER io INSTEAD OF INSERT ON v BEGIN SELECT CASE WHEN 1 THEN 2 END; END;`;

  it('reads views with the names of their columns and what they depend on', async () => {
    const { views } = await reflect(DDL);
    expect(views).toMatchObject([
      { name: 'above', definition: 'SELECT * FROM "V"', dependsOn: [{ schema: null, name: 'v' }] },
      {
        name: 'v',
        definition: expect.stringMatching(/^SELECT a, b FROM t/),
        columns: ['x', 'y z'],
      },
    ]);
    expect(views[0]).not.toHaveProperty('triggers');
  });

  it('reads triggers only when it is asked to', async () => {
    const { tables, views } = await reflect(DDL, ['triggers']);
    expect(tables[0]?.triggers).toEqual([
      {
        name: 'tr',
        timing: 'after',
        events: ['update'],
        columns: ['a', 'b'],
        forEach: 'row',
        when: 'new.a > 1',
        execute: 'BEGIN DELETE FROM t; SELECT 1; END',
      },
    ]);
    expect(views[1]?.triggers).toMatchObject([
      { name: 'io', timing: 'instead of', events: ['insert'] },
    ]);
  });
});

describe('the whole database', () => {
  it('sets virtual tables and their shadows apart, and leaves out what it is told', async () => {
    connection.database.exec(`CREATE VIRTUAL TABLE words USING fts5(word);
      CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT); CREATE TABLE alembic_version (v text);
      CREATE TABLE made AS SELECT 1 AS one`);
    const model = await inspectSqlite(connection, {
      ignoredTables: [{ schema: 'main', name: 'Alembic_Version' }],
      schemas: [],
    });
    expect(model.tables.map(({ name }) => name)).toEqual(['made', 't']);
    expect(model.apart).toContainEqual({ schema: null, name: 'words' });
    expect(model.apart).toContainEqual({ schema: null, name: 'words_data' });
  });

  it('needs the same number of queries however many tables there are', async () => {
    let count = 0;
    const counting = {
      ...connection,
      query: <Row extends object>(sql: string) => {
        count += 1;
        return connection.query<Row>(sql);
      },
      script: (sql: string) => connection.script(sql),
      close: () => connection.close(),
    };
    const countFor = async (tables: number) => {
      for (let at = 0; at < tables; at += 1)
        connection.database.exec(
          `CREATE TABLE IF NOT EXISTS t${at} (id integer PRIMARY KEY, x text UNIQUE)`,
        );
      count = 0;
      await inspectSqlite(counting, { ignoredTables: [], schemas: [] });
      return count;
    };
    expect([await countFor(1), await countFor(50)]).toEqual([3, 3]);
  });
});
