import { column, keyed, named, required, table, tablesOf } from '../model-builders.js';
import { MADE_ANEW, notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const HOSTILE = 'it\'s "x" $$ ;';
const fk = {
  name: HOSTILE,
  columns: ['parent_id'],
  referencedTable: named('parent'),
  referencedColumns: ['id'],
};
const check = { name: 'ck', expression: 'parent_id > 0' };
const parent = keyed('parent');
const child = keyed('child', [column('parent_id', 'integer')]);
const plain = table('plain', [required('a', 'integer'), column('b', 'text')]);
const byA = { name: 'by a', elements: [{ column: 'a' }], unique: true };
const byB = { name: 'by_b', elements: [{ column: 'b' }], unique: true };

/** Cases of validateConstraint, alterConstraint, and of keys that take over an index. */
export const CONSTRAINT_CHANGE_CASES: readonly SuiteCase[] = [
  {
    name: 'DDL-16, PG-M7: check the rows of constraints that were added without',
    irreversible: 'the server does not forget that it checked',
    before: tablesOf(
      {
        ...child,
        checks: [{ ...check, notValid: true }],
        foreignKeys: [{ ...fk, notValid: true }],
      },
      parent,
    ),
    operations: [
      { kind: 'validateConstraint', table: named('child'), name: HOSTILE, type: 'foreignKey' },
      { kind: 'validateConstraint', table: named('child'), name: 'ck', type: 'check' },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "child" VALIDATE CONSTRAINT "it\'s ""x"" $$ ;"',
        'ALTER TABLE "child" VALIDATE CONSTRAINT "ck"',
      ],
      sqlite: notSupported('this database always checks the rows that are there'),
      mariadb: notSupported('this database always checks the rows that are there'),
    },
  },
  {
    name: 'change when a foreign key is checked',
    needs: ['deferrableConstraints'],
    before: tablesOf({ ...child, foreignKeys: [fk] }, parent),
    operations: [
      {
        kind: 'alterConstraint',
        table: named('child'),
        name: HOSTILE,
        from: { deferrable: null },
        to: { deferrable: 'initially deferred' },
      },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "child" ALTER CONSTRAINT "it\'s ""x"" $$ ;" DEFERRABLE INITIALLY DEFERRED',
      ],
      sqlite: MADE_ANEW,
      mariadb: notSupported(
        'constraint "it\'s "x" $$ ;" of table "child" cannot be altered on this database',
      ),
    },
  },
  {
    name: 'a foreign key is not deferrable any more',
    needs: ['deferrableConstraints'],
    before: tablesOf(
      { ...child, foreignKeys: [{ ...fk, deferrable: 'initially immediate' }] },
      parent,
    ),
    operations: [
      {
        kind: 'alterConstraint',
        table: named('child'),
        name: HOSTILE,
        from: { deferrable: 'initially immediate' },
        to: { deferrable: null },
      },
    ],
    sql: {
      postgres: ['ALTER TABLE "child" ALTER CONSTRAINT "it\'s ""x"" $$ ;" NOT DEFERRABLE'],
      sqlite: MADE_ANEW,
      mariadb: notSupported('this database has no deferrable constraints'),
    },
  },
  {
    name: 'a primary key takes over a unique index, and leaves it on the way back',
    before: tablesOf({ ...plain, indexes: [byA] }),
    operations: [
      {
        kind: 'addConstraint',
        table: named('plain'),
        added: { type: 'primaryKey', constraint: { name: 'plain_pkey', columns: ['a'] } },
        usingIndex: 'by a',
      },
    ],
    sql: {
      postgres: ['ALTER TABLE "plain" ADD CONSTRAINT "plain_pkey" PRIMARY KEY USING INDEX "by a"'],
      sqlite: MADE_ANEW,
      mariadb: notSupported('index "by a" cannot become a constraint on this database'),
    },
  },
  {
    name: 'a unique constraint takes over an index of its own name',
    unseen: 'PG-U1: a unique index does the same',
    before: tablesOf({ ...plain, indexes: [byB] }),
    operations: [
      {
        kind: 'addConstraint',
        table: named('plain'),
        added: { type: 'unique', constraint: { name: 'by_b', columns: ['b'] } },
        usingIndex: 'by_b',
      },
    ],
    sql: {
      postgres: ['ALTER TABLE "plain" ADD CONSTRAINT "by_b" UNIQUE USING INDEX "by_b"'],
      sqlite: MADE_ANEW,
      mariadb: [],
    },
  },
];
