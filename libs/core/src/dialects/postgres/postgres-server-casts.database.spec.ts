import { createSpecDatabase, type SpecDatabase } from '../../runtime/testing/database.fixture.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import type { Connection } from '../common/connection.js';
import type { TypeCast } from '../common/dialect.js';
import { castsKnowing } from './postgres-casts.js';
import { canonicalizePostgres } from './postgres-normalize.js';
import { askCasts } from './postgres-server-casts.js';

let database: SpecDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createSpecDatabase();
  connection = await database.connect();
  await connection.script(`
    CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE SCHEMA other;
    CREATE TYPE mood AS ENUM ('ok', '5'); CREATE TYPE temper AS ENUM ('ok');
    CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%'); CREATE DOMAIN "other"."Count" AS int;
    CREATE DOMAIN mail AS email;
    CREATE TYPE money_amount AS (units int, currency text);
    CREATE FUNCTION "to amount"(int) RETURNS money_amount LANGUAGE sql AS $$ SELECT ROW($1, 'EUR')::money_amount $$;
    CREATE CAST (int AS money_amount) WITH FUNCTION "to amount"(int) AS ASSIGNMENT;
    CREATE CAST (bool AS uuid) WITH INOUT;
    CREATE FUNCTION mood_number(mood) RETURNS int LANGUAGE sql AS $$ SELECT 7 $$;
    CREATE CAST (mood AS int) WITH FUNCTION mood_number(mood)`);
});
afterAll(() => database.drop());
beforeEach(() => connection.script('BEGIN'));
afterEach(() => connection.script('ROLLBACK'));

const withColumn = (type: string): SchemaModel => {
  const name = { schema: null, name: 't' };
  const empty = { uniques: [], checks: [], exclusions: [], foreignKeys: [], indexes: [] };
  const columns = [{ name: 'c', type, nullable: true }];
  return { ...EMPTY_SCHEMA, tables: [{ ...name, columns, ...empty }] };
};
const asked = (from: string, to: string) =>
  askCasts(connection, { current: withColumn(from), target: withColumn(to) });

/** Why the server refuses a statement, if it does. */
async function refusal(sql: string): Promise<string | undefined> {
  await connection.script('SAVEPOINT before');
  try {
    await connection.script(sql);
    return undefined;
  } catch (error) {
    return String((error as Error).message);
  } finally {
    await connection.script('ROLLBACK TO before');
  }
}

const CASES: readonly (readonly [
  from: string,
  to: string,
  kind: TypeCast['kind'],
  value: string,
])[] = [
  ['citext', 'text', 'implicit', `'A'`],
  ['text', 'citext', 'implicit', `'A'`],
  ['varchar(20)', 'citext', 'implicit', `'A'`],
  ['citext', 'uuid', 'using', `'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'`],
  ['citext[]', 'text[]', 'implicit', `'{A}'`],
  ['hstore', 'jsonb', 'using', `'a=>1'`],
  ['hstore', 'text[]', 'using', `'a=>1'`],
  ['email', 'text', 'implicit', `'a@b'`],
  ['text', 'email', 'implicit', `'a@b'`],
  ['mail', 'varchar(40)', 'implicit', `'a@b'`],
  ['mail', 'citext', 'implicit', `'a@b'`],
  ['int', 'other."Count"', 'implicit', '5'],
  ['other."Count"', 'bigint', 'implicit', '5'],
  ['other."Count"', 'boolean', 'using', '5'],
  ['bigint', 'other."Count"', 'implicit', '5'],
  ['int', 'money_amount', 'implicit', '5'],
  ['boolean', 'uuid', 'using', 'NULL'],
  ['mood', 'int', 'using', `'ok'`],
  ['mood', 'temper', 'using', `'ok'`],
  ['mood', 'text', 'implicit', `'ok'`],
  ['text', 'mood', 'using', `'ok'`],
];

describe('casts that only the database knows', () => {
  it.each(CASES)('%s to %s: %s, as the server says', async (from, to, kind, value) => {
    const cast = castsKnowing(await asked(from, to))(from, to, 'c');
    expect(cast.kind).toBe(kind);
    await connection.script(`CREATE TABLE t (c ${from}); INSERT INTO t VALUES (${value})`);
    const refused = await refusal(`ALTER TABLE t ALTER c TYPE ${to}`);
    expect(refused === undefined).toBe(kind === 'implicit');
    const using = cast.kind === 'using' ? ` USING ${cast.expression}` : '';
    expect(await refusal(`ALTER TABLE t ALTER c TYPE ${to}${using}`)).toBeUndefined();
  });

  it('tells which function converts the values', async () => {
    const known = await asked('int', 'money_amount');
    expect(castsKnowing(known)('int', 'money_amount', 'c')).toEqual({
      kind: 'implicit',
      note: 'the database converts the values by "to amount"()',
    });
    expect(castsKnowing(await asked('mood[]', 'int[]'))('mood[]', 'int[]', 'c')).toEqual({
      kind: 'using',
      expression: '"c"::integer[]',
      note: 'the database converts the values by mood_number()',
    });
  });

  it('takes the way over the text where the database has no cast, and none between types of the server', async () => {
    expect(castsKnowing(await asked('mood', 'temper'))('mood', 'temper', 'c')).toMatchObject({
      expression: '"c"::text::temper',
    });
    expect(castsKnowing(await asked('uuid', 'int'))('uuid', 'int', 'c')).toEqual({ kind: 'none' });
  });

  it('asks once, and not at all where the tables know', async () => {
    const trips: string[] = [];
    const counted = {
      ...connection,
      query: (sql: string, parameters?: readonly unknown[]) => {
        trips.push(sql);
        return connection.query(sql, parameters);
      },
    } as Connection;
    const compare = (from: string, to: string) =>
      askCasts(counted, { current: withColumn(from), target: withColumn(to) });
    for (const [from, to] of [
      ['int', 'bigint'],
      ['varchar(10)', 'varchar(20)'],
      ['mood', 'mood'],
    ] as const)
      expect(await compare(from, to)).toEqual([]);
    expect(trips).toEqual([]);
    await compare('mood', 'int');
    expect(trips).toHaveLength(1);
  });

  it('knows nothing of a type that is not there yet, or of a text that is no type', async () => {
    expect(await asked('text', 'comes_later')).toEqual([]);
    expect(await asked('text', `it's (no type`)).toEqual([]);
  });

  it('comes with the comparison, also where no expression differs', async () => {
    await connection.script('ROLLBACK; BEGIN; COMMIT');
    const { casts, unverified } = await canonicalizePostgres(connection, {
      current: withColumn('citext'),
      target: withColumn('text'),
    });
    expect(casts).toContainEqual({ from: 'citext', to: 'text', kind: 'implicit' });
    expect(unverified).toBe(false);
  });
});
