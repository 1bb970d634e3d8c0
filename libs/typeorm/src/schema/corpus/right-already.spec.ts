import {
  Check,
  Column,
  type ColumnOptions,
  type ColumnType,
  DataSource,
  Entity,
  Exclusion,
  Index,
  JoinColumn,
  JoinTable,
  ManyToMany,
  ManyToOne,
  OneToOne,
  PrimaryGeneratedColumn,
  Unique,
  ViewColumn,
} from 'typeorm';
import { bothSchemas, type Entities, type Options } from '../../testing/compare-schemas.fixture.js';
import { entityOf, viewOf } from '../../testing/entity-of.fixture.js';
import { isTypeOrm1 } from '../../testing/typeorm-version.fixture.js';
import { SnakeNaming } from '../../testing/snake-naming.fixture.js';

jest.setTimeout(60_000);

type Columns = Record<string, ColumnOptions>;
const sql = (text: string) => () => text;

/** Columns `c0`, `c1` … of one entity. */
const numbered = (columns: readonly ColumnOptions[]): Columns =>
  Object.fromEntries(columns.map((options, place) => [`c${place}`, options]));

/** All that the driver takes but for enums, which need labels, and what is in no installation by itself. */
const TYPES = new DataSource({ type: 'postgres' }).driver.supportedDataTypes.filter(
  (type) => !['enum', 'geometry', 'geography', 'vector', 'halfvec'].includes(type as string),
);
const ALSO: readonly ColumnType[] = [
  ...['xid', 'jsonpath', 'int8multirange', 'nummultirange', 'tsmultirange', 'datemultirange'],
].filter((type) => TYPES.includes(type as ColumnType)) as ColumnType[];

const WHEN: readonly [ColumnType, readonly string[]][] = [
  [
    'timestamp',
    [
      ...['now()', 'NOW()', 'CURRENT_TIMESTAMP', 'current_timestamp', 'CURRENT_TIMESTAMP(0)'],
      ...['CURRENT_TIMESTAMP(3)', 'current_timestamp(6)', 'LOCALTIMESTAMP', 'localtimestamp'],
      ...['LOCALTIMESTAMP(3)', 'transaction_timestamp()', 'statement_timestamp()'],
      ...['clock_timestamp()', "timezone('utc', now())", "(now() AT TIME ZONE 'utc')"],
    ],
  ],
  [
    'timestamptz',
    ['now()', 'CURRENT_TIMESTAMP', 'CURRENT_TIMESTAMP(3)', 'LOCALTIMESTAMP', "'infinity'"],
  ],
  ['date', ['CURRENT_DATE', 'current_date', 'now()', 'CURRENT_TIMESTAMP']],
  ['time', ['CURRENT_TIME', 'current_time(2)', 'LOCALTIME', 'localtime(2)', 'now()']],
  ['timetz', ['CURRENT_TIME', 'CURRENT_TIME(3)', 'now()']],
];

const precise = (type: ColumnType): readonly ColumnOptions[] =>
  [0, 1, 2, 3, 4, 5, 6].map((precision) => ({ type, precision }));

const LITERALS: Columns = numbered([
  { type: 'text', default: 'now()' },
  { type: 'text', default: 'CURRENT_TIMESTAMP' },
  { type: 'text', default: 'NULL' },
  { type: 'text', default: '' },
  { type: 'text', default: ' ' },
  { type: 'text', default: '{}' },
  { type: 'varchar', length: 3, default: 'abc' },
  { type: 'char', length: 3, default: 'ab' },
  { type: 'text', default: '(x)' },
  { type: 'text', default: 'a\nb\tc' },
  { type: 'text', default: 'back\\slash' },
  { type: 'text', default: 'ünïcödé 🙂' },
  { type: 'text', nullable: true, default: null },
  { type: 'boolean', default: true },
  { type: 'boolean', default: sql('true') },
  { type: 'int', default: 0 },
  { type: 'int', default: -5 },
  { type: 'int', default: '7' },
  { type: 'bigint', default: '9007199254740993' },
  { type: 'float', default: 1e21 },
  { type: 'float', default: 0.1 },
  { type: 'float', default: 'NaN' },
  { type: 'numeric', precision: 5, scale: 0, default: 1 },
  { type: 'jsonb', default: { a: [1, { b: 'c' }] } },
  { type: 'jsonb', default: [] },
  { type: 'json', default: '{}' },
  { type: 'jsonb', default: sql("jsonb_build_object('a', 1)") },
  { type: 'uuid', default: '00000000-0000-0000-0000-000000000000' },
  { type: 'int', array: true, default: [1, 2, 3] },
  { type: 'int', array: true, default: sql("'{1,2}'") },
  { type: 'text', array: true, default: '{}' },
  { type: 'boolean', array: true, default: [true, false] },
  { type: 'simple-array', default: 'a,b' },
  { type: 'bytea', default: '\\x00ff' },
  { type: 'inet', default: '::1' },
  { type: 'point', default: '(1,2)' },
  { type: 'interval', default: '1 day' },
]);

