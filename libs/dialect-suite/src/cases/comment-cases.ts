import type { Operation } from '@nest-alembic/core';
import { column, keyed, named, required, schemaOf, table } from '../model-builders.js';
import { lines, notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const HOSTILE = "it's \\ $$ ; -- \n/* */";
const account = keyed('account', [column('email', 'text'), column('age', 'integer')], {
  uniques: [{ name: 'uq', columns: ['email'] }],
  checks: [{ name: 'ck', expression: 'age > 0' }],
  exclusions: [{ name: 'ex', definition: 'USING btree (age WITH =)' }],
  foreignKeys: [
    {
      name: 'fk',
      columns: ['age'],
      referencedTable: named('account'),
      referencedColumns: ['id'],
    },
  ],
  indexes: [{ name: 'ix', elements: [{ column: 'age' }], unique: false }],
});
const kind = { schema: 'audit', name: 'kind', labels: ['a'] };
const counter = { schema: 'audit', name: 'counter' };
const before = schemaOf({
  schemas: ['audit'],
  enums: [kind],
  sequences: [counter],
  tables: [account],
});

const set = (
  object: Extract<Operation, { kind: 'setComment' }>['object'],
  texts: { readonly from?: string; readonly to?: string },
): Operation => ({ kind: 'setComment', object, ...texts });
const part = (type: 'index' | 'primaryKey' | 'foreignKey' | 'unique' | 'check' | 'exclusion') =>
  ({ type, table: named('account') }) as const;

const FUNCTION = lines(' LANGUAGE plpgsql', 'AS $function$ BEGIN RETURN NULL; END $function$');
const view = { definition: ' SELECT 1 AS one', dependsOn: [], indexes: [] };
const objects = schemaOf({
  domains: [{ ...named('d "1"'), type: 'text', checks: [] }],
  routines: [
    {
      ...named('f'),
      type: 'function',
      arguments: 'a integer DEFAULT 1',
      definition: lines('RETURNS integer', FUNCTION),
    },
    {
      ...named('p'),
      type: 'procedure',
      arguments: 'IN a text',
      definition: lines('LANGUAGE plpgsql', 'AS $procedure$ BEGIN RETURN; END $procedure$'),
    },
    {
      ...named('tf'),
      type: 'function',
      arguments: '',
      definition: lines('RETURNS trigger', FUNCTION),
    },
  ],
  tables: [
    table('owner', [column('a', 'text')], {
      triggers: [
        { name: 'tr', timing: 'after', events: ['insert'], execute: 'tf()', comment: 'old' },
      ],
      policies: [{ name: 'own' }],
    }),
  ],
  views: [
    { ...named('m'), ...view, materialized: true },
    { ...named('v'), ...view, materialized: false },
  ],
});

/** Cases of setComment, and of comments in other operations. */
export const COMMENT_CASES: readonly SuiteCase[] = [
  {
    name: 'set the comments of functions and views',
    needs: ['comments', 'extensions', 'domains', 'routines', 'triggers', 'rowSecurity'],
    before: objects,
    operations: [
      set({ type: 'function', name: named('f'), arguments: 'a integer DEFAULT 1' }, { to: 'one' }),
      set({ type: 'procedure', name: named('p'), arguments: 'IN a text' }, { to: 'two' }),
      set({ type: 'view', name: named('v') }, { to: 'three' }),
      set({ type: 'materializedView', name: named('m') }, { to: 'four' }),
    ],
    sql: {
      postgres: [
        `COMMENT ON FUNCTION "f"(a integer) IS 'one'`,
        `COMMENT ON PROCEDURE "p"(IN a text) IS 'two'`,
        `COMMENT ON VIEW "v" IS 'three'`,
        `COMMENT ON MATERIALIZED VIEW "m" IS 'four'`,
      ],
      sqlite: notSupported('this database has no domains'),
      mariadb: notSupported('this database has no domains'),
    },
  },
  {
    name: 'set the comments of domains, triggers and policies',
    unseen: 'no entity says such a comment',
    needs: ['comments', 'extensions', 'domains', 'routines', 'triggers', 'rowSecurity'],
    before: objects,
    operations: [
      set({ type: 'domain', name: named('d "1"') }, { to: HOSTILE }),
      set({ type: 'trigger', table: named('owner'), name: 'tr' }, { from: 'old', to: 'five' }),
      set({ type: 'policy', table: named('owner'), name: 'own' }, { to: 'six' }),
    ],
    sql: {
      postgres: [
        `COMMENT ON DOMAIN "d ""1""" IS E'it''s \\\\ $$ ; -- \n/* */'`,
        `COMMENT ON TRIGGER "tr" ON "owner" IS 'five'`,
        `COMMENT ON POLICY "own" ON "owner" IS 'six'`,
      ],
      sqlite: notSupported('this database has no domains'),
      mariadb: notSupported('this database has no domains'),
    },
  },
  {
    name: 'set the comments of checks of domains',
    unseen: 'no entity says such a comment',
    needs: ['comments', 'domains'],
    before: schemaOf({
      domains: [
        {
          ...named('d "2"'),
          type: 'text',
          checks: [
            { name: 'has "at"', expression: `VALUE ~~ '%@%'::text`, comment: 'old' },
            { name: 'short', expression: 'length(VALUE) < 9' },
          ],
        },
      ],
    }),
    operations: [
      set(
        { type: 'domainCheck', domain: named('d "2"'), name: 'has "at"' },
        { from: 'old', to: HOSTILE },
      ),
      set({ type: 'domainCheck', domain: named('d "2"'), name: 'short' }, { to: 'new' }),
    ],
    sql: {
      postgres: [
        `COMMENT ON CONSTRAINT "has ""at""" ON DOMAIN "d ""2""" IS E'it''s \\\\ $$ ; -- \n/* */'`,
        `COMMENT ON CONSTRAINT "short" ON DOMAIN "d ""2""" IS 'new'`,
      ],
      sqlite: notSupported('this database has no domains'),
      mariadb: notSupported('this database has no domains'),
    },
  },
  {
    name: 'set the comments of columns of views',
    needs: ['comments', 'materializedViews'],
    before: schemaOf({
      views: [
        { ...named('m'), ...view, materialized: true },
        {
          ...named('v "1"'),
          definition: ` SELECT 1 AS one,\n    2 AS "t ""wo"`,
          dependsOn: [],
          indexes: [],
          materialized: false,
          columnComments: [{ column: 'one', comment: 'old' }],
        },
      ],
    }),
    operations: [
      set({ type: 'viewColumn', table: named('m'), name: 'one' }, { to: HOSTILE }),
      set({ type: 'viewColumn', table: named('v "1"'), name: 't "wo' }, { to: 'two' }),
      set({ type: 'viewColumn', table: named('v "1"'), name: 'one' }, { from: 'old', to: 'new' }),
    ],
    sql: {
      postgres: [
        `COMMENT ON COLUMN "m"."one" IS E'it''s \\\\ $$ ; -- \n/* */'`,
        `COMMENT ON COLUMN "v ""1"""."t ""wo" IS 'two'`,
        `COMMENT ON COLUMN "v ""1"""."one" IS 'new'`,
      ],
      sqlite: notSupported('this database has no comments'),
      mariadb: notSupported('this database has no materialized views'),
    },
  },
  {
    name: 'take the comment of a column of a view away',
    needs: ['comments', 'materializedViews'],
    unseen: 'a model without a comment says nothing of it',
    before: schemaOf({
      views: [
        {
          ...named('v'),
          ...view,
          materialized: false,
          columnComments: [{ column: 'one', comment: 'old' }],
        },
      ],
    }),
    operations: [set({ type: 'viewColumn', table: named('v'), name: 'one' }, { from: 'old' })],
    sql: {
      postgres: ['COMMENT ON COLUMN "v"."one" IS NULL'],
      sqlite: notSupported('this database has no comments'),
      mariadb: notSupported('the comment of viewColumn "one" cannot be changed on this database'),
    },
  },
  {
    name: 'drop a view with comments, and make another one',
    needs: ['comments', 'materializedViews'],
    before: schemaOf({
      views: [
        {
          ...named('v'),
          ...view,
          materialized: false,
          columnComments: [{ column: 'one', comment: HOSTILE }],
        },
      ],
    }),
    operations: [
      {
        kind: 'dropView',
        name: named('v'),
        materialized: false,
        dropped: {
          ...named('v'),
          ...view,
          materialized: false,
          columnComments: [{ column: 'one', comment: HOSTILE }],
        },
      },
      {
        kind: 'createView',
        view: {
          ...named('w'),
          ...view,
          materialized: false,
          columnComments: [{ column: 'one', comment: 'the only' }],
        },
      },
    ],
    sql: {
      postgres: [
        'DROP VIEW "v"',
        'CREATE VIEW "w" AS\n SELECT 1 AS one',
        `COMMENT ON COLUMN "w"."one" IS 'the only'`,
      ],
      sqlite: notSupported('this database has no comments'),
      mariadb: notSupported('view "v" cannot be made with comment here'),
    },
  },
  {
    name: 'set the comment of an extension, which has one of its own',
    unseen: 'no entity says such a comment',
    needs: ['comments', 'extensions'],
    before: schemaOf({ extensions: [{ name: 'citext', comment: 'old' }] }),
    operations: [set({ type: 'extension', name: 'citext' }, { from: 'old', to: 'new' })],
    sql: {
      postgres: [`COMMENT ON EXTENSION "citext" IS 'new'`],
      sqlite: notSupported('this database has no extensions'),
      mariadb: notSupported('this database has no extensions'),
    },
  },
  {
    name: 'DDL-12: set the comment of everything that has one',
    unseen: 'no entity says such a comment',
    needs: ['comments', 'schemas', 'enumTypes', 'sequences', 'exclusionConstraints'],
    before,
    operations: [
      set({ ...part('index'), name: 'ix' }, { to: HOSTILE }),
      set({ ...part('primaryKey'), name: 'account_pkey' }, { to: 'key' }),
      set({ ...part('unique'), name: 'uq' }, { to: 'unique' }),
      set({ ...part('check'), name: 'ck' }, { to: 'check' }),
      set({ ...part('exclusion'), name: 'ex' }, { to: 'exclusion' }),
      set({ ...part('foreignKey'), name: 'fk' }, { to: 'foreign key' }),
      set({ type: 'enum', name: named('kind', 'audit') }, { to: 'kinds' }),
      set({ type: 'sequence', name: named('counter', 'audit') }, { to: 'numbers' }),
    ],
    sql: {
      postgres: [
        `COMMENT ON INDEX "ix" IS E'it''s \\\\ $$ ; -- \n/* */'`,
        `COMMENT ON CONSTRAINT "account_pkey" ON "account" IS 'key'`,
        `COMMENT ON CONSTRAINT "uq" ON "account" IS 'unique'`,
        `COMMENT ON CONSTRAINT "ck" ON "account" IS 'check'`,
        `COMMENT ON CONSTRAINT "ex" ON "account" IS 'exclusion'`,
        `COMMENT ON CONSTRAINT "fk" ON "account" IS 'foreign key'`,
        `COMMENT ON TYPE "audit"."kind" IS 'kinds'`,
        `COMMENT ON SEQUENCE "audit"."counter" IS 'numbers'`,
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'remove a comment',
    unseen: 'no entity says such a comment',
    needs: ['comments', 'enumTypes'],
    before: schemaOf({ enums: [{ ...named('kind'), labels: ['a'], comment: 'old' }] }),
    operations: [set({ type: 'enum', name: named('kind') }, { from: 'old' })],
    sql: {
      postgres: ['COMMENT ON TYPE "kind" IS NULL'],
      sqlite: notSupported('this database has no enum types, and "kind" is one'),
      mariadb: notSupported('this database has no enum types, and "kind" is one'),
    },
  },
  {
    name: 'OP-11: a new table has the comments of its parts after it',
    needs: ['comments'],
    operations: [
      {
        kind: 'createTable',
        table: table('t', [required('id', 'integer', { comment: 'c' })], {
          primaryKey: { name: 'k', columns: ['id'], comment: 'p' },
          checks: [{ name: 'n', expression: 'id > 0', notValid: true, comment: 'n' }],
          indexes: [{ name: 'i', elements: [{ column: 'id' }], unique: false, comment: 'i' }],
          comment: 't',
        }),
      },
    ],
    sql: {
      postgres: [
        lines(
          'CREATE TABLE "t" (',
          '  "id" integer NOT NULL,',
          '  CONSTRAINT "k" PRIMARY KEY ("id")',
          ')',
        ),
        'ALTER TABLE "t" ADD CONSTRAINT "n" CHECK (id > 0) NOT VALID',
        `COMMENT ON CONSTRAINT "n" ON "t" IS 'n'`,
        'CREATE INDEX "i" ON "t" ("id")',
        `COMMENT ON INDEX "i" IS 'i'`,
        `COMMENT ON TABLE "t" IS 't'`,
        `COMMENT ON COLUMN "t"."id" IS 'c'`,
        `COMMENT ON CONSTRAINT "k" ON "t" IS 'p'`,
      ],
      sqlite: notSupported('this database always checks the rows that are there'),
      mariadb: notSupported('constraint "k" cannot have a comment on this database'),
    },
  },
  {
    name: 'new enums, sequences and constraints have their comment',
    needs: ['comments', 'enumTypes', 'sequences'],
    before: schemaOf({ tables: [keyed('t')] }),
    operations: [
      { kind: 'createEnum', enum: { ...named('kind'), labels: ['a'], comment: 'e' } },
      { kind: 'createSequence', sequence: { ...named('counter'), comment: 's' } },
      {
        kind: 'addConstraint',
        table: named('t'),
        added: {
          type: 'check',
          constraint: { name: 'c', expression: 'id > 0', comment: 'c' },
        },
      },
    ],
    sql: {
      postgres: [
        `CREATE TYPE "kind" AS ENUM ('a')`,
        `COMMENT ON TYPE "kind" IS 'e'`,
        'CREATE SEQUENCE "counter"',
        `COMMENT ON SEQUENCE "counter" IS 's'`,
        'ALTER TABLE "t" ADD CONSTRAINT "c" CHECK (id > 0)',
        `COMMENT ON CONSTRAINT "c" ON "t" IS 'c'`,
      ],
      sqlite: notSupported('this database has no enum types, and "kind" is one'),
      mariadb: notSupported('this database has no enum types, and "kind" is one'),
    },
  },
];
