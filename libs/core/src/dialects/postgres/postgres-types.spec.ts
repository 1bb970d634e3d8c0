// Specs talk to a real server over the driver itself; the published code of core never imports it.
/* eslint-disable @nx/enforce-module-boundaries */
import fc from 'fast-check';
import { Client } from 'pg';
import { canonicalType } from './postgres-types.js';

/** Spellings that the server takes, with what `format_type` says. */
const SPELLINGS: readonly (readonly [string, string])[] = [
  ['int', 'integer'],
  ['INTEGER', 'integer'],
  ['int4', 'integer'],
  ['"int4"', 'integer'],
  ['pg_catalog.int4', 'integer'],
  ['pg_catalog . "int8"', 'bigint'],
  ['int2', 'smallint'],
  ['int8', 'bigint'],
  ['serial', 'integer'],
  ['serial4', 'integer'],
  ['bigserial', 'bigint'],
  ['serial8', 'bigint'],
  ['smallserial', 'smallint'],
  ['float', 'double precision'],
  ['float(24)', 'real'],
  ['float(25)', 'double precision'],
  ['float4', 'real'],
  ['float8', 'double precision'],
  ['double  precision', 'double precision'],
  ['decimal', 'numeric'],
  ['dec(5)', 'numeric(5,0)'],
  ['decimal(10, 2)', 'numeric(10,2)'],
  ['numeric( 10 ,2 )', 'numeric(10,2)'],
  ['numeric(10,-2)', 'numeric(10,-2)'],
  ['bool', 'boolean'],
  ['money', 'money'],
  ['char', 'character(1)'],
  ['char(7)', 'character(7)'],
  ['character', 'character(1)'],
  ['nchar(3)', 'character(3)'],
  ['national character(3)', 'character(3)'],
  ['bpchar', 'bpchar'],
  ['bpchar(3)', 'character(3)'],
  ['"char"', '"char"'],
  ['name', 'name'],
  ['varchar', 'character varying'],
  ['varchar(255)', 'character varying(255)'],
  ['VarChar (255)', 'character varying(255)'],
  ['char varying(5)', 'character varying(5)'],
  ['character varying (5)', 'character varying(5)'],
  ['national character varying(5)', 'character varying(5)'],
  ['nchar varying(5)', 'character varying(5)'],
  ['pg_catalog."varchar"(3)', 'character varying(3)'],
  ['text', 'text'],
  ['"text"', 'text'],
  ['pg_catalog.text', 'text'],
  ['bytea', 'bytea'],
  ['bit', 'bit(1)'],
  ['bit(4)', 'bit(4)'],
  ['"bit"', '"bit"'],
  ['varbit', 'bit varying'],
  ['varbit(4)', 'bit varying(4)'],
  ['bit varying(4)', 'bit varying(4)'],
  ['date', 'date'],
  ['time', 'time without time zone'],
  ['"time"', 'time without time zone'],
  ['time(3)', 'time(3) without time zone'],
  ['time(9)', 'time(6) without time zone'],
  ['timetz', 'time with time zone'],
  ['time(3) with time zone', 'time(3) with time zone'],
  ['timetz(0)', 'time(0) with time zone'],
  ['timestamp', 'timestamp without time zone'],
  ['timestamp without time zone', 'timestamp without time zone'],
  ['timestamp(6)', 'timestamp(6) without time zone'],
  ['timestamp (3)  with  time  zone', 'timestamp(3) with time zone'],
  ['timestamptz', 'timestamp with time zone'],
  ['TIMESTAMPTZ(3)', 'timestamp(3) with time zone'],
  ['"timestamptz"(2)', 'timestamp(2) with time zone'],
  ['interval', 'interval'],
  ['interval(2)', 'interval(2)'],
  ['interval year', 'interval year'],
  ['interval year to month', 'interval year to month'],
  ['INTERVAL DAY TO SECOND (3)', 'interval day to second(3)'],
  ['interval second(3)', 'interval second(3)'],
  ['uuid', 'uuid'],
  ['json', 'json'],
  ['pg_catalog.json', 'json'],
  ['JSONB', 'jsonb'],
  ['xml', 'xml'],
  ['inet', 'inet'],
  ['cidr', 'cidr'],
  ['macaddr8', 'macaddr8'],
  ['point', 'point'],
  ['tsvector', 'tsvector'],
  ['int4range', 'int4range'],
  ['oid', 'oid'],
  ['regclass', 'regclass'],
  ['int[]', 'integer[]'],
  ['int [3]', 'integer[]'],
  ['int[][]', 'integer[]'],
  ['integer array', 'integer[]'],
  ['integer ARRAY[4]', 'integer[]'],
  ['varchar(10)[]', 'character varying(10)[]'],
  ['timestamp(3)[]', 'timestamp(3) without time zone[]'],
  ['timestamptz(3)[]', 'timestamp(3) with time zone[]'],
  ['numeric(4,1)[]', 'numeric(4,1)[]'],
  ['double precision[]', 'double precision[]'],
  ['interval day to second(3)[]', 'interval day to second(3)[]'],
  ['mood', 'mood'],
  ['MOOD', 'mood'],
  ['"mood"', 'mood'],
  ['"mood"[]', 'mood[]'],
  ['"Mood"', '"Mood"'],
  ['"order"', '"order"'],
  ['"a ""b"" (c)"[]', '"a ""b"" (c)"[]'],
  ['canonical_types.mood', 'canonical_types.mood'],
  ['canonical_types."mood"[]', 'canonical_types.mood[]'],
  ['"canonical_types"."Odd.type"', 'canonical_types."Odd.type"'],
  ['interval_kind', 'interval_kind'],
];