const comments: Columns = numbered([
  { type: 'int', comment: "it's" },
  { type: 'int', comment: 'a "quoted" word' },
  { type: 'int', comment: 'back\\slash' },
  { type: 'int', comment: 'two\nlines' },
  { type: 'int', comment: '$$ dollars $$' },
  { type: 'int', comment: 'ünïcödé 🙂' },
]);

const A = entityOf({ name: 'A', table: 'a', columns: { code: { type: 'text', unique: true } } });
const actions = ['CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION'] as const;
const Actions = entityOf({
  name: 'Actions',
  table: 'actions',
  properties: Object.fromEntries(
    actions.flatMap((onDelete, first) =>
      actions.map((onUpdate, second) => [
        `r${first}${second}`,
        ManyToOne('A', { onDelete, onUpdate, nullable: true }),
      ]),
    ),
  ),
});
const Deferred = entityOf({
  name: 'Deferred',
  table: 'deferred',
  properties: {
    now: ManyToOne('A', { deferrable: 'INITIALLY IMMEDIATE' }),
    late: ManyToOne('A', { deferrable: 'INITIALLY DEFERRED' }),
    never: ManyToOne('A', { createForeignKeyConstraints: false }),
    byCode: [ManyToOne('A'), JoinColumn({ name: 'a_code', referencedColumnName: 'code' })],
    one: [OneToOne('A'), JoinColumn({ foreignKeyConstraintName: 'one_fk' })],
    many: [
      ManyToMany('A', { onDelete: 'NO ACTION', onUpdate: 'RESTRICT' }),
      JoinTable({
        name: 'deferred_many',
        joinColumn: { name: 'left', foreignKeyConstraintName: 'left_fk' },
        inverseJoinColumn: {
          name: 'right',
          referencedColumnName: 'code',
          foreignKeyConstraintName: 'right_fk',
        },
      }),
    ],
    plain: [ManyToMany('A', { createForeignKeyConstraints: false }), JoinTable()],
  },
});

const Indexed = entityOf({
  table: 'indexed',
  columns: {
    a: { type: 'int' },
    b: { type: 'text' },
    area: { type: 'polygon' },
    search: { type: 'tsvector', nullable: true },
    during: { type: 'tsrange' },
  },
  decorators: [
    Index(['a']),
    Index(['b', 'a']),
    Index('named', ['a', 'b'], { unique: true }),
    Index('partial', ['a'], { where: '"a" > 5 AND b IS NOT NULL' }),
    Index('spatial', ['area'], { spatial: true }),
    Index('fulltext', ['b'], { fulltext: true, parser: 'english' }),
    Index('ignored_options', ['b', 'a'], { sparse: true, background: true, nullFiltered: true }),
    Index('by_function', (t: Record<string, string>) => [t['b'], t['a']] as never),
    Index('by_map', (t: Record<string, string>) => ({ [t['b'] ?? '']: 1 }) as never),
    Unique(['a', 'b']),
    Unique('u_named', ['b']),
    Check('"a" > 0'),
    Check('c_named', "b <> 'x' OR a IN (1, 2)"),
    Exclusion('USING gist (during WITH &&)'),
    Exclusion('e_named', 'USING gist (area WITH &&) WHERE (a > 0)'),
  ],
});

const view = viewOf('Seen', 'SELECT id, b FROM indexed');
ViewColumn()(view.prototype, 'b');
const stored = viewOf('Stored', 'SELECT id, b FROM seen', {
  materialized: true,
  dependsOn: [view],
});
ViewColumn()(stored.prototype, 'id');
Index('stored_id', ['id'], { unique: true })(stored);

