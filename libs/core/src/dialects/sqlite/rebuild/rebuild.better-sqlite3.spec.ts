import type Database from 'better-sqlite3';
import type { BatchedOperation } from '../../../operations/batch/batched-operation.js';
import { databaseWith, everythingOf, runBatch } from './rebuild.fixture.js';

const table = { schema: null, name: 'account' };
const LIVELY = `
  CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL ON CONFLICT IGNORE COLLATE NOCASE,
    age TEXT DEFAULT '0' CHECK (age <> 'x'), -- in years
    owner INTEGER REFERENCES person (id) ON DELETE CASCADE,
    label TEXT GENERATED ALWAYS AS (email || '!') VIRTUAL,
    stored TEXT AS (upper(email)) STORED,
    CONSTRAINT uq_email UNIQUE (email) ON CONFLICT REPLACE,
    CHECK (length(email) < 100)
  );
  CREATE TABLE invoice (id INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE);
  CREATE INDEX ix_desc ON account (age DESC, owner);
  CREATE INDEX ix_lower ON account (lower(email)) WHERE owner IS NOT NULL;
  CREATE VIEW adults AS SELECT id, email FROM account WHERE age > 17;
  CREATE TABLE audit (what TEXT);
  CREATE TRIGGER account_made AFTER INSERT ON account BEGIN INSERT INTO audit VALUES (new.email); END;
  CREATE TRIGGER person_gone AFTER DELETE ON person BEGIN DELETE FROM account WHERE owner = old.id; END;
  CREATE TRIGGER on_view INSTEAD OF INSERT ON adults BEGIN INSERT INTO account (email) VALUES (new.email); END;
  INSERT INTO person VALUES (1, 'Ann');
  INSERT INTO account (id, email, age, owner) VALUES (3, 'a@x', '17', 1), (7, 'b@x', '18', NULL), (9, 'c@x', 'old', 1);
  INSERT INTO invoice VALUES (1, 3), (2, 7);
  DELETE FROM account WHERE id = 9;
`;

interface Kept {
  readonly objects: readonly { readonly name: string; readonly sql: string }[];
}

const textOf = (database: Database.Database, name: string): string | undefined =>
  (everythingOf(database) as Kept).objects.find((object) => object.name === name)?.sql;

const alter = (name: string, to: object): BatchedOperation => ({
  kind: 'alterColumn',
  table,
  name,
  to,
});

it('BATCH-41: a new table keeps all that the old one had', async () => {
  const database = databaseWith(LIVELY);
  const before = everythingOf(database) as Kept;
  const rows = (sql: string): unknown => database.prepare(sql).all();
  const all = 'SELECT rowid, * FROM account';
  const found = rows(all);
  await runBatch(database, { table, operations: [], recreate: 'always' });
  const after = everythingOf(database) as Kept;
  const others = ({ objects }: Kept) => objects.filter(({ name }) => name !== 'account');
  expect(others(after)).toEqual(others(before));
  expect(rows(all)).toEqual(found);
  const squeezed = (text = '') => text.replaceAll(/[\s"]+|-- in years/g, '');
  expect(squeezed(textOf(database, 'account'))).toEqual(
    squeezed(before.objects.find(({ name }) => name === 'account')?.sql),
  );
  database.exec("INSERT INTO account (email) VALUES ('d@x')");
  expect(rows('SELECT max(id) AS id FROM account')).toEqual([{ id: 10 }]);
  expect(rows('SELECT * FROM audit')).toContainEqual({ what: 'd@x' });
  database.exec('DELETE FROM person');
  expect(rows('SELECT id FROM account')).toEqual([{ id: 7 }, { id: 10 }]);
  expect(rows('SELECT id FROM invoice')).toEqual([{ id: 2 }]);
});

it('DL-37: rows of other tables that refer to the table stay', async () => {
  const database = databaseWith(LIVELY);
  await runBatch(database, { table, operations: [alter('age', { type: 'INTEGER' })] });
  expect(database.prepare('SELECT * FROM invoice').all()).toEqual([
    { id: 1, account: 3 },
    { id: 2, account: 7 },
  ]);
  expect(
    database.prepare('SELECT id, age, typeof(age) AS type FROM account ORDER BY id').all(),
  ).toEqual([
    { id: 3, age: 17, type: 'integer' },
    { id: 7, age: 18, type: 'integer' },
  ]);
});

it('BATCH-21: the statements of a new table are those of the manual, in its order', async () => {
  const database = databaseWith(
    "CREATE TABLE account (a TEXT, b INT); INSERT INTO account VALUES ('1', 2); CREATE INDEX ix ON account (b)",
  );
  const run = await runBatch(database, {
    table,
    operations: [alter('a', { nullable: false }), { kind: 'dropColumn', table, name: 'b' }],
  });
  expect(run).toMatchInlineSnapshot(`
    [
      "SELECT 1 WHERE json_extract('{}', CASE WHEN (SELECT foreign_keys FROM pragma_foreign_keys) = 0 THEN '$' ELSE 'nest-alembic-check:rebuild:' || 'foreign keys must be off while a table is made anew' END) IS NULL",
      "CREATE TABLE "_alembic_tmp_account" (
      "a" TEXT NOT NULL
    )",
      "INSERT INTO "_alembic_tmp_account" (rowid, "a")
    SELECT rowid, "a" FROM "account"",
      "SELECT 1 WHERE json_extract('{}', CASE WHEN (SELECT count(*) FROM "account") = (SELECT count(*) FROM "_alembic_tmp_account") THEN '$' ELSE 'nest-alembic-check:rebuild:' || 'the new table has not as many rows as the old one' END) IS NULL",
      "DROP TABLE "account"",
      "PRAGMA legacy_alter_table = ON",
      "ALTER TABLE "_alembic_tmp_account" RENAME TO "account"",
      "PRAGMA legacy_alter_table = OFF",
    ]
  `);
});