const OWN_TYPES = `
  create type pg_temp.mood as enum ('a'); create type pg_temp."Mood" as enum ('a');
  create type pg_temp."order" as enum ('a'); create type pg_temp."a ""b"" (c)" as enum ('a');
  create type pg_temp.interval_kind as enum ('a');
  create schema canonical_types; create type canonical_types.mood as enum ('a');
  create type canonical_types."Odd.type" as enum ('a');
  set local search_path = pg_temp, public`;

describe('canonicalType', () => {
  it.each(SPELLINGS)('spells %s as %s', (type, canonical) => {
    expect(canonicalType(type)).toBe(canonical);
  });

  it.each([
    ['geometry(Point, 4326)', 'geometry(Point,4326)'],
    ['vector(3)', 'vector(3)'],
    ['citext', 'citext'],
    [' "my schema" . "My Type" [] ', '"my schema"."My Type"[]'],
    ['straße', '"straße"'],
    ['İD', '"İd"'],
  ])('keeps a type that it does not know: %s', (type, canonical) => {
    expect(canonicalType(type)).toBe(canonical);
  });

  it.each(['', 'two words', 'varchar(10', '"open', 'int year', 'a.b.c', 'int; drop table x'])(
    'leaves what is no type as it is: %j',
    (text) => {
      expect(canonicalType(text)).toBe(text.trim());
    },
  );

  it('is idempotent', () => {
    const spelling = fc.constantFrom(...SPELLINGS.map(([type]) => type));
    const name = fc.string({ minLength: 1 }).map((text) => `"${text.replaceAll('"', '""')}"`);
    fc.assert(
      fc.property(fc.oneof(spelling, name, fc.string()), (type) => {
        const canonical = canonicalType(type);
        expect(canonicalType(canonical)).toBe(canonical);
      }),
      { numRuns: 2000 },
    );
  });

  describe('on a real server', () => {
    const client = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
    beforeAll(() => client.connect());
    afterAll(() => client.end());

    it('is what format_type says of a column of the type', async () => {
      const columns = SPELLINGS.map(([type], at) => `c${at} ${type}`).join(', ');
      await client.query('begin');
      await client.query(OWN_TYPES);
      await client.query(`create temp table spelled (${columns})`);
      const { rows } = await client.query<{ type: string }>(
        `select replace(format_type(atttypid, atttypmod), quote_ident(pg_my_temp_schema()::regnamespace::text) || '.', '') as type
           from pg_attribute where attrelid = 'spelled'::regclass and attnum > 0 order by attnum`,
      );
      await client.query('rollback');
      expect(rows.map(({ type }, at) => [SPELLINGS[at]?.[0], type])).toEqual(SPELLINGS);
    });

    it('quotes just the names that the server quotes', async () => {
      const { rows } = await client.query<{ word: string; quoted: string }>(
        `select word, quote_ident(word) as quoted from pg_get_keywords() where word <> 'json'`,
      );
      const ours = rows.map(({ word }) => canonicalType(`"own"."${word}"`));
      const later = /^(json_|merge_action|system_user)/;
      rows.forEach(({ word, quoted }, at) => {
        if (later.test(word)) return;
        expect(ours[at]).toBe(`own.${quoted}`);
      });
    });
  });
});
