import { byServerVersion } from '../postgres-dynamic.js';
import { recallAnew, rememberAnew } from '../postgres-made-anew.js';
import type { CasesOf } from './compiler-case.fixture.js';
import { ID_TEXT, account, accountWith, named } from './compiler-case.fixture.js';

/** What of a column is changed. */
export const COLUMN_CASES: CasesOf<'alterColumn'> = {
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
};
