import type Database from 'better-sqlite3';
import { literal } from '../../../schema/literal.fixture.js';
import type { BatchAlterTable } from '../../../operations/batch-operations.js';
import { createOperations } from '../../../operations/create-operations.js';
import type { Operation } from '../../../operations/operation.js';
import type { BatchOperations, BatchOptions } from '../../../operations/operations-api.js';
import { databaseWith, everythingOf, runBatch } from './rebuild.fixture.js';

/** The batch of a call of `op.batchAlterTable`. */
function batchOf(
  name: string,
  changes: (b: BatchOperations) => void,
  options: BatchOptions = {},
): BatchAlterTable {
  const operations: Operation[] = [];
  const op = createOperations({ literal, submit: async (one) => void operations.push(one) });
  void op.batchAlterTable(name, options, changes);
  return operations[0] as BatchAlterTable;
}

/** Runs a batch on the table `t`. */
const change = (
  database: Database.Database,
  changes: (b: BatchOperations) => void,
  options?: BatchOptions,
) => runBatch(database, batchOf('t', changes, options));

const rowsOf = (database: Database.Database, sql = 'SELECT * FROM t'): readonly unknown[] =>
  database.prepare(sql).all();
const sqlOf = (database: Database.Database, name = 't'): string =>
  database.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(name) as string;
const columnsOf = (database: Database.Database): readonly unknown[] =>
  database.prepare("SELECT name FROM pragma_table_xinfo('t')").pluck().all();
const isRebuilt = (run: readonly string[]): boolean =>
  run.some((sql) => sql.startsWith('DROP TABLE'));

describe('BATCH-06: what needs a new table', () => {
  const T =
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c INT UNIQUE); CREATE INDEX ix ON t (b); INSERT INTO t VALUES (1, 'x', 2, 3)";
  it.each<readonly [string, (b: BatchOperations) => void, boolean]>([
    ['a column', (b) => b.addColumn('n', 'TEXT'), false],
    ['a column with a default', (b) => b.addColumn('n', 'TEXT', { default: 'x' }), false],
    [
      'a virtual column',
      (b) => b.addColumn('n', 'INT', { generated: 'b + 1', stored: false }),
      false,
    ],
    ['an index', (b) => b.createIndex('n', ['a']), false],
    ['an index less', (b) => b.dropIndex('ix'), false],
    ['another name of an index', (b) => b.renameIndex('ix', 'iy'), false],
    ['another name of a column', (b) => b.renameColumn('a', 'n'), false],
    ['a column less that nothing stands on', (b) => b.dropColumn('a'), false],
    ['a column that may be there', (b) => b.addColumn('a', 'TEXT', { ifNotExists: true }), false],
    ['a column that may be gone', (b) => b.dropColumn('n', { ifExists: true }), false],
    [
      'a default that is an expression',
      (b) => b.addColumn('n', 'TEXT', { default: b.sql('CURRENT_TIMESTAMP') }),
      true,
    ],
    ['a stored column', (b) => b.addColumn('n', 'INT', { generated: 'b + 1' }), true],
    ['a column less that an index stands on', (b) => b.dropColumn('b'), true],
    ['a column less that is unique', (b) => b.dropColumn('c'), true],
    ['another type', (b) => b.alterColumn('a', { type: 'BLOB' }), true],
    ['not null', (b) => b.alterColumn('a', { nullable: false }), true],
    ['another default', (b) => b.alterColumn('a', { default: 'y' }), true],
    ['a check', (b) => b.createCheckConstraint('b > 0', { name: 'ck' }), true],
    ['a unique constraint', (b) => b.createUniqueConstraint(['a'], { name: 'uq' }), true],
  ])('%s', async (_, changes, expected) => {
    const database = databaseWith(T);
    expect(isRebuilt(await change(database, changes))).toBe(expected);
    expect(rowsOf(database)).toHaveLength(1);
  });
});

