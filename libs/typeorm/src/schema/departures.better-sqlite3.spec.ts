import { type DefaultRow, defaultValueOn } from '../testing/default-value.fixture.js';
import { betterSqlite3 } from '../testing/tested-driver.fixture.js';

jest.setTimeout(60_000);

/** Where the schema of our first revision on SQLite is not the one that `synchronize` makes. */
const rows: readonly DefaultRow[] = [
  ['a quote', 'TypeORM does not escape it', { type: 'text', default: "it's" }, "it's", 'fails'],
  [
    'a value with a quote',
    'TypeORM does not escape it',
    { type: 'simple-enum', enum: ["it's", 'b'], default: "it's" },
    "it's",
    'fails',
  ],
  [
    'the text of a truth value',
    'TypeORM stores the text, which it reads as true whatever it says',
    { type: 'boolean', default: 'false' },
    '0',
    'false',
  ],
  [
    'a Date',
    'TypeORM puts it in double quotes',
    { type: 'datetime', default: new Date(86_400_000) as never },
    '1970-01-02 00:00:00.000',
    '"1970-01-02T00:00:00.000Z"',
  ],
];

it.each(rows)('default with %s (%s)', async (_, __, options, expected, typeorm) => {
  expect(await defaultValueOn(betterSqlite3, options, 'ours')).toBe(expected);
  const theirs = await defaultValueOn(betterSqlite3, options, 'synchronize');
  // TypeORM 0.3 writes some of them in a way that SQLite refuses.
  expect([typeorm, 'fails']).toContain(theirs);
  expect(theirs).not.toBe(expected);
});
