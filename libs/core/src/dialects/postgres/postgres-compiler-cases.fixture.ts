import type { OperationKind, OperationOf } from '../../operations/operation.js';
import { argument } from '../../operations/own/argument.js';
import { defineOperation } from '../../operations/own/define-operation.js';
import { addTenant } from '../../operations/own/own-operation.fixture.js';
import type { Column, Table } from '../../schema/schema-model.js';
import { byServerVersion } from './postgres-dynamic.js';
import { recallAnew, rememberAnew } from './postgres-made-anew.js';
import { OBJECT_CASES } from './postgres-object-cases.fixture.js';

/** An operation, the SQL that it compiles to, and what has to exist for the SQL to run. */
export interface CompilerCase<K extends OperationKind = OperationKind> {
  readonly name: string;
  readonly before?: string;
  readonly operation: OperationOf<K>;
  readonly sql: readonly string[];
  /** The server refuses it inside a transaction. */
  readonly autocommit?: true;
}

/** A table with nothing but what is given. */
export function table(name: string, parts: Partial<Table> = {}): Table {
  return {
    schema: null,
    name,
    columns: [],
    foreignKeys: [],
    uniques: [],
    checks: [],
    exclusions: [],
    indexes: [],
    ...parts,
  };
}

/** A column that may be null. */
export function column(name: string, type: string, more: Partial<Column> = {}): Column {
  return { name, type, nullable: true, ...more };
}

const ownedRole = defineOperation({
  name: 'ownedRole',
  parameters: [
    ['role', argument.name],
    ['note', argument.text],
  ],
  describe: ({ role }) => `limit role ${role}`,
  compile: {
    postgres: ({ role, note }, { identifier, literal }) =>
      `ALTER ROLE ${identifier(role)} CONNECTION LIMIT 5; COMMENT ON ROLE ${identifier(role)} IS ${literal(note)};`,
  },
});
const vacuum = defineOperation({
  name: 'vacuum',
  parameters: [],
  describe: () => 'vacuum',
  transactionClass: 'autocommit',
  compile: () => ['VACUUM pg_am'],
});
const lines = (...texts: readonly string[]) => texts.join('\n');
const named = (name: string, schema: string | null = null) => ({ schema, name });
const account = named('account');
const accountWith = (columns: string) => `create table account (${columns})`;
const ID_TEXT = accountWith('id integer primary key, email text');

