import type { ColumnOptions } from 'typeorm';
import * as fixture from '../testing/departures.fixture.js';
import { oneColumn } from '../testing/one-column.fixture.js';
import {
  createSchema,
  type Entities,
  modelOf,
  withDataSource,
} from '../testing/compare-schemas.fixture.js';

jest.setTimeout(60_000);

/**
 * Where the schema of our first revision is not the one that `synchronize` makes. Besides: schemas are made by the
 * revision, extensions by neither (TypeORM makes them when it connects), and `typeorm_metadata` is not made at all.
 */
describe('departures from synchronize', () => {
  /** What, reason, options of the column, the value of the default in our schema and in TypeORM's. */
  const defaults: readonly [string, string, ColumnOptions, string, string][] = [
    ['a quote', 'TypeORM does not escape it', { type: 'text', default: "it's" }, "it's", 'fails'],
    [
      'quotes that close the literal',
      'TypeORM lets the text become SQL',
      { type: 'text', default: "x' || 'y" },
      "x' || 'y",
      'xy',
    ],
    [
      'a label with a quote',
      'TypeORM does not escape it',
      { type: 'enum', enum: ["it's", 'b'], default: "it's" },
      "it's",
      'fails',
    ],
    [
      'elements of an array with commas',
      'TypeORM joins them with commas (PG-D40)',
      { type: 'text', array: true, default: ['a b', 'c,d'] },
      '{"a b","c,d"}',
      '{"a b",c,d}',
    ],
    [
      'elements of an array with quotes, backslashes, nothing',
      'TypeORM escapes none of them',
      { type: 'text', array: true, default: ['e"f', 'g\\h', 'NULL', ''] },
      String.raw`{"e\"f","g\\h","NULL",""}`,
      'fails',
    ],
    [
      'false in JSON',
      'TypeORM writes a boolean',
      { type: 'jsonb', default: false },
      'false',
      'fails',
    ],
    [
      'a text that is no JSON',
      'it can only be meant as a JSON string',
      { type: 'jsonb', default: 'hello' },
      '"hello"',
      'fails',
    ],
    [
      'a list in simple-array',
      'TypeORM writes JSON where it later reads a list with commas',
      { type: 'simple-array', default: ['a', 'b'] },
      'a,b',
      '["a","b"]',
    ],
    [
      'a Date',
      'TypeORM puts it in double quotes',
      { type: 'timestamp', default: new Date(86_400_000) as never },
      '1970-01-02 00:00:00',
      '1970-01-02 00:00:00',
    ],
    [
      'a label that is there twice',
      'TypeORM lists it twice',
      { type: 'enum', enum: { A: 'a', Alias: 'a' }, default: 'a' },
      'a',
      'fails',
    ],
  ];

  it.each(defaults)('default with %s (%s)', async (_, __, options, expected, typeorm) => {
    expect(await defaultValue(options, 'ours')).toBe(expected);
    expect(await defaultValue(options, 'synchronize')).toBe(typeorm);
  });

  it.each<[string, string, Entities, RegExp]>([
    ['quotes in names', 'TypeORM does not escape them', [fixture.WeirdNames], /zero-length|syntax/],
    [
      'a foreign key to an enum',
      'TypeORM gives it a type of its own, which no foreign key can compare',
      [fixture.Currency, fixture.Price],
      /cannot be implemented|incompatible/,
    ],
    [
      'the action DEFAULT',
      'TypeORM hands its own word to the server, which knows SET DEFAULT',
      [fixture.DefaultedParent, fixture.DefaultedChild],
      /syntax error/,
    ],
    [
      'two children with an index on one column',
      'TypeORM makes column and index twice',
      [fixture.Vehicle, fixture.Car, fixture.Truck],
      /specified more than once|already exists/,
    ],
    [
      'a closure tree over a composite key',
      'TypeORM refers to two columns by one',
      [fixture.TenantNode],
      /number of referencing and referenced columns|no unique constraint/,
    ],
    [
      'PG-V4: a view that comes before what it reads',
      'TypeORM makes views in the order of the list unless told',
      [fixture.AView, fixture.ZView],
      /does not exist/,
    ],
    [
      'another schema',
      'TypeORM expects it to be there',
      [fixture.OtherSchema],
      /schema "other" does not exist/,
    ],
    [
      'a qualified enumName',
      'TypeORM takes it for three names',
      [oneColumn({ type: 'enum', enum: ['a'], enumName: 'public.kind' })],
      /cross-database references/,
    ],
  ])('%s: synchronize fails, ours works (%s)', async (_, __, entities, failure) => {
    const settings = { entities: [...entities] as never };
    await withDataSource(settings, async (dataSource) => {
      await expect(dataSource.synchronize()).rejects.toThrow(failure);
    });
    await withDataSource(settings, async (dataSource) => {
      await expect(createSchema(dataSource)).resolves.toEqual([]);
    });
  });

  it('a foreign key to an enum has the type of what it refers to', async () => {
    const model = await modelOf([fixture.Currency, fixture.Price]);
    expect(model.enums.map(({ name }) => name)).toEqual(['currency_code_enum']);
    const types = model.tables.flatMap(({ columns }) => columns.map(({ type }) => type));
    expect(types).toEqual(['currency_code_enum', 'integer', 'currency_code_enum']);
  });
});

/** The text of the value that a row gets, or `fails`. */
async function defaultValue(options: ColumnOptions, by: 'ours' | 'synchronize'): Promise<string> {
  return withDataSource({ entities: [oneColumn(options)] }, async (dataSource) => {
    try {
      await (by === 'ours' ? createSchema(dataSource) : dataSource.synchronize());
    } catch (error) {
      if (by === 'ours') throw error;
      return 'fails';
    }
    const rows = await dataSource.query('INSERT INTO t DEFAULT VALUES RETURNING c::text AS value');
    return String(rows[0].value);
  });
}
