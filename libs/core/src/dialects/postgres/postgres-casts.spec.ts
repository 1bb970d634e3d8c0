// Specs talk to a real server over the driver itself; the published code of core never imports it.
/* eslint-disable @nx/enforce-module-boundaries */
import { Client } from 'pg';
import { castBetween } from './postgres-casts.js';
import { isWidening } from './postgres-widening.js';

interface CastCase {
  readonly from: string;
  readonly to: string;
  readonly kind: 'implicit' | 'using' | 'none';
  readonly lossy?: true;
  readonly using?: string;
  /** A value of `from`, and the text of what becomes of it. */
  readonly value?: string;
  readonly becomes?: string;
  /** The server casts by itself as well, by the time zone of the session. */
  readonly byZone?: true;
}

const CASES: readonly CastCase[] = [
  // Length and precision
  { from: 'varchar(10)', to: 'varchar(20)', kind: 'implicit', value: "'a'", becomes: 'a' },
  {
    from: 'varchar(20)',
    to: 'varchar(1)',
    kind: 'implicit',
    lossy: true,
    value: "'a  '",
    becomes: 'a',
  },
  { from: 'varchar(10)', to: 'text', kind: 'implicit', value: "'a'", becomes: 'a' },
  {
    from: 'text',
    to: 'varchar(3)',
    kind: 'implicit',
    lossy: true,
    value: "'abc '",
    becomes: 'abc',
  },
  { from: 'char(3)', to: 'text', kind: 'implicit', value: "'a'", becomes: 'a' },
  {
    from: 'numeric(10,2)',
    to: 'numeric(12,4)',
    kind: 'implicit',
    value: '1.25',
    becomes: '1.2500',
  },
  {
    from: 'numeric(10,4)',
    to: 'numeric(10,1)',
    kind: 'implicit',
    lossy: true,
    value: '1.25',
    becomes: '1.3',
  },
  {
    from: 'timestamp(6)',
    to: 'timestamp(0)',
    kind: 'implicit',
    lossy: true,
    value: "'2020-01-01 00:00:00.7'",
    becomes: '2020-01-01 00:00:01',
  },
  { from: 'varchar(10)[]', to: 'varchar(20)[]', kind: 'implicit', value: "'{a}'", becomes: '{a}' },
  // Numbers
  { from: 'int', to: 'bigint', kind: 'implicit', value: '7', becomes: '7' },
  { from: 'bigint', to: 'int', kind: 'implicit', value: '7', becomes: '7' },
  { from: 'int', to: 'numeric(12,2)', kind: 'implicit', value: '7', becomes: '7.00' },
  {
    from: 'float',
    to: 'numeric',
    kind: 'implicit',
    lossy: true,
    value: '0.1234567890123456789',
    becomes: '0.123456789012346',
  },
  { from: 'numeric', to: 'int', kind: 'implicit', lossy: true, value: '1.7', becomes: '2' },
  { from: 'numeric(5,0)', to: 'int', kind: 'implicit', value: '17', becomes: '17' },
  {
    from: 'int',
    to: 'real',
    kind: 'implicit',
    lossy: true,
    value: '16777217',
    becomes: '1.6777216e+07',
  },
  { from: 'int[]', to: 'bigint[]', kind: 'implicit', value: "'{1}'", becomes: '{1}' },
  { from: 'money', to: 'numeric', kind: 'implicit', value: "'1.5'", becomes: '1.50' },
  { from: 'numeric', to: 'money', kind: 'implicit', lossy: true, value: '1.555', becomes: '$1.56' },
  // Truth
  {
    from: 'int',
    to: 'boolean',
    kind: 'using',
    lossy: true,
    using: '"c" <> 0',
    value: '5',
    becomes: 'true',
  },
  {
    from: 'numeric',
    to: 'boolean',
    kind: 'using',
    lossy: true,
    using: '"c" <> 0',
    value: '0',
    becomes: 'false',
  },
  { from: 'boolean', to: 'int', kind: 'using', using: '"c"::integer', value: 'true', becomes: '1' },
  {
    from: 'boolean',
    to: 'bigint',
    kind: 'using',
    using: '"c"::integer',
    value: 'false',
    becomes: '0',
  },
  {
    from: 'int[]',
    to: 'boolean[]',
    kind: 'using',
    lossy: true,
    using: '"c"::boolean[]',
    value: "'{0,5}'",
    becomes: '{f,t}',
  },
  { from: 'bigint[]', to: 'boolean[]', kind: 'none' },
  // Text
  { from: 'int', to: 'text', kind: 'implicit', value: '5', becomes: '5' },
  {
    from: 'uuid',
    to: 'varchar(36)',
    kind: 'implicit',
    value: "'00000000-0000-0000-0000-000000000001'",
    becomes: '00000000-0000-0000-0000-000000000001',
  },
  { from: 'mood', to: 'text', kind: 'implicit', value: "'ok'", becomes: 'ok' },
  { from: 'text[]', to: 'text', kind: 'implicit', value: "'{a,b}'", becomes: '{a,b}' },
  { from: 'jsonb', to: 'text', kind: 'implicit', value: "'[1]'", becomes: '[1]' },
  { from: 'text', to: 'int', kind: 'using', using: '"c"::integer', value: "'5'", becomes: '5' },
  {
    from: 'text',
    to: 'uuid',
    kind: 'using',
    using: '"c"::uuid',
    value: "'00000000000000000000000000000001'",
    becomes: '00000000-0000-0000-0000-000000000001',
  },
  {
    from: 'varchar(50)',
    to: 'jsonb',
    kind: 'using',
    using: '"c"::jsonb',
    value: `'{"a": 1}'`,
    becomes: '{"a": 1}',
  },
  { from: 'text', to: 'mood', kind: 'using', using: '"c"::mood', value: "'ok'", becomes: 'ok' },
  {
    from: 'text',
    to: 'boolean',
    kind: 'using',
    using: '"c"::boolean',
    value: "'yes'",
    becomes: 'true',
  },
  {
    from: 'text',
    to: 'date',
    kind: 'using',
    lossy: true,
    using: '"c"::date',
    value: "'2020-01-02 10:00'",
    becomes: '2020-01-02',
  },
  {
    from: 'text',
    to: 'numeric(4,1)',
    kind: 'using',
    lossy: true,
    using: '"c"::numeric(4,1)',
    value: "'1.25'",
    becomes: '1.3',
  },
  {
    from: 'text',
    to: 'numeric',
    kind: 'using',
    using: '"c"::numeric',
    value: "'1.25'",
    becomes: '1.25',
  },
  {
    from: 'text',
    to: 'name',
    kind: 'implicit',
    lossy: true,
    value: "repeat('a', 70)",
    becomes: 'a'.repeat(63),
  },
  {
    from: 'text[]',
    to: 'uuid[]',
    kind: 'using',
    using: '"c"::uuid[]',
    value: "'{00000000000000000000000000000001}'",
    becomes: '{00000000-0000-0000-0000-000000000001}',
  },
  // Documents
  { from: 'json', to: 'jsonb', kind: 'implicit', value: `'{"a":1}'`, becomes: '{"a": 1}' },
  { from: 'jsonb', to: 'json', kind: 'implicit', value: `'{"a":1}'`, becomes: '{"a": 1}' },
  {
    from: 'jsonb',
    to: 'int',
    kind: 'using',
    lossy: true,
    using: '"c"::integer',
    value: "'1.7'",
    becomes: '2',
  },
  // Times
  {
    from: 'timestamp',
    to: 'timestamptz',
    kind: 'using',
    using: `"c" AT TIME ZONE 'UTC'`,
    value: "'2020-01-01 12:00'",
    becomes: '2020-01-01 17:30:00+05:30',
    byZone: true,
  },
  {
    from: 'timestamptz',
    to: 'timestamp',
    kind: 'using',
    using: `"c" AT TIME ZONE 'UTC'`,
    value: "'2020-01-01 12:00+00'",
    becomes: '2020-01-01 12:00:00',
    byZone: true,
  },
  {
    from: 'date',
    to: 'timestamptz',
    kind: 'using',
    using: `"c"::timestamp AT TIME ZONE 'UTC'`,
    value: "'2020-01-01'",
    becomes: '2020-01-01 05:30:00+05:30',
    byZone: true,
  },
  {
    from: 'timestamptz',
    to: 'date',
    kind: 'using',
    lossy: true,
    using: `("c" AT TIME ZONE 'UTC')::date`,
    value: "'2020-01-01 23:00+00'",
    becomes: '2020-01-01',
    byZone: true,
  },
  {
    from: 'timestamptz',
    to: 'time',
    kind: 'using',
    lossy: true,
    using: `("c" AT TIME ZONE 'UTC')::time`,
    value: "'2020-01-01 23:00+00'",
    becomes: '23:00:00',
    byZone: true,
  },
  {
    from: 'timestamptz',
    to: 'timetz',
    kind: 'using',
    lossy: true,
    using: `"c"::timetz AT TIME ZONE 'UTC'`,
    value: "'2020-01-01 23:00+00'",
    becomes: '23:00:00+00',
    byZone: true,
  },
  {
    from: 'time',
    to: 'timetz',
    kind: 'using',
    using: `("c"::text || '+00')::timetz`,
    value: "'12:00'",
    becomes: '12:00:00+00',
    byZone: true,
  },
  {
    from: 'date',
    to: 'timestamp',
    kind: 'implicit',
    value: "'2020-01-01'",
    becomes: '2020-01-01 00:00:00',
  },
  {
    from: 'timestamp',
    to: 'date',
    kind: 'implicit',
    lossy: true,
    value: "'2020-01-01 10:00'",
    becomes: '2020-01-01',
  },
  { from: 'time', to: 'interval', kind: 'implicit', value: "'10:00'", becomes: '10:00:00' },
  { from: 'timestamp[]', to: 'timestamptz[]', kind: 'none', byZone: true },
  // Lists
  {
    from: 'text',
    to: 'text[]',
    kind: 'using',
    using: 'CASE WHEN "c" IS NOT NULL THEN ARRAY["c"] END',
    value: "'a,b'",
    becomes: '{"a,b"}',
  },
  {
    from: 'text',
    to: 'int[]',
    kind: 'using',
    using: 'CASE WHEN "c" IS NOT NULL THEN ARRAY["c"::integer] END',
    value: 'NULL',
  },
  { from: 'int[]', to: 'int', kind: 'none' },
  // Own types
  {
    from: 'mood',
    to: 'temper',
    kind: 'using',
    using: '"c"::text::temper',
    value: "'ok'",
    becomes: 'ok',
  },
  {
    from: 'mood[]',
    to: 'temper[]',
    kind: 'using',
    using: '"c"::text[]::temper[]',
    value: "'{ok}'",
    becomes: '{ok}',
  },
  { from: 'int', to: 'mood', kind: 'using', using: '"c"::text::mood' },
  // Bits and addresses
  { from: 'cidr', to: 'inet', kind: 'implicit', value: "'10.0.0.0/8'", becomes: '10.0.0.0/8' },
  {
    from: 'inet',
    to: 'cidr',
    kind: 'implicit',
    lossy: true,
    value: "'10.0.0.1/8'",
    becomes: '10.0.0.0/8',
  },
  {
    from: 'int',
    to: 'bit(2)',
    kind: 'using',
    lossy: true,
    using: '"c"::bit(2)',
    value: '5',
    becomes: '01',
  },
  { from: 'bit(4)', to: 'varbit(8)', kind: 'implicit', value: "B'0101'", becomes: '0101' },
  // No way
  { from: 'int', to: 'uuid', kind: 'none' },
  { from: 'uuid', to: 'bigint', kind: 'none' },
  { from: 'boolean', to: 'date', kind: 'none' },
  { from: 'int', to: 'timestamptz', kind: 'none' },
  { from: 'json', to: 'int', kind: 'none' },
  { from: 'bytea', to: 'jsonb', kind: 'none' },
];

