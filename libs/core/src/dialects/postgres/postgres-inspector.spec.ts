import { createSpecDatabase, type SpecDatabase } from '../../runtime/testing/database.fixture.js';
import type { Table } from '../../schema/schema-model.js';
import type { Connection } from '../common/connection.js';
import type { InspectOptions } from '../common/dialect.js';
import { inspectPostgres } from './postgres-inspector.js';

let database: SpecDatabase;
let connection: Connection;
let major: number;

const everything: InspectOptions = { ignoredTables: [], schemas: [] };

beforeAll(async () => {
  database = await createSpecDatabase();
  connection = await database.connect();
  const { rows } = await connection.query<{ readonly major: number }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS major`,
  );
  major = rows[0]?.major ?? 0;
  await connection.script('CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gist');
});

afterAll(async () => {
  await database.drop();
});

/** Reflects what the DDL makes, and rolls it back. */
async function reflect(ddl: string, options: Partial<InspectOptions> = {}) {
  await connection.script('BEGIN');
  try {
    await connection.script(ddl);
    return await inspectPostgres(connection, { ...everything, ...options });
  } finally {
    await connection.script('ROLLBACK');
  }
}

/** Reflects the table `t` that the DDL makes. */
async function reflectTable(ddl: string): Promise<Table> {
  const { tables } = await reflect(ddl);
  const table = tables.find(({ name }) => name === 't');
  if (!table) throw new Error('no table t');
  return table;
}

describe('columns', () => {
  it.each([
    ['varchar(20)', 'character varying(20)'],
    ['varchar', 'character varying'],
    ['char(3)', 'character(3)'],
    ['int', 'integer'],
    ['int8', 'bigint'],
    ['smallint', 'smallint'],
    ['numeric(12, 2)', 'numeric(12,2)'],
    ['numeric', 'numeric'],
    ['float', 'double precision'],
    ['real', 'real'],
    ['money', 'money'],
    ['bool', 'boolean'],
    ['timestamptz', 'timestamp with time zone'],
    ['timestamp(3)', 'timestamp(3) without time zone'],
    ['timestamp(3)[]', 'timestamp(3) without time zone[]'],
    ['timetz(2)', 'time(2) with time zone'],
    ['interval day to second(3)', 'interval day to second(3)'],
    ['int[][]', 'integer[]'],
    ['varchar(5)[]', 'character varying(5)[]'],
    ['bit(4)', 'bit(4)'],
    ['varbit(7)', 'bit varying(7)'],
    ['jsonb', 'jsonb'],
    ['tstzrange', 'tstzrange'],
    ['xml', 'xml'],
    ['name', 'name'],
    ['oid', 'oid'],
    ['"char"', '"char"'],
    ['mood', 'mood'],
    ['mood[]', 'mood[]'],
    ['"Odd ""type"', '"Odd ""type"'],
    ['audit.kind', 'audit.kind'],
    ['audit.kind[]', 'audit.kind[]'],
    ['positive', 'positive'],
  ])('reads the type %s as %s', async (written, type) => {
    const { columns } = await reflectTable(`
      CREATE SCHEMA audit; CREATE TYPE mood AS ENUM ('a'); CREATE TYPE "Odd ""type" AS ENUM ('a');
      CREATE TYPE audit.kind AS ENUM ('a'); CREATE DOMAIN positive AS int CHECK (VALUE > 0);
      CREATE TABLE t (c ${written})`);
    expect(columns).toEqual([{ name: 'c', type, nullable: true }]);
  });

  it('reads nullability, defaults, collations and comments in the order of the table', async () => {
    const table = await reflectTable(`
      CREATE TABLE t (b int NOT NULL, gone int, a text COLLATE "C" DEFAULT 'it''s', z text COLLATE "default");
      ALTER TABLE t DROP gone, ADD c timestamptz DEFAULT now();
      COMMENT ON TABLE t IS 'the "table"'; COMMENT ON COLUMN t.b IS 'the ''b'' column'`);
    expect(table.comment).toBe('the "table"');
    expect(table.columns).toEqual([
      { name: 'b', type: 'integer', nullable: false, comment: `the 'b' column` },
      { name: 'a', type: 'text', nullable: true, default: `'it''s'::text`, collation: 'C' },
      { name: 'z', type: 'text', nullable: true },
      { name: 'c', type: 'timestamp with time zone', nullable: true, default: 'now()' },
    ]);
  });

  it('quotes a collation of a schema that the search path does not have', async () => {
    const { columns } = await reflectTable(`
      CREATE SCHEMA other; CREATE COLLATION other."My coll" (locale = 'C');
      CREATE TABLE t (c text COLLATE other."My coll")`);
    expect(columns[0]?.collation).toBe('"other"."My coll"');
  });

  it('spells defaults alike whatever the settings of the session are (PG-D28)', async () => {
    const ddl = `CREATE TABLE t (a timestamptz DEFAULT '2020-01-01T00:00:00Z', b interval DEFAULT 'P1DT2H',
      c date DEFAULT '2020-02-01', d float DEFAULT 0.1::real, e bytea DEFAULT '\\x00ff', "from" text DEFAULT 'a\\b')`;
    const plain = await reflectTable(ddl);
    const moved = await reflectTable(`${ddl}; SET LOCAL TimeZone = 'Asia/Kolkata';
      SET LOCAL DateStyle = 'German'; SET LOCAL IntervalStyle = 'iso_8601'; SET LOCAL extra_float_digits = -3;
      SET LOCAL bytea_output = 'escape'; SET LOCAL standard_conforming_strings = off;
      SET LOCAL quote_all_identifiers = on`);
    expect(plain.columns[0]?.default).toBe(`'2020-01-01 00:00:00+00'::timestamp with time zone`);
    expect(moved).toEqual(plain);
  });

  it('leaves the settings of an open transaction as they were', async () => {
    await connection.script(
      `BEGIN; SET LOCAL TimeZone = 'Asia/Kolkata'; SET LOCAL DateStyle = 'SQL, DMY'`,
    );
    await inspectPostgres(connection, everything);
    const { rows } = await connection.query(
      `SELECT current_setting('TimeZone') AS zone, current_setting('DateStyle') AS style`,
    );
    await connection.script('ROLLBACK');
    expect(rows).toEqual([{ zone: 'Asia/Kolkata', style: 'SQL, DMY' }]);
  });

  it('leaves the settings of a session as they were', async () => {
    await connection.script(`SET TimeZone = 'Asia/Kolkata'`);
    await inspectPostgres(connection, everything);
    const { rows } = await connection.query(`SELECT current_setting('TimeZone') AS zone`);
    await connection.script('RESET TimeZone');
    expect(rows).toEqual([{ zone: 'Asia/Kolkata' }]);
  });

  it.each([
    ['GENERATED ALWAYS AS IDENTITY', { generation: 'always' }],
    ['GENERATED BY DEFAULT AS IDENTITY', { generation: 'by default' }],
    [
      'GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 5 MAXVALUE 1000 CACHE 3 CYCLE)',
      {
        generation: 'always',
        options: { start: '10', increment: '5', maxValue: '1000', cache: '3', cycle: true },
      },
    ],
    [
      'GENERATED ALWAYS AS IDENTITY (INCREMENT -1)',
      { generation: 'always', options: { increment: '-1' } },
    ],
  ])('reads the identity %s', async (clause, identity) => {
    const { columns } = await reflectTable(`CREATE TABLE t (id int ${clause})`);
    expect(columns).toEqual([{ name: 'id', type: 'integer', nullable: false, identity }]);
  });

  it.each(['smallint', 'integer', 'bigint'])(
    'reads an identity of type %s without options where none was given',
    async (type) => {
      const { columns } = await reflectTable(
        `CREATE TABLE t (id ${type} GENERATED BY DEFAULT AS IDENTITY)`,
      );
      expect(columns[0]?.identity).toEqual({ generation: 'by default' });
    },
  );

  it('reads serial columns as counters without a default, and without their sequences', async () => {
    const { tables, sequences } = await reflect(
      'CREATE TABLE t (a serial, b bigserial, c smallserial)',
    );
    expect(tables[0]?.columns).toEqual([
      { name: 'a', type: 'integer', nullable: false, autoIncrement: true },
      { name: 'b', type: 'bigint', nullable: false, autoIncrement: true },
      { name: 'c', type: 'smallint', nullable: false, autoIncrement: true },
    ]);
    expect(sequences).toEqual([]);
  });

  it('PG-S1: still knows a serial column after its table, column and sequence were renamed and moved', async () => {
    const { columns } = await reflectTable(`
      CREATE SCHEMA other; CREATE TABLE "T x" ("the id" serial);
      ALTER SEQUENCE "T x_the id_seq" RENAME TO "it's"; ALTER TABLE "T x" RENAME TO t;
      ALTER TABLE t RENAME "the id" TO id; ALTER SEQUENCE "it's" OWNED BY NONE;
      ALTER SEQUENCE "it's" SET SCHEMA other; ALTER TABLE t SET SCHEMA other;
      ALTER SEQUENCE other."it's" OWNED BY other.t.id; ALTER TABLE other.t SET SCHEMA public`);
    expect(columns).toEqual([
      { name: 'id', type: 'integer', nullable: false, autoIncrement: true },
    ]);
  });

  it('takes the next value of a free or of another sequence for a plain default', async () => {
    const { tables, sequences } = await reflect(`
      CREATE SEQUENCE s1; CREATE TABLE t (a int DEFAULT nextval('s1'), b serial, c int DEFAULT nextval('t_b_seq'),
        d serial, e int DEFAULT nextval('t_d_seq'::text));
      ALTER TABLE t ALTER d SET DEFAULT nextval('t_d_seq') + 1`);
    expect(tables[0]?.columns.map((column) => column.default)).toEqual([
      `nextval('s1'::regclass)`,
      undefined,
      `nextval('t_b_seq'::regclass)`,
      `(nextval('t_d_seq'::regclass) + 1)`,
      `nextval(('t_d_seq'::text)::regclass)`,
    ]);
    expect(sequences).toEqual([
      { schema: null, name: 's1' },
      {
        schema: null,
        name: 't_d_seq',
        type: 'integer',
        ownedBy: { table: { schema: null, name: 't' }, column: 'd' },
      },
    ]);
  });

  it('reads stored generated columns', async () => {
    const { columns } = await reflectTable(
      'CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED)',
    );
    expect(columns[1]).toEqual({
      name: 'b',
      type: 'integer',
      nullable: true,
      generated: { expression: 'a * 2', stored: true },
    });
  });

  it('reads virtual generated columns where the server has them', async () => {
    if (major < 18) return expect(major).toBeGreaterThanOrEqual(13);
    const { columns } = await reflectTable(
      'CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL)',
    );
    expect(columns[1]?.generated).toEqual({ expression: 'a * 2', stored: false });
  });
});

describe('constraints', () => {
  it('reads the primary key with its columns in the order of the key', async () => {
    const table = await reflectTable(
      'CREATE TABLE t (a int, b int, CONSTRAINT "my key" PRIMARY KEY (b, a))',
    );
    expect(table.primaryKey).toEqual({ name: 'my key', columns: ['b', 'a'] });
    expect(table.indexes).toEqual([]);
    expect(table.checks).toEqual([]);
  });

  it('reads every option of foreign keys', async () => {
    const { foreignKeys } = await reflectTable(`
      CREATE SCHEMA other; CREATE TABLE other.p (x int, y int, PRIMARY KEY (y, x));
      CREATE TABLE q (id int PRIMARY KEY);
      CREATE TABLE t (id int PRIMARY KEY, a int, b int, up int REFERENCES t);
      ALTER TABLE t ADD CONSTRAINT f1 FOREIGN KEY (a, b) REFERENCES other.p (x, y) MATCH FULL
        ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED;
      ALTER TABLE t ADD CONSTRAINT f2 FOREIGN KEY (a) REFERENCES q ON DELETE SET DEFAULT ON UPDATE RESTRICT
        DEFERRABLE NOT VALID`);
    expect(foreignKeys).toEqual([
      {
        name: 't_up_fkey',
        columns: ['up'],
        referencedTable: { schema: null, name: 't' },
        referencedColumns: ['id'],
      },
      {
        name: 'f1',
        columns: ['a', 'b'],
        referencedTable: { schema: 'other', name: 'p' },
        referencedColumns: ['x', 'y'],
        onDelete: 'cascade',
        onUpdate: 'set null',
        match: 'full',
        deferrable: 'initially deferred',
      },
      {
        name: 'f2',
        columns: ['a'],
        referencedTable: { schema: null, name: 'q' },
        referencedColumns: ['id'],
        onDelete: 'set default',
        onUpdate: 'restrict',
        deferrable: 'initially immediate',
        notValid: true,
      },
    ]);
  });

  it('reads unique constraints apart from unique indexes', async () => {
    const nulls = major >= 15 ? 'NULLS NOT DISTINCT' : '';
    const { uniques, indexes } = await reflectTable(`
      CREATE TABLE t (a int, b int, CONSTRAINT u1 UNIQUE (b, a), CONSTRAINT u2 UNIQUE (a) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT u3 UNIQUE ${nulls} (b)); CREATE UNIQUE INDEX u4 ON t (a)`);
    expect(uniques).toEqual([
      { name: 'u1', columns: ['b', 'a'] },
      { name: 'u2', columns: ['a'], deferrable: 'initially deferred' },
      { name: 'u3', columns: ['b'], ...(nulls !== '' && { nullsNotDistinct: true }) },
    ]);
    expect(indexes).toEqual([{ name: 'u4', elements: [{ column: 'a' }], unique: true }]);
  });

  it.each([
    ['a > 0', 'a > 0'],
    ['a IN (1, 2)', 'a = ANY (ARRAY[1, 2])'],
    ['a > 0 OR b <> 1', '(a > 0) OR (b <> 1)'],
    ['(a > 0) = (b > 0)', '(a > 0) = (b > 0)'],
    ['true', 'true'],
    [`s <> ')'`, `s <> ')'::text`],
    [`"A b" ~ '(x'`, `"A b" ~ '(x'::text`],
  ])('reads the check %s without outer parentheses', async (written, expression) => {
    const { checks } = await reflectTable(
      `CREATE TABLE t (a int, b int, s text, "A b" text, CONSTRAINT c CHECK (${written}))`,
    );
    expect(checks).toEqual([{ name: 'c', expression }]);
  });

  it('reads a check that has not been validated', async () => {
    const { checks } = await reflectTable(
      'CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID',
    );
    expect(checks).toEqual([{ name: 'c', expression: 'a > 0', notValid: true }]);
  });

  it('reads what is not enforced or over a period, which only PostgreSQL 18 has', async () => {
    const sql = `
      CREATE TABLE p (k int4range, d daterange, CONSTRAINT pk PRIMARY KEY (k, d WITHOUT OVERLAPS));
      CREATE TABLE t (k int4range, d daterange, CONSTRAINT u UNIQUE (k, d WITHOUT OVERLAPS),
        CONSTRAINT f1 FOREIGN KEY (k, PERIOD d) REFERENCES p, CONSTRAINT c CHECK (k <> 'empty') NOT ENFORCED)`;
    if (major < 18) {
      await expect(reflectTable(sql)).rejects.toThrow('syntax error');
      return;
    }
    const { uniques, foreignKeys, checks } = await reflectTable(sql);
    expect(uniques).toEqual([{ name: 'u', columns: ['k', 'd'], withoutOverlaps: true }]);
    expect(foreignKeys).toEqual([
      {
        name: 'f1',
        columns: ['k', 'd'],
        referencedTable: { schema: null, name: 'p' },
        referencedColumns: ['k', 'd'],
        period: true,
      },
    ]);
    expect(checks).toEqual([
      { name: 'c', expression: `k <> 'empty'::int4range`, notEnforced: true },
    ]);
  });

  it('reads exclusion constraints', async () => {
    const { exclusions, indexes } = await reflectTable(`
      CREATE TABLE t (room int, during tsrange, CONSTRAINT e1 EXCLUDE USING gist (room WITH =, during WITH &&),
        CONSTRAINT e2 EXCLUDE USING gist (during WITH &&) WHERE (room > 1) DEFERRABLE INITIALLY DEFERRED)`);
    expect(exclusions).toEqual([
      { name: 'e1', definition: 'USING gist (room WITH =, during WITH &&)' },
      {
        name: 'e2',
        definition: 'USING gist (during WITH &&) WHERE ((room > 1))',
        deferrable: 'initially deferred',
      },
    ]);
    expect(indexes).toEqual([]);
  });
});

describe('indexes', () => {
  const plain = { name: 'i', unique: false };

  it.each([
    ['(a)', { elements: [{ column: 'a' }] }],
    ['(b, a)', { elements: [{ column: 'b' }, { column: 'a' }] }],
    ['(a DESC)', { elements: [{ column: 'a', order: 'desc' }] }],
    ['(a DESC NULLS LAST)', { elements: [{ column: 'a', order: 'desc', nulls: 'last' }] }],
    ['(a NULLS FIRST)', { elements: [{ column: 'a', nulls: 'first' }] }],
    ['(s text_pattern_ops)', { elements: [{ column: 's', opclass: 'text_pattern_ops' }] }],
    ['(v text_ops)', { elements: [{ column: 'v' }] }],
    ['(v varchar_ops)', { elements: [{ column: 'v', opclass: 'varchar_ops' }] }],
    ['(f bpchar_ops)', { elements: [{ column: 'f' }] }],
    ['(s COLLATE "C")', { elements: [{ column: 's', collation: 'C' }] }],
    ['(c)', { elements: [{ column: 'c' }] }],
    ['(c COLLATE "C")', { elements: [{ column: 'c' }] }],
    [
      '(c COLLATE "POSIX" DESC)',
      { elements: [{ column: 'c', collation: 'POSIX', order: 'desc' }] },
    ],
    ['(lower(s))', { elements: [{ expression: 'lower(s)' }] }],
    ['(lower(c))', { elements: [{ expression: 'lower(c)' }] }],
    ['(lower(s) COLLATE "C")', { elements: [{ expression: 'lower(s)', collation: 'C' }] }],
    ['((a + b), a)', { elements: [{ expression: 'a + b' }, { column: 'a' }] }],
    [`((ts AT TIME ZONE 'utc'))`, { elements: [{ expression: `ts AT TIME ZONE 'utc'::text` }] }],
    ["((j ->> 'x'))", { elements: [{ expression: `j ->> 'x'::text` }] }],
    ['(a) INCLUDE (b, s)', { elements: [{ column: 'a' }], include: ['b', 's'] }],
    [
      '(a) WHERE b > 0 AND s IS NULL',
      { elements: [{ column: 'a' }], where: '(b > 0) AND (s IS NULL)' },
    ],
    ['(a) WITH (fillfactor = 70)', { elements: [{ column: 'a' }], storage: ['fillfactor=70'] }],
    ['USING hash (a)', { elements: [{ column: 'a' }], method: 'hash' }],
    ['USING gin (j)', { elements: [{ column: 'j' }], method: 'gin' }],
    ['USING gin (arr)', { elements: [{ column: 'arr' }], method: 'gin' }],
    [
      'USING gin (j jsonb_path_ops)',
      { elements: [{ column: 'j', opclass: 'jsonb_path_ops' }], method: 'gin' },
    ],
    [
      'USING gin (s gin_trgm_ops)',
      { elements: [{ column: 's', opclass: 'gin_trgm_ops' }], method: 'gin' },
    ],
    [
      'USING gist (s gist_trgm_ops (siglen = 32))',
      { elements: [{ column: 's', opclass: 'gist_trgm_ops (siglen=32)' }], method: 'gist' },
    ],
    ['USING brin (ts)', { elements: [{ column: 'ts' }], method: 'brin' }],
    ['(mood)', { elements: [{ column: 'mood' }] }],
  ])('reads %s', async (written, expected) => {
    const using = written.startsWith('USING') ? written : `USING btree ${written}`;
    const { indexes } = await reflectTable(`
      CREATE TYPE mood AS ENUM ('a');
      CREATE TABLE t (a int, b int, s text, v varchar(9), f char(3), c text COLLATE "C", j jsonb, arr int[],
        ts timestamptz, mood mood);
      CREATE INDEX i ON t ${using}`);
    expect(indexes).toEqual([{ ...plain, ...expected }]);
  });

  it('reads unique indexes, and nulls that are not distinct where the server has them', async () => {
    const nulls = major >= 15 ? 'NULLS NOT DISTINCT' : '';
    const { indexes } = await reflectTable(
      `CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a) ${nulls}`,
    );
    expect(indexes).toEqual([
      {
        name: 'i',
        elements: [{ column: 'a' }],
        unique: true,
        ...(nulls !== '' && { nullsNotDistinct: true }),
      },
    ]);
  });

  it('PG-M6: marks an index that a failed CONCURRENTLY left', async () => {
    await connection.script('CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)');
    await expect(
      connection.query('CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)'),
    ).rejects.toMatchObject({ code: '23505' });
    const { tables } = await inspectPostgres(connection, everything);
    await connection.script('DROP TABLE t');
    expect(tables[0]?.indexes).toEqual([
      { name: 'i', elements: [{ column: 'a' }], unique: true, invalid: true },
    ]);
  });
});

describe('types, sequences and views', () => {
  it('reads the labels of enums in their order', async () => {
    const { enums } = await reflect(`
      CREATE TYPE z AS ENUM ('c', 'a'); ALTER TYPE z ADD VALUE 'it''s, "b"' BEFORE 'a'; CREATE TYPE a AS ENUM ()`);
    expect(enums).toEqual([
      { schema: null, name: 'a', labels: [] },
      { schema: null, name: 'z', labels: ['c', `it's, "b"`, 'a'] },
    ]);
  });

  it('reads free sequences with the options that are not the defaults', async () => {
    const { sequences } = await reflect(`
      CREATE SEQUENCE plain; CREATE SEQUENCE small AS smallint;
      CREATE SEQUENCE odd INCREMENT 5 MINVALUE 10 MAXVALUE 9007199254740993 START 20 CACHE 7 CYCLE;
      CREATE SEQUENCE down INCREMENT -2`);
    expect(sequences).toEqual([
      { schema: null, name: 'down', options: { increment: '-2' } },
      {
        schema: null,
        name: 'odd',
        options: {
          start: '20',
          increment: '5',
          minValue: '10',
          maxValue: '9007199254740993',
          cache: '7',
          cycle: true,
        },
      },
      { schema: null, name: 'plain' },
      { schema: null, name: 'small', type: 'smallint' },
    ]);
  });

  it('reads views with the views and columns that they need, and the indexes of materialized ones', async () => {
    const { views } = await reflect(
      `
      CREATE SCHEMA other; CREATE TABLE t (a int, b text);
      CREATE VIEW z AS SELECT a, b FROM t WHERE a > 0;
      CREATE VIEW other.y AS SELECT a FROM z;
      CREATE MATERIALIZED VIEW m AS SELECT y.a, lower(z.b) AS l FROM other.y JOIN z ON z.a = y.a;
      CREATE UNIQUE INDEX m_a ON m (a) WHERE a > 1`,
      { schemas: ['other'] },
    );
    expect(views).toEqual([
      {
        schema: null,
        name: 'm',
        definition: expect.stringMatching(/^SELECT y\.a,[^;]*$/),
        materialized: true,
        dependsOn: [
          { schema: 'other', name: 'y' },
          { schema: null, name: 'z' },
        ],
        indexes: [{ name: 'm_a', elements: [{ column: 'a' }], unique: true, where: 'a > 1' }],
      },
      {
        schema: null,
        name: 'z',
        definition: expect.stringMatching(/^SELECT (t\.)?a,[^;]*WHERE[^;]*$/),
        materialized: false,
        dependsOn: [],
        reads: ['a', 'b'].map((column) => ({ table: { schema: null, name: 't' }, column })),
        indexes: [],
      },
      {
        schema: 'other',
        name: 'y',
        definition: expect.stringMatching(/^SELECT (z\.)?a\s+FROM z$/),
        materialized: false,
        dependsOn: [{ schema: null, name: 'z' }],
        indexes: [],
      },
    ]);
  });
});

