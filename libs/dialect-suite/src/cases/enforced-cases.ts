import type { CheckConstraint, ForeignKey } from '@nest-alembic/core';
import { column, keyed, named, tablesOf } from '../model-builders.js';
import { notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const HOSTILE = 'it\'s "x" $$ ;';
const QUOTED = '"it\'s ""x"" $$ ;"';
const fk: ForeignKey = {
  name: HOSTILE,
  columns: ['parent_id'],
  referencedTable: named('parent'),
  referencedColumns: ['id'],
};
const loose: ForeignKey = { ...fk, notEnforced: true };
const check: CheckConstraint = { name: 'ck', expression: 'parent_id > 0', notEnforced: true };
const parent = keyed('parent');
const child = keyed('child', [column('parent_id', 'integer')]);
const table = named('child');
/** It refers to nothing, and no check allows it. */
const row = {
  insert: 'INSERT INTO child VALUES (1, -1)',
  query: 'SELECT parent_id FROM child',
  found: [{ parent_id: -1 }],
};

/** Cases of constraints that the server does not enforce. */
export const ENFORCED_CASES: readonly SuiteCase[] = [
  {
    name: 'create a table with a foreign key and a check that are not enforced',
    since: { postgres: 18 },
    before: tablesOf(parent),
    operations: [
      { kind: 'createTable', table: { ...child, foreignKeys: [loose], checks: [check] } },
    ],
    sql: {
      postgres: [
        [
          'CREATE TABLE "child" (',
          '  "id" integer NOT NULL,',
          '  "parent_id" integer,',
          '  CONSTRAINT "child_pkey" PRIMARY KEY ("id"),',
          '  CONSTRAINT "ck" CHECK (parent_id > 0) NOT ENFORCED,',
          `  CONSTRAINT ${QUOTED} FOREIGN KEY ("parent_id") REFERENCES "parent" ("id") NOT ENFORCED`,
          ')',
        ].join('\n'),
      ],
      sqlite: notSupported('this database enforces its constraints'),
      mariadb: notSupported('this database enforces its constraints'),
    },
  },
  {
    name: 'add a foreign key and a check that are not enforced, over rows that break them',
    since: { postgres: 18 },
    before: tablesOf(child, parent),
    operations: [
      { kind: 'addConstraint', table, added: { type: 'foreignKey', constraint: loose } },
      { kind: 'addConstraint', table, added: { type: 'check', constraint: check } },
    ],
    rows: row,
    sql: {
      postgres: [
        `ALTER TABLE "child" ADD CONSTRAINT ${QUOTED} FOREIGN KEY ("parent_id") REFERENCES "parent" ("id") NOT ENFORCED`,
        'ALTER TABLE "child" ADD CONSTRAINT "ck" CHECK (parent_id > 0) NOT ENFORCED',
      ],
      sqlite: notSupported('this database enforces its constraints'),
      mariadb: notSupported('this database enforces its constraints'),
    },
  },
  {
    name: 'drop a check that is not enforced',
    since: { postgres: 18 },
    before: tablesOf({ ...child, foreignKeys: [loose], checks: [check] }, parent),
    operations: [
      {
        kind: 'dropConstraint',
        table,
        name: 'ck',
        type: 'check',
        dropped: { type: 'check', constraint: check },
      },
    ],
    sql: {
      postgres: ['ALTER TABLE "child" DROP CONSTRAINT "ck"'],
      sqlite: notSupported('this database enforces its constraints'),
      mariadb: notSupported('this database enforces its constraints'),
    },
  },
  {
    name: 'enforce a foreign key no more',
    since: { postgres: 18 },
    unseen: 'no entity can say that a foreign key is not enforced, so that is left alone',
    before: tablesOf({ ...child, foreignKeys: [fk] }, parent),
    operations: [
      {
        kind: 'alterConstraint',
        table,
        name: HOSTILE,
        from: { enforced: true },
        to: { enforced: false },
      },
    ],
    sql: {
      postgres: [`ALTER TABLE "child" ALTER CONSTRAINT ${QUOTED} NOT ENFORCED`],
      sqlite: notSupported('this database enforces its constraints'),
      mariadb: notSupported(
        'constraint "it\'s "x" $$ ;" of table "child" cannot be altered on this database',
      ),
    },
  },
  {
    name: 'enforce one of two foreign keys again',
    since: { postgres: 18 },
    unseen: 'the same',
    before: tablesOf({ ...child, foreignKeys: [{ ...loose, name: 'other' }, loose] }, parent),
    operations: [
      {
        kind: 'alterConstraint',
        table,
        name: HOSTILE,
        from: { deferrable: null, enforced: false },
        to: { deferrable: null, enforced: true },
      },
    ],
    sql: {
      postgres: [`ALTER TABLE "child" ALTER CONSTRAINT ${QUOTED} NOT DEFERRABLE ENFORCED`],
      sqlite: notSupported('this database enforces its constraints'),
      mariadb: notSupported('this database enforces its constraints'),
    },
  },
];
