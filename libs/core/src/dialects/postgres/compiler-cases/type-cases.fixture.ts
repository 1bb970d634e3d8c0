import type { CasesOf } from './compiler-case.fixture.js';
import { account, named } from './compiler-case.fixture.js';

/** Schemas, enums and sequences. */
export const TYPE_CASES: CasesOf<
  | 'createSchema'
  | 'dropSchema'
  | 'createEnum'
  | 'dropEnum'
  | 'alterEnum'
  | 'renameEnum'
  | 'createSequence'
  | 'dropSequence'
  | 'alterSequence'
  | 'renameSequence'
> = {
  createSchema: [
    {
      name: 'a schema of another role',
      operation: { kind: 'createSchema', name: 'audit', authorization: 'pg_monitor' },
      sql: ['CREATE SCHEMA "audit" AUTHORIZATION "pg_monitor"'],
    },
    {
      name: 'a schema',
      operation: { kind: 'createSchema', name: 'audit' },
      sql: ['CREATE SCHEMA "audit"'],
    },
    {
      name: 'a schema that may be there',
      before: 'create schema audit',
      operation: { kind: 'createSchema', name: 'audit', ifNotExists: true },
      sql: ['CREATE SCHEMA IF NOT EXISTS "audit"'],
    },
  ],
  dropSchema: [
    {
      name: 'a schema',
      before: 'create schema audit',
      operation: { kind: 'dropSchema', name: 'audit' },
      sql: ['DROP SCHEMA "audit"'],
    },
    {
      name: 'a schema that may be missing',
      operation: { kind: 'dropSchema', name: 'audit', ifExists: true },
      sql: ['DROP SCHEMA IF EXISTS "audit"'],
    },
  ],
  createEnum: [
    {
      name: 'labels with quotes, a comma, parentheses and nothing at all (B080, typeorm#5871, typeorm#4630)',
      before: 'create schema audit',
      operation: {
        kind: 'createEnum',
        enum: {
          ...named('mood', 'audit'),
          labels: ['ok', "Ner'zhul", 'a,b (c)', '', 'back\\slash'],
        },
      },
      sql: [
        "CREATE TYPE \"audit\".\"mood\" AS ENUM ('ok', 'Ner''zhul', 'a,b (c)', '', E'back\\\\slash')",
      ],
    },
  ],
  dropEnum: [
    {
      name: 'a type',
      before: "create type mood as enum ('ok')",
      operation: { kind: 'dropEnum', name: named('mood') },
      sql: ['DROP TYPE "mood"'],
    },
    {
      name: 'a type that may be missing',
      operation: { kind: 'dropEnum', name: named('mood'), ifExists: true },
      sql: ['DROP TYPE IF EXISTS "mood"'],
    },
  ],
  alterEnum: [
    {
      name: 'new labels in the middle and at the end (PG-E2)',
      before: "create type mood as enum ('a', 'd')",
      operation: {
        kind: 'alterEnum',
        name: named('mood'),
        from: ['a', 'd'],
        to: ['a', 'b', 'c', 'd', 'e', 'f'],
      },
      sql: [
        "ALTER TYPE \"mood\" ADD VALUE 'b' BEFORE 'd'",
        "ALTER TYPE \"mood\" ADD VALUE 'c' BEFORE 'd'",
        'ALTER TYPE "mood" ADD VALUE \'e\'',
        'ALTER TYPE "mood" ADD VALUE \'f\'',
      ],
    },
    {
      name: 'a renamed label and a new one under the name that it had (DL-16)',
      before: "create type mood as enum ('a', 'b')",
      operation: {
        kind: 'alterEnum',
        name: named('mood'),
        from: ['a', 'b'],
        to: ['z', 'b', 'a'],
        renames: [{ from: 'a', to: 'z' }],
      },
      sql: ["ALTER TYPE \"mood\" RENAME VALUE 'a' TO 'z'", 'ALTER TYPE "mood" ADD VALUE \'a\''],
    },
    {
      name: 'a label that is dropped while rows hold it (DL-15)',
      before: `create type mood as enum ('a', 'b', 'c');
        create table account (mood mood not null default 'b', moods mood[] default '{b,c}');
        insert into account values ('b', '{b,a}')`,
      operation: {
        kind: 'alterEnum',
        name: named('mood'),
        from: ['a', 'b', 'c'],
        to: ['c', 'a'],
        replacements: [{ from: 'b', to: 'a' }],
        uses: [
          { table: account, column: 'mood', default: "'a'" },
          { table: account, column: 'moods', array: true, default: "'{c}'" },
        ],
      },
      sql: [
        'ALTER TYPE "mood" RENAME TO "mood__old"',
        "CREATE TYPE \"mood\" AS ENUM ('c', 'a')",
        'ALTER TABLE "account" ALTER COLUMN "mood" DROP DEFAULT',
        'ALTER TABLE "account" ALTER COLUMN "mood" TYPE "mood" USING (CASE "mood"::text WHEN \'b\' THEN \'a\' ELSE "mood"::text END)::"mood"',
        'ALTER TABLE "account" ALTER COLUMN "mood" SET DEFAULT \'a\'',
        'ALTER TABLE "account" ALTER COLUMN "moods" DROP DEFAULT',
        'ALTER TABLE "account" ALTER COLUMN "moods" TYPE "mood"[] USING array_replace("moods"::text[], \'b\', \'a\')::"mood"[]',
        'ALTER TABLE "account" ALTER COLUMN "moods" SET DEFAULT \'{c}\'',
        'DROP TYPE "mood__old"',
      ],
    },
    {
      name: 'labels in another order, in a column without default',
      before: `create schema audit; create type audit.mood as enum ('a', 'b'); create table account (mood audit.mood)`,
      operation: {
        kind: 'alterEnum',
        name: named('mood', 'audit'),
        from: ['a', 'b'],
        to: ['b', 'a'],
        uses: [{ table: account, column: 'mood' }],
      },
      sql: [
        'ALTER TYPE "audit"."mood" RENAME TO "mood__old"',
        'CREATE TYPE "audit"."mood" AS ENUM (\'b\', \'a\')',
        'ALTER TABLE "account" ALTER COLUMN "mood" TYPE "audit"."mood" USING "mood"::text::"audit"."mood"',
        'DROP TYPE "audit"."mood__old"',
      ],
    },
    {
      name: 'nothing for equal lists',
      operation: { kind: 'alterEnum', name: named('mood'), from: ['a'], to: ['a'] },
      sql: [],
    },
  ],
  renameEnum: [
    {
      name: 'a new name',
      before: "create type mood as enum ('a')",
      operation: { kind: 'renameEnum', from: named('mood'), to: named('temper') },
      sql: ['ALTER TYPE "mood" RENAME TO "temper"'],
    },
    {
      name: 'a new name in another schema',
      before: "create schema audit; create type mood as enum ('a')",
      operation: { kind: 'renameEnum', from: named('mood'), to: named('temper', 'audit') },
      sql: ['ALTER TYPE "mood" SET SCHEMA "audit"', 'ALTER TYPE "audit"."mood" RENAME TO "temper"'],
    },
  ],
  createSequence: [
    {
      name: 'a sequence with the defaults of the server',
      operation: { kind: 'createSequence', sequence: named('ticket') },
      sql: ['CREATE SEQUENCE "ticket"'],
    },
    {
      name: 'all options',
      before: 'create schema audit',
      operation: {
        kind: 'createSequence',
        sequence: {
          ...named('ticket', 'audit'),
          type: 'integer',
          options: {
            increment: '5',
            minValue: '-10',
            maxValue: '100',
            start: '0',
            cache: '7',
            cycle: true,
          },
        },
      },
      sql: [
        'CREATE SEQUENCE "audit"."ticket" AS integer INCREMENT BY 5 MINVALUE -10 MAXVALUE 100 START WITH 0 CACHE 7 CYCLE',
      ],
    },
  ],
  dropSequence: [
    {
      name: 'a sequence',
      before: 'create sequence ticket',
      operation: { kind: 'dropSequence', name: named('ticket') },
      sql: ['DROP SEQUENCE "ticket"'],
    },
    {
      name: 'a sequence that may be missing',
      operation: { kind: 'dropSequence', name: named('ticket'), ifExists: true },
      sql: ['DROP SEQUENCE IF EXISTS "ticket"'],
    },
  ],
  alterSequence: [
    {
      name: 'everything that it has, of a sequence that may be missing',
      before: `create schema audit; create sequence audit.numbers; create table audit.t (n int)`,
      operation: {
        kind: 'alterSequence',
        name: named('numbers', 'audit'),
        to: {
          type: 'integer',
          increment: '-2',
          minValue: '-100',
          maxValue: null,
          start: '-4',
          cache: '5',
          cycle: true,
          ownedBy: { table: named('t', 'audit'), column: 'n' },
        },
        restart: '-10',
        ifExists: true,
      },
      sql: [
        'ALTER SEQUENCE IF EXISTS "audit"."numbers" AS integer INCREMENT BY -2 MINVALUE -100 START WITH -4 CACHE 5 CYCLE NO MAXVALUE RESTART WITH -10 OWNED BY "audit"."t"."n"',
      ],
    },
    {
      name: 'everything back to what a new sequence has',
      before: 'create sequence numbers increment by 2 minvalue 5 maxvalue 9 cache 3 cycle',
      operation: {
        kind: 'alterSequence',
        name: named('numbers'),
        to: {
          type: null,
          increment: null,
          minValue: null,
          maxValue: null,
          start: null,
          cache: null,
          cycle: null,
          ownedBy: null,
        },
      },
      sql: [
        'ALTER SEQUENCE "numbers" AS bigint INCREMENT BY 1 START WITH 1 CACHE 1 NO CYCLE NO MINVALUE NO MAXVALUE OWNED BY NONE',
      ],
    },
  ],
  renameSequence: [
    {
      name: 'to another schema and name',
      before: 'create schema audit; create sequence numbers',
      operation: {
        kind: 'renameSequence',
        from: named('numbers'),
        to: named('counter', 'audit'),
        ifExists: true,
      },
      sql: [
        'ALTER SEQUENCE IF EXISTS "numbers" SET SCHEMA "audit"',
        'ALTER SEQUENCE IF EXISTS "audit"."numbers" RENAME TO "counter"',
      ],
    },
  ],
};
