import {
  ChildEntity,
  Column,
  type ColumnOptions,
  type DataSource,
  Index,
  type SelectQueryBuilder,
  TableInheritance,
} from 'typeorm';
import { modelOf } from '../../testing/compare-schemas.fixture.js';
import { type CorpusRow, expectRow } from '../../testing/corpus-row.fixture.js';
import { type EntityClass, entityOf, viewOf } from '../../testing/entity-of.fixture.js';
import { oneColumn } from '../../testing/one-column.fixture.js';

jest.setTimeout(60_000);

const one = (options: ColumnOptions): readonly [EntityClass] => [
  oneColumn(options) as unknown as EntityClass,
];
const parent = entityOf({
  name: 'Vehicle',
  table: 'vehicle',
  decorators: [TableInheritance({ column: { type: 'varchar', name: 'type' } })],
});

function child(name: string): EntityClass {
  const Class = { [name]: class extends parent {} }[name] as EntityClass;
  Column({ type: 'text', nullable: true })(Class.prototype, 'plate');
  Index()(Class.prototype, 'plate');
  ChildEntity()(Class);
  return Class;
}

/** The value that a row of table `t` gets, as text. */
const stored = 'INSERT INTO t DEFAULT VALUES RETURNING c::text';
const labels = `SELECT string_agg(enumlabel, '|' ORDER BY enumsortorder) FROM pg_enum`;

const WORKING: readonly CorpusRow[] = [
  {
    row: 'a default with a quote',
    entities: one({ type: 'text', default: "it's" }),
    afterwards: [stored, "it's"],
  },
  {
    row: 'a label with a quote',
    entities: one({ type: 'enum', enum: ["it's", 'b'], default: "it's" }),
    afterwards: [stored, "it's"],
  },
  {
    row: 'a label that is there twice',
    entities: one({ type: 'enum', enum: ['a', 'b', 'a'] }),
    afterwards: [labels, 'a|b'],
  },
  {
    row: 'an enumName with the default schema',
    entities: one({ type: 'enum', enum: ['a'], enumName: 'public.my_enum' }),
    afterwards: [`SELECT 'public.my_enum'::regtype`, 'my_enum'],
  },
  {
    row: 'an enumName with another schema',
    entities: one({ type: 'enum', enum: ['a'], enumName: 's.my_e' }),
    afterwards: [`SELECT 's.my_e'::regtype`, 's.my_e'],
  },
  {
    row: 'an object as the default of an hstore',
    entities: one({ type: 'hstore', default: { a: '1', 'b c': null } }),
    afterwards: [stored, '"a"=>"1", "b c"=>NULL'],
  },
  {
    row: 'false as the default of a jsonb',
    entities: one({ type: 'jsonb', default: false }),
    afterwards: [stored, 'false'],
  },
  {
    row: 'a table with a quote in its name',
    entities: [entityOf({ table: 'we"ird' })],
    afterwards: [`SELECT to_regclass('"we""ird"')::oid > 0`, 'true'],
  },
  {
    row: 'two children of a hierarchy with an index on the same column',
    entities: [parent, child('Car'), child('Truck')],
    afterwards: [`SELECT count(*) FROM pg_indexes WHERE indexdef LIKE '%(plate)%'`, '1'],
  },
];

type QueryFactory = (dataSource: DataSource) => SelectQueryBuilder<object>;
const withParameter: QueryFactory = (dataSource) =>
  dataSource
    .createQueryBuilder()
    .select('oid')
    .from('pg_class', 'c')
    .where('oid > :least', { least: 1 }) as never;

const REFUSED: readonly [string, readonly EntityClass[], RegExp][] = [
  ['int with precision', one({ type: 'int', precision: 5 }), /"c" of entity "T" has precision 5/],
  ['date with precision', one({ type: 'date', precision: 3 }), /"c" of entity "T" has precision/],
  ['float with precision', one({ type: 'float', precision: 3 }), /"c" of entity "T" has precision/],
  ['charset', one({ type: 'text', charset: 'latin1' }), /"c" of entity "T" has a charset/],
  ['a view with parameters', [viewOf('V', withParameter as never)], /"V".*parameters \(least\)/],
];

/** TypeORM has a closed list of types: its own check refuses the others when it reads the entities. */
const UNKNOWN_TYPES = ['my_domain', 'int[][]', 'text[]', 'oid', 'name', 'interval day to second'];

describe('diff corpus 8.4, SQL of TypeORM that the server refuses', () => {
  it.each(WORKING)('$row works', expectRow);

  it.each(REFUSED)('%s is refused before any SQL', async (_, entities, message) => {
    await expect(modelOf(entities)).rejects.toMatchObject({
      code: 'E3015',
      message: expect.stringMatching(message),
    });
  });

  it.each(UNKNOWN_TYPES)('the type %s is refused before any SQL, by TypeORM', async (type) => {
    await expect(modelOf(one({ type: type as never }))).rejects.toThrow(
      `Data type "${type}" in "T.c" is not supported by "postgres" database.`,
    );
  });
});
