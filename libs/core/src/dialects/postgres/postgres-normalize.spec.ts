import { createSpecDatabase, type SpecDatabase } from '../../runtime/testing/database.fixture.js';
import fc from 'fast-check';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import type { Column, SchemaModel, Table } from '../../schema/schema-model.js';
import type { Connection } from '../common/connection.js';
import { inspectPostgres } from './postgres-inspector.js';
import { canonicalizePostgres } from './postgres-normalize.js';

let database: SpecDatabase;
let connection: Connection;
let observer: Connection;

beforeAll(async () => {
  database = await createSpecDatabase();
  connection = await database.connect();
  observer = await database.connect();
  await connection.script(`
    CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION btree_gist; CREATE EXTENSION citext;
    CREATE SCHEMA audit; CREATE SEQUENCE s1;
    CREATE TYPE kind AS ENUM ('a', 'b'); CREATE TYPE audit."Odd kind" AS ENUM ('x', 'y');
    CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'f' $$;
    CREATE FUNCTION uuid7() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()'`);
});

afterAll(async () => {
  await database.drop();
});

afterEach(async () => {
  await connection.script('DROP VIEW IF EXISTS v CASCADE; DROP TABLE IF EXISTS t, u CASCADE');
});

const reflect = () => inspectPostgres(connection, { ignoredTables: [], schemas: ['audit'] });

/** Makes the table `t` (and what else the DDL says) and reflects it. */
async function made(ddl: string): Promise<{ model: SchemaModel; table: Table }> {
  await connection.script(ddl);
  const model = await reflect();
  return { model, table: tableOf(model) };
}

function tableOf(model: SchemaModel): Table {
  const table = model.tables.find(({ name }) => name === 't');
  if (!table) throw new Error('no table t');
  return table;
}

/** The model with another table `t`. */
function withTable(model: SchemaModel, change: Partial<Table>): SchemaModel {
  const tables = model.tables.map((table) =>
    table.name === 't' ? { ...table, ...change } : table,
  );
  return { ...model, tables };
}

/** Canonical form of the table `t` when the target differs from the database in these parts. */
async function canonicalTable(model: SchemaModel, change: Partial<Table>): Promise<Table> {
  const target = withTable(model, change);
  const { target: canonical, unverified } = await canonicalizePostgres(connection, {
    current: model,
    target,
  });
  expect(unverified).toBe(false);
  return tableOf(canonical);
}

/** A session that counts its round trips. */
function counting(inner: Connection): { connection: Connection; scripts: string[] } {
  const scripts: string[] = [];
  const counted: Connection = {
    query: (sql, parameters) => {
      scripts.push(sql);
      return inner.query(sql, parameters);
    },
    script: (sql) => {
      scripts.push(sql);
      return inner.script(sql);
    },
    close: () => inner.close(),
  };
  return { connection: counted, scripts };
}

