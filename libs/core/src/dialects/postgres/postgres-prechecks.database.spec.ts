// Specs talk to a real server over the driver itself; the published code of core never imports it.
/* eslint-disable @nx/enforce-module-boundaries */
import { Client } from 'pg';
import type { Constraint } from '../../operations/constraint-operations.js';
import type { Operation } from '../../operations/operation.js';
import { prechecks } from './postgres-prechecks.js';
import { postgresSyntax } from './postgres-syntax.js';

const table = { schema: null, name: 'Odd "t"' };
const own = { table } as const;

interface Case {
  readonly columns: string;
  readonly values: string;
  readonly operation: Operation;
  /** What counts the rows in the way; 0 where the server takes the operation. */
  readonly rows: readonly number[];
}

const alter = (to: Extract<Operation, { kind: 'alterColumn' }>['to']): Operation => ({
  ...own,
  kind: 'alterColumn',
  name: 'a b',
  from: {},
  to,
});
const unique = (nullsNotDistinct?: true): Operation => ({
  ...own,
  kind: 'addConstraint',
  added: {
    type: 'unique',
    constraint: { name: 'u', columns: ['a b', 'c'], ...(nullsNotDistinct && { nullsNotDistinct }) },
  },
});
const type = (to: string): Operation => alter({ type: to });

const CASES: readonly (readonly [string, Case])[] = [
  [
    'a column that must not be null, without a default',
    {
      columns: 'c int',
      values: '(1), (2)',
      operation: { ...own, kind: 'addColumn', column: { name: 'n', type: 'int', nullable: false } },
      rows: [2],
    },
  ],
  [
    'nulls',
    {
      columns: '"a b" int',
      values: '(1), (NULL)',
      operation: alter({ nullable: false }),
      rows: [1],
    },
  ],
  [
    'no nulls',
    { columns: '"a b" int', values: '(1)', operation: alter({ nullable: false }), rows: [0] },
  ],
  [
    'a text that is too long, but for blanks at its end',
    {
      columns: '"a b" text',
      values: `('abc  '), ('abcd')`,
      operation: type('varchar(3)'),
      rows: [1],
    },
  ],
  [
    'a number that is too great',
    {
      columns: '"a b" bigint',
      values: '(2147483648), (-2147483648)',
      operation: type('int'),
      rows: [1],
    },
  ],
  [
    'a fraction that is rounded to what fits',
    { columns: '"a b" numeric', values: '(32767.4)', operation: type('smallint'), rows: [0] },
  ],
  [
    'a number with too many digits',
    {
      columns: '"a b" numeric',
      values: '(99.94), (99.95)',
      operation: type('numeric(3,1)'),
      rows: [1],
    },
  ],
  [
    'values that are there twice, and nulls, which are not',
    {
      columns: '"a b" int, c int',
      values: '(1, 1), (1, 1), (1, 1), (2, NULL), (2, NULL)',
      operation: unique(),
      rows: [1],
    },
  ],
  [
    'a key that is null and there twice',
    {
      columns: '"a b" int',
      values: '(1), (1), (NULL)',
      operation: {
        ...own,
        kind: 'addConstraint',
        added: { type: 'primaryKey', constraint: { name: 'p', columns: ['a b'] } },
      },
      rows: [1, 1],
    },
  ],
  [
    'an index on an expression, for some rows',
    {
      columns: 'c text, d int',
      values: `('A', 1), ('a', 1), ('b', 0), ('B', 0)`,
      operation: {
        ...own,
        kind: 'createIndex',
        index: { name: 'i', unique: true, elements: [{ expression: 'lower(c)' }], where: 'd > 0' },
      },
      rows: [1],
    },
  ],
  [
    'references to nothing',
    {
      columns: 'id int UNIQUE, "a b" int',
      values: '(1, 1), (2, 7), (3, NULL)',
      operation: {
        ...own,
        kind: 'addConstraint',
        added: {
          type: 'foreignKey',
          constraint: {
            name: 'f',
            columns: ['a b'],
            referencedTable: table,
            referencedColumns: ['id'],
          },
        },
      },
      rows: [1],
    },
  ],
  [
    'a check that does not hold, and one that is not known',
    {
      columns: 'c int',
      values: '(1), (-1), (NULL)',
      operation: {
        ...own,
        kind: 'addConstraint',
        added: { type: 'check', constraint: { name: 'k', expression: 'c > 0' } },
      },
      rows: [1],
    },
  ],
  [
    'a check that is not to be proven',
    {
      columns: 'c int',
      values: '(-1)',
      operation: {
        ...own,
        kind: 'addConstraint',
        added: { type: 'check', constraint: { name: 'k', expression: 'c > 0', notValid: true } },
      },
      rows: [],
    },
  ],
  [
    'labels that go, alone and in a list',
    {
      columns: 'c mood, d mood[]',
      values: `('sad', '{ok}'), ('ok', '{ok,sad}'), ('it''s', '{sad}')`,
      operation: {
        kind: 'alterEnum',
        name: { schema: null, name: 'mood' },
        from: ['sad', 'ok', "it's"],
        to: ['ok'],
        replacements: [{ from: "it's", to: 'ok' }],
        uses: [
          { table, column: 'c' },
          { table, column: 'd', array: true },
        ],
      },
      rows: [1, 2],
    },
  ],
];

describe('prechecks', () => {
  const client = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
  beforeAll(() => client.connect());
  afterAll(() => client.end());
  beforeEach(async () => {
    await client.query('BEGIN; CREATE SCHEMA prechecks; SET LOCAL search_path TO prechecks');
  });
  afterEach(() => client.query('ROLLBACK'));

  it.each(CASES)('count %s, and the server refuses just that', async (_, given) => {
    const { columns, values, operation, rows } = given;
    await client.query(
      `CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s'); CREATE TABLE "Odd ""t""" (${columns}); INSERT INTO "Odd ""t""" VALUES ${values}`,
    );
    const counts: number[] = [];
    for (const { sql } of prechecks(operation)) {
      const answer = await client.query<{ rows: string }>(sql);
      counts.push(Number(answer.rows[0]?.rows));
    }
    expect(counts).toEqual(rows);
    const run = (async () => {
      for (const statement of postgresSyntax.compile(operation)) await client.query(statement);
    })();
    if (counts.some((count) => count > 0)) await expect(run).rejects.toThrow();
    else await run;
  });

  it.each<readonly [string, Constraint]>([
    [
      'a check that is not enforced',
      { type: 'check', constraint: { name: 'k', expression: 'c > 0', notEnforced: true } },
    ],
    [
      'a period, which several rows cover together',
      {
        type: 'foreignKey',
        constraint: {
          name: 'f',
          columns: ['c', 'during'],
          referencedTable: table,
          referencedColumns: ['c', 'during'],
          period: true,
        },
      },
    ],
  ])('count no rows for %s', (_, added) => {
    expect(prechecks({ ...own, kind: 'addConstraint', added })).toEqual([]);
  });
});
