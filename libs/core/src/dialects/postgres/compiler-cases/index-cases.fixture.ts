import type { CasesOf } from './compiler-case.fixture.js';
import { ID_TEXT, account, accountWith, named } from './compiler-case.fixture.js';

/** Indexes. */
export const INDEX_CASES: CasesOf<'createIndex' | 'dropIndex' | 'renameIndex'> = {
  createIndex: [
    {
      name: 'an index',
      before: ID_TEXT,
      operation: {
        kind: 'createIndex',
        table: account,
        index: { name: 'ix', elements: [{ column: 'email' }, { column: 'id' }], unique: false },
      },
      sql: ['CREATE INDEX "ix" ON "account" ("email", "id")'],
    },
    {
      name: 'DDL-15: everything that an index can have',
      before:
        'create schema audit; create table audit.event (kind text, at timestamptz, size integer)',
      operation: {
        kind: 'createIndex',
        table: named('event', 'audit'),
        ifNotExists: true,
        index: {
          name: 'ix',
          unique: true,
          method: 'btree',
          elements: [
            {
              expression: 'lower(kind)',
              collation: 'C',
              opclass: 'text_pattern_ops',
              order: 'desc',
              nulls: 'last',
            },
            { column: 'at', nulls: 'first' },
          ],
          include: ['size'],
          nullsNotDistinct: true,
          storage: ['fillfactor=70', 'deduplicate_items=off'],
          where: "kind <> 'x'",
        },
      },
      sql: [
        'CREATE UNIQUE INDEX IF NOT EXISTS "ix" ON "audit"."event" USING btree ((lower(kind)) COLLATE "C" "text_pattern_ops" DESC NULLS LAST, "at" NULLS FIRST) INCLUDE ("size") NULLS NOT DISTINCT WITH (fillfactor=70, deduplicate_items=off) WHERE kind <> \'x\'',
      ],
    },
    {
      name: 'an access method and an operator class with parameters',
      before: accountWith('words tsvector, data jsonb'),
      operation: {
        kind: 'createIndex',
        table: account,
        index: {
          name: 'ix',
          unique: false,
          method: 'gist',
          elements: [{ column: 'words', opclass: 'tsvector_ops(siglen=100)' }],
        },
      },
      sql: ['CREATE INDEX "ix" ON "account" USING gist ("words" tsvector_ops(siglen=100))'],
    },
    {
      name: 'DDL-15: without locking out writers',
      before: ID_TEXT,
      autocommit: true,
      operation: {
        kind: 'createIndex',
        table: account,
        concurrently: true,
        index: { name: 'ix', elements: [{ column: 'email' }], unique: false },
      },
      sql: ['CREATE INDEX CONCURRENTLY "ix" ON "account" ("email")'],
    },
  ],
  dropIndex: [
    {
      name: 'an index lives in the schema of its table',
      before:
        'create schema audit; create table audit.event (kind text); create index ix on audit.event (kind)',
      operation: { kind: 'dropIndex', table: named('event', 'audit'), name: 'ix' },
      sql: ['DROP INDEX "audit"."ix"'],
    },
    {
      name: 'DDL-15: without locking out writers, and it may be missing',
      autocommit: true,
      operation: {
        kind: 'dropIndex',
        table: account,
        name: 'ix',
        concurrently: true,
        ifExists: true,
      },
      sql: ['DROP INDEX CONCURRENTLY IF EXISTS "ix"'],
    },
  ],
  renameIndex: [
    {
      name: 'PG-I3: a new name',
      before:
        'create schema audit; create table audit.event (kind text); create index ix on audit.event (kind)',
      operation: { kind: 'renameIndex', table: named('event', 'audit'), from: 'ix', to: 'IX_kind' },
      sql: ['ALTER INDEX "audit"."ix" RENAME TO "IX_kind"'],
    },
  ],
};