describe('defaults of the corpus (diff-corpus 8.1)', () => {
  const cases: [id: string, type: string, value: string][] = [
    ['PG-D1', 'timestamp', `timezone('utc'::text, now())`],
    ['PG-D2', 'timestamp', `(now() at time zone 'utc')`],
    ['PG-D3', 'timestamptz', `now() + interval '15 days'`],
    ['PG-D4', 'text', 'gen_random_uuid()::text'],
    ['PG-D5', 'text', `replace(gen_random_uuid()::text || gen_random_uuid()::text, '-','')`],
    ['PG-D6', 'uuid', 'gen_random_uuid()'],
    ['PG-D7', 'uuid', 'GEN_RANDOM_UUID()'],
    ['PG-D9', 'uuid', 'uuid_generate_v4()'],
    ['PG-D10', 'uuid', `'ABCDEF00-0000-0000-0000-000000000000'`],
    ['PG-D11', 'boolean', `'false'`],
    ['PG-D12', 'boolean', `'f'`],
    ['PG-D13', 'numeric(10,2)', `'0.00'`],
    ['PG-D14', 'numeric(10,2)', '0.1'],
    ['PG-D15', 'numeric(10,2)', '-1.50'],
    ['PG-D16', 'numeric(10,2)', `'10.5'`],
    ['PG-D17', 'jsonb', `'{}'::jsonb`],
    ['PG-D18', 'jsonb', `'{"a": 1,"b":2}'`],
    ['PG-D19', 'jsonb', `'{"n":"a::text"}'`],
    ['PG-D20', 'text', `'a::text'`],
    ['PG-D21', 'text', `'App::Model'`],
    ['PG-D22', 'text', 'NULL'],
    ['PG-D23', 'timestamptz', 'null'],
    ['PG-D24', 'interval', `'24 hours'`],
    ['PG-D25', 'interval', `'P1D'`],
    ['PG-D26', 'date', `'2020-1-1'`],
    ['PG-D27', 'timestamptz', `'2020-01-01'`],
    ['PG-D28', 'timestamptz', `'2020-01-01T00:00:00Z'`],
    ['PG-D29', 'timestamptz', `'1970-01-01T00:00:00.000Z'`],
    ['PG-D30', 'time', `'10:00'`],
    ['PG-D31', 'int4range', `'[1,5]'`],
    ['PG-D32', 'tstzrange', `'[2020-01-01,)'`],
    ['PG-D33', 'bit(4)', `B'0101'`],
    ['PG-D34', 'int', `nextval('s1'::regclass)`],
    ['PG-D35', 'int', '1+1'],
    ['PG-D36', 'bigint', 'extract(epoch from now())'],
    ['PG-D37', 'bigint', '(extract(epoch from now()) * 1000)::bigint'],
    ['PG-D38', 'text[]', 'ARRAY[]::text[]'],
    ['PG-D39', 'text[]', `array['a','b']`],
    ['PG-D40', 'text[]', `'{"a b","c,d"}'`],
    ['PG-D41', 'int[]', `'{}'::int[]`],
    ['PG-D42', 'int[]', `'{}'::integer[]`],
    ['PG-D43', 'kind', `'a'::kind`],
    ['PG-D44', 'text', `'x' || 'y'`],
    ['PG-D45', 'text', 'current_user'],
    ['PG-D46', 'uuid', `current_setting('app.tenant')::uuid`],
    ['PG-D47', 'text', 'public.f()'],
    ['PG-D48', 'text', 'md5(random()::text)'],
    ['PG-D49', 'int', 'CASE WHEN true THEN 1 ELSE 2 END'],
    ['PG-D50', 'timestamp', 'now()::timestamp'],
    ['PG-D50', 'timestamp', 'now( )'],
    ['PG-D51', 'jsonb', `'{"a":1}'`],
    ['PG-D52', 'jsonb', `'{"a":1,"a":2}'`],
    ['PG-D53', 'cidr', `'10/8'`],
    ['PG-D54', 'macaddr', `'08-00-2b-01-02-03'`],
    ['PG-D55', 'money', '0'],
    ['PG-D55', 'money', `'0'`],
    ['PG-D56', 'bigint', '10'],
    ['PG-S2', 'uuid', 'uuid7()'],
    ['an apostrophe', 'text', `'it''s'`],
    ['a backslash', 'text', `E'a\\\\b'`],
    ['an enum of another schema', 'audit."Odd kind"', `'x'`],
    ['an array of an enum', 'kind[]', `'{a,b}'`],
    ['an array of varchar', 'varchar(9)[]', `'{}'::varchar[]`],
    ['a char', 'char(3)', `'ab'`],
    ['a float', 'float', '1e3'],
    ['a bytea', 'bytea', `'\\xDEADBEEF'`],
    ['a comment at the end', 'int', '7 -- seven'],
    ['a semicolon', 'text', `';'`],
    ['an extension type', 'citext', `'X'`],
  ];

  it.each(cases)('%s: %s DEFAULT %s is no difference', async (_, type, value) => {
    const { model, table } = await made(`CREATE TABLE t (c ${type} DEFAULT ${value}\n)`);
    const columns: Column[] = [{ name: 'c', type, nullable: true, default: value }];
    expect(await canonicalTable(model, { columns })).toEqual(table);
  });

  it('all at once, in ten round trips', async () => {
    const name = (position: number) => `c${position}`;
    const { model, table } = await made(
      `CREATE TABLE t (${cases.map(([, type, value], n) => `${name(n)} ${type} DEFAULT ${value}\n`).join(',')})`,
    );
    const columns = cases.map(([, type, value], n) => {
      return { name: name(n), type, nullable: true, default: value };
    });
    const counted = counting(connection);
    const { target } = await canonicalizePostgres(counted.connection, {
      current: model,
      target: withTable(model, { columns }),
    });
    expect(tableOf(target)).toEqual(table);
    expect(counted.scripts.length).toBeLessThanOrEqual(10);
  });

  it('PG-D8: the default of a primary key', async () => {
    const { model, table } = await made(
      `CREATE TABLE t (c uuid DEFAULT gen_random_uuid() PRIMARY KEY)`,
    );
    const columns = [{ name: 'c', type: 'uuid', nullable: false, default: 'GEN_RANDOM_UUID ()' }];
    expect(await canonicalTable(model, { columns })).toEqual(table);
  });

  it.each(['Asia/Kolkata', 'America/New_York', 'UTC'])(
    'PG-D27, PG-D28: literals mean what the session means with them (TimeZone %s)',
    async (zone) => {
      await connection.script(
        `SET TimeZone = '${zone}'; SET DateStyle = 'SQL, DMY'; SET IntervalStyle = 'iso_8601'`,
      );
      try {
        const values = [`'2020-01-01'`, `'2020-01-01T00:00:00Z'`, `'02/01/2020 10:00'`];
        const list = values.map((value, n) => `c${n} timestamptz DEFAULT ${value}`).join(', ');
        const { model, table } = await made(
          `CREATE TABLE t (${list}, i interval DEFAULT '1 day -2 hours')`,
        );
        const columns = values.map((value, n) => {
          return { name: `c${n}`, type: 'timestamptz', nullable: true, default: value };
        });
        const interval = { name: 'i', type: 'interval', nullable: true, default: `'P1DT-2H'` };
        expect(await canonicalTable(model, { columns: [...columns, interval] })).toEqual(table);
      } finally {
        await connection.script('RESET TimeZone; RESET DateStyle; RESET IntervalStyle');
      }
    },
  );

  it('B078: strings mean what they mean in a migration, whatever the database says of them', async () => {
    const { model, table } = await made(
      `SET standard_conforming_strings = on; CREATE TABLE t (c bytea DEFAULT '\\x00ff')`,
    );
    await connection.script('SET standard_conforming_strings = off');
    try {
      const columns = [{ name: 'c', type: 'bytea', nullable: true, default: `'\\x00FF'` }];
      expect(await canonicalTable(model, { columns })).toEqual(table);
    } finally {
      await connection.script('RESET standard_conforming_strings');
    }
  });

  it('spells a default that really differs as the server would', async () => {
    const { model } = await made(`CREATE TABLE t (c varchar(9) DEFAULT 'a', d int)`);
    const { columns } = await canonicalTable(model, {
      columns: [
        { name: 'c', type: 'varchar(9)', nullable: true, default: `'b'` },
        { name: 'd', type: 'int', nullable: true, default: '1 + 1' },
      ],
    });
    expect(columns).toEqual([
      {
        name: 'c',
        type: 'character varying(9)',
        nullable: true,
        default: `'b'::character varying`,
      },
      { name: 'd', type: 'integer', nullable: true, default: '(1 + 1)' },
    ]);
  });
});

