import type { Column } from '@nest-alembic/core';
import { column, keyed, required, tablesOf } from '../model-builders.js';
import { describeComparisons } from './describe-compare.fixture.js';

const of = (type: string, more: Partial<Column> = {}) =>
  tablesOf(keyed('t', [column('a', type, more)]));
const CHANGED = ['alter column t.a: type'];

/** As the database has it, as the model says it, and whether that differs. */
const TYPES: readonly (readonly [current: string, target: string, differs: boolean])[] = [
  // The table of AG-41. What says nothing of its length has none: on PostgreSQL that is another type.
  ['VARCHAR(30)', 'varchar(30)', false],
  ['VARCHAR(30)', 'varchar(40)', true],
  ['VARCHAR(30)', 'varchar', true],
  ['text', 'varchar(255)', true],
  ['DECIMAL(10,5)', 'decimal(10,6)', true],
  ['DECIMAL(10,5)', 'decimal(10)', true],
  ['DECIMAL(10)', 'decimal(10,5)', true],
  ['DECIMAL(10,5)', 'numeric(12,5)', true],
  ['bigint', 'integer', true],
  ['integer', 'smallint', true],
  ['integer', 'varchar', true],
  // AG-42: the synonyms of PostgreSQL, which are many more than two.
  ['numeric(8,2)', 'decimal(8, 2)', false],
  ['float', 'double precision', false],
  ['float8', 'float(53)', false],
  ['real', 'float(24)', false],
  ['int', 'int4', false],
  ['bool', 'boolean', false],
  ['char(3)', 'character(3)', false],
  ['varchar(9)', 'character varying(9)', false],
  ['timestamptz', 'timestamp with time zone', false],
  ['timestamptz(3)', 'timestamp(3) with time zone', false],
  ['time', 'time without time zone', false],
  ['bit varying(5)', 'varbit(5)', false],
  ['numeric(8)', 'numeric(8, 0)', false],
  ['int[]', 'INTEGER ARRAY', false],
  ['int[]', 'bigint[]', true],
  ['timestamptz', 'timestamp', true],
  ['interval', 'interval day to second', true],
  ['json', 'jsonb', true],
];

describeComparisons(
  'AG-40, AG-41, SCN-43: types, as the server knows them',
  TYPES.map(([current, target, differs]) => ({
    name: `${current} and ${target} ${differs ? 'differ' : 'are one type'}`,
    before: of(current),
    after: of(target),
    finds: differs ? CHANGED : [],
  })),
);

describeComparisons('identities and counters', [
  {
    name: 'AG-55, SCN-56: an identity comes and goes',
    before: tablesOf(
      keyed('t', [
        required('a', 'integer'),
        required('b', 'integer', { identity: { generation: 'always' } }),
      ]),
    ),
    after: tablesOf(
      keyed('t', [
        required('a', 'integer', { identity: { generation: 'by default' } }),
        required('b', 'integer'),
      ]),
    ),
    finds: ['alter column t.a: identity', 'alter column t.b: identity'],
  },
  {
    name: 'SCN-56: start, increment and generation of an identity change',
    before: tablesOf(
      keyed('t', [
        required('a', 'integer', { identity: { generation: 'always', options: { start: '10' } } }),
        required('b', 'integer', {
          identity: { generation: 'always', options: { increment: '2' } },
        }),
        required('c', 'integer', { identity: { generation: 'always' } }),
      ]),
    ),
    after: tablesOf(
      keyed('t', [
        required('a', 'integer', { identity: { generation: 'always', options: { start: '20' } } }),
        required('b', 'integer', {
          identity: { generation: 'always', options: { increment: '3' } },
        }),
        required('c', 'integer', { identity: { generation: 'by default' } }),
      ]),
    ),
    finds: [
      'alter column t.a: identity',
      'alter column t.b: identity',
      'alter column t.c: identity',
    ],
  },
  {
    name: 'AG-55: options that say what is the default anyway are none',
    before: tablesOf(
      keyed('t', [required('a', 'integer', { identity: { generation: 'always' } })]),
    ),
    after: tablesOf(
      keyed('t', [
        required('a', 'integer', {
          identity: {
            generation: 'always',
            options: {
              start: '1',
              increment: '1',
              minValue: '1',
              maxValue: '2147483647',
              cache: '1',
              cycle: false,
            },
          },
        }),
      ]),
    ),
    finds: [],
  },
  {
    name: 'AG-31: an identity comes to a column that may be null, with its NOT NULL',
    before: tablesOf(keyed('t', [column('a', 'integer')])),
    after: tablesOf(keyed('t', [column('a', 'integer', { identity: { generation: 'always' } })])),
    finds: ['alter column t.a: nullable, identity'],
  },
  {
    name: 'AG-52: a default from a sequence that the column owns is a counter',
    before: tablesOf(keyed('t')),
    byHand: `CREATE SEQUENCE t_n_seq; ALTER TABLE t ADD n int NOT NULL DEFAULT nextval('t_n_seq');
      ALTER SEQUENCE t_n_seq OWNED BY t.n`,
    after: tablesOf(keyed('t', [required('n', 'integer', { autoIncrement: true })])),
    finds: [],
  },
  {
    name: 'AG-52: a default from a sequence of its own is a default',
    before: {
      ...tablesOf(keyed('t', [required('n', 'bigint', { default: `nextval('numbers')` })])),
      sequences: [{ schema: null, name: 'numbers' }],
    },
    after: {
      ...tablesOf(
        keyed('t', [required('n', 'bigint', { default: `nextval('numbers'::regclass)` })]),
      ),
      sequences: [{ schema: null, name: 'numbers' }],
    },
    finds: [],
  },
]);

const DEFAULTS: readonly (readonly [
  type: string,
  current: string,
  target: string,
  differs: boolean,
])[] = [
  ['text', `'one'`, `'one'`, false],
  ['text', `'one'`, `'two'`, true],
  ['integer', '5', '5', false],
  ['integer', '5', `'5'`, false],
  ['integer', '5', '7', true],
  ['numeric(8,2)', '1.50', '1.5', true],
  ['text', `''`, 'NULL', true],
  ['boolean', 'true', `'t'`, false],
  ['timestamptz', 'now()', 'CURRENT_TIMESTAMP', true],
  ['timestamptz', 'now()', 'NOW()', false],
  ['date', `'2026-11-21'`, `DATE '2026-11-21'`, false],
  ['jsonb', `'{}'`, `'{}'::jsonb`, false],
  ['uuid', 'gen_random_uuid()', 'GEN_RANDOM_UUID( )', false],
];

describeComparisons('AG-50, AG-51, SCN-44: defaults, as the server spells them', [
  ...DEFAULTS.map(([type, current, target, differs]) => ({
    name: `${type}: ${current} and ${target} ${differs ? 'differ' : 'are one default'}`,
    before: of(type, { default: current }),
    after: of(type, { default: target }),
    finds: differs ? ['alter column t.a: default'] : [],
  })),
  {
    name: 'AG-03: a default comes',
    before: of('text'),
    after: of('text', { default: `'x'` }),
    finds: ['alter column t.a: default'],
  },
  {
    name: 'AG-03: a default goes',
    before: of('text', { default: `'x'` }),
    after: of('text'),
    finds: ['alter column t.a: default'],
  },
]);
