import type { CheckResult } from '@nest-alembic/core';
import { type ColumnOptions, Index, PrimaryGeneratedColumn } from 'typeorm';
import { type CorpusRow, expectRow } from '../../testing/corpus-row.fixture.js';
import { entityOf } from '../../testing/entity-of.fixture.js';
import { joinedByEntity } from '../../testing/join-row.fixture.js';
import { withMigrated } from '../../testing/migrated-database.fixture.js';
import { oneColumn } from '../../testing/one-column.fixture.js';

jest.setTimeout(60_000);

/** Diff corpus 8.1: what TypeORM 1.1.1 changes again and again. Right after the first revision there is nothing to find. */
const sql = (text: string) => () => text;
const numeric = { type: 'numeric', precision: 10, scale: 2 } as const;
const texts = { type: 'text', array: true } as const;
const ints = { type: 'int', array: true } as const;

const COLUMNS: readonly [string, ColumnOptions][] = [
  ['PG-D1', { type: 'timestamp', default: sql(`timezone('utc'::text, now())`) }],
  ['PG-D2', { type: 'timestamp', default: sql(`(now() at time zone 'utc')`) }],
  ['PG-D3', { type: 'timestamptz', default: sql(`now() + interval '15 days'`) }],
  ['PG-D4', { type: 'text', default: sql('gen_random_uuid()::text') }],
  [
    'PG-D5',
    {
      type: 'text',
      default: sql(`replace(gen_random_uuid()::text || gen_random_uuid()::text, '-','')`),
    },
  ],
  ['PG-D6', { type: 'uuid', default: sql('gen_random_uuid()') }],
  ['PG-D7', { type: 'uuid', default: sql('GEN_RANDOM_UUID()') }],
  ['PG-D9', { type: 'uuid', default: sql('uuid_generate_v4()') }],
  ['PG-D10', { type: 'uuid', default: 'ABCDEF00-0000-0000-0000-000000000000' }],
  ['PG-D11', { type: 'boolean', default: 'false' }],
  ['PG-D12', { type: 'boolean', default: 'f' }],
  ['PG-D13', { ...numeric, default: '0.00' }],
  ['PG-D14', { ...numeric, default: 0.1 }],
  ['PG-D15', { ...numeric, default: sql('-1.50') }],
  ['PG-D16', { ...numeric, default: '10.5', transformer: { to: Number, from: Number } }],
  ['PG-D17', { type: 'jsonb', default: sql(`'{}'::jsonb`) }],
  ['PG-D18', { type: 'jsonb', default: sql(`'{"a": 1,"b":2}'`) }],
  ['PG-D19', { type: 'jsonb', default: { n: 'a::text' } as never }],
  ['PG-D20', { type: 'text', default: 'a::text' }],
  ['PG-D21', { type: 'text', default: 'App::Model' }],
  ['PG-D22', { type: 'text', nullable: true, default: sql('NULL') }],
  ['PG-D23', { type: 'timestamptz', nullable: true, default: sql('null') }],
  ['PG-D24', { type: 'interval', default: '24 hours' }],
  ['PG-D25', { type: 'interval', default: 'P1D' }],
  ['PG-D26', { type: 'date', default: '2020-1-1' }],
  ['PG-D27', { type: 'timestamptz', default: '2020-01-01' }],
  ['PG-D28', { type: 'timestamptz', default: '2020-01-01T00:00:00Z' }],
  ['PG-D29', { type: 'timestamptz', default: new Date(0) as never }],
  ['PG-D30', { type: 'time', default: '10:00' }],
  ['PG-D31', { type: 'int4range', default: '[1,5]' }],
  ['PG-D32', { type: 'tstzrange', default: '[2020-01-01,)' }],
  ['PG-D33', { type: 'bit', length: 4, default: sql(`B'0101'`) }],
  ['PG-D34', { type: 'int', default: sql(`nextval('s1'::regclass)`) }],
  ['PG-D35', { type: 'int', default: sql('1+1') }],
  ['PG-D36', { type: 'bigint', default: sql('extract(epoch from now())') }],
  ['PG-D37', { type: 'bigint', default: sql('(extract(epoch from now()) * 1000)::bigint') }],
  ['PG-D38', { ...texts, default: sql('ARRAY[]::text[]') }],
  ['PG-D39', { ...texts, default: sql(`array['a','b']`) }],
  ['PG-D40', { ...texts, default: ['a b', 'c,d'] }],
  ['PG-D41', { ...ints, default: sql(`'{}'::int[]`) }],
  ['PG-D42', { ...ints, default: sql(`'{}'::integer[]`) }],
  ['PG-D43', { type: 'enum', enum: ['a', 'b'], default: sql(`'a'::pg_d43_c_enum`) }],
  ['PG-D44', { type: 'text', default: sql(`'x' || 'y'`) }],
  ['PG-D45', { type: 'text', default: sql('current_user') }],
  ['PG-D46', { type: 'uuid', default: sql(`current_setting('app.tenant')::uuid`) }],
  ['PG-D47', { type: 'text', default: sql('public.f()') }],
  ['PG-D48', { type: 'text', default: sql('md5(random()::text)') }],
  ['PG-D49', { type: 'int', default: sql('CASE WHEN true THEN 1 ELSE 2 END') }],
  ['PG-D50', { type: 'timestamp', default: sql('now()::timestamp') }],
  ['PG-D50-blank', { type: 'timestamp', default: sql('now( )') }],
  ['PG-D51', { type: 'jsonb', default: '{"a":1}' }],
  ['PG-D52', { type: 'jsonb', default: '{"a":1,"a":2}' }],
  ['PG-D53', { type: 'cidr', default: '10/8' }],
  ['PG-D54', { type: 'macaddr', default: '08-00-2b-01-02-03' }],
  ['PG-D55', { type: 'money', default: 0 }],
  ['PG-D55-text', { type: 'money', default: '0' }],
  ['PG-D56', { type: 'bigint', default: 10n as never }],
  ['PG-E1', { type: 'enum', enum: ['a', 'b'], enumName: 'pg_e1_c_enum' }],
  ['PG-T1', { type: 'numeric', scale: 2 }],
  ['PG-T2', { type: 'timestamp', precision: 3, array: true }],
  ['PG-T3', { type: 'text', collation: 'default' }],
];

