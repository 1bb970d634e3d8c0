import type { ColumnOptions } from 'typeorm';
import { Index } from 'typeorm';
import { bothSchemas } from '../testing/compare-schemas.fixture.js';
import { type CorpusRow, expectRow } from '../testing/corpus-row.fixture.js';
import { entityOf } from '../testing/entity-of.fixture.js';
import { describeExtension } from '../testing/extensions.fixture.js';
import { withMigrated } from '../testing/migrated-database.fixture.js';

jest.setTimeout(120_000);

type Columns = Readonly<Record<string, ColumnOptions>>;
const place = (columns: Columns, decorators: readonly ClassDecorator[] = []) => [
  entityOf({ name: 'Place', table: 'place', columns, decorators }),
];

/** Columns of an extension's types are those that TypeORM makes, and nothing of the extension's own is in a diff. */
function itIsAsTypeOrmMakesIt(setUp: string, entities: ReturnType<typeof place>): void {
  it('law 1: the first revision makes what synchronize makes, and leaves nothing to find', async () => {
    const found = await bothSchemas(entities, { setUp, installExtensions: false });
    expect(found.ours).toEqual(found.typeorm);
    expect(found.again).toEqual([]);
  });

  it.each([true, false])(
    'lists no object of the extension, and drops none (with a log: %s)',
    async (withLog) => {
      await withMigrated({ entities, setUp, withLog }, async (database) => {
        const { upToDate, diff } = await database.check();
        expect({ upToDate, diff }).toMatchObject({ upToDate: true, diff: { untouched: [] } });
        const asked = await database.questions(place({ only: { type: 'int', nullable: true } }));
        expect(asked.filter((id) => !id.startsWith('drop-column:place.'))).toEqual(
          asked.filter((id) => id.startsWith('rename-column:place.')),
        );
      });
    },
  );
}

const title = (rows: readonly CorpusRow[]) => rows.map((row) => [row.row, row] as const);

describeExtension('postgis', () => {
  const setUp = 'CREATE EXTENSION postgis';
  const optional = { nullable: true } as const;
  const point = { type: 'geometry', spatialFeatureType: 'Point', srid: 4326 } as const;
  itIsAsTypeOrmMakesIt(
    setUp,
    place(
      {
        point,
        any: { type: 'geometry', ...optional },
        polygon: { type: 'geometry', spatialFeatureType: 'Polygon', ...optional },
        path: { type: 'geometry', spatialFeatureType: 'LineString', srid: 3857, ...optional },
        where: { type: 'geography', spatialFeatureType: 'Point', srid: 4326, ...optional },
        area: { type: 'geography', spatialFeatureType: 'MultiPolygon', ...optional },
        anywhere: { type: 'geography', ...optional },
      },
      [
        Index('ix_point', ['point'], { spatial: true }),
        Index('ix_area', ['area'], { spatial: true }),
      ],
    ),
  );

  const filled = `INSERT INTO place (p) VALUES ('SRID=4326;POINT(1 2)')`;
  const rows: readonly CorpusRow[] = [
    {
      row: 'a point may be any geometry: its rows stay',
      setUp,
      entities: place({ p: point }),
      byHand: filled,
      becomes: place({ p: { type: 'geometry' } }),
      changes: ['alter column place.p: type'],
      afterwards: ['SELECT ST_AsText(p) FROM place', 'POINT(1 2)'],
    },
    {
      row: 'a geometry becomes a geography by a function of the extension, which is asked about',
      setUp,
      entities: place({ p: point }),
      byHand: filled,
      becomes: place({ p: { ...point, type: 'geography' } }),
      changes: ['alter column place.p: type'],
      asked: ['narrow-column:place.p'],
      afterwards: ['SELECT ST_AsText(p) FROM place', 'POINT(1 2)'],
    },
    {
      row: 'a column of geometries comes and is indexed',
      setUp,
      entities: place({ name: { type: 'text' } }),
      becomes: place({ name: { type: 'text' }, p: { ...point, ...optional } }, [
        Index('ix_p', ['p'], { spatial: true }),
      ]),
      changes: ['add column place.p', 'create index ix_p on place'],
      afterwards: [
        `SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_p'`,
        'CREATE INDEX ix_p ON public.place USING gist (p)',
      ],
    },
    {
      row: 'an index by hand with an operator class of the extension is left alone',
      setUp,
      entities: place({ p: point }),
      byHand: 'CREATE INDEX by_hand ON place USING gist (p gist_geometry_ops_nd)',
      untouched: ['index place.by_hand'],
    },
  ];
  it.each(title(rows))('%s', (_, row) => expectRow(row));
});

describeExtension('hstore', () => {
  const setUp = 'CREATE EXTENSION hstore';
  itIsAsTypeOrmMakesIt(
    setUp,
    place({
      h: { type: 'hstore' },
      listed: { type: 'hstore', nullable: true, default: () => `'a=>1'` },
      many: { type: 'hstore', array: true, nullable: true },
    }),
  );
  const rows: readonly CorpusRow[] = [
    {
      row: 'an hstore becomes jsonb by a function of the extension, which is asked about',
      setUp,
      entities: place({ h: { type: 'hstore' } }),
      byHand: `INSERT INTO place (h) VALUES ('a=>1')`,
      becomes: place({ h: { type: 'jsonb' } }),
      changes: ['alter column place.h: type'],
      asked: ['narrow-column:place.h'],
      afterwards: ['SELECT h::text FROM place', '{"a": "1"}'],
    },
    {
      row: 'a default in another spelling is none',
      setUp,
      entities: place({ h: { type: 'hstore', default: () => `'b=>2, a=>1'::hstore` } }),
      becomes: place({ h: { type: 'hstore', default: () => `'"a"=>"1", "b"=>"2"'` } }),
    },
  ];
  it.each(title(rows))('%s', (_, row) => expectRow(row));
});

describeExtension('citext', () => {
  const setUp = 'CREATE EXTENSION citext';
  itIsAsTypeOrmMakesIt(
    setUp,
    place({
      mail: { type: 'citext', unique: true, default: 'Abc' },
      names: { type: 'citext', array: true, default: [] },
    }),
  );
  const rows: readonly CorpusRow[] = [
    {
      row: 'text becomes citext, and nobody is asked: no value changes',
      setUp,
      entities: place({ mail: { type: 'text', unique: true } }),
      byHand: `INSERT INTO place (mail) VALUES ('A')`,
      becomes: place({ mail: { type: 'citext', unique: true } }),
      changes: ['alter column place.mail: type'],
      afterwards: [`SELECT mail FROM place WHERE mail = 'a'`, 'A'],
    },
  ];
  it.each(title(rows))('%s', (_, row) => expectRow(row));
});
