import { Check, type ColumnOptions, Index, Unique } from 'typeorm';
import { type EntityParts, entityOf } from '../../testing/entity-of.fixture.js';
import { withMigrated } from '../../testing/migrated-database.fixture.js';
import { betterSqlite3 } from '../../testing/tested-driver.fixture.js';

jest.setTimeout(60_000);

const b: ColumnOptions = { type: 'text' };
const of = (columns: NonNullable<EntityParts['columns']>, ...decorators: ClassDecorator[]) =>
  entityOf({ columns, decorators });

/** What a table becomes, and how often it is made anew for that: TypeORM does so twice or more for each. */
const CHANGES: readonly (readonly [what: string, becomes: ReturnType<typeof of>, anew: number])[] =
  [
    ['nullability', of({ b: { ...b, nullable: true } }), 1],
    ['a type', of({ b: { type: 'varchar', length: 20 } }), 1],
    ['a default', of({ b: { ...b, default: 'x' } }), 1],
    ['a collation', of({ b: { ...b, collation: 'NOCASE' } }), 1],
    ['a check', of({ b }, Check('ck', `b <> ''`)), 1],
    ['a unique constraint', of({ b }, Unique('uq', ['b'])), 1],
    ['an index', of({ b }, Index('ix', ['b'])), 0],
    ['a new column', of({ b, d: { type: 'text', nullable: true } }), 0],
    ['another name of a column', of({ b: { ...b, name: 'c' } }), 0],
    [
      'another name of a column, and a new one',
      of({ b: { ...b, name: 'c' }, d: { type: 'text', nullable: true } }),
      0,
    ],
    [
      'another name of a column, another type of it, a new column and a check',
      of(
        { b: { type: 'varchar', length: 20, name: 'c' }, d: { type: 'text', nullable: true } },
        Check('ck', `c <> ''`),
      ),
      1,
    ],
  ];

it.each(CHANGES)(
  'LITE-18: a table is made anew once in a revision, or not at all: %s',
  async (_, becomes, anew) => {
    await withMigrated({ entities: [of({ b })], on: betterSqlite3 }, async (database) => {
      await database.byHand(`INSERT INTO t (b) VALUES ('kept')`);
      expect(await database.autogenerate([becomes])).toBeDefined();
      const { sql = '' } = await database.migrator().upgrade('head', { sql: true });
      expect(sql.match(/^DROP TABLE "t"/gm) ?? []).toHaveLength(anew);
      expect(await database.valueOf('SELECT 1 FROM t')).toBe('1');
      expect((await database.check([becomes])).changes).toEqual([]);
    });
  },
);