describe('types and collations', () => {
  it.each([
    ['PG-T1', 'numeric', 'decimal'],
    ['PG-T2', 'timestamp(3)[]', 'timestamp(3) without time zone array'],
    ['lengths', 'varchar(255)', 'character varying (255)'],
    ['no length', 'varchar', 'character varying'],
    ['int', 'int', 'int4'],
    ['an array', 'int[]', 'int4[][]'],
    ['time zones', 'timestamptz(3)', 'timestamp(3) with time zone'],
    ['an interval', 'interval', 'interval'],
    ['an enum', 'kind', 'public.kind'],
    ['an enum of another schema', 'audit."Odd kind"', '"audit"."Odd kind"'],
    ['a serial in the wrong place', 'bigint', 'bigserial'],
    ['char', 'char(1)', 'bpchar(1)'],
  ])('%s: %s and %s are one type', async (_, made_, written) => {
    const { model, table } = await made(`CREATE TABLE t (c ${made_})`);
    const columns = [{ name: 'c', type: written, nullable: true }];
    expect(await canonicalTable(model, { columns })).toEqual(table);
  });

  it.each([
    ['PG-T3: the default collation', 'text', 'default'],
    ['a named collation', 'text COLLATE "C"', '"C"'],
    ['a qualified collation', 'text COLLATE "C"', '"pg_catalog"."C"'],
  ])('%s', async (_, made_, collation) => {
    const { model, table } = await made(`CREATE TABLE t (c ${made_} DEFAULT 'x')`);
    const columns = [{ name: 'c', type: 'text', nullable: true, collation, default: `'x'` }];
    expect(await canonicalTable(model, { columns })).toEqual(table);
  });
});