describe('what is read', () => {
  it('reads the default schema and those that were asked for, sorted', async () => {
    const ddl = `CREATE SCHEMA other; CREATE SCHEMA third; CREATE TABLE other.t (a int); CREATE TABLE third.t (a int);
      CREATE TABLE b (a int); CREATE TABLE a (a int); CREATE SEQUENCE other.s; CREATE TYPE other.e AS ENUM ('x')`;
    const model = await reflect(ddl, { schemas: ['other', 'missing', 'public'] });
    expect(model.schemas).toEqual(['other']);
    expect(model.tables.map(({ schema, name }) => `${schema}.${name}`)).toEqual([
      'null.a',
      'null.b',
      'other.t',
    ]);
    expect(model.sequences).toEqual([{ schema: 'other', name: 's' }]);
    expect(model.enums).toEqual([{ schema: 'other', name: 'e', labels: ['x'] }]);
  });

  it('takes the first schema of the search path for the default one', async () => {
    const { tables } = await reflect(`
      CREATE SCHEMA other; CREATE TABLE other.t (a int); CREATE TABLE a (a int); SET LOCAL search_path = other, public`);
    expect(tables.map(({ schema, name }) => [schema, name])).toEqual([[null, 't']]);
  });

  it('reads nothing where the search path leads nowhere', async () => {
    const model = await reflect(`CREATE TABLE t (a int); SET LOCAL search_path = nowhere`);
    expect(model).toEqual({ schemas: [], enums: [], sequences: [], tables: [], views: [] });
  });

  it('leaves out ignored tables, temporary objects, partitions, children and foreign tables, but for the names', async () => {
    const { tables, sequences, views, enums, apart } = await reflect(
      `
      CREATE SCHEMA other;
      CREATE TABLE migrations (id serial); CREATE TABLE other.migrations (id serial);
      CREATE TEMP TABLE tmp (id serial); CREATE TEMP SEQUENCE tmps; CREATE TEMP VIEW tmpv AS SELECT 1;
      CREATE TABLE parted (a int) PARTITION BY RANGE (a); CREATE TABLE part PARTITION OF parted DEFAULT;
      CREATE TABLE parent (a int); CREATE TABLE child () INHERITS (parent);
      CREATE FOREIGN DATA WRAPPER w; CREATE SERVER srv FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE ft (a int) SERVER srv`,
      { ignoredTables: [{ schema: null, name: 'migrations' }], schemas: ['other'] },
    );
    expect(tables.map(({ schema, name }) => `${schema}.${name}`)).toEqual([
      'null.parent',
      'null.parted',
      'other.migrations',
    ]);
    expect(apart).toEqual(['child', 'ft', 'part'].map((name) => ({ schema: null, name })));
    expect({ sequences, views, enums }).toEqual({ sequences: [], views: [], enums: [] });
  });

  it('leaves out the objects of extensions', async () => {
    const model = await reflect(`CREATE EXTENSION pg_buffercache; CREATE TABLE ext (a serial);
      CREATE SEQUENCE exts; CREATE VIEW extv AS SELECT 1; CREATE TYPE exte AS ENUM ('a');
      ALTER EXTENSION pg_buffercache ADD TABLE ext; ALTER EXTENSION pg_buffercache ADD SEQUENCE exts;
      ALTER EXTENSION pg_buffercache ADD VIEW extv; ALTER EXTENSION pg_buffercache ADD TYPE exte`);
    const { apart, ...read } = model;
    expect(read).toEqual({ schemas: [], enums: [], sequences: [], tables: [], views: [] });
    expect(apart).toEqual(expect.arrayContaining([{ schema: null, name: 'ext' }]));
  });

  const hostile = `"it's; DROP TABLE x; -- é 🙂 $1 $$ \\ %I`;
  const quoted = `"${hostile.replaceAll('"', '""')}"`;
  // A table has a type of its own name.
  const quotedType = quoted.replace('é', 'è');

  it('reads hostile names everywhere', async () => {
    const model = await reflect(
      `
      CREATE SCHEMA ${quoted}; CREATE TYPE ${quoted}.${quotedType} AS ENUM ('\\');
      CREATE TABLE ${quoted}.${quoted} (${quoted} ${quoted}.${quotedType} PRIMARY KEY, n serial,
        CONSTRAINT "c;" CHECK (${quoted} IS NOT NULL), CONSTRAINT "f;" FOREIGN KEY (${quoted}) REFERENCES ${quoted}.${quoted});
      CREATE INDEX "i;" ON ${quoted}.${quoted} (${quoted});
      CREATE VIEW ${quoted}."v;" AS TABLE ${quoted}.${quoted}; CREATE SEQUENCE ${quoted}."s;"`,
      { schemas: [hostile] },
    );
    const name = { schema: hostile, name: hostile };
    expect(model.schemas).toEqual([hostile]);
    expect(model.enums).toEqual([
      { schema: hostile, name: hostile.replace('é', 'è'), labels: ['\\'] },
    ]);
    expect(model.sequences).toEqual([{ schema: hostile, name: 's;' }]);
    expect(model.views).toMatchObject([{ schema: hostile, name: 'v;' }]);
    expect(model.tables).toEqual([
      {
        ...name,
        columns: [
          { name: hostile, type: `${quoted}.${quotedType}`, nullable: false },
          { name: 'n', type: 'integer', nullable: false, autoIncrement: true },
        ],
        primaryKey: { name: expect.any(String), columns: [hostile] },
        foreignKeys: [
          { name: 'f;', columns: [hostile], referencedTable: name, referencedColumns: [hostile] },
        ],
        uniques: [],
        checks: [{ name: 'c;', expression: `${quoted} IS NOT NULL` }],
        exclusions: [],
        indexes: [{ name: 'i;', elements: [{ column: hostile }], unique: false }],
      },
    ]);
  });

  it('asks as many queries for many tables as for none', async () => {
    const counted = countingConnection(connection);
    await inspectPostgres(counted.connection, everything);
    const ofNone = counted.take();
    await connection.script(
      Array.from(
        { length: 30 },
        (_, n) => `CREATE TABLE many${n} (id serial PRIMARY KEY, a int UNIQUE)`,
      ).join(';'),
    );
    const { tables } = await inspectPostgres(counted.connection, everything);
    await connection.script(Array.from({ length: 30 }, (_, n) => `DROP TABLE many${n}`).join(';'));
    expect(tables).toHaveLength(30);
    expect(counted.take()).toEqual(ofNone);
    expect(ofNone).toEqual({ roundTrips: 2, queries: 9 });
  });
});

/** Counts round trips, and the statements in them that begin with SELECT. */
function countingConnection(inner: Connection) {
  let roundTrips = 0;
  let queries = 0;
  const count = (sql: string) => {
    roundTrips += 1;
    queries += sql.split(';\n').filter((statement) => statement.trim().startsWith('SELECT')).length;
  };
  const connection: Connection = {
    query: (sql, parameters) => {
      count(sql);
      return inner.query(sql, parameters);
    },
    script: (sql) => {
      count(sql);
      return inner.script(sql);
    },
    close: () => inner.close(),
  };
  const take = () => {
    const taken = { roundTrips, queries };
    [roundTrips, queries] = [0, 0];
    return taken;
  };
  return { connection, take };
}
