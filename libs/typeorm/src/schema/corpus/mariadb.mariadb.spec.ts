import type { CheckResult } from '@nest-alembic/core';
import {
  Check,
  type ColumnOptions,
  CreateDateColumn,
  Index,
  Unique,
  UpdateDateColumn,
} from 'typeorm';
import { type CorpusRow, expectRow } from '../../testing/corpus-row.fixture.js';
import { entityOf } from '../../testing/entity-of.fixture.js';
import { joinedByEntity } from '../../testing/join-row.fixture.js';
import { withMigrated } from '../../testing/migrated-database.fixture.js';
import { oneColumn } from '../../testing/one-column.fixture.js';
import { mariadb } from '../../testing/tested-driver.fixture.js';

jest.setTimeout(120_000);

/** Diff corpus 8.5, on MariaDB. */
const sql = (text: string) => () => text;

const COLUMNS: readonly [string, ColumnOptions][] = [
  ['MY-1', { type: 'json', default: sql("('{}')") }],
  ['MY-2', { type: 'json', default: sql('(JSON_ARRAY())') }],
  ['MY-3', { type: 'varchar', length: 36, default: sql('(UUID())') }],
  ['MY-4', { type: 'boolean', default: sql('false') }],
  ['MY-5', { type: 'timestamp', nullable: true, default: sql('NULL') }],
  ['MY-6', { type: 'varchar', nullable: true, default: sql('NULL') }],
  ['MY-7', { type: 'datetime', default: '2020-01-01' }],
  ['MY-8', { type: 'time', default: '10:00' }],
  ['MY-9', { type: 'date', default: '2020-1-1' }],
  ['MY-10', { type: 'date', default: sql('(CURRENT_DATE)') }],
  ['MY-11', { type: 'date', default: sql('CURDATE()') }],
  ['MY-14', { type: 'enum', enum: ['a,b', 'c'] }],
  ['MY-15', { type: 'set', enum: ['a', 'b'], default: ['b', 'a'] }],
  ['MY-16', { type: 'text', default: sql("('x')") }],
  ['MY-17', { type: 'varchar', default: 'a\\b' }],
  ['MY-18', { type: 'varchar', default: sql("(concat('a','b'))") }],
  ['MY-19', { type: 'double', default: sql('(rand())') }],
  ['MY-23', { type: 'json', default: {} }],
  ['MY-24', { type: 'boolean', default: 'false' }],
  ['MY-25', { type: 'bit', default: 0 }],
  ['MY-26', { type: 'enum', enum: ["it's", 'b'], default: "it's" }],
  ['MY-26-varchar', { type: 'varchar', default: "it's" }],
  ['MY-27', { type: 'enum', enum: ['a', 'b'], charset: 'latin1', collation: 'latin1_bin' }],
];

const T = entityOf({ columns: { b: { type: 'varchar' } } });
const byB = entityOf({ columns: { b: { type: 'varchar' } }, decorators: [Index('MyIdx', ['b'])] });

const withCharacters = (characters: Pick<ColumnOptions, 'charset' | 'collation'>) =>
  entityOf({ columns: { c: { type: 'varchar', default: 'é', ...characters } } });
const CHARACTERS_OF_C = `SELECT concat_ws(' ', CHARACTER_SET_NAME, COLLATION_NAME, COLUMN_DEFAULT)
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 't' AND COLUMN_NAME = 'c'`;

const OTHERS: readonly CorpusRow[] = [
  {
    row: 'MY-12: dates with a precision of their own',
    entities: [
      entityOf({
        properties: {
          at: CreateDateColumn({ precision: 3 }),
          changed: UpdateDateColumn({ precision: 3 }),
        },
      }),
    ],
  },
  {
    row: 'MY-13: a timestamp with precision 0',
    entities: [
      entityOf({ properties: { at: UpdateDateColumn({ type: 'timestamp', precision: 0 }) } }),
    ],
  },
  { row: 'MY-20: a join table that is an entity', entities: joinedByEntity('int') },
  {
    row: 'MY-21: an index made by hand',
    entities: [T],
    byHand: 'CREATE INDEX by_hand ON t (b)',
    untouched: ['index t.by_hand'],
  },
  {
    row: 'MY-22: an index in another case',
    entities: [byB],
    byHand: 'ALTER TABLE t DROP INDEX MyIdx, ADD INDEX myidx (b)',
  },
  {
    row: 'MY-28: @Unique and a unique @Index on one column',
    entities: [
      entityOf({
        columns: { c: { type: 'varchar' } },
        decorators: [Unique(['c']), Index(['c'], { unique: true })],
      }),
    ],
  },
  {
    row: 'MY-30: @Check is made',
    entities: [
      entityOf({ columns: { a: { type: 'int' } }, decorators: [Check('positive', 'a > 0')] }),
    ],
    fails: 'INSERT INTO t (a) VALUES (-1)',
  },
  {
    row: 'MY-31: another character set',
    entities: [withCharacters({ charset: 'latin1' })],
    becomes: [withCharacters({ charset: 'utf8mb4' })],
    changes: ['alter column t.c: collation, charset'],
    afterwards: [CHARACTERS_OF_C, "utf8mb4 utf8mb4_general_ci 'é'"],
  },
  {
    row: 'MY-31 the other way',
    entities: [withCharacters({})],
    becomes: [withCharacters({ charset: 'latin1' })],
    changes: ['alter column t.c: collation, charset'],
    afterwards: [CHARACTERS_OF_C, "latin1 latin1_swedish_ci 'é'"],
  },
  {
    row: 'another collation of the same character set, and that of the table again',
    entities: [withCharacters({ collation: 'utf8mb4_bin' })],
    becomes: [withCharacters({})],
    changes: ['alter column t.c: collation'],
    afterwards: [CHARACTERS_OF_C, "utf8mb4 utf8mb4_general_ci 'é'"],
  },
  {
    row: 'MY-34: a date without a precision',
    entities: [
      entityOf({
        properties: {
          at: CreateDateColumn({ precision: null, default: () => 'CURRENT_TIMESTAMP' } as never),
        },
      }),
    ],
  },
];

const tableOf = (row: string): string => row.toLowerCase().replaceAll('-', '_');

describe('diff corpus 8.5', () => {
  describe('all columns at once', () => {
    let found: CheckResult;
    beforeAll(async () => {
      const entities = COLUMNS.map(([row, options]) => oneColumn(options, tableOf(row)));
      found = await withMigrated({ on: mariadb, entities }, (database) => database.check());
    });

    it.each(COLUMNS)('%s: %j', (row) => {
      expect(JSON.stringify(found)).not.toContain(`"${tableOf(row)}"`);
    });

    it('and nothing else', () => {
      expect(found).toMatchObject({ upToDate: true, changes: [] });
      expect(found.diff.untouched).toEqual([]);
    });
  });

  it.each(OTHERS)('$row', async (row) => {
    await expectRow({ ...row, on: mariadb });
  });

  it('MY-29: a name of 65 characters is refused before anything is written', async () => {
    const entities = [
      entityOf({ columns: { c: { type: 'int' } }, decorators: [Index('i'.repeat(65), ['c'])] }),
    ];
    await expect(
      withMigrated({ on: mariadb, entities }, (database) => database.check()),
    ).rejects.toMatchObject({
      code: 'E3001',
    });
  });
});