describe('checks', () => {
  const columnList = `a int, b numeric(9,2), s varchar(20), x text, "Big One" text, at timestamptz, kind kind,
    tags text[], j jsonb`;

  const checks = [
    'a > 0',
    'a>0 and b<=100',
    'a != 1 OR b <> 2',
    'a IN (1,2,3)',
    'a NOT IN (1,2)',
    `s IN ('draft', 'sent')`,
    `s = ANY (ARRAY['draft','sent'])`,
    `x IN ('a', 'b')`,
    `kind IN ('a','b')`,
    `kind = 'a' or kind is null`,
    'a BETWEEN 1 AND 10',
    `x LIKE 'a%' AND x ILIKE '%b'`,
    `s ~ '^[a-z]+$'`,
    `x similar to 'a|b'`,
    'length(s) > 0',
    'char_length(trim(x)) > 0',
    'b > 0.5',
    'a::numeric > b',
    'CAST(a AS bigint) > 0',
    'NOT (a > 0)',
    'a IS NOT NULL',
    '(a IS NULL) <> (b IS NULL)',
    'num_nonnulls(a, b) = 1',
    `at > '2020-01-01'`,
    `at >= '2020-01-01T00:00:00Z'::timestamptz`,
    `j ? 'key' AND jsonb_typeof(j) = 'object'`,
    `j ->> 'k' = 'v'`,
    'cardinality(tags) > 0',
    `tags <@ ARRAY['x','y']`,
    '"Big One" <> \'\'',
    'case when a > 1 then b > 1 else true end',
    'coalesce(a, 0) >= 0',
    'a % 2 = 0',
    '-a < 0',
    'true',
    "A > 0 AND S <> ''",
    'a > 0 -- the end',
    'a > /* inside */ 0',
    `x <> 'a;b' AND x <> '--'`,
    't.a > 0',
    '"t"."a" > t.b',
    '(t.*) IS NOT NULL',
  ];

  it.each(checks)('CHECK (%s) is no difference', async (expression) => {
    const { model, table } = await made(
      `CREATE TABLE t (${columnList}, CONSTRAINT c CHECK (${expression}\n))`,
    );
    expect(await canonicalTable(model, { checks: [{ name: 'c', expression }] })).toEqual(table);
  });

  it('all at once', async () => {
    const list = checks.map((expression, n) => `CONSTRAINT c${n} CHECK (${expression}\n)`);
    const { model, table } = await made(`CREATE TABLE t (${columnList}, ${list.join(', ')})`);
    const target = checks.map((expression, n) => ({ name: `c${n}`, expression }));
    const { checks: found } = await canonicalTable(model, { checks: target });
    expect([...found].sort(byName)).toEqual([...table.checks].sort(byName));
  });

  it('finds the same check under another name, and without one', async () => {
    const { model } = await made(
      'CREATE TABLE t (a int, CONSTRAINT first CHECK (a > 0), CONSTRAINT second CHECK (a IN (1, 2)))',
    );
    const { checks: found } = await canonicalTable(model, {
      checks: [{ name: 'other', expression: 'a in (1,2)' }, { expression: '(a)>(0)' }],
    });
    expect(found).toEqual([
      { name: 'other', expression: 'a = ANY (ARRAY[1, 2])' },
      { expression: 'a > 0' },
    ]);
  });

  it('PG-M1: keeps a check that really differs different, in the words of the server', async () => {
    const { model } = await made('CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0))');
    const { checks: found } = await canonicalTable(model, {
      checks: [{ name: 'c', expression: 'a>5' }],
    });
    expect(found).toEqual([{ name: 'c', expression: 'a > 5' }]);
  });

  it('sees through a spelling of the server that it spells otherwise when it reads it', async () => {
    // The database was made from a file that we rendered from the server's first spelling.
    const first = (
      await made(`CREATE TABLE t (s varchar(9), CONSTRAINT c CHECK (s IN ('x', 'y')))`)
    ).table;
    const rendered = String(first.checks[0]?.expression);
    await connection.script('DROP TABLE t');
    const { model, table } = await made(
      `CREATE TABLE t (s varchar(9) CONSTRAINT c CHECK (${rendered}))`,
    );
    expect(table.checks[0]?.expression).not.toBe(rendered);
    for (const expression of [
      `s in ('x','y')`,
      rendered,
      `((s)::text = ANY ((ARRAY['x'::varchar,'y'::varchar])::text[]))`,
    ])
      expect(await canonicalTable(model, { checks: [{ name: 'c', expression }] })).toEqual(table);
  });

  it('takes a check for the same that a change of type will spell anew', async () => {
    const { model } = await made("CREATE TABLE t (s text, CONSTRAINT c CHECK (s <> ''))");
    const { checks: found } = await canonicalTable(model, {
      columns: [{ name: 's', type: 'varchar(9)', nullable: true }],
      checks: [{ name: 'c', expression: `s<>''` }],
    });
    expect(found).toEqual([{ name: 'c', expression: `s <> ''::text` }]);
    const other = await canonicalTable(model, {
      columns: [{ name: 's', type: 'varchar(9)', nullable: true }],
      checks: [{ name: 'c', expression: `s<>'x'` }],
    });
    expect(other.checks).toEqual([{ name: 'c', expression: `(s)::text <> 'x'::text` }]);
  });

  const hostile = `we"ird; -- é 🙂 $1`;

  it('probes hostile names', async () => {
    const quoted = `"${hostile.replaceAll('"', '""')}"`;
    const { model, table } = await made(
      `CREATE TABLE t (${quoted} int, CONSTRAINT c CHECK (${quoted} > 0))`,
    );
    const target = { checks: [{ name: 'c', expression: `${quoted}>0` }] };
    expect(await canonicalTable(model, target)).toEqual(table);
  });

  it('a law: what the server stores of a random expression is its canonical form', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(booleanExpression, { minLength: 10, maxLength: 30 }),
        async (list) => {
          await connection.script('DROP TABLE IF EXISTS t');
          const constraints = list.map((text, n) => `CONSTRAINT c${n} CHECK (${text})`).join(', ');
          const { model, table } = await made(`CREATE TABLE t (${columnList}, ${constraints})`);
          const target = list.map((expression, n) => ({ name: `c${n}`, expression }));
          const canonical = await canonicalTable(model, { checks: target });
          expect([...canonical.checks].sort(byName)).toEqual([...table.checks].sort(byName));
        },
      ),
      { numRuns: 12 },
    );
  });
});

const byName = (left: { name?: string }, right: { name?: string }) =>
  String(left.name) < String(right.name) ? -1 : 1;

