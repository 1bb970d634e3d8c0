import type { Column } from '../../schema/schema-model.js';
import { noting, tableOf, useNormalizing, withTable } from './normalizing.fixture.js';
import { canonicalizePostgres } from './postgres-normalize.js';

const { connection, made, canonicalTable } = useNormalizing();

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
    const counted = noting(connection);
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
