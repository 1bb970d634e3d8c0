import { argument } from '../../../operations/own/argument.js';
import { defineOperation } from '../../../operations/own/define-operation.js';
import { addTenant } from '../../../operations/own/own-operation.fixture.js';
import type { CasesOf } from './compiler-case.fixture.js';
import { ID_TEXT, account, accountWith, lines, named } from './compiler-case.fixture.js';

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

/** Views, comments, and SQL of the author. */
export const VIEW_CASES: CasesOf<
  'renameView' | 'createView' | 'dropView' | 'setComment' | 'execute' | 'own' | 'bulkInsert'
> = {
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