/** Boolean SQL over the columns of the checks above, in many spellings. */
const { booleanExpression } = fc.letrec<{
  booleanExpression: string;
  number: string;
  text: string;
}>((tie) => ({
  number: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('a', 'A', '"a"', 'b', '1', '-2', '0.50', `'3'::int`),
    fc
      .tuple(tie('number'), fc.constantFrom('+', '-', '*'), tie('number'))
      .map((all) => `(${all.join(' ')})`),
    fc.tuple(tie('number'), tie('number')).map((all) => `coalesce(${all.join(',')})`),
    tie('number').map((number) => `CAST(${number} AS numeric)`),
  ),
  text: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('s', 'x', '"Big One"', `'it''s'`, `'a;b'`, `E'\\\\'`, `s::text`),
    fc.tuple(tie('text'), tie('text')).map(([left, right]) => `(${left} || ${right})`),
    tie('text').map((text) => `lower(${text})`),
  ),
  booleanExpression: fc.oneof(
    { maxDepth: 3 },
    fc
      .tuple(tie('number'), fc.constantFrom('<', '>=', '<>', '!=', '='), tie('number'))
      .map((all) => all.join(' ')),
    fc
      .tuple(tie('text'), fc.constantFrom('=', '<>', '~', 'LIKE', 'NOT ILIKE'), tie('text'))
      .map((all) => all.join(' ')),
    fc.tuple(tie('number'), tie('number')).map(([left, right]) => `${left} IN (${right}, 7)`),
    fc.tuple(tie('text')).map(([text]) => `${text} NOT IN ('p', 'q')`),
    tie('number').map((number) => `${number} IS NOT NULL`),
    fc
      .tuple(tie('booleanExpression'), fc.constantFrom('AND', 'or'), tie('booleanExpression'))
      .map(([left, word, right]) => `(${left}) ${word} ${right}`),
    tie('booleanExpression').map((expression) => `NOT (${expression})`),
  ),
}));

describe('indexes', () => {
  const columnList = `id int PRIMARY KEY, a int, s varchar(20), at timestamptz, ts timestamp, j jsonb, deleted_at timestamptz`;

  it.each([
    'deleted_at IS NULL',
    'a>5',
    `s IN ('x','y')`,
    `s = 'x' AND NOT a = 1`,
    `at > '2020-01-01'`,
    't.a > 5',
    'a > 0 and a < 9 and (id > 1 and id < 7)',
  ])('WHERE %s is no difference', async (where) => {
    const { model, table } = await made(
      `CREATE TABLE t (${columnList}); CREATE INDEX i ON t (a) WHERE ${where}`,
    );
    const indexes = [{ name: 'i', elements: [{ column: 'a' }], unique: false, where }];
    expect(await canonicalTable(model, { indexes })).toEqual(table);
  });

  it.each([
    'lower(s)',
    'LOWER(s)',
    'lower(t.s)',
    '(a+id)',
    'a+id',
    `j->>'k'`,
    `(j -> 'k')`,
    `ts AT TIME ZONE 'utc'`,
    `date_trunc('day', ts)`,
    'coalesce(a, 0)',
    'a IS NULL',
    `(s)::text`,
    `s || 'x'`,
    `CASE WHEN a > 0 THEN s END`,
  ])('an index on %s is no difference', async (expression) => {
    const { model, table } = await made(
      `CREATE TABLE t (${columnList}); CREATE UNIQUE INDEX i ON t ((${expression}), a DESC)`,
    );
    const elements = [{ expression }, { column: 'a', order: 'desc' as const }];
    const indexes = [{ name: 'i', elements, unique: true }];
    expect(await canonicalTable(model, { indexes })).toEqual(table);
  });

  it('PG-M2: keeps a predicate that really differs different', async () => {
    const { model } = await made(
      `CREATE TABLE t (${columnList}); CREATE INDEX i ON t (a) WHERE a > 0`,
    );
    const { indexes } = await canonicalTable(model, {
      indexes: [{ name: 'i', elements: [{ column: 'a' }], unique: false, where: 'a>5' }],
    });
    expect(indexes[0]?.where).toBe('a > 5');
  });

  it('finds the same index under another name', async () => {
    const { model, table } = await made(
      `CREATE TABLE t (${columnList}); CREATE INDEX i ON t (lower(s)) WHERE a IN (1, 2)`,
    );
    const other = {
      name: 'o',
      elements: [{ expression: 'LOWER(s)' }],
      unique: false,
      where: 'a in (1,2)',
    };
    const { indexes } = await canonicalTable(model, { indexes: [other] });
    expect(indexes).toEqual([{ ...table.indexes[0], name: 'o' }]);
  });

  it('spells the indexes of materialized views', async () => {
    await connection.script(`
      CREATE TABLE t (${columnList}); CREATE MATERIALIZED VIEW m AS SELECT id, s, a FROM t;
      CREATE INDEX i ON m (lower(s)) WHERE s IN ('x', 'y')`);
    const model = await reflect();
    const views = model.views.map((view) => ({
      ...view,
      indexes: [
        {
          name: 'i',
          elements: [{ expression: 'LOWER(s)' }],
          unique: false,
          where: `s in ('x','y')`,
        },
      ],
    }));
    const { target } = await canonicalizePostgres(connection, {
      current: model,
      target: { ...model, views },
    });
    expect(target.views).toEqual(model.views);
    expect(model.views[0]?.indexes[0]?.where).toMatch(/ANY/);
  });
});

