import { type DefaultRow, defaultValueOn } from '../testing/default-value.fixture.js';
import { mariadb } from '../testing/tested-driver.fixture.js';

jest.setTimeout(60_000);

/**
 * Where the schema of our first revision on MariaDB is not the one that `synchronize` makes. Besides: TypeORM makes no `@Check`
 * (diff corpus MY-30) and no enum with a character set (MY-27).
 */
const rows: readonly DefaultRow[] = [
  ['a quote', 'TypeORM does not escape it', { type: 'varchar', default: "it's" }, "it's", 'fails'],
  [
    'a backslash',
    'TypeORM does not escape it (MY-17)',
    { type: 'varchar', default: 'a\\b' },
    'a\\b',
    'a\b',
  ],
  [
    'a fraction of a type without a scale',
    'TypeORM rounds it',
    { type: 'double', default: 1.7 },
    '1.7',
    '2',
  ],
  [
    'an object',
    'TypeORM writes [object Object] (MY-23)',
    { type: 'json', default: {} },
    '{}',
    'fails',
  ],
  [
    'the text of a truth value',
    'the server refuses it (MY-24)',
    { type: 'boolean', default: 'false' },
    '0',
    'fails',
  ],
  [
    'a bit',
    'the server takes no number in quotes (MY-25)',
    { type: 'bit', default: 1 },
    '1',
    'fails',
  ],
];

it.each(rows)('default with %s (%s)', async (_, __, options, expected, typeorm) => {
  expect(await defaultValueOn(mariadb, options, 'ours')).toBe(expected);
  expect(await defaultValueOn(mariadb, options, 'synchronize')).toBe(typeorm);
});
