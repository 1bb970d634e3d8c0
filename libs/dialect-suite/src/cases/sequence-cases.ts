import { column, keyed, named, schemaOf } from '../model-builders.js';
import { notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const ODD = 'it\'s "x" y';
const invoice = keyed('invoice', [column('no', 'integer')]);
const view = {
  ...named('totals'),
  definition: ' SELECT id\n   FROM invoice',
  materialized: false,
  dependsOn: [],
  indexes: [],
};
const stored = {
  ...view,
  ...named('stored'),
  materialized: true,
  indexes: [{ name: 'ix_stored', elements: [{ column: 'id' }], unique: true }],
};

/** Cases of alterSequence, renameSequence, renameView, and of moves between schemas. */
export const SEQUENCE_CASES: readonly SuiteCase[] = [
  {
    name: 'create a sequence that goes with a column',
    needs: ['sequences'],
    before: schemaOf({ tables: [invoice] }),
    operations: [
      {
        kind: 'createSequence',
        sequence: {
          ...named(ODD),
          type: 'integer',
          options: { start: '10', increment: '5' },
          ownedBy: { table: named('invoice'), column: 'no' },
          comment: 'numbers',
        },
        ifNotExists: true,
      },
    ],
    sql: {
      postgres: [
        'CREATE SEQUENCE IF NOT EXISTS "it\'s ""x"" y" AS integer INCREMENT BY 5 START WITH 10 OWNED BY "invoice"."no"',
        'COMMENT ON SEQUENCE "it\'s ""x"" y" IS \'numbers\'',
      ],
      sqlite: notSupported('this database has no sequences'),
      mariadb: notSupported('this database has no sequences'),
    },
  },
  {
    name: 'change a sequence and its owner, and back',
    needs: ['sequences'],
    unseen: 'no entity says what a sequence is like',
    before: schemaOf({
      tables: [invoice],
      sequences: [{ ...named(ODD), options: { start: '10', cache: '7' } }],
    }),
    operations: [
      {
        kind: 'alterSequence',
        name: named(ODD),
        from: { increment: null, cache: '7', maxValue: null, cycle: null, ownedBy: null },
        to: {
          increment: '5',
          cache: null,
          maxValue: '1000',
          cycle: true,
          ownedBy: { table: named('invoice'), column: 'no' },
        },
      },
    ],
    sql: {
      postgres: [
        'ALTER SEQUENCE "it\'s ""x"" y" INCREMENT BY 5 MAXVALUE 1000 CACHE 1 CYCLE OWNED BY "invoice"."no"',
      ],
      sqlite: notSupported('this database has no sequences'),
      mariadb: notSupported('this database has no sequences'),
    },
  },
  {
    name: 'rename a sequence that a default draws from',
    needs: ['sequences'],
    before: schemaOf({
      sequences: [named('numbers')],
      tables: [keyed('invoice', [column('no', 'integer')])],
    }),
    operations: [
      { kind: 'renameSequence', from: named('numbers'), to: named(ODD), ifExists: true },
    ],
    sql: {
      postgres: ['ALTER SEQUENCE IF EXISTS "numbers" RENAME TO "it\'s ""x"" y"'],
      sqlite: notSupported('this database has no sequences'),
      mariadb: notSupported('this database has no sequences'),
    },
  },
  {
    name: 'move a sequence, a view and a materialized view to another schema and name',
    needs: ['sequences', 'schemas', 'materializedViews'],
    before: schemaOf({
      schemas: ['billing'],
      sequences: [named('numbers')],
      tables: [invoice],
      views: [stored, view],
    }),
    operations: [
      { kind: 'renameSequence', from: named('numbers'), to: named('numbers', 'billing') },
      {
        kind: 'renameView',
        from: named('totals'),
        to: named(ODD, 'billing'),
        materialized: false,
      },
      {
        kind: 'renameView',
        from: named('stored'),
        to: named('stored', 'billing'),
        materialized: true,
      },
    ],
    sql: {
      postgres: [
        'ALTER SEQUENCE "numbers" SET SCHEMA "billing"',
        'ALTER VIEW "totals" SET SCHEMA "billing"',
        'ALTER VIEW "billing"."totals" RENAME TO "it\'s ""x"" y"',
        'ALTER MATERIALIZED VIEW "stored" SET SCHEMA "billing"',
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
];
