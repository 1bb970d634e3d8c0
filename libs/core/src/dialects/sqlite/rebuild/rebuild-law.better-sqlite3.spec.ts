import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { applyBatch } from '../../../operations/batch/apply-batch.js';
import type { BatchedOperation } from '../../../operations/batch/batched-operation.js';
import { definitionOfBatched } from '../../../operations/batch/batched-operation.js';
import type { BatchAlterTable } from '../../../operations/batch-operations.js';
import { EMPTY_SCHEMA } from '../../../schema/schema-model.js';
import type { Column, Index, SchemaModel, Table } from '../../../schema/schema-model.js';
import { PlainSqliteConnection } from '../sqlite-database.fixture.js';
import { sqliteDialect } from '../sqlite-dialect.js';
import { runBatch } from './rebuild.fixture.js';

const NAME = 't "x" ; --';
const TYPES = ['TEXT', 'INTEGER', 'VARCHAR(9)', 'NUMERIC', 'REAL', 'BLOB'];
const owner = { schema: null, name: NAME };
const COLUMNS = ['a', 'b b', 'C', '"d', 'select'];

const arbColumn = (name: string): fc.Arbitrary<Column> =>
  fc
    .record({
      type: fc.constantFrom(...TYPES),
      default: fc.constantFrom(undefined, "'it''s'", '7', '(1 + 2)'),
      collation: fc.constantFrom(undefined, 'NOCASE'),
    })
    .map(({ type, default: value, collation }) => ({
      name,
      type,
      nullable: true,
      ...(value !== undefined && { default: value }),
      ...(collation !== undefined && { collation }),
    }));

const arbIndex = (columns: readonly string[], name: string): fc.Arbitrary<Index> =>
  fc
    .record({
      column: fc.constantFrom(...columns),
      desc: fc.boolean(),
      where: fc.constantFrom(undefined, 'id > 0'),
    })
    .map(({ column, desc, where }) => ({
      name,
      elements: [{ column, ...(desc && { order: 'desc' as const }) }, { expression: 'abs(id)' }],
      unique: false,
      ...(where !== undefined && { where }),
    }));

/** A table with a key that stays, some columns, keys on them and indexes. */
const arbTable: fc.Arbitrary<Table> = fc
  .record({
    names: fc.subarray(COLUMNS, { minLength: 2 }),
    counts: fc.boolean(),
    unique: fc.boolean(),
    refers: fc.boolean(),
  })
  .chain(({ names, counts, unique, refers }) =>
    fc
      .record({
        columns: fc.tuple(...names.map(arbColumn)),
        indexes: fc.tuple(arbIndex(names, 'ix "1"'), arbIndex(names, 'ix_2')),
      })
      .map(({ columns, indexes }) => ({
        ...owner,
        columns: [
          {
            name: 'id',
            type: 'INTEGER',
            nullable: false,
            ...(counts && { autoIncrement: true as const }),
          },
          ...columns,
        ],
        primaryKey: { columns: ['id'] },
        foreignKeys: refers
          ? [
              {
                name: 'fk',
                columns: [names[0] ?? ''],
                referencedTable: { schema: null, name: 'parent' },
                referencedColumns: ['id'],
                onDelete: 'cascade' as const,
              },
            ]
          : [],
        uniques: unique ? [{ name: 'uq', columns: [names[1] ?? '', 'id'] }] : [],
        checks: [{ name: 'ck "id"', expression: 'id <> 0' }],
        exclusions: [],
        indexes,
      })),
  );

/** What can be done to a table, each possible on it. */
function arbOperation(table: Table, number: number): fc.Arbitrary<BatchedOperation> {
  const names = table.columns.map(({ name }) => name).filter((name) => name !== 'id');
  const column = fc.constantFrom(...names);
  const made = (name: string): fc.Arbitrary<BatchedOperation> =>
    arbColumn(name).map((added) => ({ kind: 'addColumn', table: owner, column: added }));
  const changes: fc.Arbitrary<BatchedOperation>[] = [
    made(`new ${number}`),
    fc
      .tuple(column, fc.constantFrom(...TYPES))
      .map(([name, type]) => ({ kind: 'alterColumn', table: owner, name, to: { type } })),
    fc.tuple(column, fc.constantFrom("'new'", null)).map(([name, value]) => ({
      kind: 'alterColumn',
      table: owner,
      name,
      to: { default: value },
    })),
    column.map((name) => ({
      kind: 'alterColumn',
      table: owner,
      name,
      to: { nullable: true, collation: null },
    })),
    column.map((from) => ({ kind: 'renameColumn', table: owner, from, to: `called "${number}"` })),
    column.map((name) => ({
      kind: 'createIndex',
      table: owner,
      index: { name: `made ${number}`, elements: [{ column: name }], unique: false },
    })),
    column.map((name) => ({
      kind: 'addConstraint',
      table: owner,
      added: { type: 'unique', constraint: { name: `uq ${number}`, columns: ['id', name] } },
    })),
    fc.constant({
      kind: 'addConstraint',
      table: owner,
      added: {
        type: 'check',
        constraint: { name: `ck ${number}`, expression: `id <> -${number}` },
      },
    }),
  ];
  if (names.length > 1)
    changes.push(column.map((name) => ({ kind: 'dropColumn', table: owner, name })));
  for (const { name } of table.indexes) {
    changes.push(fc.constant({ kind: 'dropIndex', table: owner, name }));
    changes.push(
      fc.constant({ kind: 'renameIndex', table: owner, from: name, to: `ix ${number}` }),
    );
  }
  for (const { name = '' } of table.uniques)
    changes.push(fc.constant({ kind: 'dropConstraint', table: owner, name, type: 'unique' }));
  for (const { name = '' } of table.foreignKeys)
    changes.push(
      fc.constant({
        kind: 'renameConstraint',
        table: owner,
        type: 'foreignKey',
        from: name,
        to: `fk ${number}`,
      }),
    );
  return fc.oneof(...changes);
}