describe('generated columns and exclusion constraints', () => {
  it.each([
    ['int', 'a*2'],
    ['text', `first || ' ' || last`],
    ['tsvector', `to_tsvector('english', coalesce(first,'') || ' ' || coalesce(last, ''))`],
    ['numeric(10,2)', 'a / 3.0'],
    ['boolean', `first in ('x','y')`],
    ['varchar(9)', 'upper(last)'],
  ])('GENERATED %s AS (%s) is no difference', async (type, expression) => {
    const { model, table } = await made(
      `CREATE TABLE t (a int, first varchar(20), last text, g ${type} GENERATED ALWAYS AS (${expression}) STORED)`,
    );
    const columns: Column[] = [
      { name: 'a', type: 'int', nullable: true },
      { name: 'first', type: 'varchar(20)', nullable: true },
      { name: 'last', type: 'text', nullable: true },
      { name: 'g', type, nullable: true, generated: { expression, stored: true } },
    ];
    expect(await canonicalTable(model, { columns })).toEqual(table);
  });

  it('PG-M8: keeps a generated expression that really differs different', async () => {
    const { model, table } = await made(
      'CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a * 2) STORED)',
    );
    const columns = table.columns.map((column) =>
      column.generated ? { ...column, generated: { expression: 'a*3', stored: true } } : column,
    );
    expect((await canonicalTable(model, { columns })).columns[1]?.generated?.expression).toBe(
      'a * 3',
    );
  });

  it('spells exclusion constraints (PG-M3)', async () => {
    const { model, table } = await made(`CREATE TABLE t (room int, during tstzrange, gone boolean,
      CONSTRAINT e EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (NOT gone))`);
    const spelled = async (definition: string) =>
      (await canonicalTable(model, { exclusions: [{ name: 'e', definition }] })).exclusions;
    expect(await spelled('using gist ("room" with =, during with &&) where (not gone)')).toEqual(
      table.exclusions,
    );
    expect(await spelled('USING gist (during WITH &&)')).toEqual([
      { name: 'e', definition: 'USING gist (during WITH &&)' },
    ]);
  });
});

describe('views', () => {
  const base = `CREATE TABLE t (id int PRIMARY KEY, s varchar(20), n numeric); CREATE TABLE u (id int, t_id int)`;

  async function spelledView(made_: string, written: string) {
    await connection.script(`${base}; CREATE VIEW v AS ${made_}`);
    const model = await reflect();
    const views = model.views.map((view) => ({ ...view, definition: written }));
    const { target } = await canonicalizePostgres(connection, {
      current: model,
      target: { ...model, views },
    });
    return { target, model };
  }

  it.each([
    'select id, s from t',
    'SELECT * FROM t',
    'select t.id, count(*) as n from t join u on u.t_id = t.id group by t.id having count(*) > 1',
    `select id from t where s in ('x', 'y') and n > 1`,
    `with x as (select id from t) select id from x where exists (select 1 from u where u.t_id = x.id)`,
    'select id, row_number() over (partition by s order by id) from t',
    `select id from t -- the end`,
    `select 'a;b' as text`,
    'table t',
    'values (1, 2)',
  ])('%s is no difference', async (query) => {
    const { target, model } = await spelledView(`${query}\n`, query);
    expect(target.views).toEqual(model.views);
  });

  it('PG-M11: keeps a query that really differs different', async () => {
    const { target, model } = await spelledView('SELECT id FROM t', 'select id from t where id>1');
    expect(target.views[0]?.definition).not.toBe(model.views[0]?.definition);
    expect(target.views[0]?.definition).toMatch(/WHERE \(+(t\.)?id > 1\)/);
  });

  it('sees through a spelling of the server that it spells otherwise when it reads it', async () => {
    const written = `SELECT id FROM t WHERE s IN ('x', 'y')`;
    const first = await spelledView(written, written);
    const rendered = String(first.model.views[0]?.definition);
    await connection.script('DROP TABLE t, u CASCADE');
    const { target, model } = await spelledView(rendered, written);
    expect(model.views[0]?.definition).not.toBe(rendered);
    expect(target.views).toEqual(model.views);
  });

  it('leaves a view that needs objects of the same diff as it is written, and spells the others', async () => {
    await connection.script(
      `${base}; CREATE VIEW v1 AS SELECT id FROM t; CREATE VIEW v2 AS SELECT id FROM u`,
    );
    const model = await reflect();
    const written = new Map([
      ['v1', 'select id, added_later from t'],
      ['v2', 'select u.id from u'],
    ]);
    const views = model.views.map((view) => {
      return { ...view, definition: written.get(view.name) ?? view.definition };
    });
    const { target } = await canonicalizePostgres(connection, {
      current: model,
      target: { ...model, views },
    });
    expect(target.views).toEqual([views[0], model.views[1]]);
  });
});