describe('a constraint without a name is dropped by what it says', () => {
  const T = `CREATE TABLE p (x INT UNIQUE);
    CREATE TABLE t (
      id INTEGER PRIMARY KEY,
      kind TEXT DEFAULT 'a' CHECK ("kind" in ('a', 'b')) NOT NULL,
      x INT REFERENCES p (x) ON DELETE CASCADE CHECK (x > 0),
      y INT UNIQUE ON CONFLICT IGNORE,
      CONSTRAINT ck CHECK (y > 1), CHECK (y > 2), UNIQUE (x, y), FOREIGN KEY (y) REFERENCES p (x)
    );
    INSERT INTO p VALUES (1), (3);
    INSERT INTO t VALUES (1, 'a', 1, 3)`;
  it.each<readonly [string, (b: BatchOperations) => void, string]>([
    [
      'in the clause of a column',
      (b) => b.dropUnnamedConstraint((t) => [t.check("kind IN ('a','b')")]),
      ` CHECK ("kind" in ('a', 'b'))`,
    ],
    ['of the table', (b) => b.dropUnnamedConstraint((t) => [t.check('y > 2')]), 'CHECK (y > 2)'],
    [
      'a foreign key in the clause of a column',
      (b) => b.dropUnnamedConstraint((t) => [t.foreignKey(['x'], 'P', ['x'])]),
      ' REFERENCES p (x) ON DELETE CASCADE',
    ],
    [
      'a foreign key of the table',
      (b) => b.dropUnnamedConstraint((t) => [t.foreignKey(['y'], 'p', ['x'])]),
      'FOREIGN KEY (y) REFERENCES p (x)',
    ],
    [
      'a unique constraint in the clause of a column',
      (b) => b.dropUnnamedConstraint((t) => [t.unique(['y'])]),
      ' UNIQUE ON CONFLICT IGNORE',
    ],
    [
      'a unique constraint of the table',
      (b) => b.dropUnnamedConstraint((t) => [t.unique(['x', 'y'])]),
      'UNIQUE (x, y)',
    ],
  ])('%s', async (_, changes, gone) => {
    const database = databaseWith(T);
    const words = (sql: string): string => sql.replaceAll(/[\s,"]+/g, ' ');
    const before = words(sqlOf(database));
    await change(database, changes);
    expect(words(`${sqlOf(database)}`)).toBe(words(before.replace(words(gone), '')));
    expect(rowsOf(database)).toEqual([{ id: 1, kind: 'a', x: 1, y: 3 }]);
  });

  it.each<readonly [string, (b: BatchOperations) => void]>([
    ['that says something else', (b) => b.dropUnnamedConstraint((t) => [t.check('y > 7')])],
    ['that has a name', (b) => b.dropUnnamedConstraint((t) => [t.check('y > 1')])],
    [
      'that refers elsewhere',
      (b) => b.dropUnnamedConstraint((t) => [t.foreignKey(['x'], 'q', ['x'])]),
    ],
    ['on other columns', (b) => b.dropUnnamedConstraint((t) => [t.unique(['x'])])],
  ])('E3014 for one %s', async (_, changes) => {
    const database = databaseWith(T);
    await expect(change(database, changes)).rejects.toMatchObject({ code: 'E3014' });
  });
});

it('BATCH-05: `always` makes a new table for what ALTER TABLE could do, `never` refuses what it cannot', async () => {
  const database = databaseWith("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('x')");
  const added = await change(database, (b) => b.addColumn('n', 'TEXT'), { recreate: 'always' });
  expect(isRebuilt(added)).toBe(true);
  expect(rowsOf(database)).toEqual([{ a: 'x', n: null }]);
  await expect(
    change(database, (b) => b.alterColumn('a', { nullable: false }), { recreate: 'never' }),
  ).rejects.toMatchObject({ code: 'E3012' });
});

it('BATCH-08: a place of its own needs a new table', async () => {
  const database = databaseWith('CREATE TABLE t (a TEXT)');
  await expect(
    change(database, (b) => b.addColumn('n', 'TEXT', { insertBefore: 'a' })),
  ).rejects.toMatchObject({ code: 'E3012', message: expect.stringContaining('before or after') });
  await change(database, (b) => b.addColumn('n', 'TEXT', { insertBefore: 'a' }), {
    recreate: 'always',
  });
  expect(columnsOf(database)).toEqual(['n', 'a']);
});

it('BATCH-11: a definition that is given is taken instead of the table', async () => {
  const database = databaseWith(
    "CREATE TABLE t (a TEXT, b INT); CREATE INDEX ix ON t (b); INSERT INTO t VALUES ('1', 2)",
  );
  await change(database, (b) => b.alterColumn('a', { type: 'INTEGER' }), {
    copyFrom: (t) => [t.column('a', 'TEXT'), t.column('b', 'INT'), t.index('ix', ['b'])],
  });
  expect(sqlOf(database)).toContain('"a" INTEGER');
  expect(sqlOf(database, 'ix')).toBe('CREATE INDEX "ix" ON "t" ("b")');
  expect(rowsOf(database)).toEqual([{ a: 1, b: 2 }]);
});

it('a definition that is given says STRICT and WITHOUT ROWID', async () => {
  const database = databaseWith('CREATE TABLE t (a TEXT PRIMARY KEY) STRICT, WITHOUT ROWID');
  await change(database, (b) => b.createCheckConstraint("a > ''", { name: 'ck' }), {
    copyFrom: {
      body: (t) => [t.column('a', 'TEXT'), t.primaryKey(['a'])],
      storage: ['STRICT', 'WITHOUT ROWID'],
    },
  });
  expect(sqlOf(database)).toMatch(/STRICT, WITHOUT ROWID$/);
});

it.each([
  ['a column', 'CREATE TABLE t (a TEXT, more INT)'],
  ['an index', 'CREATE TABLE t (a TEXT); CREATE INDEX more ON t (a)'],
  [
    'a trigger',
    'CREATE TABLE t (a TEXT); CREATE TRIGGER more AFTER INSERT ON t BEGIN SELECT 1; END',
  ],
])('a definition that lacks %s of the table stops it, before anything is lost', async (_, sql) => {
  const database = databaseWith(sql);
  const before = everythingOf(database);
  await expect(
    change(database, (b) => b.alterColumn('a', { type: 'INTEGER' }), {
      copyFrom: (t) => [t.column('a', 'TEXT')],
    }),
  ).rejects.toMatchObject({
    message: expect.stringContaining('other columns, indexes or triggers'),
  });
  expect(everythingOf(database)).toEqual(before);
});

it('BATCH-12: constraints without a name get that of the convention, and are dropped by it', async () => {
  const database = databaseWith(
    'CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a TEXT UNIQUE, p INT REFERENCES p (id), UNIQUE (a, p))',
  );
  await change(
    database,
    (b) => {
      b.dropConstraint('uq_t_a', 'unique');
      b.dropConstraint('fk_t_p_p', 'foreignKey');
    },
    {
      namingConvention: {
        uq: 'uq_%(table_name)s_%(column_0_N_name)s',
        fk: 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s',
      },
    },
  );
  expect(sqlOf(database)).not.toContain('REFERENCES');
  expect(sqlOf(database)).toContain('CONSTRAINT "uq_t_a_p" UNIQUE (a, p)');
});

it('BATCH-20: the name of the new table until it takes that of the old one', async () => {
  const name = 'ä'.repeat(45);
  const database = databaseWith(`CREATE TABLE "${name}" (a); CREATE TABLE t (a)`);
  const long = await runBatch(
    database,
    batchOf(name, () => undefined, { recreate: 'always' }),
  );
  expect(long.join()).toContain(`"_alembic_tmp_${'ä'.repeat(37)}"`);
  const own = await change(database, () => undefined, {
    recreate: 'always',
    temporaryName: 'mine',
  });
  expect(own.join()).toContain('ALTER TABLE "mine" RENAME TO "t"');
});

it('BATCH-22: a copy that fails leaves everything as it was', async () => {
  const database = databaseWith(
    'CREATE TABLE t (a TEXT); INSERT INTO t VALUES (NULL); CREATE INDEX ix ON t (a); CREATE VIEW v AS SELECT a FROM t',
  );
  const before = everythingOf(database);
  await expect(
    change(database, (b) => b.alterColumn('a', { nullable: false })),
  ).rejects.toMatchObject({ message: expect.stringContaining('NOT NULL constraint failed') });
  await expect(
    change(database, (b) => {
      b.createCheckConstraint('a > 0');
      b.createIndex('broken', [{ expression: 'no_such_function(a)' }]);
    }),
  ).rejects.toMatchObject({ message: expect.stringContaining('no such function') });
  expect(everythingOf(database)).toEqual(before);
});

it('BATCH-23: columns that are new, gone, or called otherwise', async () => {
  const database = databaseWith(
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT UNIQUE); INSERT INTO t VALUES (5, 'x', 'y')",
  );
  await change(database, (b) => {
    b.addColumn('n', 'INT', { nullable: false, default: 7 });
    b.dropColumn('b');
    b.renameColumn('a', 'called');
  });
  expect(rowsOf(database)).toEqual([{ id: 5, called: 'x', n: 7 }]);
});

it.each([
  ['TEXT', 'INTEGER', ["'12'", "'0012'", "'many'", "'1.5'"], [12, 12, 'many', 1.5]],
  ['INTEGER', 'TEXT', ['12', '-1'], ['12', '-1']],
  ['REAL', 'INTEGER', ['1.0', '1.5'], [1, 1.5]],
  ['TEXT', 'BLOB', ["'é'"], [Buffer.from('é')]],
  ['BLOB', 'TEXT', ["x'c3a9'"], ['é']],
  ['VARCHAR(3)', 'VARCHAR(50)', ["'abc'"], ['abc']],
])(
  'from %s to %s no value is lost: one that cannot be converted stays as it is',
  async (from, to, values, expected) => {
    const database = databaseWith(
      `CREATE TABLE t (a ${from}); INSERT INTO t VALUES ${values.map((value) => `(${value})`).join(', ')}`,
    );
    await change(database, (b) => b.alterColumn('a', { type: to }));
    expect(database.prepare('SELECT a FROM t ORDER BY rowid').pluck().all()).toEqual(expected);
  },
);

it('a conversion that is told is done as it is told', async () => {
  const database = databaseWith("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('12 kg')");
  await change(database, (b) =>
    b.alterColumn('a', { type: 'INTEGER' }, { using: 'CAST(a AS INTEGER)' }),
  );
  expect(rowsOf(database)).toEqual([{ a: 12 }]);
});

it('BATCH-26: keys and indexes go with their column', async () => {
  const database = databaseWith(`
    CREATE TABLE p (id INTEGER PRIMARY KEY);
    CREATE TABLE t (id INT PRIMARY KEY, p INT REFERENCES p (id), u INT, UNIQUE (u, id), FOREIGN KEY (u) REFERENCES p (id));
    CREATE INDEX ix ON t (p, u); INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 1, 1)`);
  await change(database, (b) => {
    b.dropColumn('p');
    b.dropColumn('u');
    b.addColumn('n', 'TEXT', { default: 'x' });
  });
  expect(rowsOf(database)).toEqual([{ id: 1, n: 'x' }]);
  expect(sqlOf(database)).not.toMatch(/REFERENCES|UNIQUE/);
  expect(sqlOf(database, 'ix')).toBeUndefined();
});

it('SCN-66: the column of the primary key is dropped and made again', async () => {
  const database = databaseWith(
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (4, 'x'), (9, 'y')",
  );
  await change(database, (b) => {
    b.dropColumn('id');
    b.addColumn('id', 'INTEGER');
    b.createPrimaryKey(['id'], { name: 'pk_t' });
  });
  expect(rowsOf(database, 'SELECT * FROM t ORDER BY id')).toEqual([
    { id: 1, a: 'x' },
    { id: 2, a: 'y' },
  ]);
  await change(database, (b) => {
    b.dropColumn('id');
    b.addColumn('id', 'INTEGER', { primaryKey: true });
  });
  expect(database.prepare('SELECT a FROM t ORDER BY id').pluck().all()).toEqual(['x', 'y']);
});

it('a column that a check, a computed column or an index names is not dropped', async () => {
  for (const sql of [
    'CREATE TABLE t (a INT UNIQUE, b INT, CONSTRAINT ck CHECK (a > b))',
    'CREATE TABLE t (a INT UNIQUE, b INT AS (a + 1))',
    'CREATE TABLE t (a INT UNIQUE, b INT); CREATE INDEX ix ON t (b) WHERE a > 0',
    'CREATE TABLE t (a INT UNIQUE, b INT); CREATE INDEX ix ON t (abs(a))',
  ]) {
    const database = databaseWith(sql);
    const before = everythingOf(database);
    await expect(change(database, (b) => b.dropColumn('a'))).rejects.toMatchObject({
      code: 'E3012',
      message: expect.stringContaining('names it'),
    });
    expect(everythingOf(database)).toEqual(before);
  }
});

it('BATCH-27: what is not there cannot be dropped', async () => {
  const database = databaseWith('CREATE TABLE t (a TEXT)');
  const refused = (changes: (b: BatchOperations) => void) =>
    expect(change(database, changes)).rejects.toMatchObject({ code: 'E3014' });
  await refused((b) => b.dropConstraint('nope', 'check'));
  await refused((b) => {
    b.dropIndex('nope');
    b.createCheckConstraint('a > 0');
  });
  await refused((b) => b.dropColumn('nope'));
  await refused((b) => b.alterColumn('nope', { nullable: false }));
  await change(database, (b) => b.dropConstraint('nope', 'check', { ifExists: true }));
});

it('BATCH-29, BATCH-30: checks, indexes, keys, triggers and views follow a column that is called otherwise', async () => {
  const database = databaseWith(`
    CREATE TABLE t (a INT CHECK (a > 0), b INT UNIQUE, CONSTRAINT ck CHECK (a < 100));
    CREATE INDEX ix ON t (a) WHERE a > 1;
    CREATE VIEW v AS SELECT a FROM t;
    CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET a = new.a + 1 WHERE rowid = new.rowid; END;
    INSERT INTO t VALUES (5, 6)`);
  await change(database, (b) => {
    b.alterColumn('a', { nullable: false });
    b.createCheckConstraint('a <> 7', { name: 'ck_seven' });
    b.renameColumn('a', 'n');
    b.alterColumn('n', { default: 1 });
  });
  expect(rowsOf(database)).toEqual([{ n: 6, b: 6 }]);
  expect(sqlOf(database)).toMatch(/CHECK \("?n"? < 100\)/);
  expect(sqlOf(database)).toMatch(/"?n"? <> 7/);
  expect(rowsOf(database, 'SELECT * FROM v')).toEqual([{ n: 6 }]);
  database.exec('INSERT INTO t (b) VALUES (1)');
  expect(rowsOf(database, 'SELECT n FROM t ORDER BY rowid')).toEqual([{ n: 6 }, { n: 2 }]);
});

it('BATCH-31, SCN-65: a table that refers to itself, and tables that refer to it', async () => {
  const database = databaseWith(`
    CREATE TABLE t (id INTEGER PRIMARY KEY, up INT REFERENCES t (id) ON DELETE CASCADE);
    CREATE TABLE child (t INT REFERENCES t (id) ON DELETE CASCADE);
    INSERT INTO t VALUES (1, NULL), (2, 1); INSERT INTO child VALUES (2)`);
  await change(database, (b) => b.addColumn('n', 'TEXT', { default: b.sql("lower('X')") }));
  expect(sqlOf(database, 'child')).toContain('REFERENCES t (id)');
  expect(
    database.prepare('SELECT "table" FROM pragma_foreign_key_list(\'t\')').pluck().all(),
  ).toEqual(['t']);
  expect(rowsOf(database, 'SELECT * FROM child')).toEqual([{ t: 2 }]);
  database.exec('DELETE FROM t WHERE id = 1');
  expect(rowsOf(database, 'SELECT * FROM child')).toEqual([]);
});

it('a unique key that another table refers to is not dropped', async () => {
  const database = databaseWith(
    'CREATE TABLE t (a INT, CONSTRAINT uq UNIQUE (a)); CREATE TABLE child (t INT REFERENCES t (a)); INSERT INTO t VALUES (1); INSERT INTO child VALUES (1)',
  );
  await expect(change(database, (b) => b.dropConstraint('uq', 'unique'))).rejects.toMatchObject({
    message: expect.stringContaining('foreign key mismatch'),
  });
});

it('BATCH-34: a primary key that is dropped, and one that takes the place of another', async () => {
  const database = databaseWith(
    "CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT); INSERT INTO t VALUES (3, 'x')",
  );
  await change(database, (b) => b.createPrimaryKey(['code'], { name: 'pk_t' }));
  expect(sqlOf(database)).toContain('CONSTRAINT "pk_t" PRIMARY KEY ("code")');
  expect(sqlOf(database)).toContain('"code" TEXT NOT NULL');
  await expect(change(database, (b) => b.createPrimaryKey(['id']))).rejects.toMatchObject({
    code: 'E3014',
  });
  await change(database, (b) => b.dropConstraint('pk_t', 'primaryKey'));
  expect(database.prepare("SELECT max(pk) FROM pragma_table_xinfo('t')").pluck().get()).toBe(0);
  expect(rowsOf(database)).toEqual([{ id: 3, code: 'x' }]);
});

it('BATCH-35: nothing but a copy converts nothing', async () => {
  const database = databaseWith(
    "CREATE TABLE t (at TIMESTAMP, n INTEGER); INSERT INTO t VALUES ('2026-01-01 10:00', 'odd')",
  );
  const before = rowsOf(database);
  const run = await change(database, (b) => b.alterColumn('at', { type: 'TIMESTAMP' }), {
    recreate: 'always',
  });
  expect(run.join('\n')).not.toContain('CAST');
  expect(rowsOf(database)).toEqual(before);
});

it('BATCH-37: an index of the definition that is given can be dropped', async () => {
  const database = databaseWith('CREATE TABLE t (a TEXT); CREATE INDEX ix ON t (a)');
  await change(
    database,
    (b) => {
      b.dropIndex('ix');
      b.createIndex('iy', ['a']);
    },
    { recreate: 'always', copyFrom: (t) => [t.column('a', 'TEXT'), t.index('ix', ['a'])] },
  );
  expect([sqlOf(database, 'ix'), sqlOf(database, 'iy')]).toEqual([
    undefined,
    'CREATE INDEX "iy" ON "t" ("a")',
  ]);
});

it('BATCH-40: options of tables and keys stay', async () => {
  const database = databaseWith(
    "CREATE TABLE t (b TEXT NOT NULL DEFAULT (lower('X')), a INTEGER, CONSTRAINT pk PRIMARY KEY (a, b DESC)) WITHOUT ROWID, STRICT; INSERT INTO t VALUES ('x', 1)",
  );
  await change(database, (b) => b.createCheckConstraint('a > 0', { name: 'ck' }));
  expect(sqlOf(database).replaceAll(/\s+/g, ' ')).toBe(
    `CREATE TABLE "t" ( b TEXT NOT NULL DEFAULT (lower('X')), a INTEGER, CONSTRAINT "pk" PRIMARY KEY (a, b DESC), CONSTRAINT "ck" CHECK (a > 0) ) WITHOUT ROWID, STRICT`,
  );
  expect(rowsOf(database)).toEqual([{ a: 1, b: 'x' }]);
});

it('a view that loses a column stops the change', async () => {
  const database = databaseWith(
    'CREATE TABLE t (a INT UNIQUE, b INT); CREATE VIEW v AS SELECT a FROM t; INSERT INTO t VALUES (1, 2)',
  );
  const before = everythingOf(database);
  await expect(change(database, (b) => b.dropColumn('a'))).rejects.toMatchObject({
    message: expect.stringContaining('error in view v'),
  });
  expect(everythingOf(database)).toEqual(before);
});

it('options of SQLite: AUTOINCREMENT, COLLATE, STRICT', async () => {
  const database = databaseWith(
    "CREATE TABLE t (id INTEGER NOT NULL, a TEXT, PRIMARY KEY (id)); INSERT INTO t VALUES (7, 'x')",
  );
  await change(database, (b) => {
    b.alterColumn('id', { autoIncrement: true });
    b.alterColumn('a', { collation: 'NOCASE' });
    b.setTableStorage({ storage: ['STRICT'] });
  });
  expect(sqlOf(database)).toMatch(/PRIMARY KEY AUTOINCREMENT[\s\S]*COLLATE "NOCASE"[\s\S]*STRICT$/);
  database.exec('DELETE FROM t; INSERT INTO t (a) VALUES (1)');
  expect(rowsOf(database)).toEqual([{ id: 8, a: '1' }]);
  await change(database, (b) => b.alterColumn('id', { autoIncrement: false }));
  expect(sqlOf(database)).not.toContain('AUTOINCREMENT');
});

it('constraints: renamed, deferrable, in the clause of a column', async () => {
  const database = databaseWith(
    'CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a INT CONSTRAINT fk REFERENCES p (id) ON DELETE CASCADE, b INT CONSTRAINT uq UNIQUE)',
  );
  await change(database, (b) => {
    b.alterConstraint('fk', { deferrable: 'initially deferred' });
    b.renameConstraint('uq', 'uq_b', 'unique');
  });
  expect(sqlOf(database)).toContain('ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED');
  expect(sqlOf(database)).toContain('CONSTRAINT "uq_b" UNIQUE');
  await change(database, (b) => {
    b.alterConstraint('fk', { deferrable: null });
    b.dropConstraint('uq_b', 'unique');
  });
  expect(sqlOf(database)).not.toMatch(/DEFERRABLE|UNIQUE/);
});

it('SCN-62: indexes alone need no new table; with `always` they are made behind its rename', async () => {
  const database = databaseWith('CREATE TABLE t (a TEXT); CREATE INDEX ix ON t (a)');
  const changes = (b: BatchOperations): void => {
    b.dropIndex('ix');
    b.createIndex('iy', ['a']);
  };
  expect(await change(database, changes)).toEqual([
    'DROP INDEX "ix"',
    'CREATE INDEX "iy" ON "t" ("a")',
  ]);
  const run = await change(database, (b) => b.createIndex('iz', ['a']), { recreate: 'always' });
  const place = (start: string): number => run.findIndex((sql) => sql.startsWith(start));
  expect(place('ALTER TABLE')).toBeGreaterThan(0);
  expect(place('CREATE INDEX')).toBeGreaterThan(place('ALTER TABLE'));
});

it('SCN-63: columns that are put next to others come in exactly that order', async () => {
  const database = databaseWith('CREATE TABLE t (a, b, c, d); INSERT INTO t VALUES (1, 2, 3, 4)');
  await change(
    database,
    (b) => {
      b.addColumn('first', 'INT', { insertBefore: 'a' });
      b.addColumn('middle', 'INT', { insertAfter: 'b' });
      b.addColumn('beside', 'INT', { insertBefore: 'middle' });
      b.addColumn('anywhere', 'INT');
      b.alterColumn('d', { nullable: true }, { insertBefore: 'c' });
    },
    { recreate: 'always' },
  );
  expect(columnsOf(database)).toEqual([
    'first',
    'a',
    'b',
    'beside',
    'middle',
    'd',
    'c',
    'anywhere',
  ]);
  expect(rowsOf(database, 'SELECT a, b, c, d FROM t')).toEqual([{ a: 1, b: 2, c: 3, d: 4 }]);
});

it('BATCH-13: columns in the order of lists', async () => {
  const database = databaseWith('CREATE TABLE t (a, b, c)');
  await change(database, () => undefined, { recreate: 'always', partialReordering: [['c', 'A']] });
  expect(columnsOf(database)).toEqual(['b', 'c', 'a']);
});

it('BATCH-42: computed columns, views over the table, an index on a column that goes', async () => {
  const database =
    databaseWith(`CREATE TABLE t (a INT, s INT AS (a + 1) STORED, v INT AS (a + 2), b INT);
    CREATE INDEX ix ON t (b); CREATE VIEW w AS SELECT s, v FROM t; INSERT INTO t (a, b) VALUES (1, 2)`);
  await change(database, (b) => {
    b.alterColumn('a', { nullable: false });
    b.dropColumn('b');
  });
  expect(rowsOf(database, 'SELECT * FROM w')).toEqual([{ s: 2, v: 3 }]);
  expect(columnsOf(database)).toEqual(['a', 's', 'v']);
});

it("a view that was broken before is in nobody's way, unless a column goes", async () => {
  const database = databaseWith(
    'CREATE TABLE t (a INT); CREATE TABLE gone (x INT); CREATE VIEW broken AS SELECT x FROM gone; CREATE VIEW v AS SELECT a FROM t; DROP TABLE gone; INSERT INTO t VALUES (1)',
  );
  await change(database, (b) => b.alterColumn('a', { nullable: false }));
  expect(rowsOf(database, 'SELECT * FROM v')).toEqual([{ a: 1 }]);
});

it('rows that a constraint would ignore without a word stop the change', async () => {
  const database = databaseWith(
    "CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('x'), ('x'), ('y')",
  );
  const before = everythingOf(database);
  await expect(
    change(database, (b) => b.createUniqueConstraint(['a'], { onConflict: 'ignore' })),
  ).rejects.toMatchObject({ message: expect.stringContaining('not as many rows') });
  expect(everythingOf(database)).toEqual(before);
});

it('the only column of a table is not dropped', async () => {
  const database = databaseWith('CREATE TABLE t (a INT)');
  await expect(change(database, (b) => b.dropColumn('a'))).rejects.toMatchObject({ code: 'E3012' });
});

const HOSTILE = 'it\'s "x" `y` [z] ; -- /* (';

it('names may be anything', async () => {
  const q = `"${HOSTILE.replaceAll('"', '""')}"`;
  const l = `'${HOSTILE.replaceAll("'", "''")}'`;
  const database = databaseWith(`
    CREATE TABLE ${q} (${q} TEXT CONSTRAINT ${q} CHECK (${q} <> ${l}), "b" INT);
    CREATE INDEX ${q.replace('it', 'ix')} ON ${q} (${q});
    CREATE TRIGGER ${q.replace('it', 'tr')} AFTER INSERT ON ${q} BEGIN SELECT 1; END;
    INSERT INTO ${q} VALUES ('v', 1)`);
  const kept = (everythingOf(database) as { objects: readonly { type: string }[] }).objects.filter(
    ({ type }) => type !== 'table',
  );
  await runBatch(
    database,
    batchOf(HOSTILE, (b) => {
      b.alterColumn('b', { nullable: false, default: HOSTILE });
      b.createUniqueConstraint([HOSTILE, 'b'], { name: `uq ${HOSTILE}` });
    }),
  );
  const after = everythingOf(database) as { objects: readonly { type: string }[] };
  expect(after.objects.filter(({ type }) => type !== 'table')).toEqual(kept);
  expect(rowsOf(database, `SELECT * FROM ${q}`)).toEqual([{ [HOSTILE]: 'v', b: 1 }]);
});

it("rowids stay, where they are the rows' own", async () => {
  const database = databaseWith(
    "CREATE TABLE t (a TEXT); INSERT INTO t (rowid, a) VALUES (5, 'x'), (2, 'y')",
  );
  await change(database, (b) => b.alterColumn('a', { nullable: false }));
  expect(rowsOf(database, 'SELECT rowid, a FROM t')).toEqual([
    { rowid: 2, a: 'y' },
    { rowid: 5, a: 'x' },
  ]);
});

it('foreign keys that are on stop it before the table is dropped', async () => {
  const database = databaseWith(
    'CREATE TABLE t (id INTEGER PRIMARY KEY, a INT); CREATE TABLE child (t INT REFERENCES t (id) ON DELETE CASCADE); INSERT INTO t VALUES (1, 1); INSERT INTO child VALUES (1)',
  );
  const pragma = database.pragma.bind(database);
  database.pragma = ((text: string) => pragma(text.replace('= OFF', '= ON'))) as typeof pragma;
  await expect(
    change(database, (b) => b.alterColumn('a', { nullable: false })),
  ).rejects.toMatchObject({ message: expect.stringContaining('foreign keys must be off') });
  expect(rowsOf(database, 'SELECT * FROM child')).toEqual([{ t: 1 }]);
});
