import { column, keyed, named, schemaOf, tablesOf } from '../model-builders.js';
import { notSupported, foreign } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const account = named('account');
const columns = [
  column('email', 'text'),
  column('made_at', 'timestamp with time zone'),
  column('size', 'integer'),
  column('data', 'jsonb'),
  column('words', 'tsvector'),
];
const plain = keyed('account', columns);
const byEmail = { name: 'ix_email', elements: [{ column: 'email' }], unique: false };
const everything = {
  name: 'ix_everything',
  elements: [
    {
      expression: 'lower(email)',
      collation: 'C',
      opclass: 'text_pattern_ops',
      order: 'desc',
      nulls: 'last',
    },
    { column: 'made_at', nulls: 'first' },
  ],
  unique: true,
  include: ['size'],
  storage: ['fillfactor=70'],
  where: 'size > 0',
} as const;

/** Cases of createIndex, dropIndex and renameIndex. */
export const INDEX_CASES: readonly SuiteCase[] = [
  {
    name: 'OP-32: create an index, and a unique one of two columns',
    before: tablesOf(plain),
    operations: [
      { kind: 'createIndex', table: account, index: byEmail },
      {
        kind: 'createIndex',
        table: account,
        index: { name: 'ix_2', elements: [{ column: 'size' }, { column: 'email' }], unique: true },
      },
    ],
    sql: {
      postgres: [
        'CREATE INDEX "ix_email" ON "account" ("email")',
        'CREATE UNIQUE INDEX "ix_2" ON "account" ("size", "email")',
      ],
      sqlite: [
        'CREATE INDEX "ix_email" ON "account" ("email")',
        'CREATE UNIQUE INDEX "ix_2" ON "account" ("size", "email")',
      ],
      mariadb: foreign('its times are those of PostgreSQL'),
    },
  },
  {
    name: 'DDL-15: create an index with everything that it can have',
    needs: ['partialIndexes', 'expressionIndexes'],
    before: tablesOf(plain),
    operations: [{ kind: 'createIndex', table: account, index: everything, ifNotExists: true }],
    sql: {
      postgres: [
        'CREATE UNIQUE INDEX IF NOT EXISTS "ix_everything" ON "account" ((lower(email)) COLLATE "C" "text_pattern_ops" DESC NULLS LAST, "made_at" NULLS FIRST) INCLUDE ("size") WITH (fillfactor=70) WHERE size > 0',
      ],
      sqlite: notSupported('this database has no columns besides the key of an index'),
      mariadb: notSupported('index "ix_everything" has options that this database does not have'),
    },
  },
  {
    name: 'PG-I1: create indexes of other access methods',
    before: tablesOf(plain),
    operations: [
      {
        kind: 'createIndex',
        table: account,
        index: {
          name: 'ix_data',
          method: 'gin',
          elements: [{ column: 'data', opclass: 'jsonb_path_ops' }],
          unique: false,
        },
      },
      {
        kind: 'createIndex',
        table: account,
        index: { name: 'ix_words', method: 'gist', elements: [{ column: 'words' }], unique: false },
      },
      {
        kind: 'createIndex',
        table: account,
        index: { name: 'ix_hash', method: 'hash', elements: [{ column: 'email' }], unique: false },
      },
    ],
    sql: {
      postgres: [
        'CREATE INDEX "ix_data" ON "account" USING gin ("data" "jsonb_path_ops")',
        'CREATE INDEX "ix_words" ON "account" USING gist ("words")',
        'CREATE INDEX "ix_hash" ON "account" USING hash ("email")',
      ],
      sqlite: notSupported('index "ix_data" cannot be made with method on SQLite'),
      mariadb: notSupported(
        'a key part of an index has no collation, order of NULLs or operator class here',
      ),
    },
  },
  {
    name: 'PG-M5: create an index with NULLS NOT DISTINCT',
    since: { postgres: 15 },
    before: tablesOf(plain),
    operations: [
      {
        kind: 'createIndex',
        table: account,
        index: { ...byEmail, unique: true, nullsNotDistinct: true },
      },
    ],
    sql: {
      postgres: ['CREATE UNIQUE INDEX "ix_email" ON "account" ("email") NULLS NOT DISTINCT'],
      sqlite: notSupported('to SQLite two nulls are never equal in a unique index'),
      mariadb: notSupported('index "ix_email" has options that this database does not have'),
    },
  },
  {
    name: 'DDL-15: create an index without locking out writers',
    needs: ['concurrentIndexes'],
    before: tablesOf(plain),
    operations: [{ kind: 'createIndex', table: account, index: byEmail, concurrently: true }],
    sql: {
      postgres: ['CREATE INDEX CONCURRENTLY "ix_email" ON "account" ("email")'],
      sqlite: notSupported('this database has no CONCURRENTLY'),
      mariadb: notSupported('this database has no CONCURRENTLY: indexes are built online'),
    },
  },
  {
    name: 'OP-33: drop an index of a table in another schema',
    needs: ['schemas', 'partialIndexes', 'expressionIndexes'],
    before: schemaOf({
      schemas: ['audit'],
      tables: [{ ...plain, schema: 'audit', indexes: [byEmail, everything] }],
    }),
    operations: [
      {
        kind: 'dropIndex',
        table: named('account', 'audit'),
        name: 'ix_everything',
        dropped: everything,
        ifExists: true,
      },
    ],
    sql: {
      postgres: ['DROP INDEX IF EXISTS "audit"."ix_everything"'],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'DDL-15: drop an index without locking out readers',
    needs: ['concurrentIndexes'],
    before: tablesOf({ ...plain, indexes: [byEmail] }),
    operations: [
      { kind: 'dropIndex', table: account, name: 'ix_email', dropped: byEmail, concurrently: true },
    ],
    sql: {
      postgres: ['DROP INDEX CONCURRENTLY "ix_email"'],
      sqlite: notSupported('this database has no CONCURRENTLY'),
      mariadb: notSupported('this database has no CONCURRENTLY: indexes are dropped online'),
    },
  },
  {
    name: 'PG-I3: rename an index of a table in another schema',
    unseen: 'D7: another name is no difference',
    needs: ['schemas'],
    before: schemaOf({
      schemas: ['audit'],
      tables: [{ ...plain, schema: 'audit', indexes: [byEmail] }],
    }),
    operations: [
      { kind: 'renameIndex', table: named('account', 'audit'), from: 'ix_email', to: 'IX "2"' },
    ],
    sql: {
      postgres: ['ALTER INDEX "audit"."ix_email" RENAME TO "IX ""2"""'],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'PG-M2: another predicate under the same name',
    needs: ['partialIndexes'],
    before: tablesOf({ ...plain, indexes: [{ ...byEmail, where: 'size > 0' }] }),
    operations: [
      {
        kind: 'dropIndex',
        table: account,
        name: 'ix_email',
        dropped: { ...byEmail, where: 'size > 0' },
      },
      { kind: 'createIndex', table: account, index: { ...byEmail, where: 'size > 5' } },
    ],
    sql: {
      postgres: [
        'DROP INDEX "ix_email"',
        'CREATE INDEX "ix_email" ON "account" ("email") WHERE size > 5',
      ],
      sqlite: [
        'DROP INDEX "ix_email"',
        'CREATE INDEX "ix_email" ON "account" ("email") WHERE size > 5',
      ],
      mariadb: notSupported('this database has no partial indexes'),
    },
  },
];
