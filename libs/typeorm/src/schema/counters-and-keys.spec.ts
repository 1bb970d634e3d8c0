import { Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { bothSchemas } from '../testing/compare-schemas.fixture.js';
import { type CorpusRow, expectRow } from '../testing/corpus-row.fixture.js';
import { entityOf } from '../testing/entity-of.fixture.js';
import { withMigrated } from '../testing/migrated-database.fixture.js';

jest.setTimeout(60_000);

const columns = { a: { type: 'text', nullable: true } } as const;
const counted = (name: string, table: string) => entityOf({ name, table, columns });
const identity = (name: string, table: string, column = 'id') =>
  entityOf({
    name,
    table,
    columns,
    properties: { id: PrimaryGeneratedColumn('identity', { name: column }) },
  });

const ROWS: readonly CorpusRow[] = [
  {
    row: 'a counter whose column is called otherwise goes on counting',
    entities: [identity('Old', 'thing')],
    byHand: `INSERT INTO thing (a) VALUES ('x')`,
    becomes: [identity('Old', 'thing', 'key')],
    changes: ['rename column thing.id to key'],
    afterwards: [`INSERT INTO thing (a) VALUES ('y') RETURNING key`, '2'],
  },
  {
    row: 'a unique constraint on the columns of the primary key says nothing more, also of a table that is there',
    entities: [entityOf({ columns })],
    becomes: [entityOf({ columns, decorators: [Unique('uq', ['id'])] })],
    afterwards: [`SELECT count(*) FROM pg_constraint WHERE conname = 'uq'`, '0'],
  },
  {
    row: 'one that somebody made by hand is left alone',
    entities: [entityOf({ columns })],
    byHand: 'ALTER TABLE t ADD CONSTRAINT uq UNIQUE (id)',
    untouched: ['unique t.uq'],
  },
  {
    row: 'one that is made of a unique index stays as well',
    entities: [entityOf({ columns, decorators: [Index('ux', ['id'], { unique: true })] })],
    becomes: [entityOf({ columns, decorators: [Index('ux', ['id'], { unique: true })] })],
  },
];

it.each([
  ['a counter', counted],
  ['an identity', identity],
])(
  'DL-45: %s of a renamed table goes on under its name, and a new table of the old name has one of its own',
  async (_, make) => {
    await withMigrated({ entities: [make('Old', 'thing')] }, async (database) => {
      await database.byHand(`INSERT INTO thing (a) VALUES ('x')`);
      const renamed = make('Old', 'former');
      expect((await database.check([renamed])).changes).toEqual(['rename table thing to former']);
      await database.autogenerate([renamed]);
      const both = [renamed, make('New', 'thing')];
      expect((await database.check(both)).changes).toEqual([
        expect.stringMatching(/^rename primary key PK_\w+ of former to PK_\w+$/),
        'create table thing',
      ]);
      await database.autogenerate(both);
      expect((await database.check(both)).upToDate).toBe(true);
      const next = (table: string) =>
        database.valueOf(`INSERT INTO ${table} (a) VALUES ('y') RETURNING id`);
      expect([await next('former'), await next('thing')]).toEqual(['2', '1']);
    });
  },
);

it.each(ROWS.map((row) => [row.row, row] as const))('%s', (_, row) => expectRow(row));

it('a unique constraint on the columns of the primary key is left out, as the server leaves it out of a new table', async () => {
  const keyed = {
    ...columns,
    b: { type: 'int', primary: true },
    c: { type: 'int', primary: true },
  };
  const entities = [
    entityOf({ columns: keyed as never, decorators: [Unique('uq', ['b', 'c'])] }),
    entityOf({ name: 'U', table: 'u', columns, decorators: [Unique('uq_u', ['id'])] }),
  ];
  const found = await bothSchemas(entities);
  expect(found.ours).toEqual(found.typeorm);
  expect(found.again).toEqual([]);
});
