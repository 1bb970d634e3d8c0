import { Check, type ColumnOptions, Index, PrimaryColumn } from 'typeorm';
import { type CorpusRow, expectRow } from '../../testing/corpus-row.fixture.js';
import { entityOf, viewOf } from '../../testing/entity-of.fixture.js';
import { joinedByEntity } from '../../testing/join-row.fixture.js';
import { betterSqlite3 } from '../../testing/tested-driver.fixture.js';

jest.setTimeout(60_000);

/** Diff corpus 8.6, on files of SQLite. */
const text: ColumnOptions = { type: 'text' };
const nullable: ColumnOptions = { type: 'text', nullable: true };
const T = entityOf({ columns: { b: text } });
const Nullable = entityOf({ columns: { b: nullable } });
const Keyed = entityOf({ properties: { id: PrimaryColumn('integer') }, columns: { b: text } });

const withCheck = (expression: string) =>
  entityOf({ columns: { a: { type: 'integer' } }, decorators: [Check('positive', expression)] });
const withIndex = (where?: string) =>
  entityOf({
    columns: { b: text },
    decorators: [Index('by_b', ['b'], { ...(where && { where }) })],
  });
const BY_HAND = 'CREATE INDEX by_hand ON t (b)';
const V = viewOf('V', 'SELECT b FROM t');

const rows: readonly CorpusRow[] = [
  {
    row: 'LITE-1: a join table that is an entity',
    entities: joinedByEntity('integer'),
    byHand: 'INSERT INTO a VALUES (1); INSERT INTO b VALUES (2); INSERT INTO b_a VALUES (1, 2, 7)',
    afterwards: ['SELECT extra FROM b_a', '7'],
  },
  {
    row: 'LITE-2: an expression index made by hand',
    entities: [T],
    byHand: 'CREATE INDEX by_hand ON t (lower(b))',
    untouched: ['index t.by_hand'],
  },
  {
    row: 'LITE-3: a plain index made by hand',
    entities: [T],
    byHand: BY_HAND,
    untouched: ['index t.by_hand'],
  },
  {
    row: 'LITE-3: a plain index made by hand on a table that is made anew',
    entities: [T],
    byHand: BY_HAND,
    becomes: [Nullable],
    changes: ['alter column t.b: nullable'],
    untouched: ['index t.by_hand'],
    afterwards: [`SELECT sql FROM sqlite_schema WHERE name = 'by_hand'`, BY_HAND],
  },
  {
    row: 'LITE-4: a key without AUTOINCREMENT that is the row id',
    byHand: 'CREATE TABLE t (id integer primary key, b text NOT NULL)',
    becomes: [Keyed],
  },
  {
    row: 'LITE-5: AUTOINCREMENT in another order of words',
    byHand: 'CREATE TABLE t ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, b text NOT NULL)',
    becomes: [T],
  },
  {
    row: 'LITE-6: lower-case autoincrement',
    byHand: 'CREATE TABLE t ("id" integer primary key autoincrement not null, b text NOT NULL)',
    becomes: [T],
  },
  {
    row: 'LITE-6: names in back-ticks',
    byHand: 'CREATE TABLE `t` (`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL, `b` text NOT NULL)',
    becomes: [T],
  },
  {
    row: 'LITE-7: a view made by hand',
    entities: [T],
    byHand: 'CREATE VIEW v AS SELECT b FROM t',
    becomes: [T, V],
  },
  {
    row: 'LITE-8: a nullable change on a table under a view',
    entities: [T, V],
    byHand: `INSERT INTO t (b) VALUES ('kept')`,
    becomes: [Nullable, V],
    changes: ['alter column t.b: nullable'],
    afterwards: ['SELECT b FROM v', 'kept'],
  },
  {
    row: 'LITE-9: a nullable change on a table with a trigger',
    entities: [T],
    byHand: `CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END`,
    becomes: [Nullable],
    changes: ['alter column t.b: nullable'],
    afterwards: [`SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'`, '1'],
  },
  {
    row: 'LITE-10: a nullable change on a table that is STRICT and WITHOUT ROWID',
    byHand:
      'CREATE TABLE t (id integer NOT NULL PRIMARY KEY, b text NOT NULL) STRICT, WITHOUT ROWID',
    becomes: [
      entityOf({
        table: { name: 't', withoutRowid: true } as never,
        properties: { id: PrimaryColumn('integer') },
        columns: { b: nullable },
      }),
    ],
    changes: ['alter column t.b: nullable'],
    afterwards: [`SELECT strict || wr FROM pragma_table_list WHERE name = 't'`, '11'],
  },
  {
    row: 'LITE-11: a check for an enum that is written otherwise',
    byHand: `CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT NOT NULL, c varchar NOT NULL check(c in ('a', 'b')))`,
    becomes: [entityOf({ columns: { c: { type: 'simple-enum', enum: ['a', 'b'] } } })],
  },
  {
    row: 'LITE-12: a text default with a quote',
    entities: [entityOf({ columns: { c: { type: 'text', default: "it's" } } })],
    byHand: 'INSERT INTO t DEFAULT VALUES',
    afterwards: ['SELECT c FROM t', "it's"],
  },
  {
    row: 'LITE-12: a simple-enum with a quote',
    entities: [
      entityOf({ columns: { c: { type: 'simple-enum', enum: ["it's", 'b'], default: "it's" } } }),
    ],
    byHand: 'INSERT INTO t DEFAULT VALUES',
    fails: `INSERT INTO t (c) VALUES ('it')`,
    afterwards: ['SELECT c FROM t', "it's"],
  },
  {
    row: 'LITE-13: the text of a check',
    entities: [withCheck('a > 0')],
    becomes: [withCheck('a > 5')],
    changes: ['drop check constraint positive of t', 'add check constraint positive to t'],
  },
  {
    row: 'LITE-14: the predicate of an index',
    entities: [withIndex('b > 0')],
    becomes: [withIndex('b > 5')],
    changes: ['drop index by_b of t', 'create index by_b on t'],
  },
  {
    row: 'LITE-15: an index that descends in the database',
    entities: [withIndex()],
    byHand: 'DROP INDEX by_b; CREATE INDEX by_b ON t (b DESC)',
    changes: ['drop index by_b of t', 'create index by_b on t'],
  },
  {
    row: 'LITE-16: an index with a collation in the database',
    entities: [withIndex()],
    byHand: 'DROP INDEX by_b; CREATE INDEX by_b ON t (b COLLATE NOCASE)',
    changes: ['drop index by_b of t', 'create index by_b on t'],
  },
  {
    row: 'LITE-17: a collation in the model',
    entities: [T],
    becomes: [entityOf({ columns: { b: { type: 'text', collation: 'NOCASE' } } })],
    changes: ['alter column t.b: collation'],
  },
];

describe('diff corpus 8.6', () => {
  it.each(rows)('$row', async (row) => {
    await expectRow({ ...row, on: betterSqlite3 });
  });
});