const setUp = `CREATE EXTENSION "uuid-ossp"; CREATE SEQUENCE s1;
  CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$;
  CREATE FUNCTION uuid7() RETURNS uuid LANGUAGE sql AS $$ SELECT gen_random_uuid() $$;`;
const known = ['sequence s1'];

const key = (write: string) =>
  entityOf({ columns: { id: { type: 'uuid', primary: true, default: sql(write) } } });

const OTHERS: readonly CorpusRow[] = [
  { row: 'PG-D8: a key with gen_random_uuid()', entities: [key('gen_random_uuid()')] },
  { row: 'PG-D9: a key with uuid_generate_v4()', entities: [key('uuid_generate_v4()')] },
  {
    row: 'PG-S1: a table with a counter, renamed by hand',
    entities: [entityOf({ table: 't' })],
    byHand: 'ALTER TABLE t RENAME TO t2',
    becomes: [entityOf({ table: 't2' })],
  },
  {
    row: 'PG-S2: a uuid that the database generates in its own way',
    entities: [entityOf({ properties: { id: PrimaryGeneratedColumn('uuid') } })],
    byHand: 'ALTER TABLE t ALTER id SET DEFAULT uuid7()',
  },
  {
    row: 'PG-N1: an index with a name of 79 characters',
    entities: [
      entityOf({ columns: { c: { type: 'int' } }, decorators: [Index('i'.repeat(79), ['c'])] }),
    ],
  },
  {
    row: 'PG-R1: a join table that is an entity with a column of its own',
    entities: joinedByEntity('int'),
  },
];

const tableOf = (row: string): string => row.toLowerCase().replaceAll('-', '_');

describe('diff corpus 8.1, what TypeORM never ends to change', () => {
  describe('all columns at once', () => {
    let found: CheckResult;
    beforeAll(async () => {
      const entities = COLUMNS.map(([row, options]) => oneColumn(options, tableOf(row)));
      found = await withMigrated({ setUp, entities }, (database) => database.check());
    });

    it.each(COLUMNS)('%s: %j', (row) => {
      expect(JSON.stringify(found)).not.toContain(`"${tableOf(row)}"`);
    });

    it('and nothing else', () => {
      expect(found).toMatchObject({ upToDate: true, changes: [] });
      expect(found.diff.untouched).toHaveLength(known.length);
    });
  });

  it.each(OTHERS)('$row', async (row) => {
    await expectRow({ setUp, untouched: known, ...row });
  });
});