describe('types of the same diff', () => {
  const columns = (type: string, value: string): Column[] => [
    { name: 'c', type, nullable: true, default: value },
  ];

  it('uses a label that the diff adds, also in another schema', async () => {
    const { model } = await made(
      `CREATE TABLE t (c kind DEFAULT 'a', d audit."Odd kind" DEFAULT 'x')`,
    );
    const enums = model.enums.map((type) => ({ ...type, labels: [...type.labels, 'new'] }));
    const target = withTable(
      { ...model, enums },
      {
        columns: [
          ...columns('kind', `'new'::kind`),
          { name: 'd', type: 'audit."Odd kind"', nullable: true, default: `'new'` },
        ],
        checks: [{ name: 'k', expression: `c = 'new'` }],
      },
    );
    const spelled = await canonicalizePostgres(connection, { current: model, target });
    expect(tableOf(spelled.target).columns).toEqual([
      { name: 'c', type: 'kind', nullable: true, default: `'new'::kind` },
      { name: 'd', type: 'audit."Odd kind"', nullable: true, default: `'new'::audit."Odd kind"` },
    ]);
    expect((await reflect()).enums).toEqual(model.enums);
  });

  it('uses an enum and a schema that the diff makes', async () => {
    const { model } = await made(`CREATE TABLE t (c text DEFAULT 'a')`);
    const target = withTable(
      {
        ...model,
        schemas: ['audit', 'fresh'],
        enums: [...model.enums, { schema: 'fresh', name: 'Mood', labels: ['ok', `it's`] }],
      },
      { columns: columns('"fresh"."Mood"', `'it''s'`) },
    );
    const spelled = await canonicalizePostgres(connection, { current: model, target });
    expect(tableOf(spelled.target).columns).toEqual(
      columns('fresh."Mood"', `'it''s'::fresh."Mood"`),
    );
    expect((await reflect()).schemas).toEqual(['audit']);
  });
});

describe('what the server refuses', () => {
  it('stays as it is written and spoils nothing else', async () => {
    const list = Array.from({ length: 40 }, (_, n) => `c${n} int DEFAULT ${n} + 1`).join(', ');
    const { model, table } = await made(`CREATE TABLE t (${list}, CONSTRAINT k CHECK (c1 > 0))`);
    const broken = new Map([
      ['c3', 'no_such_function()'],
      ['c17', `'x'::no_such_type`],
      ['c18', '(('],
      ['c19', `'open`],
      ['c20', '1); COMMIT; DROP TABLE t; --'],
      ['c39', '/* open'],
    ]);
    const columns = table.columns.map((column, n) => {
      return { ...column, type: 'int', default: broken.get(column.name) ?? `${n}+1` };
    });
    const spelled = await canonicalTable(model, {
      columns,
      checks: [{ name: 'k', expression: 'no_column > 0' }],
    });
    expect(spelled.columns).toEqual(
      table.columns.map((column) => {
        const refused = broken.get(column.name);
        return refused === undefined ? column : { ...column, default: refused };
      }),
    );
    expect(spelled.checks).toEqual([{ name: 'k', expression: 'no_column > 0' }]);
    expect(await leftovers()).toEqual(NOTHING);
    expect((await reflect()).tables).toEqual(model.tables);
  });

  it('a type that does not exist stays, with the expressions that need it', async () => {
    const { model } = await made('CREATE TABLE t (a int, b int, CONSTRAINT k CHECK (a > 0))');
    const change = {
      columns: [
        { name: 'a', type: 'nonsense', nullable: true },
        { name: 'b', type: 'int', nullable: true },
      ],
      checks: [{ name: 'k', expression: 'a>1' }],
    };
    const spelled = await canonicalTable(model, change);
    expect(spelled.columns.map(({ type }) => type)).toEqual(['nonsense', 'integer']);
    expect(spelled.checks).toEqual(change.checks);
  });
});

