import { column, keyed, named, tablesOf } from '../model-builders.js';
import { lines, notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const NAME = 'it\'s "x" y';
const event = keyed(NAME, [column('note', 'text', { storage: 'main' }), column('n', 'integer')]);

/** Cases of setTableStorage, and of how columns are stored. */
export const STORAGE_CASES: readonly SuiteCase[] = [
  {
    name: 'create an unlogged table with storage parameters',
    operations: [
      {
        kind: 'createTable',
        table: {
          ...keyed('event'),
          unlogged: true,
          storage: ['fillfactor=70', 'autovacuum_enabled=off'],
        },
      },
    ],
    sql: {
      postgres: [
        lines(
          'CREATE UNLOGGED TABLE "event" (',
          '  "id" integer NOT NULL,',
          '  CONSTRAINT "event_pkey" PRIMARY KEY ("id")',
          ') WITH (fillfactor=70, autovacuum_enabled=off)',
        ),
      ],
      sqlite: notSupported('table "event" cannot be unlogged on this database'),
      mariadb: notSupported('table "event" cannot be unlogged on this database'),
    },
  },
  {
    name: 'change how a table is stored, and back',
    unseen: 'no entity says how a table is stored',
    before: tablesOf({ ...event, storage: ['fillfactor=70'] }),
    operations: [
      {
        kind: 'setTableStorage',
        table: named(NAME),
        from: { unlogged: false, storage: ['fillfactor=70'] },
        to: { unlogged: true, storage: ['autovacuum_enabled=off'] },
      },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "it\'s ""x"" y" RESET (fillfactor)',
        'ALTER TABLE "it\'s ""x"" y" SET (autovacuum_enabled=off)',
        'ALTER TABLE "it\'s ""x"" y" SET UNLOGGED',
      ],
      sqlite: notSupported('how column "note" is stored cannot be said here'),
      mariadb: notSupported('how column "note" is stored cannot be said on this database'),
    },
  },
  {
    name: 'add columns that say how they are stored',
    since: { postgres: 14 },
    before: tablesOf(event),
    operations: [
      {
        kind: 'addColumn',
        table: named(NAME),
        column: column('body', 'text', {
          storage: 'external',
          compression: 'pglz',
          collation: 'C',
          comment: 'c',
        }),
      },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "it\'s ""x"" y" ADD COLUMN "body" text COMPRESSION "pglz" COLLATE "C"',
        'ALTER TABLE "it\'s ""x"" y" ALTER COLUMN "body" SET STORAGE EXTERNAL',
        `COMMENT ON COLUMN "it's ""x"" y"."body" IS 'c'`,
      ],
      sqlite: notSupported('how column "note" is stored cannot be said here'),
      mariadb: notSupported('how column "note" is stored cannot be said on this database'),
    },
  },
  {
    name: 'change how a column is stored, and back',
    since: { postgres: 14 },
    unseen: 'no entity says how a column is stored',
    before: tablesOf(event),
    operations: [
      {
        kind: 'alterColumn',
        table: named(NAME),
        name: 'note',
        from: { storage: 'main', compression: null },
        to: { storage: 'external', compression: 'pglz' },
      },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "it\'s ""x"" y" ALTER COLUMN "note" SET STORAGE EXTERNAL',
        'ALTER TABLE "it\'s ""x"" y" ALTER COLUMN "note" SET COMPRESSION "pglz"',
      ],
      sqlite: notSupported('how column "note" is stored cannot be said here'),
      mariadb: notSupported('how column "note" is stored cannot be said on this database'),
    },
  },
  {
    name: 'a change of type keeps how the column is stored',
    before: tablesOf(event),
    operations: [
      {
        kind: 'alterColumn',
        table: named(NAME),
        name: 'note',
        from: { type: 'text', storage: 'main' },
        to: { type: 'character varying(20)', storage: 'main' },
        using: 'note',
        reverseUsing: 'note',
      },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "it\'s ""x"" y" ALTER COLUMN "note" TYPE character varying(20) USING note',
        'ALTER TABLE "it\'s ""x"" y" ALTER COLUMN "note" SET STORAGE MAIN',
      ],
      sqlite: notSupported('how column "note" is stored cannot be said here'),
      mariadb: notSupported('how column "note" is stored cannot be said on this database'),
    },
  },
];