const modelOf = (table: Table): SchemaModel => ({ ...EMPTY_SCHEMA, tables: [table] });

function arbOperations(table: Table, count: number): fc.Arbitrary<readonly BatchedOperation[]> {
  if (count === 0) return fc.constant<readonly BatchedOperation[]>([]);
  return arbOperation(table, count).chain((operation) => {
    const [after = table] = definitionOfBatched(operation).apply(operation, modelOf(table)).tables;
    return arbOperations(after, count - 1).map((rest) => [operation, ...rest]);
  });
}

const arbCase = arbTable.chain((table) =>
  fc
    .record({
      operations: fc.integer({ min: 1, max: 5 }).chain((count) => arbOperations(table, count)),
      recreate: fc.constantFrom(undefined, 'always' as const),
      rows: fc.array(fc.constantFrom("'text'", '12', "'7'", '1.5', 'NULL', "x'00ff'"), {
        maxLength: 4,
      }),
    })
    .map(({ operations, recreate, rows }) => ({
      table,
      rows,
      batch: {
        kind: 'batchAlterTable',
        table: owner,
        operations,
        ...(recreate && { recreate }),
      } as BatchAlterTable,
    })),
);

const quoted = (name: string): string => sqliteDialect.quoting.identifier(name);

/** A database with the table, what hangs on it, and rows. */
function databaseOf(table: Table, rows: readonly string[]): Database.Database {
  const database = new Database(':memory:');
  database.pragma('foreign_keys = OFF');
  database.exec('CREATE TABLE parent (id INTEGER PRIMARY KEY)');
  for (const sql of sqliteDialect.compile({ kind: 'createTable', table })) database.exec(sql);
  database.exec(`
    CREATE TABLE child (t INT REFERENCES ${quoted(NAME)} (id) ON DELETE CASCADE);
    CREATE VIEW v AS SELECT id FROM ${quoted(NAME)};
    CREATE TRIGGER tr AFTER DELETE ON ${quoted(NAME)} BEGIN DELETE FROM child WHERE t = old.id; END;`);
  const names = table.columns.slice(1).map(({ name }) => quoted(name));
  for (const [at, value] of rows.entries()) {
    const values = names.map(() => value).join(', ');
    database.exec(
      `INSERT INTO ${quoted(NAME)} (id, ${names.join(', ')}) VALUES (${at * 3 + 1}, ${values}); INSERT INTO child VALUES (${at * 3 + 1})`,
    );
  }
  return database;
}

async function inspected(database: Database.Database): Promise<Table> {
  const connection = Object.assign(Object.create(PlainSqliteConnection.prototype) as object, {
    database,
  });
  const model = await sqliteDialect.inspect(connection as PlainSqliteConnection, {
    ignoredTables: [],
    schemas: [],
    also: ['triggers'],
  });
  const found = model.tables.find(({ name }) => name === NAME);
  if (!found) throw new Error('the table is gone');
  return found;
}

/** Parts by name: a new table has its constraints in another order. */
function sorted(table: Table): unknown {
  const byName = <T extends { readonly name?: string }>(parts: readonly T[]): readonly T[] =>
    parts.toSorted((left, right) => ((left.name ?? '') < (right.name ?? '') ? -1 : 1));
  return {
    ...table,
    columns: table.columns.map(({ type, ...column }) => ({ ...column, type: type.toUpperCase() })),
    uniques: byName(table.uniques),
    checks: byName(table.checks),
    foreignKeys: byName(table.foreignKeys),
    indexes: byName(table.indexes),
  };
}

/** Where each column that stays ends up, and which of them keep their very values. */
function followed(batch: BatchAlterTable, table: Table): ReadonlyMap<string, string> {
  const names = new Map(table.columns.map(({ name }) => [name, name]));
  for (const operation of batch.operations) {
    for (const [was, now] of names) {
      if (operation.kind === 'renameColumn' && operation.from === now) names.set(was, operation.to);
      const isOther =
        operation.kind === 'alterColumn' &&
        operation.to.type !== undefined &&
        operation.name === now;
      if (isOther || (operation.kind === 'dropColumn' && operation.name === now)) names.delete(was);
    }
  }
  return names;
}

it('Q6: whatever a batch does to whatever table, it is as the model says, and its rows are kept', async () => {
  await fc.assert(
    fc.asyncProperty(arbCase, async ({ table, rows, batch }) => {
      const database = databaseOf(table, rows);
      const before = await inspected(database);
      const values = (names: Iterable<string>): unknown[] =>
        database
          .prepare(`SELECT ${[...names].map(quoted).join(', ')} FROM ${quoted(NAME)} ORDER BY id`)
          .raw()
          .all();
      const names = followed(batch, table);
      const found = values(names.keys());
      await runBatch(database, batch);
      const [expected] = applyBatch(batch, modelOf(before)).tables;
      expect(sorted(await inspected(database))).toEqual(sorted(expected as Table));
      expect(values(names.values())).toEqual(found);
      expect(database.prepare('SELECT count(*) FROM child').pluck().get()).toBe(rows.length);
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      database.close();
    }),
    { numRuns: 150 },
  );
});
