import Database from 'better-sqlite3';
import { parseCreateTable } from './parse-create-table.js';
import { writeCreateTable } from './write-create-table.js';

const TABLES = [
  'CREATE TABLE t (a)',
  "CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT, b VARCHAR(20) NOT NULL DEFAULT 'it''s' COLLATE NOCASE)",
  'CREATE TABLE t (a INT, b INT, c INT GENERATED ALWAYS AS (a + b) STORED, d AS (a * 2))',
  'CREATE TABLE t (a TEXT PRIMARY KEY ON CONFLICT REPLACE, b UNIQUE ON CONFLICT IGNORE) WITHOUT ROWID',
  'CREATE TABLE t (a INTEGER, b TEXT, PRIMARY KEY (a DESC, b COLLATE NOCASE)) STRICT, WITHOUT ROWID',
  'CREATE TABLE t (a REAL DEFAULT -1.5 CHECK (a < 3), CHECK (a > -9), CONSTRAINT "named ""one""" CHECK (a <> 0))',
  'CREATE TABLE t (a INT CONSTRAINT r REFERENCES p (x) ON DELETE CASCADE ON UPDATE SET NULL MATCH FULL DEFERRABLE INITIALLY DEFERRED NOT NULL)',
  'CREATE TABLE t (a INT, b INT, FOREIGN KEY (a, b) REFERENCES p (x, y) ON DELETE NO ACTION NOT DEFERRABLE CONSTRAINT u UNIQUE (a) ON CONFLICT FAIL UNIQUE (b))',
  'CREATE TABLE "od""d t" ("select" [odd type] DEFAULT (CURRENT_TIMESTAMP), `b``c` UNSIGNED BIG INT(3, 4), "x y" DEFAULT x\'00ff\')',
  "CREATE TABLE t (\n  a INT, -- the first, with a ) in it\n  b TEXT /* , */ DEFAULT 'x -- y', c NUMERIC DEFAULT TRUE\n)",
  'CREATE TABLE t (a DOUBLE PRECISION NULL DEFAULT NULL, b CHARACTER VARYING (255) DEFAULT +5)',
  'CREATE TABLE t (a INT CONSTRAINT lonely, b INT CONSTRAINT n NOT NULL)',
  'CREATE TABLE t (a INTEGER, PRIMARY KEY (a AUTOINCREMENT))',
  'CREATE TABLE t (größe INT, 表 TEXT)',
];

/** What the server makes of a definition: all that its catalog says but the text. */
function madeOf(sql: string): unknown {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE p (x, y, UNIQUE (x), UNIQUE (x, y))');
  database.exec(sql);
  const name = parseCreateTable(sql).name;
  const ask = (pragma: string): unknown[] =>
    database.prepare(`SELECT * FROM pragma_${pragma}(?)`).all(name);
  const indexes = (ask('index_list') as { name: string }[]).map((index) => [
    index,
    database.prepare('SELECT * FROM pragma_index_xinfo(?)').all(index.name),
  ]);
  const made = [ask('table_list'), ask('table_xinfo'), ask('foreign_key_list'), indexes];
  database.close();
  return made;
}

it.each(TABLES)('a definition that is taken apart and written again means the same: %s', (sql) => {
  const parsed = parseCreateTable(sql);
  const columns = parsed.columns.map(({ source: _source, ...column }) => column);
  expect(madeOf(writeCreateTable(parsed))).toEqual(madeOf(sql));
  expect(madeOf(writeCreateTable({ ...parsed, columns }))).toEqual(madeOf(sql));
});

it('each piece of a definition keeps its text', () => {
  const sql =
    'CREATE TABLE t (id INTEGER CONSTRAINT pk PRIMARY KEY AUTOINCREMENT, p INT REFERENCES p (x) ON DELETE CASCADE, CONSTRAINT ck CHECK (p > 0), FOREIGN KEY (p) REFERENCES "p" (x)) STRICT';
  expect(parseCreateTable(sql)).toEqual({
    name: 't',
    columns: [
      {
        name: 'id',
        type: 'INTEGER',
        clauses: [{ kind: 'primaryKey', name: 'pk', text: 'PRIMARY KEY AUTOINCREMENT' }],
        source: 'id INTEGER CONSTRAINT pk PRIMARY KEY AUTOINCREMENT',
      },
      {
        name: 'p',
        type: 'INT',
        clauses: [{ kind: 'references', text: 'REFERENCES p (x) ON DELETE CASCADE' }],
        source: 'p INT REFERENCES p (x) ON DELETE CASCADE',
      },
    ],
    constraints: [
      { kind: 'check', name: 'ck', text: 'CHECK (p > 0)', columns: [] },
      { kind: 'foreignKey', text: 'FOREIGN KEY (p) REFERENCES "p" (x)', columns: ['p'] },
    ],
    options: ['STRICT'],
  });
});

it.each(['CREATE VIEW v AS SELECT 1', 'CREATE TABLE t AS SELECT 1', 'CREATE TABLE t (a', ''])(
  'what is no definition is refused: %s',
  (sql) => {
    expect(() => parseCreateTable(sql)).toThrow(expect.objectContaining({ code: 'E3013' }));
  },
);