describe('what it costs and leaves', () => {
  it('equal texts cost nothing, whatever else differs', async () => {
    const { model, table } = await made(
      `CREATE TABLE t (a int DEFAULT 1, g int GENERATED ALWAYS AS (a + 1) STORED, CONSTRAINT k CHECK (a > 0));
       CREATE INDEX i ON t ((a + 1)) WHERE a > 0; CREATE VIEW v AS SELECT a FROM t`,
    );
    const counted = counting(connection);
    const fresh: Table = {
      ...table,
      name: 'brand_new',
      columns: [{ name: 'q', type: 'int', nullable: true, default: '1+1' }],
    };
    const target = {
      ...withTable(model, {
        comment: 'new',
        foreignKeys: [],
        uniques: [{ name: 'u', columns: ['a'] }],
      }),
    };
    const models = { current: model, target: { ...target, tables: [...target.tables, fresh] } };
    expect(await canonicalizePostgres(counted.connection, models)).toEqual({
      ...models,
      unverified: false,
    });
    expect(counted.scripts).toEqual([]);
  });

  it('asks about many tables as often as about one', async () => {
    const tables = (count: number): Table[] =>
      Array.from({ length: count }, (_, n) => ({
        schema: null,
        name: `many${n}`,
        columns: [
          { name: 'id', type: 'bigint', nullable: false },
          { name: 'price', type: 'numeric(12,2)', nullable: false, default: '0' },
          { name: `own${n}`, type: 'text', nullable: true },
        ],
        foreignKeys: [],
        uniques: [],
        checks: [
          { name: `k${n}`, expression: 'price>=0' },
          { name: `o${n}`, expression: `own${n}<>''` },
        ],
        exclusions: [],
        indexes: [{ name: `i${n}`, elements: [{ column: 'id' }], unique: false, where: 'price>0' }],
      }));
    const reflected = (count: number): SchemaModel => ({
      ...EMPTY_SCHEMA,
      tables: tables(count).map((table) => ({
        ...table,
        columns: table.columns.map((column) => ({
          ...column,
          ...(column.default && { default: `'0'::numeric` }),
        })),
        checks: table.checks.map((check) => ({ ...check, expression: 'id > 0' })),
        indexes: table.indexes.map((index) => ({ ...index, where: 'id > 0' })),
      })),
    });
    const trips = async (count: number) => {
      const counted = counting(connection);
      const { target } = await canonicalizePostgres(counted.connection, {
        current: reflected(count),
        target: { ...EMPTY_SCHEMA, tables: tables(count) },
      });
      expect(target.tables[count - 1]?.checks).toEqual([
        { name: `k${count - 1}`, expression: 'price >= (0)::numeric' },
        { name: `o${count - 1}`, expression: `own${count - 1} <> ''::text` },
      ]);
      const made_ = counted.scripts.join('\n').match(/CREATE TEMPORARY TABLE/g)?.length ?? 0;
      return { trips: counted.scripts.length, made: made_ };
    };
    const one = await trips(1);
    const many = await trips(1000);
    expect(many.trips).toBe(one.trips);
    expect(many.made).toBeLessThan(12);
  });

  it('leaves no object, no lock and no transaction', async () => {
    const { model } = await made(`CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0))`);
    await canonicalTable(model, { checks: [{ name: 'k', expression: 'a>1' }] });
    expect(await leftovers()).toEqual(NOTHING);
  });

  it('leaves nothing after an error on the way, and reports that error', async () => {
    const { model } = await made('CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0))');
    let scripts = 0;
    const failing: Connection = {
      ...connection,
      query: (sql, parameters) => connection.query(sql, parameters),
      script: (sql) => {
        scripts += 1;
        return scripts === 4
          ? Promise.reject(new Error('the wire is cut'))
          : connection.script(sql);
      },
      close: () => connection.close(),
    };
    const target = withTable(model, { checks: [{ name: 'k', expression: 'a>1' }] });
    await expect(canonicalizePostgres(failing, { current: model, target })).rejects.toThrow(
      'the wire is cut',
    );
    expect(await leftovers()).toEqual(NOTHING);
  });

  it('does not take a time-out for an answer', async () => {
    const { model } = await made('CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t');
    const other = await database.connect();
    await other.script('BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE');
    await connection.script(`SET lock_timeout = '50ms'`);
    const views = model.views.map((view) => ({ ...view, definition: 'select a from t' }));
    try {
      await expect(
        canonicalizePostgres(connection, { current: model, target: { ...model, views } }),
      ).rejects.toMatchObject({ code: '55P03' });
    } finally {
      await other.script('ROLLBACK');
      await connection.script('RESET lock_timeout');
    }
    expect(await leftovers()).toEqual(NOTHING);
  });

  describe('where temporary objects cannot be made', () => {
    let role: string;

    beforeAll(async () => {
      role = `visitor_of_${database.name}`;
      await connection.script(
        `CREATE ROLE ${role}; REVOKE TEMPORARY ON DATABASE ${database.name} FROM PUBLIC`,
      );
    });

    afterAll(async () => {
      await connection.script(`DROP ROLE ${role}`);
    });

    it.each([
      ['without the right to', () => `SET ROLE ${role}`],
      ['in a read-only session', () => 'SET default_transaction_read_only = on'],
    ])('compares texts and says so: %s', async (_, statement) => {
      const { model } = await made('CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0))');
      const target = withTable(model, { checks: [{ name: 'k', expression: 'a>0' }] });
      await connection.script(statement());
      const spelled = await canonicalizePostgres(connection, { current: model, target });
      const left = await leftovers();
      await connection.script('RESET ROLE; RESET default_transaction_read_only');
      expect(spelled).toEqual({ current: model, target, unverified: true });
      expect(left).toEqual(NOTHING);
    });
  });
});

const NOTHING = { objects: '0', locks: '0', state: 'idle' };

/** What another session sees of this one: temporary objects, locks and the state of its transaction. */
async function leftovers() {
  const { rows } = await connection.query('SELECT pg_backend_pid() AS pid');
  const result = await observer.query(
    `SELECT (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname ~ '^pg_(toast_)?temp_' OR c.relname ~ '^nest_alembic')::text AS objects,
      (SELECT count(*) FROM pg_locks WHERE pid = $1)::text AS locks,
      (SELECT state FROM pg_stat_activity WHERE pid = $1) AS state`,
    [rows[0]?.['pid']],
  );
  return result.rows[0];
}