const titled = CASES.map((item) => [`${item.from} to ${item.to}`, item] as const);

describe('castBetween', () => {
  it.each(titled)('%s', (_, { from, to, kind, lossy, using }) => {
    expect(castBetween(from, to, 'c')).toMatchObject({
      kind,
      ...(lossy && { lossy }),
      ...(using !== undefined && { expression: using }),
    });
    expect('lossy' in castBetween(from, to, 'c')).toBe(lossy === true);
  });

  it('says what it decides: the time zone (DL-6), which value becomes which (DL-13, DL-9)', () => {
    const noteOf = (from: string, to: string) => castBetween(from, to, 'c') as { note?: string };
    expect(noteOf('timestamp', 'timestamptz').note).toMatch(/UTC/);
    expect(noteOf('int', 'boolean').note).toMatch(/0 becomes false/);
    expect(noteOf('text', 'text[]').note).toMatch(/string_to_array/);
    expect(noteOf('text', 'uuid').note).toBeUndefined();
    expect(noteOf('boolean', 'int').note).toBeUndefined();
    expect(noteOf('mood', 'temper').note).toBeUndefined();
  });

  it('quotes the column', () => {
    expect(castBetween('text', 'uuid', 'a "b"')).toMatchObject({ expression: '"a ""b"""::uuid' });
  });
});