/** At least one case for every kind: a kind without one does not compile. The server has no constraint without a name. */
export const COMPILER_CASES: {
  readonly [K in Exclude<OperationKind, 'dropUnnamedConstraint'>]: readonly [
    CompilerCase<K>,
    ...CompilerCase<K>[],
  ];
} = {
  ...OBJECT_CASES,
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
  renameView: [
    {
      name: 'a materialized one from another schema to the default one',
      before: 'create schema audit; create materialized view audit.v as select 1 as a',
      operation: {
        kind: 'renameView',
        from: named('v', 'audit'),
        to: named('v'),
        materialized: true,
        ifExists: true,
      },
      sql: [
        `DO $$BEGIN EXECUTE format('ALTER MATERIALIZED VIEW IF EXISTS %s SET SCHEMA %I', '"audit"."v"', current_schema()); END$$`,
      ],
    },
  ],
  createTable: [
    {
      name: 'columns of every kind, constraints, indexes and comments',
      before: `create schema audit; create table audit.owner (id bigint, part integer, primary key (id, part))`,
      operation: {
        kind: 'createTable',
        table: table('account', {
          columns: [
            column('id', 'bigint', { identity: { generation: 'always' }, nullable: false }),
            column('no', 'integer', { autoIncrement: true }),
            column('email', 'varchar(255)', {
              nullable: false,
              default: "''::text",
              comment: "the user's",
            }),
            column('name', 'text', { collation: 'C' }),
            column('size', 'integer', { generated: { expression: 'length(email)', stored: true } }),
            column('owner_id', 'bigint'),
            column('owner_part', 'integer'),
            column('seen', 'tstzrange'),
          ],
          primaryKey: { name: 'account_pkey', columns: ['id'] },
          uniques: [
            { name: 'uq_email', columns: ['email'], deferrable: 'initially deferred' },
            { columns: ['no', 'email'] },
          ],
          checks: [
            { name: 'ck_email', expression: "email like '%@%'" },
            { name: 'ck_no', expression: 'no > 0', notValid: true },
          ],
          exclusions: [{ name: 'ex_seen', definition: 'USING gist (seen WITH &&) WHERE (no > 0)' }],
          foreignKeys: [
            {
              name: 'fk_owner',
              columns: ['owner_id', 'owner_part'],
              referencedTable: named('owner', 'audit'),
              referencedColumns: ['id', 'part'],
              onDelete: 'cascade',
              onUpdate: 'set null',
              match: 'full',
              deferrable: 'initially immediate',
            },
          ],
          indexes: [{ name: 'ix_name', elements: [{ column: 'name' }], unique: false }],
          comment: 'who may log in',
        }),
      },
      sql: [
        lines(
          'CREATE TABLE "account" (',
          '  "id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,',
          '  "no" serial,',
          '  "email" varchar(255) DEFAULT \'\'::text NOT NULL,',
          '  "name" text COLLATE "C",',
          '  "size" integer GENERATED ALWAYS AS (length(email)) STORED,',
          '  "owner_id" bigint,',
          '  "owner_part" integer,',
          '  "seen" tstzrange,',
          '  CONSTRAINT "account_pkey" PRIMARY KEY ("id"),',
          '  CONSTRAINT "uq_email" UNIQUE ("email") DEFERRABLE INITIALLY DEFERRED,',
          '  UNIQUE ("no", "email"),',
          '  CONSTRAINT "ck_email" CHECK (email like \'%@%\'),',
          '  CONSTRAINT "ex_seen" EXCLUDE USING gist (seen WITH &&) WHERE (no > 0),',
          '  CONSTRAINT "fk_owner" FOREIGN KEY ("owner_id", "owner_part") REFERENCES "audit"."owner" ("id", "part") MATCH FULL ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY IMMEDIATE',
          ')',
        ),
        'ALTER TABLE "account" ADD CONSTRAINT "ck_no" CHECK (no > 0) NOT VALID',
        'CREATE INDEX "ix_name" ON "account" ("name")',
        'COMMENT ON TABLE "account" IS \'who may log in\'',
        'COMMENT ON COLUMN "account"."email" IS \'the user\'\'s\'',
      ],
    },
    {
      name: 'a table without columns',
      operation: { kind: 'createTable', table: table('nothing') },
      sql: ['CREATE TABLE "nothing" ()'],
    },
    {
      name: 'a table that may be there, with its indexes',
      before: 'create table account (id integer)',
      operation: {
        kind: 'createTable',
        ifNotExists: true,
        table: table('account', {
          columns: [column('id', 'integer')],
          indexes: [{ name: 'ix_id', elements: [{ column: 'id' }], unique: true }],
        }),
      },
      sql: [
        lines('CREATE TABLE IF NOT EXISTS "account" (', '  "id" integer', ')'),
        'CREATE UNIQUE INDEX IF NOT EXISTS "ix_id" ON "account" ("id")',
      ],
    },
    {
      name: 'an identity with options',
      operation: {
        kind: 'createTable',
        table: table('account', {
          columns: [
            column('id', 'integer', {
              identity: { generation: 'by default', options: { start: '100', increment: '10' } },
            }),
          ],
        }),
      },
      sql: [
        lines(
          'CREATE TABLE "account" (',
          '  "id" integer GENERATED BY DEFAULT AS IDENTITY (INCREMENT BY 10 START WITH 100)',
          ')',
        ),
      ],
    },
    {
      name: 'serial columns of each width',
      operation: {
        kind: 'createTable',
        table: table('counters', {
          columns: [
            column('small', 'int2', { autoIncrement: true, nullable: false }),
            column('medium', 'int', { autoIncrement: true, nullable: false }),
            column('large', 'bigint', { autoIncrement: true, nullable: false }),
          ],
        }),
      },
      sql: [
        lines(
          'CREATE TABLE "counters" (',
          '  "small" smallserial NOT NULL,',
          '  "medium" serial NOT NULL,',
          '  "large" bigserial NOT NULL',
          ')',
        ),
      ],
    },
  ],
  dropTable: [
    {
      name: 'a table',
      before: 'create schema audit; create table audit.event ()',
      operation: { kind: 'dropTable', name: named('event', 'audit') },
      sql: ['DROP TABLE "audit"."event"'],
    },
    {
      name: 'a table that may be missing',
      operation: { kind: 'dropTable', name: account, ifExists: true },
      sql: ['DROP TABLE IF EXISTS "account"'],
    },
  ],
  renameTable: [
    {
      name: 'DDL-11: a new name, without schema',
      before: ID_TEXT,
      operation: { kind: 'renameTable', from: account, to: named('user') },
      sql: ['ALTER TABLE "account" RENAME TO "user"'],
    },
    {
      name: 'DL-24: another schema',
      before: `create schema audit; ${ID_TEXT}`,
      operation: { kind: 'renameTable', from: account, to: named('account', 'audit') },
      sql: ['ALTER TABLE "account" SET SCHEMA "audit"'],
    },
    {
      name: 'the default schema, whose name only the server knows, and a new name',
      before: 'create schema "50%"; create table "50%".account (id integer)',
      operation: { kind: 'renameTable', from: named('account', '50%'), to: named('user') },
      sql: [
        'DO $$BEGIN EXECUTE format(\'ALTER TABLE %s SET SCHEMA %I\', \'"50%"."account"\', current_schema()); END$$',
        'ALTER TABLE "account" RENAME TO "user"',
      ],
    },
  ],
  setTableStorage: [
    {
      name: 'parameters that change, come and go; the log; the tablespace',
      before:
        'create table account (id int) with (fillfactor=70, autovacuum_enabled=off, toast_tuple_target=200)',
      operation: {
        kind: 'setTableStorage',
        table: account,
        from: { storage: ['fillfactor=70', 'autovacuum_enabled=off', 'toast_tuple_target=200'] },
        to: {
          unlogged: true,
          storage: ['fillfactor=80', 'toast_tuple_target=200', 'parallel_workers=2'],
          tablespace: null,
        },
      },
      sql: [
        'ALTER TABLE "account" RESET (autovacuum_enabled)',
        'ALTER TABLE "account" SET (fillfactor=80, parallel_workers=2)',
        'ALTER TABLE "account" SET UNLOGGED',
        'ALTER TABLE "account" SET TABLESPACE "pg_default"',
      ],
    },
    {
      name: 'all parameters of a logged table away',
      before: 'create unlogged table account (id int) with (fillfactor=70)',
      operation: {
        kind: 'setTableStorage',
        table: account,
        from: { storage: ['fillfactor=70'], unlogged: true },
        to: { storage: null, unlogged: false },
      },
      sql: ['ALTER TABLE "account" RESET (fillfactor)', 'ALTER TABLE "account" SET LOGGED'],
    },
  ],
  setTableComment: [
    {
      name: 'DDL-12: a comment',
      before: ID_TEXT,
      operation: { kind: 'setTableComment', table: account, to: "it's \\ here" },
      sql: ["COMMENT ON TABLE \"account\" IS E'it''s \\\\ here'"],
    },
    {
      name: 'DDL-12: no comment',
      before: ID_TEXT,
      operation: { kind: 'setTableComment', table: account, from: 'x' },
      sql: ['COMMENT ON TABLE "account" IS NULL'],
    },
  ],
  addColumn: [
    {
      name: 'a column with default, NOT NULL and comment',
      before: ID_TEXT,
      operation: {
        kind: 'addColumn',
        table: account,
        column: column('age', 'integer', { nullable: false, default: '0', comment: 'in years' }),
      },
      sql: [
        'ALTER TABLE "account" ADD COLUMN "age" integer DEFAULT 0 NOT NULL',
        'COMMENT ON COLUMN "account"."age" IS \'in years\'',
      ],
    },
    {
      name: 'a column that may be there',
      before: ID_TEXT,
      operation: {
        kind: 'addColumn',
        table: account,
        ifNotExists: true,
        column: column('email', 'text'),
      },
      sql: ['ALTER TABLE "account" ADD COLUMN IF NOT EXISTS "email" text'],
    },
    {
      name: 'a serial column',
      before: ID_TEXT,
      operation: {
        kind: 'addColumn',
        table: account,
        column: column('no', 'bigint', { autoIncrement: true, nullable: false }),
      },
      sql: ['ALTER TABLE "account" ADD COLUMN "no" bigserial NOT NULL'],
    },
    {
      name: 'a stored generated column',
      before: ID_TEXT,
      operation: {
        kind: 'addColumn',
        table: account,
        column: column('size', 'integer', {
          generated: { expression: 'length(email)', stored: true },
        }),
      },
      sql: [
        'ALTER TABLE "account" ADD COLUMN "size" integer GENERATED ALWAYS AS (length(email)) STORED',
      ],
    },
  ],
  dropColumn: [
    {
      name: 'a column',
      before: ID_TEXT,
      operation: { kind: 'dropColumn', table: account, name: 'email' },
      sql: ['ALTER TABLE "account" DROP COLUMN "email"'],
    },
    {
      name: 'a column that may be missing',
      before: ID_TEXT,
      operation: { kind: 'dropColumn', table: account, name: 'nothing', ifExists: true },
      sql: ['ALTER TABLE "account" DROP COLUMN IF EXISTS "nothing"'],
    },
  ],
  alterColumn: [
    {
      name: 'DL-1: a longer type',
      before: accountWith('email varchar(10)'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'email',
        from: { type: 'character varying(10)' },
        to: { type: 'character varying(20)' },
      },
      sql: ['ALTER TABLE "account" ALTER COLUMN "email" TYPE character varying(20)'],
    },
    {
      name: 'DDL-10: a type with USING',
      before: accountWith('email text'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'email',
        to: { type: 'uuid' },
        using: '"email"::uuid',
      },
      sql: ['ALTER TABLE "account" ALTER COLUMN "email" TYPE uuid USING "email"::uuid'],
    },
    {
      name: 'DL-11: text to an enum, with the default that goes along',
      before: `create type mood as enum ('ok'); ${accountWith("mood text default 'ok'")}`,
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'mood',
        from: { type: 'text', default: "'ok'" },
        to: { type: 'mood', default: "'ok'" },
        using: '"mood"::mood',
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "mood" DROP DEFAULT',
        'ALTER TABLE "account" ALTER COLUMN "mood" TYPE mood USING "mood"::mood',
        'ALTER TABLE "account" ALTER COLUMN "mood" SET DEFAULT \'ok\'',
      ],
    },
    {
      name: 'DL-12: an enum to text, without the default that was',
      before: `create type mood as enum ('ok'); ${accountWith("mood mood default 'ok'")}`,
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'mood',
        from: { type: 'mood', default: "'ok'::mood" },
        to: { type: 'text', default: null },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "mood" DROP DEFAULT',
        'ALTER TABLE "account" ALTER COLUMN "mood" TYPE text',
      ],
    },
    {
      name: 'a type and a first default: there is none to drop',
      before: accountWith('age smallint'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'age',
        from: { type: 'smallint', default: null },
        to: { type: 'integer', default: '0' },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "age" TYPE integer',
        'ALTER TABLE "account" ALTER COLUMN "age" SET DEFAULT 0',
      ],
    },
    {
      name: 'DL-31: a default before NOT NULL',
      before: accountWith('age integer'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'age',
        from: { nullable: true, default: null },
        to: { nullable: false, default: '0' },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "age" SET DEFAULT 0',
        'ALTER TABLE "account" ALTER COLUMN "age" SET NOT NULL',
      ],
    },
    {
      name: 'no default and NULL allowed',
      before: accountWith('age integer not null default 0'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'age',
        to: { nullable: true, default: null },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "age" DROP DEFAULT',
        'ALTER TABLE "account" ALTER COLUMN "age" DROP NOT NULL',
      ],
    },
    {
      name: 'a collation',
      before: accountWith('email text'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'email',
        from: { type: 'text', collation: null },
        to: { type: 'text', collation: 'C' },
      },
      sql: ['ALTER TABLE "account" ALTER COLUMN "email" TYPE text COLLATE "C"'],
    },
    {
      name: 'a collation of a schema, which is quoted already',
      before: accountWith('name text'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'name',
        from: { type: 'text', collation: null },
        to: { type: 'text', collation: '"pg_catalog"."C"' },
      },
      sql: ['ALTER TABLE "account" ALTER COLUMN "name" TYPE text COLLATE "pg_catalog"."C"'],
    },
    {
      name: 'the collation of the type again',
      before: accountWith('email text collate "C"'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'email',
        from: { type: 'text', collation: 'C' },
        to: { type: 'text', collation: null },
      },
      sql: ['ALTER TABLE "account" ALTER COLUMN "email" TYPE text'],
    },
    {
      name: 'DDL-12: a comment',
      before: ID_TEXT,
      operation: { kind: 'alterColumn', table: account, name: 'email', to: { comment: 'mail' } },
      sql: ['COMMENT ON COLUMN "account"."email" IS \'mail\''],
    },
    {
      name: 'DDL-12: no comment',
      before: ID_TEXT,
      operation: { kind: 'alterColumn', table: account, name: 'email', to: { comment: null } },
      sql: ['COMMENT ON COLUMN "account"."email" IS NULL'],
    },
    {
      name: 'DDL-13: a plain column to an identity, which goes on after the rows',
      before: `${ID_TEXT}; insert into account values (41)`,
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'id',
        from: { identity: null },
        to: { identity: { generation: 'always' } },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "id" ADD GENERATED ALWAYS AS IDENTITY',
        'SELECT setval(pg_get_serial_sequence(\'"account"\', \'id\'), greatest(max("id") + 1, 1), false) FROM "account"',
      ],
    },
    {
      name: 'DDL-13: an identity that may be null until now, with a start of its own',
      before: accountWith('id integer'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'id',
        from: { identity: null, nullable: true },
        to: { identity: { generation: 'by default', options: { start: '100' } }, nullable: false },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "id" SET NOT NULL',
        'ALTER TABLE "account" ALTER COLUMN "id" ADD GENERATED BY DEFAULT AS IDENTITY (START WITH 100)',
        'SELECT setval(pg_get_serial_sequence(\'"account"\', \'id\'), greatest(max("id") + 1, 100), false) FROM "account"',
      ],
    },
    {
      name: 'DDL-13: an identity that begins at a least value of its own',
      before: ID_TEXT,
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'id',
        to: { identity: { generation: 'by default', options: { minValue: '50' } } },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "id" ADD GENERATED BY DEFAULT AS IDENTITY (MINVALUE 50)',
        'SELECT setval(pg_get_serial_sequence(\'"account"\', \'id\'), greatest(max("id") + 1, 50), false) FROM "account"',
      ],
    },
    {
      name: 'DDL-13: an identity that runs backwards is left as it is written',
      before: ID_TEXT,
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'id',
        to: { identity: { generation: 'by default', options: { increment: '-1' } } },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "id" ADD GENERATED BY DEFAULT AS IDENTITY (INCREMENT BY -1)',
      ],
    },
    {
      name: 'DDL-13: other options of an identity, and defaults where options are gone',
      before: accountWith(
        'id integer generated by default as identity (increment by 5 minvalue 5 cache 3)',
      ),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'id',
        from: {
          identity: {
            generation: 'by default',
            options: { increment: '5', minValue: '5', cache: '3' },
          },
        },
        to: {
          identity: {
            generation: 'always',
            options: { start: '7', maxValue: '1000', cycle: true },
          },
        },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "id" SET GENERATED ALWAYS SET INCREMENT BY 1 SET MAXVALUE 1000 SET START WITH 7 SET CACHE 1 SET CYCLE SET NO MINVALUE',
      ],
    },
    {
      name: 'DDL-13: no identity, and NULL allowed',
      before: accountWith('id integer generated always as identity'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'id',
        from: { identity: { generation: 'always' }, nullable: false },
        to: { identity: null, nullable: true },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "id" DROP IDENTITY',
        'ALTER TABLE "account" ALTER COLUMN "id" DROP NOT NULL',
      ],
    },
    {
      name: 'a plain column to a serial, which goes on after the rows',
      before: `create schema audit; create table audit.account (id integer primary key); insert into audit.account values (41)`,
      operation: {
        kind: 'alterColumn',
        table: named('account', 'audit'),
        name: 'id',
        from: { type: 'integer', autoIncrement: null },
        to: { type: 'integer', autoIncrement: true },
      },
      sql: [
        'CREATE SEQUENCE "audit"."account_id_seq" AS integer OWNED BY "audit"."account"."id"',
        'SELECT setval(\'"audit"."account_id_seq"\', greatest(max("id") + 1, 1), false) FROM "audit"."account"',
        'ALTER TABLE "audit"."account" ALTER COLUMN "id" SET DEFAULT nextval(\'"audit"."account_id_seq"\'::regclass)',
      ],
    },
    {
      name: 'PG-S1: a serial to a plain column, after the table was renamed',
      before: 'create table person (id serial primary key); alter table person rename to account',
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'id',
        from: { autoIncrement: true },
        to: { autoIncrement: null },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "id" DROP DEFAULT',
        "DO $$BEGIN EXECUTE format('DROP SEQUENCE %s', pg_get_serial_sequence('\"account\"', 'id')); END$$",
      ],
    },
    {
      name: 'PG-M9: a serial to an identity',
      before: accountWith('id serial primary key'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'id',
        from: { autoIncrement: true, identity: null },
        to: { autoIncrement: null, identity: { generation: 'always' } },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "id" DROP DEFAULT',
        "DO $$BEGIN EXECUTE format('DROP SEQUENCE %s', pg_get_serial_sequence('\"account\"', 'id')); END$$",
        'ALTER TABLE "account" ALTER COLUMN "id" ADD GENERATED ALWAYS AS IDENTITY',
        'SELECT setval(pg_get_serial_sequence(\'"account"\', \'id\'), greatest(max("id") + 1, 1), false) FROM "account"',
      ],
    },
    {
      name: 'PG-M9: an identity to a serial',
      before: accountWith('id integer generated always as identity'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'id',
        from: { autoIncrement: null, identity: { generation: 'always' } },
        to: { autoIncrement: true, identity: null },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "id" DROP IDENTITY',
        'CREATE SEQUENCE "account_id_seq" OWNED BY "account"."id"',
        'SELECT setval(\'"account_id_seq"\', greatest(max("id") + 1, 1), false) FROM "account"',
        'ALTER TABLE "account" ALTER COLUMN "id" SET DEFAULT nextval(\'"account_id_seq"\'::regclass)',
      ],
    },
    {
      name: 'DL-26: a wider serial counts in the wider type',
      before: accountWith('id serial primary key'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'id',
        from: { type: 'integer', autoIncrement: true },
        to: { type: 'bigint', autoIncrement: true },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "id" TYPE bigint',
        "DO $$BEGIN EXECUTE format('ALTER SEQUENCE %s AS bigint', pg_get_serial_sequence('\"account\"', 'id')); END$$",
      ],
    },
    {
      name: 'PG-M8: another generated expression',
      before: accountWith(
        'email text, size integer not null generated always as (length(email)) stored',
      ),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'size',
        from: {
          type: 'integer',
          nullable: false,
          comment: 'in bytes',
          generated: { expression: 'length(email)', stored: true },
        },
        to: {
          type: 'integer',
          nullable: false,
          comment: 'in bytes',
          generated: { expression: 'octet_length(email)', stored: true },
        },
      },
      sql: [
        byServerVersion(
          17,
          ['ALTER TABLE "account" ALTER COLUMN "size" SET EXPRESSION AS (octet_length(email))'],
          [
            rememberAnew({ name: '"account"', column: 'size' }),
            'ALTER TABLE "account" DROP COLUMN "size"',
            'ALTER TABLE "account" ADD COLUMN "size" integer GENERATED ALWAYS AS (octet_length(email)) STORED NOT NULL',
            `COMMENT ON COLUMN "account"."size" IS 'in bytes'`,
            recallAnew({ name: '"account"', column: 'size' }),
          ],
        ),
      ],
    },
    {
      name: 'a stored generated column to a plain one, which keeps its values',
      before: accountWith('email text, size integer generated always as (length(email)) stored'),
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'size',
        from: { generated: { expression: 'length(email)', stored: true }, default: null },
        to: { generated: null, default: '0' },
      },
      sql: [
        'ALTER TABLE "account" ALTER COLUMN "size" DROP EXPRESSION',
        'ALTER TABLE "account" ALTER COLUMN "size" SET DEFAULT 0',
      ],
    },
    {
      name: 'nothing where all is equal',
      before: ID_TEXT,
      operation: {
        kind: 'alterColumn',
        table: account,
        name: 'id',
        from: { type: 'integer', identity: { generation: 'always' } },
        to: { type: 'integer', identity: { generation: 'always' } },
      },
      sql: [],
    },
  ],
  renameColumn: [
    {
      name: 'DDL-11: a new name',
      before: ID_TEXT,
      operation: { kind: 'renameColumn', table: account, from: 'email', to: 'e-mail' },
      sql: ['ALTER TABLE "account" RENAME COLUMN "email" TO "e-mail"'],
    },
  ],
  addConstraint: [
    {
      name: 'OP-26: a primary key',
      before: accountWith('id integer'),
      operation: {
        kind: 'addConstraint',
        table: account,
        added: { type: 'primaryKey', constraint: { name: 'account_pkey', columns: ['id'] } },
      },
      sql: ['ALTER TABLE "account" ADD CONSTRAINT "account_pkey" PRIMARY KEY ("id")'],
    },
    {
      name: 'OP-27: a unique constraint without a name',
      before: ID_TEXT,
      operation: {
        kind: 'addConstraint',
        table: account,
        added: { type: 'unique', constraint: { columns: ['email', 'id'] } },
      },
      sql: ['ALTER TABLE "account" ADD UNIQUE ("email", "id")'],
    },
    {
      name: 'DDL-15: a unique constraint with NULLS NOT DISTINCT',
      before: ID_TEXT,
      operation: {
        kind: 'addConstraint',
        table: account,
        added: {
          type: 'unique',
          constraint: { name: 'uq', columns: ['email'], nullsNotDistinct: true },
        },
      },
      sql: ['ALTER TABLE "account" ADD CONSTRAINT "uq" UNIQUE NULLS NOT DISTINCT ("email")'],
    },
    {
      name: 'DDL-16: a foreign key that is not validated',
      before: ID_TEXT,
      operation: {
        kind: 'addConstraint',
        table: account,
        added: {
          type: 'foreignKey',
          constraint: {
            name: 'fk_self',
            columns: ['id'],
            referencedTable: account,
            referencedColumns: ['id'],
            onDelete: 'set default',
            onUpdate: 'restrict',
            notValid: true,
          },
        },
      },
      sql: [
        'ALTER TABLE "account" ADD CONSTRAINT "fk_self" FOREIGN KEY ("id") REFERENCES "account" ("id") ON DELETE SET DEFAULT ON UPDATE RESTRICT NOT VALID',
      ],
    },
    {
      name: 'OP-29: a check that is not validated',
      before: ID_TEXT,
      operation: {
        kind: 'addConstraint',
        table: account,
        added: {
          type: 'check',
          constraint: { name: 'ck', expression: 'id > 0', notValid: true },
        },
      },
      sql: ['ALTER TABLE "account" ADD CONSTRAINT "ck" CHECK (id > 0) NOT VALID'],
    },
    {
      name: 'DDL-16: an exclusion',
      before: accountWith('seen tstzrange'),
      operation: {
        kind: 'addConstraint',
        table: account,
        added: {
          type: 'exclusion',
          constraint: {
            name: 'ex',
            definition: 'USING gist (seen WITH &&)',
            deferrable: 'initially deferred',
          },
        },
      },
      sql: [
        'ALTER TABLE "account" ADD CONSTRAINT "ex" EXCLUDE USING gist (seen WITH &&) DEFERRABLE INITIALLY DEFERRED',
      ],
    },
  ],
  dropConstraint: [
    {
      name: 'a constraint',
      before: ID_TEXT,
      operation: {
        kind: 'dropConstraint',
        table: account,
        name: 'account_pkey',
        type: 'primaryKey',
      },
      sql: ['ALTER TABLE "account" DROP CONSTRAINT "account_pkey"'],
    },
    {
      name: 'DDL-16: a constraint that may be missing',
      before: ID_TEXT,
      operation: {
        kind: 'dropConstraint',
        table: account,
        name: 'x',
        type: 'check',
        ifExists: true,
      },
      sql: ['ALTER TABLE "account" DROP CONSTRAINT IF EXISTS "x"'],
    },
  ],
  renameConstraint: [
    {
      name: 'a new name',
      before: ID_TEXT,
      operation: {
        kind: 'renameConstraint',
        table: account,
        type: 'primaryKey',
        from: 'account_pkey',
        to: 'PK_account',
      },
      sql: ['ALTER TABLE "account" RENAME CONSTRAINT "account_pkey" TO "PK_account"'],
    },
  ],
  validateConstraint: [
    {
      name: 'a check',
      before: `${ID_TEXT}; alter table account add constraint ck check (id > 0) not valid`,
      operation: { kind: 'validateConstraint', table: account, name: 'ck', type: 'check' },
      sql: ['ALTER TABLE "account" VALIDATE CONSTRAINT "ck"'],
    },
  ],
  alterConstraint: [
    {
      name: 'a foreign key that was deferrable',
      before: `${ID_TEXT}; alter table account add constraint fk foreign key (id) references account deferrable`,
      operation: {
        kind: 'alterConstraint',
        table: account,
        name: 'fk',
        to: { deferrable: null },
      },
      sql: ['ALTER TABLE "account" ALTER CONSTRAINT "fk" NOT DEFERRABLE'],
    },
  ],
  setComment: [
    {
      name: 'the comments of objects and parts of another schema',
      before: 'create schema audit; create table audit.t (id int constraint k primary key)',
      operation: {
        kind: 'setComment',
        object: { type: 'primaryKey', table: named('t', 'audit'), name: 'k' },
        to: "it's",
      },
      sql: [`COMMENT ON CONSTRAINT "k" ON "audit"."t" IS 'it''s'`],
    },
    {
      name: 'the comment of a schema to nothing',
      before: 'create schema audit',
      operation: { kind: 'setComment', object: { type: 'schema', name: 'audit' } },
      sql: ['COMMENT ON SCHEMA "audit" IS NULL'],
    },
  ],
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
  createView: [
    {
      name: 'a view',
      before: `create schema audit; ${ID_TEXT}`,
      operation: {
        kind: 'createView',
        view: {
          ...named('active', 'audit'),
          definition: 'SELECT id FROM account',
          materialized: false,
          dependsOn: [],
          indexes: [],
        },
      },
      sql: [lines('CREATE VIEW "audit"."active" AS', 'SELECT id FROM account')],
    },
    {
      name: 'a materialized view with an index',
      before: ID_TEXT,
      operation: {
        kind: 'createView',
        view: {
          ...named('mails'),
          definition: 'SELECT email FROM account -- all of them',
          materialized: true,
          dependsOn: [],
          indexes: [{ name: 'ix_mails', elements: [{ column: 'email' }], unique: true }],
        },
      },
      sql: [
        lines(
          'CREATE MATERIALIZED VIEW "mails" AS',
          'SELECT email FROM account -- all of them',
          '',
        ),
        'CREATE UNIQUE INDEX "ix_mails" ON "mails" ("email")',
      ],
    },
  ],
  dropView: [
    {
      name: 'a view',
      before: 'create view v as select 1 as one',
      operation: { kind: 'dropView', name: named('v'), materialized: false },
      sql: ['DROP VIEW "v"'],
    },
    {
      name: 'a materialized view that may be missing',
      operation: { kind: 'dropView', name: named('v'), materialized: true, ifExists: true },
      sql: ['DROP MATERIALIZED VIEW IF EXISTS "v"'],
    },
  ],
  execute: [
    {
      name: 'B085: several statements, each as it is written',
      before: ID_TEXT,
      operation: {
        kind: 'execute',
        sql: `UPDATE account SET email = ';' ;  -- why\nDELETE FROM account;`,
      },
      sql: ["UPDATE account SET email = ';'", lines('-- why', 'DELETE FROM account')],
    },
    {
      name: 'B084: a function body with dollar quotes',
      operation: {
        kind: 'execute',
        sql: "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $body$ SELECT '$$;'; /* ; */ $body$",
      },
      sql: ["CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $body$ SELECT '$$;'; /* ; */ $body$"],
    },
  ],
  own: [
    {
      name: 'an operation of the user that is made of a built-in one',
      before: ID_TEXT,
      operation: addTenant.of({ table: 'account', column: 'tenant', type: 'integer' }),
      sql: ['ALTER TABLE "account" ADD COLUMN "tenant" integer'],
    },
    {
      name: 'several statements in one text, names and values with quotes',
      before: `create role "it's ""own"""`,
      operation: ownedRole.of({ role: `it's "own"`, note: "it's" }),
      sql: [
        `ALTER ROLE "it's ""own""" CONNECTION LIMIT 5`,
        `COMMENT ON ROLE "it's ""own""" IS 'it''s'`,
      ],
    },
    {
      name: 'a statement that the server refuses inside a transaction',
      operation: vacuum.of({}),
      sql: ['VACUUM pg_am'],
      autocommit: true,
    },
  ],
  bulkInsert: [
    {
      name: 'OP-35: rows of SQL values',
      before: ID_TEXT,
      operation: {
        kind: 'bulkInsert',
        table: account,
        columns: ['id', 'email'],
        rows: [
          ['1', "'a''b'"],
          ['1 + 1', 'NULL'],
        ],
      },
      sql: [lines('INSERT INTO "account" ("id", "email") VALUES', "(1, 'a''b'),", '(1 + 1, NULL)')],
    },
    {
      name: 'rows without values',
      before: accountWith('id serial'),
      operation: { kind: 'bulkInsert', table: account, columns: [], rows: [[], []] },
      sql: ['INSERT INTO "account" DEFAULT VALUES', 'INSERT INTO "account" DEFAULT VALUES'],
    },
    {
      name: 'OP-35: no rows, no statement',
      operation: { kind: 'bulkInsert', table: account, columns: ['id'], rows: [] },
      sql: [],
    },
  ],
};
