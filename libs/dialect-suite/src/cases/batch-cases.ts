import { column, keyed, named, required, tablesOf } from '../model-builders.js';
import { MADE_ANEW } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const parent = keyed('parent');
const child = keyed('child', [column('parent_id', 'integer'), required('size', 'integer')]);
const key = {
  name: 'fk_parent',
  columns: ['parent_id'],
  referencedTable: named('parent'),
  referencedColumns: ['id'],
};
const check = { name: 'ck_size', expression: 'size > 0' };
const table = named('child');

/** Cases of batches of changes of one table. */
export const BATCH_CASES: readonly SuiteCase[] = [
  {
    name: 'BATCH-07: the changes of a batch are one ALTER each where ALTER does it',
    before: tablesOf({ ...child, checks: [check] }, parent),
    operations: [
      {
        kind: 'batchAlterTable',
        table,
        operations: [
          { kind: 'addColumn', table, column: column('note', 'text') },
          { kind: 'addConstraint', table, added: { type: 'foreignKey', constraint: key } },
          {
            kind: 'dropConstraint',
            table,
            name: 'ck_size',
            type: 'check',
            dropped: { type: 'check', constraint: check },
          },
          {
            kind: 'alterColumn',
            table,
            name: 'size',
            to: { nullable: true },
            from: { nullable: false },
          },
        ],
      },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "child" ADD COLUMN "note" text',
        'ALTER TABLE "child" ADD CONSTRAINT "fk_parent" FOREIGN KEY ("parent_id") REFERENCES "parent" ("id")',
        'ALTER TABLE "child" DROP CONSTRAINT "ck_size"',
        'ALTER TABLE "child" ALTER COLUMN "size" DROP NOT NULL',
      ],
      sqlite: MADE_ANEW,
    },
  },
];
