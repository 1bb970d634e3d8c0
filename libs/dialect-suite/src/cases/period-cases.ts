import type { Constraint, ForeignKey, PrimaryKey, UniqueConstraint } from '@nest-alembic/core';
import { column, named, required, table, tablesOf } from '../model-builders.js';
import { notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const HOSTILE = 'it\'s "x" $$ ;';
const columns = [
  required('product', 'int4range'),
  required(HOSTILE, 'daterange'),
  column('price', 'integer'),
];
const primaryKey: PrimaryKey = {
  name: 'price_pkey',
  columns: ['product', HOSTILE],
  withoutOverlaps: true,
};
const unique: UniqueConstraint = {
  name: 'uq "price"',
  columns: ['product', HOSTILE],
  withoutOverlaps: true,
  deferrable: 'initially immediate',
};
const foreignKey: ForeignKey = {
  name: 'fk_price',
  columns: ['product', 'shown'],
  referencedTable: named('price'),
  referencedColumns: ['product', HOSTILE],
  period: true,
};
const price = table('price', columns, { primaryKey });
const offer = table('offer', [column('product', 'int4range'), column('shown', 'daterange')]);

const add = (name: string, added: Constraint) =>
  ({ kind: 'addConstraint', table: named(name), added }) as const;
const QUOTED = '"it\'s ""x"" $$ ;"';

/** Cases of keys and foreign keys over periods. */
export const PERIOD_CASES: readonly SuiteCase[] = [
  {
    name: 'create tables with a key without overlaps, and a foreign key over a period',
    since: { postgres: 18 },
    operations: [
      { kind: 'createTable', table: price },
      { kind: 'createTable', table: { ...offer, foreignKeys: [foreignKey] } },
    ],
    sql: {
      postgres: [
        [
          'CREATE TABLE "price" (',
          '  "product" int4range NOT NULL,',
          `  ${QUOTED} daterange NOT NULL,`,
          '  "price" integer,',
          `  CONSTRAINT "price_pkey" PRIMARY KEY ("product", ${QUOTED} WITHOUT OVERLAPS)`,
          ')',
        ].join('\n'),
        [
          'CREATE TABLE "offer" (',
          '  "product" int4range,',
          '  "shown" daterange,',
          `  CONSTRAINT "fk_price" FOREIGN KEY ("product", PERIOD "shown") REFERENCES "price" ("product", PERIOD ${QUOTED})`,
          ')',
        ].join('\n'),
      ],
      sqlite: notSupported('this database has no keys over periods'),
      mariadb: notSupported('this database has no keys over periods'),
    },
  },
  {
    name: 'add a key without overlaps, and a foreign key that several rows of it cover',
    since: { postgres: 18 },
    before: tablesOf(table('price', columns), offer),
    operations: [
      add('price', { type: 'primaryKey', constraint: primaryKey }),
      add('price', { type: 'unique', constraint: unique }),
      add('offer', { type: 'foreignKey', constraint: foreignKey }),
    ],
    rows: {
      insert: `INSERT INTO price VALUES ('[1,1]', '[2026-01-01,2026-06-01)', 10), ('[1,1]', '[2026-06-01,2027-01-01)', 12);
          INSERT INTO offer VALUES ('[1,1]', '[2026-05-01,2026-07-01)')`,
      query: 'SELECT count(*)::int AS offers FROM offer',
      found: [{ offers: 1 }],
    },
    sql: {
      postgres: [
        `ALTER TABLE "price" ADD CONSTRAINT "price_pkey" PRIMARY KEY ("product", ${QUOTED} WITHOUT OVERLAPS)`,
        `ALTER TABLE "price" ADD CONSTRAINT "uq ""price""" UNIQUE ("product", ${QUOTED} WITHOUT OVERLAPS) DEFERRABLE INITIALLY IMMEDIATE`,
        `ALTER TABLE "offer" ADD CONSTRAINT "fk_price" FOREIGN KEY ("product", PERIOD "shown") REFERENCES "price" ("product", PERIOD ${QUOTED})`,
      ],
      sqlite: notSupported('this database has no keys over periods'),
      mariadb: notSupported('this database has no keys over periods'),
    },
  },
  {
    name: 'drop a foreign key over a period, and a unique constraint without overlaps',
    since: { postgres: 18 },
    before: tablesOf({ ...price, uniques: [unique] }, { ...offer, foreignKeys: [foreignKey] }),
    operations: [
      {
        kind: 'dropConstraint',
        table: named('offer'),
        name: 'fk_price',
        type: 'foreignKey',
        dropped: { type: 'foreignKey', constraint: foreignKey },
      },
      {
        kind: 'dropConstraint',
        table: named('price'),
        name: 'uq "price"',
        type: 'unique',
        dropped: { type: 'unique', constraint: unique },
      },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "offer" DROP CONSTRAINT "fk_price"',
        'ALTER TABLE "price" DROP CONSTRAINT "uq ""price"""',
      ],
      sqlite: notSupported('this database has no keys over periods'),
      mariadb: notSupported('this database has no keys over periods'),
    },
  },
];