describe('isWidening', () => {
  it.each([
    ['varchar(10)', 'varchar(10)', true],
    ['varchar(10)', 'varchar(11)', true],
    ['varchar(10)', 'varchar', true],
    ['varchar(10)', 'varchar(9)', false],
    ['text', 'varchar(1000)', false],
    ['char(5)', 'varchar(5)', true],
    ['int', 'bigint', true],
    ['bigint', 'int', false],
    ['int', 'numeric(10,0)', true],
    ['int', 'numeric(10,2)', false],
    ['int', 'numeric', true],
    ['numeric(9,0)', 'int', true],
    ['numeric(10,0)', 'int', false],
    ['numeric(10,2)', 'numeric(11,2)', true],
    ['numeric(10,2)', 'numeric(10,3)', false],
    ['numeric', 'numeric(10,3)', false],
    ['int', 'double precision', true],
    ['int', 'real', false],
    ['smallint', 'real', true],
    ['bigint', 'double precision', false],
    ['real', 'double precision', true],
    ['double precision', 'numeric', false],
    ['timestamp(3)', 'timestamp', true],
    ['timestamp', 'timestamp(3)', false],
    ['timestamp', 'timestamptz', false],
    ['date', 'timestamp', true],
    ['interval day to second(3)', 'interval', true],
    ['interval', 'interval day to second', false],
    ['json', 'jsonb', true],
    ['mood', 'text', true],
    ['mood', 'temper', false],
    ['text', 'mood', false],
    ['boolean', 'int', true],
    ['int', 'boolean', false],
    ['varchar(10)[]', 'varchar(20)[]', true],
    ['varchar(20)[]', 'varchar(10)[]', false],
    ['text', 'text[]', false],
    ['int[]', 'text', true],
    ['bit(4)', 'varbit(4)', true],
    ['bit(4)', 'bit(5)', false],
  ])('%s to %s: %s', (from, to, expected) => {
    expect(isWidening(from, to)).toBe(expected);
  });

  it('never says of a lossy cast that it keeps every value', () => {
    const wrong = CASES.filter(({ from, to, lossy }) => lossy && isWidening(from, to));
    expect(wrong).toEqual([]);
  });
});

