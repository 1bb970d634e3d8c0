// Specs talk to a real server over the driver itself; the published code of core never imports it.
/* eslint-disable @nx/enforce-module-boundaries */
import fc from 'fast-check';
import { Client } from 'pg';
import { HOSTILE_NAMES, HOSTILE_TEXTS, REFUSED_NAMES } from '../common/hostile-texts.fixture.js';
import { byteLength, isStorableText } from '../common/identifier-rules.js';
import { postgresQuoting } from './postgres-quoting.js';

const { identifier, qualified, literal, parseLiteral } = postgresQuoting;

describe('identifier', () => {
  it.each([
    ['account', '"account"'],
    ['a"b', '"a""b"'],
    ['a.b', '"a.b"'],
  ])('writes %s as %s', (name, sql) => {
    expect(identifier(name)).toBe(sql);
  });

  it.each(REFUSED_NAMES)('%s: refuses %j with %s', (_, name, code) => {
    expect(() => identifier(name)).toThrow(expect.objectContaining({ code }));
  });

  it('B071: writes schema and name apart, dots and all', () => {
    expect(qualified({ schema: 'my.schema', name: 'a.b' })).toBe('"my.schema"."a.b"');
    expect(qualified({ schema: null, name: 'a.b' })).toBe('"a.b"');
  });
});

describe('literal', () => {
  it.each([
    [null, 'NULL'],
    [true, 'true'],
    [false, 'false'],
    [0, '0'],
    [-1.5, '-1.5'],
    [1e21, '1e+21'],
    [12345678901234567890n, '12345678901234567890'],
    ['', "''"],
    ["it's", "'it''s'"],
    ['\\', String.raw`E'\\'`],
    ["\\'", String.raw`E'\\'''`],
  ])('writes %p as %s', (value, sql) => {
    expect(literal(value)).toBe(sql);
  });

  it.each([
    ['B064', 'a\0', 'E3005'],
    ['B065', 'a\ud800', 'E3006'],
    ['B089', Number.NaN, 'E3013'],
    ['B089', Number('1e309'), 'E3013'],
    ['B089', -Infinity, 'E3013'],
  ])('%s: refuses %p with %s', (_, value, code) => {
    expect(() => literal(value)).toThrow(expect.objectContaining({ code }));
  });
});

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.array(fc.constantFrom("'", '\\', '"', 'E', 'a', '\n')).map((parts) => parts.join('')),
);
const value = fc.oneof(
  text.filter(isStorableText),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.bigInt(),
  fc.boolean(),
  fc.constant(null),
);

describe('parseLiteral', () => {
  it('is the inverse of literal', () => {
    fc.assert(
      fc.property(value, (original) => {
        const sql = literal(original);
        const parsed = parseLiteral(sql);
        // Integers have one spelling, whether they are a number or a bigint.
        if (typeof original === 'string') expect(parsed).toBe(original);
        expect(parsed === undefined ? undefined : literal(parsed)).toBe(sql);
      }),
      { numRuns: 5000 },
    );
  });

  it('gives nothing for a text that literal does not make', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((inner) => `'${inner}'`),
          text.map((inner) => `E'${inner}'`),
        ),
        (sql) => {
          const parsed = parseLiteral(sql);
          expect(parsed === undefined || literal(parsed) === sql).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['now()'],
    ["'a'::text"],
    ["'a' || 'b'"],
    ["'a''"],
    ["E'a'"],
    [String.raw`'\'`],
    [String.raw`E'\n'`],
    ['1.50'],
    ['007'],
    ['-0'],
    ['1e400'],
    ['TRUE'],
    ['null'],
    [''],
    ["'nul\0'"],
  ])('B077: leaves %j as SQL', (sql) => {
    expect(parseLiteral(sql)).toBeUndefined();
  });
});

describe('on a real server', () => {
  const client = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
  beforeAll(() => client.connect());
  afterAll(() => client.end());

  /** Reads every literal of a list back, in one query. */
  async function readBack(texts: readonly string[]): Promise<readonly string[]> {
    const { rows } = await client.query<{ texts: string[] }>(
      `select array[${texts.map((item) => literal(item)).join(', ')}]::text[] as texts`,
    );
    return rows[0]?.texts ?? [];
  }

  it.each(['on', 'off'])(
    'B077, B078: keeps every text with standard_conforming_strings = %s',
    async (mode) => {
      await client.query(`set standard_conforming_strings = ${mode}`);
      await client.query('set escape_string_warning = off');
      const texts = HOSTILE_TEXTS.map(([, item]) => item);
      expect(await readBack(texts)).toEqual(texts);
      await client.query('reset all');
    },
  );

  it('Q9: gives every text back as it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(text.filter(isStorableText), { minLength: 50, maxLength: 100 }),
        async (texts) => {
          expect(await readBack(texts)).toEqual(texts);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('Q9: gives every name back as it is, as that of a column', async () => {
    const name = text.filter(
      (item) => isStorableText(item) && item.trim() !== '' && byteLength(item) <= 63,
    );
    const names = fc.uniqueArray(name, { minLength: 20, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(names, async (columns) => {
        const { fields } = await client.query(
          `select ${columns.map((column) => `1 as ${identifier(column)}`).join(', ')}`,
        );
        expect(fields.map((field) => field.name)).toEqual(columns);
      }),
      { numRuns: 30 },
    );
  });

  it('Q10: means the same as quote_ident and quote_literal', async () => {
    const names = HOSTILE_NAMES.map(([, name]) => name);
    const { rows } = await client.query<{ names: string[]; literals: string[] }>(
      `select array_agg(quote_ident(x) order by n) as names, array_agg(trim(quote_literal(x)) order by n) as literals
         from unnest($1::text[]) with ordinality as t(x, n)`,
      [names],
    );
    expect(names.map((name) => literal(name))).toEqual(rows[0]?.literals);
    const unquoted = (sql: string) => (sql.startsWith('"') ? sql : `"${sql}"`);
    expect(names.map((name) => identifier(name))).toEqual(rows[0]?.names.map(unquoted));
  });
});
