import { postgresDialect } from '@nest-alembic/core';
import type { Connection } from '@nest-alembic/core';
import { createTestDatabase, propertyRuns } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import * as fc from 'fast-check';

jest.setTimeout(3_600_000);

const { identifier, literal } = postgresDialect.quoting;
let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = await database.connect();
});
afterAll(() => database.drop());

/** So many texts are asked about at once. */
const BATCH = 50;
const hostile = fc.constantFrom(
  "'",
  '"',
  '\\',
  "\\'",
  '""',
  "''",
  '$$',
  '--',
  '/*',
  ';',
  '%',
  '\n',
  '\u2028',
  'É',
  '👩‍👩‍👧',
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(fc.oneof(hostile, fc.string({ maxLength: 4 })), { maxLength: 8 })
    .map((parts) => parts.join('')),
);
const texts = fc.array(anyText, { minLength: BATCH, maxLength: BATCH });
const batches = <R extends { readonly numRuns: number }>({ numRuns, ...runs }: R) => ({
  ...runs,
  numRuns: Math.ceil(numRuns / BATCH),
});
const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text);
const isName = (text: string): boolean =>
  isStorable(text) && text.trim() !== '' && Buffer.byteLength(text) <= 63;
const refuses = (quote: () => string): boolean => {
  try {
    quote();
    return false;
  } catch {
    return true;
  }
};

it('Q9: every text that a literal or name may have comes back as it is; every other one is refused', async () => {
  const runs = propertyRuns('Q9', { pr: 2_000, nightly: 200_000 });
  await fc.assert(
    fc.asyncProperty(texts, async (drawn) => {
      const storable = drawn.filter(isStorable);
      const names = [...new Set(drawn.filter(isName))];
      expect(drawn.filter((text) => refuses(() => literal(text)))).toEqual(
        drawn.filter((text) => !isStorable(text)),
      );
      expect(names.filter((name) => refuses(() => identifier(name)))).toEqual([]);
      const list = storable.map((text, at) => `(${at}, ${literal(text)}::text)`).join(', ');
      const { rows } = await connection.query<{ text: string }>(
        `SELECT text FROM (VALUES (-1, NULL), ${list || "(-1, '')"}) AS t (at, text) WHERE at >= 0 ORDER BY at`,
      );
      expect(rows.map(({ text }) => text)).toEqual(storable);
      if (names.length === 0) return;
      const columns = names.map((name) => `1 AS ${identifier(name)}`).join(', ');
      const {
        rows: [row],
      } = await connection.query(`SELECT ${columns}`);
      expect(Object.keys(row ?? {}).sort()).toEqual([...names].sort());
    }),
    batches(runs),
  );
});

it('Q10: names and literals mean the same as those of quote_ident, quote_literal and format', async () => {
  const runs = propertyRuns('Q10', { pr: 500, nightly: 20_000 });
  await fc.assert(
    fc.asyncProperty(
      texts.map((drawn) => drawn.filter(isName)),
      async (names) => {
        if (names.length === 0) return;
        const { rows } = await connection.query<{
          ours: string;
          theirs: string;
          named: string;
          formatted: string;
        }>(
          `SELECT x.ours, quote_literal(x.text) AS theirs, quote_ident(x.text) AS named, format('%I', x.text) AS formatted
         FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS x (text, ours, at) ORDER BY at`,
          [names, names.map((name) => literal(name))],
        );
        expect(rows).toHaveLength(names.length);
        const read = rows.map(({ ours, theirs }, at) => `(${at}, ${ours}, ${theirs})`).join(', ');
        const { rows: differing } = await connection.query(
          `SELECT at FROM (VALUES ${read}) AS t (at, ours, theirs) WHERE ours IS DISTINCT FROM theirs`,
        );
        expect(differing).toEqual([]);
        const unquoted = (sql: string): string =>
          sql.startsWith('"') ? sql.slice(1, -1).replaceAll('""', '"') : sql;
        rows.forEach(({ named, formatted }, at) => {
          expect(unquoted(identifier(names[at] ?? ''))).toBe(unquoted(named));
          expect(formatted).toBe(named);
        });
      },
    ),
    batches(runs),
  );
});