describe('castBetween on a real server', () => {
  const client = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
  const quietly = (sql: string) =>
    client.query(`savepoint before`).then(() =>
      client.query(sql).then(
        () => client.query('rollback to before').then(() => undefined),
        (error: unknown) =>
          client.query('rollback to before').then(() => String((error as Error).message)),
      ),
    );
  beforeAll(async () => {
    await client.connect();
    await client.query('begin');
    await client.query(
      `create type pg_temp.mood as enum ('ok', '5'); create type pg_temp.temper as enum ('ok');
       set local timezone = 'Asia/Kolkata'; set local lc_monetary = 'C'; set local search_path = pg_temp`,
    );
  });
  afterAll(() => client.end());
  beforeEach(() => client.query('savepoint one'));
  afterEach(() => client.query('rollback to one'));

  it.each(titled)('%s', async (_, { from, to, byZone, value, becomes }) => {
    await client.query(`create temp table t (c ${from})`);
    const cast = castBetween(from, to, 'c');
    const refused = await quietly(`alter table t alter c type ${to}`);
    if (byZone !== true) expect(refused === undefined).toBe(cast.kind === 'implicit');
    if (cast.kind === 'none') return;
    const using = cast.kind === 'using' ? ` using ${cast.expression}` : '';
    if (value !== undefined) await client.query(`insert into t values (${value})`);
    await client.query(`alter table t alter c type ${to}${using}`);
    const { rows } = await client.query<{ c: string | null }>('select c::text from t');
    if (value !== undefined) expect(rows[0]?.c ?? undefined).toBe(becomes);
  });

  it.each(titled.filter(([, { kind, byZone }]) => kind === 'none' && byZone !== true))(
    '%s has no cast, even when it is written',
    async (_, { from, to }) => {
      await client.query(`create temp table t (c ${from})`);
      const refused = await quietly(`alter table t alter c type ${to} using c::${to}`);
      expect(refused).toMatch(/cannot cast/);
    },
  );
});