const inSchema = (schema: string, name: string, properties = {}) =>
  entityOf({ name, table: { schema, name: name.toLowerCase() }, properties });
const schemas: Entities = [
  inSchema('one', 'First'),
  inSchema('two', 'Second', {
    first: ManyToOne('First'),
    many: [ManyToMany('First'), JoinTable()],
  }),
];

@Entity()
class Base {
  @PrimaryGeneratedColumn() id!: number;
  @Column('text') @Index() first!: string;
}

@Entity()
class Derived extends Base {
  @Column('text') @Index() second!: string;
}

const elsewhere = entityOf({
  table: { name: 'far', database: 'elsewhere' },
  columns: { a: { type: 'int', unique: true }, e: { type: 'enum', enum: ['x'] } },
  properties: { self: ManyToOne('T') },
  decorators: [Index(['a']), Check('a > 0')],
});

const generated = (strategy: 'uuid' | 'increment' | 'identity' | 'rowid', more: object = {}) =>
  entityOf({
    table: 'keyed',
    properties: { id: PrimaryGeneratedColumn(strategy as 'increment', more as never) },
  });

const CASES: readonly [string, Entities, (Options & { before?: string })?][] = [
  ['every type', [entityOf({ columns: numbered(TYPES.map((type) => ({ type }))) })]],
  [
    'arrays of every type, which may be null',
    [
      entityOf({
        columns: numbered(TYPES.map((type) => ({ type, array: true, nullable: true }))),
      }),
    ],
  ],
  ['types of newer servers', [entityOf({ columns: numbered(ALSO.map((type) => ({ type }))) })]],
  [
    'now in every spelling',
    WHEN.map(([type, texts], place) =>
      entityOf({
        name: `T${place}`,
        table: `t${place}`,
        columns: numbered(texts.map((text) => ({ type, default: sql(text) }))),
      }),
    ),
  ],
  [
    'every precision, of now too',
    (['timestamp', 'timestamptz', 'time', 'timetz', 'interval'] as const).map((type, place) =>
      entityOf({ name: `T${place}`, table: `t${place}`, columns: numbered(precise(type)) }),
    ),
  ],
  ['literals of every kind', [entityOf({ columns: LITERALS })]],
  [
    'comments',
    [
      entityOf({
        table: { name: 't', comment: isTypeOrm1 ? "it's a \\table" : 'a table' },
        columns: comments,
      }),
    ],
  ],
  ['every action, and when keys are checked', [A, Actions, Deferred]],
  ['indexes, constraints and views', [Indexed, view, stored]],
  ['keys from one schema to another', schemas, { before: 'CREATE SCHEMA one; CREATE SCHEMA two' }],
  ['a prefix', [A, Actions, Deferred, Indexed], { entityPrefix: 'app_' }],
  ['a naming strategy', [A, Actions, Deferred], { namingStrategy: new SnakeNaming() }],
  ['an identity', [generated('identity', { generatedIdentity: 'ALWAYS', type: 'smallint' })]],
  ['a row id', [generated('rowid')]],
  ['a counter with a named key', [generated('increment', { primaryKeyConstraintName: 'pk_t' })]],
  ['a uuid of uuid-ossp', [generated('uuid')]],
  ['a uuid of pgcrypto', [generated('uuid')], { uuidExtension: 'pgcrypto' }],
  ['an entity that extends another one, each with a table of its own', [Base, Derived]],
  ['another database, which the driver passes over', [elsewhere]],
  [
    'what has no meaning here',
    [
      entityOf({
        columns: numbered([
          { type: 'int', zerofill: true, width: 5, unsigned: true } as ColumnOptions,
          { type: 'text', select: false, update: false, insert: false, onUpdate: 'now()' },
        ]),
      }),
    ],
  ],
];

describe('diff corpus 8.7, what TypeORM has right', () => {
  it.each(CASES.map(([name, ...rest]) => [name, rest] as const))('%s', async (_, given) => {
    const [entities, options] = given;
    const { typeorm, ours, again } = await bothSchemas(entities, options);
    expect(ours).toEqual(typeorm);
    expect(ours.length).toBeGreaterThan(5);
    expect(again).toEqual([]);
  });
});
