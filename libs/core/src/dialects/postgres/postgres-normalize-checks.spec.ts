import fc from 'fast-check';
import { useNormalizing } from './normalizing.fixture.js';

const { connection, made, canonicalTable } = useNormalizing();

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
