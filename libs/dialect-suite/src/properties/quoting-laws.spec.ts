import type { Connection } from '@nest-alembic/core';
import { propertyRuns } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import * as fc from 'fast-check';
import { TESTED_DIALECTS } from '../tested-dialects.js';
import type { TestedDialect } from '../tested-dialects.js';

jest.setTimeout(3_600_000);

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
const bytesOf = (text: string): number => Buffer.byteLength(text);

/** What a database keeps as a name, by its manual. */
const KEPT_NAMES: Readonly<Record<TestedDialect['name'], (name: string) => boolean>> = {
  postgres: (name) => bytesOf(name) <= 63,
  sqlite: (name) => bytesOf(name) <= 255,
  mariadb: (name) =>
    !/[\u{10000}-\u{10ffff}]/u.test(name) && name.length <= 64 && !name.endsWith(' '),
};

const isName = ({ name: dialect }: TestedDialect, text: string): boolean =>
  isStorable(text) && text.trim() !== '' && KEPT_NAMES[dialect](text);
const refuses = (quote: () => string): boolean => {
  try {
    quote();
    return false;
  } catch {
    return true;
  }
};

/**
 * A row of these drivers is an object, which has no key `__proto__`; `mysql2` refuses it, and its like. MariaDB cuts blanks and
 * control characters from the beginning of an alias, not of a name.
 */
const comesBackAsAlias = (dialect: TestedDialect['name'], name: string): boolean =>
  dialect === 'postgres' ||
  (!(name.startsWith('__') && name in Object.prototype) &&
    (dialect !== 'mariadb' || name.charAt(0) > ' '));

/** Names and literals as the server's own functions write them. */
const SERVERS_OWN: Readonly<
  Record<TestedDialect['name'], (literal: string) => readonly [name: string, literal: string]>
> = {
  postgres: (literal) => [
    `'"' || replace(${literal}, '"', '""') || '"'`,
    `quote_literal(${literal})`,
  ],
  sqlite: (literal) => [`printf('"%w"', ${literal})`, `quote(${literal})`],
  mariadb: (literal) => [`sys.quote_identifier(${literal})`, `QUOTE(${literal})`],
};

describe.each(TESTED_DIALECTS.map((tested) => [tested.name, tested] as const))(
  'on %s',
  (dialect, tested) => {
    const { identifier, literal } = tested.dialect.quoting;
    let database: TestDatabase;
    let connection: Connection;

    beforeAll(async () => {
      database = await tested.createDatabase();
      connection = await database.connect();
    });
    afterAll(() => database.drop());

    /** A row for each text of SQL. */
    const rowsOf = async (texts: readonly (readonly string[])[]) => {
      const selects = texts.map((row, at) => `SELECT ${at} AS at, ${row.join(', ')}`);
      const { rows } = await connection.query(selects.join('\nUNION ALL '));
      return [...rows].sort((left, right) => Number(left['at']) - Number(right['at']));
    };

    it('Q9: every text that a literal or name may have comes back as it is; every other one is refused', async () => {
      const runs = propertyRuns(`Q9 on ${dialect}`, { pr: 2_000, nightly: 200_000 });
      await fc.assert(
        fc.asyncProperty(texts, async (drawn) => {
          const storable = drawn.filter(isStorable);
          const names = [...new Set(drawn.filter((text) => isName(tested, text)))];
          expect(drawn.filter((text) => refuses(() => literal(text)))).toEqual(
            drawn.filter((text) => !isStorable(text)),
          );
          expect(drawn.filter((text) => refuses(() => identifier(text)))).toEqual(
            drawn.filter((text) => !isName(tested, text)),
          );
          const rows = await rowsOf(['', ...storable].map((text) => [`${literal(text)} AS text`]));
          expect(rows.slice(1).map(({ text }) => text)).toEqual(storable);
          const aliases = names.filter((name) => comesBackAsAlias(dialect, name));
          if (aliases.length === 0) return;
          const columns = aliases.map((name) => `1 AS ${identifier(name)}`).join(', ');
          const found = await connection.query(`SELECT ${columns}`);
          expect(Object.keys(found.rows[0] ?? {}).sort()).toEqual([...aliases].sort());
        }),
        batches(runs),
      );
    });

    it("Q10: names and literals mean the same as those of the server's own functions", async () => {
      const runs = propertyRuns(`Q10 on ${dialect}`, { pr: 500, nightly: 20_000 });
      await fc.assert(
        fc.asyncProperty(
          texts.map((drawn) => drawn.filter((text) => isName(tested, text))),
          async (names) => {
            if (names.length === 0) return;
            const asked = names.map((name) => SERVERS_OWN[dialect](literal(name)));
            const theirs = await rowsOf(
              asked.map(([name, text]) => [`${name} AS name`, `${text} AS text`]),
            );
            expect(theirs.map(({ name }) => name)).toEqual(names.map((name) => identifier(name)));
            const read = await rowsOf(theirs.map(({ text }) => [`${String(text)} AS text`]));
            expect(read.map(({ text }) => text)).toEqual(names);
          },
        ),
        batches(runs),
      );
    });

    if (dialect !== 'postgres') return;
    it('Q10: names mean the same as those of quote_ident and format', async () => {
      const runs = propertyRuns('Q10 of format', { pr: 500, nightly: 20_000 });
      await fc.assert(
        fc.asyncProperty(
          texts.map((drawn) => drawn.filter((text) => isName(tested, text))),
          async (names) => {
            if (names.length === 0) return;
            const { rows } = await connection.query<{ named: string; formatted: string }>(
              `SELECT quote_ident(x.text) AS named, format('%I', x.text) AS formatted
               FROM unnest($1::text[]) WITH ORDINALITY AS x (text, at) ORDER BY at`,
              [names],
            );
            const unquoted = (sql: string): string =>
              sql.startsWith('"') ? sql.slice(1, -1).replaceAll('""', '"') : sql;
            expect(rows).toHaveLength(names.length);
            rows.forEach(({ named, formatted }, at) => {
              expect(unquoted(identifier(names[at] ?? ''))).toBe(unquoted(named));
              expect(formatted).toBe(named);
            });
          },
        ),
        batches(runs),
      );
    });
  },
);
