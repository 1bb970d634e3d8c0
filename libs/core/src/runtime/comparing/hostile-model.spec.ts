import { readFileSync } from 'node:fs';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Column, SchemaModel, Table } from '../../schema/schema-model.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import { createWorkshop, errorOf, leaksOf, reset, stateOf } from '../testing/migrator.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
let shop: Workshop;
let model: SchemaModel;

beforeEach(async () => {
  await reset(database);
  let ids = 0;
  shop = createWorkshop(database, {
    dialect: postgresDialect,
    targetSchema: () => model,
    newId: () => `rev${++ids}`,
  });
});
afterEach(async () => {
  shop.remove();
  delete (globalThis as { reached?: boolean }).reached;
  expect(await leaksOf(database)).toEqual([]);
});

const entity = 'Thing';
const column = (parts: Partial<Column>): Column => ({
  name: 'a',
  type: 'text',
  nullable: true,
  entity,
  property: 'a',
  ...parts,
});
const thing = (parts: Partial<Table>): SchemaModel => ({
  ...EMPTY_SCHEMA,
  tables: [
    {
      schema: null,
      name: 'thing',
      entity,
      columns: [column({})],
      uniques: [],
      checks: [],
      exclusions: [],
      foreignKeys: [],
      indexes: [],
      ...parts,
    },
  ],
});
const literal = (text: string): string => postgresDialect.quoting.literal(text);
const valueOf = async (sql: string): Promise<unknown> =>
  (await database.checker.query<{ value: unknown }>(sql)).rows[0]?.value;

/** Writes the model as a revision, applies it, finds nothing more to do, and goes back to nothing. */
async function roundTrip(looks: () => Promise<void>): Promise<string> {
  const { file } = await shop.migrator.revision({ autogenerate: true, message: 'hostile' });
  await shop.migrator.upgrade('head');
  await looks();
  expect(await shop.migrator.check()).toMatchObject({ upToDate: true, changes: [] });
  await shop.migrator.downgrade('base');
  expect(await stateOf(database)).toMatchObject({ rows: [], tables: [] });
  await shop.migrator.upgrade('head');
  expect(await shop.migrator.check()).toMatchObject({ upToDate: true });
  expect((globalThis as { reached?: boolean }).reached).toBeUndefined();
  return readFileSync(String(file), 'utf8');
}

describe('a model with texts that break careless code', () => {
  it.each(["it's", '\\', "\\'; --", "''", 'two\nlines\r\nthree', "E'..'", "'a'::text"])(
    'B077: a default that is the text %j',
    async (text) => {
      model = thing({ columns: [column({ default: literal(text) })] });
      await roundTrip(async () => {
        expect(await valueOf('INSERT INTO thing DEFAULT VALUES RETURNING a AS value')).toBe(text);
      });
    },
  );

  it.each([
    ["'a'::text", 'text'],
    ['now()', 'timestamp with time zone'],
    [`nextval('"s"."q q"'::regclass)`, 'bigint'],
  ])('B077: a default that is the expression %j', async (expression, type) => {
    await database.checker.query('CREATE SCHEMA IF NOT EXISTS s; DROP SEQUENCE IF EXISTS s."q q"');
    await database.checker.query('CREATE SEQUENCE s."q q"');
    model = thing({ columns: [column({ type, default: expression })] });
    await roundTrip(async () => {
      expect(await valueOf('INSERT INTO thing DEFAULT VALUES RETURNING a AS value')).not.toBeNull();
    });
  });

  it('B080: labels of an enum', async () => {
    const labels = ["'", "x'); COPY(SELECT 1)TO PROGRAM 'id'; --", '', 'x'.repeat(63), '(a, b)'];
    const more = ['two\nlines', "Ner'zhul", '`${globalThis.reached = true}`'];
    const kind = { schema: null, name: 'kind', labels: [...labels, ...more], entity };
    model = { ...thing({ columns: [column({ type: 'kind' })] }), enums: [kind] };
    await roundTrip(async () => {
      expect(
        await valueOf(
          `SELECT json_agg(enumlabel ORDER BY enumsortorder) AS value FROM pg_enum WHERE enumtypid = 'kind'::regtype`,
        ),
      ).toEqual(kind.labels);
    });
  });

  const comment = [
    '*/ globalThis.reached = true; /*',
    '`${globalThis.reached = true}`',
    `' " \\ \u2028 </script> // \r\n`,
    "'); DROP TABLE thing; --",
  ].join(' ');
  it('B081: comments of a table, a column and the revision', async () => {
    model = thing({ comment, columns: [column({ comment })] });
    const text = await roundTrip(async () => {
      expect(await valueOf(`SELECT obj_description('thing'::regclass) AS value`)).toBe(comment);
      expect(await valueOf(`SELECT col_description('thing'::regclass, 1) AS value`)).toBe(comment);
    });
    expect(text).not.toMatch(/^globalThis/m);
    const { file } = await shop.migrator.revision({ message: comment, head: 'head' });
    expect(readFileSync(String(file), 'utf8').split('\n')[1]).toMatch(/^import type/);
    expect(await shop.migrator.upgrade('head')).toMatchObject({ rows: ['rev2'] });
    model = thing({ comment: 'a\0b' });
    await shop.migrator.revision({ autogenerate: true });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code: 'E3005' });
    expect(await stateOf(database)).toMatchObject({ rows: ['rev2'] });
  });

  it.each([
    `a ~ '^[a-z'']+$' /* it's a comment */`,
    `a::varchar(5) <> '`.concat("*/`${globalThis.reached = true}`'"),
    `a NOT LIKE '%--%' AND a <> E'\\\\n' -- never`,
    `length(a) > 0 AND\n  (a)::text <> ''::text`,
  ])('B082: a check %j', async (expression) => {
    model = thing({ checks: [{ name: 'ck_thing', expression, entity }] });
    await roundTrip(async () => {
      await database.checker.query(`INSERT INTO thing VALUES ('abc')`);
    });
  });

  it('B083: an index with an expression over an odd name and a predicate with quotes', async () => {
    model = thing({
      columns: [column({ name: 'weird "col"', property: 'weird' })],
      indexes: [
        {
          name: `ix 'thing'`,
          elements: [{ expression: `lower("weird ""col""" || 'it''s')`, order: 'desc' }],
          unique: true,
          where: `"weird ""col""" <> '`.concat("`''\\'"),
          entity,
        },
      ],
    });
    await roundTrip(async () => {
      expect(
        await valueOf(
          `SELECT count(*)::int AS value FROM pg_index WHERE indrelid = 'thing'::regclass`,
        ),
      ).toBe(1);
    });
  });
});
