import type { OperationKind } from '../../operations/operation.js';
import type { CompilerCase } from './postgres-compiler-cases.fixture.js';

type ObjectKind = Extract<
  OperationKind,
  | `${string}Extension`
  | `${string}Domain`
  | `${string}Routine`
  | `${string}Trigger`
  | `${string}Policy`
  | `${string}Partition`
  | 'setTriggerState'
  | 'attachIndex'
  | 'setRowSecurity'
  | 'renameSchema'
  | 'refreshView'
  | 'batchAlterTable'
>;

const lines = (...texts: readonly string[]) => texts.join('\n');
const named = (name: string, schema: string | null = null) => ({ schema, name });
const account = named('account');
const TABLE = 'create table account (id integer primary key, email text, owner name)';
const TOUCH = `${TABLE}; create function touch() returns trigger language plpgsql as 'begin return new; end'`;
const touch = {
  name: 'touch',
  timing: 'before',
  events: ['insert', 'update'],
  columns: ['email', 'owner'],
  forEach: 'row',
  when: 'NEW.email IS NOT NULL -- always',
  execute: 'touch()',
} as const;
const POLICY = `${TABLE}; create policy own on account using (true) with check (true)`;
const add = {
  ...named('add'),
  type: 'function',
  arguments: "a integer, b integer DEFAULT length('x, y')",
  definition: 'RETURNS integer LANGUAGE sql AS $$SELECT a + b$$',
} as const;
const ADD = `create function add(a integer, b integer default length('x, y')) returns integer language sql as 'select 1'`;
const PARTED = 'create table event (id integer, at date) partition by range (at)';
const bounds = { from: ["'2026-01-01'", 'MINVALUE'], to: ["'2027-01-01'", 'MAXVALUE'] };
const year = { from: ["'2026-01-01'"], to: ["'2027-01-01'"] };

/** Cases of extensions, domains, routines, triggers, policies and partitions. */
export const OBJECT_CASES: {
  readonly [K in ObjectKind]: readonly [CompilerCase<K>, ...CompilerCase<K>[]];
} = {
  renameSchema: [
    {
      name: 'a schema',
      before: 'create schema audit',
      operation: { kind: 'renameSchema', from: 'audit', to: 'his "story"' },
      sql: ['ALTER SCHEMA "audit" RENAME TO "his ""story"""'],
    },
  ],
  refreshView: [
    {
      name: 'a materialized view',
      before: 'create materialized view total as select 1 as id',
      operation: { kind: 'refreshView', name: named('total') },
      sql: ['REFRESH MATERIALIZED VIEW "total"'],
    },
    {
      name: 'a materialized view that becomes empty',
      before: 'create materialized view total as select 1 as id',
      operation: { kind: 'refreshView', name: named('total'), withNoData: true },
      sql: ['REFRESH MATERIALIZED VIEW "total" WITH NO DATA'],
    },
    {
      name: 'a materialized view while others read it',
      before:
        'create materialized view total as select 1 as id; create unique index ux on total (id)',
      operation: { kind: 'refreshView', name: named('total'), concurrently: true },
      sql: ['REFRESH MATERIALIZED VIEW CONCURRENTLY "total"'],
    },
  ],
  createExtension: [
    {
      name: 'an extension in a schema',
      before: 'create schema ext',
      operation: {
        kind: 'createExtension',
        extension: { name: 'isn', schema: 'ext', comment: "it's" },
      },
      sql: ['CREATE EXTENSION "isn" SCHEMA "ext"', `COMMENT ON EXTENSION "isn" IS 'it''s'`],
    },
    {
      name: 'an extension with what it needs, in a version',
      operation: {
        kind: 'createExtension',
        extension: { name: 'earthdistance', version: '1.1' },
        ifNotExists: true,
        cascade: true,
      },
      sql: [`CREATE EXTENSION IF NOT EXISTS "earthdistance" VERSION '1.1' CASCADE`],
    },
  ],
  dropExtension: [
    {
      name: 'an extension',
      before: 'create extension isn',
      operation: { kind: 'dropExtension', name: 'isn' },
      sql: ['DROP EXTENSION "isn"'],
    },
    {
      name: 'an extension with what depends on it',
      before: 'create extension isn; create table book (id isbn)',
      operation: { kind: 'dropExtension', name: 'isn', ifExists: true, cascade: true },
      sql: ['DROP EXTENSION IF EXISTS "isn" CASCADE'],
    },
  ],
  alterExtension: [
    {
      name: 'an extension to another schema and the newest version',
      before: "create schema ext; create extension hstore version '1.4'",
      operation: {
        kind: 'alterExtension',
        name: 'hstore',
        to: { version: null, schema: 'ext' },
      },
      sql: ['ALTER EXTENSION "hstore" SET SCHEMA "ext"', 'ALTER EXTENSION "hstore" UPDATE'],
    },
    {
      name: 'an extension to a version',
      before: "create extension hstore version '1.4'",
      operation: { kind: 'alterExtension', name: 'hstore', to: { version: '1.5' } },
      sql: [`ALTER EXTENSION "hstore" UPDATE TO '1.5'`],
    },
  ],
  createDomain: [
    {
      name: 'a domain with all that it can have',
      operation: {
        kind: 'createDomain',
        domain: {
          ...named('Mail "address"'),
          type: 'varchar(80)',
          collation: 'C',
          default: `'a@b'`,
          notNull: true,
          checks: [
            { name: 'has @', expression: `VALUE LIKE '%@%' -- at` },
            { expression: `VALUE <> ''`, notValid: true },
          ],
          comment: 'where to write to',
        },
      },
      sql: [
        lines(
          `CREATE DOMAIN "Mail ""address""" AS varchar(80) COLLATE "C" DEFAULT 'a@b' NOT NULL CONSTRAINT "has @" CHECK (VALUE LIKE '%@%' -- at`,
          ')',
        ),
        `ALTER DOMAIN "Mail ""address""" ADD CHECK (VALUE <> '') NOT VALID`,
        `COMMENT ON DOMAIN "Mail ""address""" IS 'where to write to'`,
      ],
    },
  ],
  dropDomain: [
    {
      name: 'a domain',
      before: 'create domain mail as text',
      operation: { kind: 'dropDomain', name: named('mail') },
      sql: ['DROP DOMAIN "mail"'],
    },
    {
      name: 'a domain that may be gone',
      operation: { kind: 'dropDomain', name: named('mail'), ifExists: true },
      sql: ['DROP DOMAIN IF EXISTS "mail"'],
    },
  ],
  alterDomain: [
    {
      name: 'default and NOT NULL',
      before: 'create domain mail as text',
      operation: {
        kind: 'alterDomain',
        name: named('mail'),
        change: { type: 'attributes', to: { default: `'x'`, notNull: true } },
      },
      sql: [`ALTER DOMAIN "mail" SET DEFAULT 'x'`, 'ALTER DOMAIN "mail" SET NOT NULL'],
    },
    {
      name: 'neither default nor NOT NULL',
      before: `create domain mail as text not null default 'x'`,
      operation: {
        kind: 'alterDomain',
        name: named('mail'),
        change: { type: 'attributes', to: { default: null, notNull: false } },
      },
      sql: ['ALTER DOMAIN "mail" DROP DEFAULT', 'ALTER DOMAIN "mail" DROP NOT NULL'],
    },
    {
      name: 'a check more',
      before: 'create domain mail as text',
      operation: {
        kind: 'alterDomain',
        name: named('mail'),
        change: {
          type: 'addCheck',
          check: { name: 'at', expression: `VALUE LIKE '%@%'`, notValid: true },
        },
      },
      sql: [`ALTER DOMAIN "mail" ADD CONSTRAINT "at" CHECK (VALUE LIKE '%@%') NOT VALID`],
    },
    {
      name: 'a check less',
      before: 'create domain mail as text constraint at check (true)',
      operation: {
        kind: 'alterDomain',
        name: named('mail'),
        change: { type: 'dropCheck', name: 'at', ifExists: true },
      },
      sql: ['ALTER DOMAIN "mail" DROP CONSTRAINT IF EXISTS "at"'],
    },
    {
      name: 'a check that is proven',
      before:
        'create domain mail as text; alter domain mail add constraint at check (true) not valid',
      operation: {
        kind: 'alterDomain',
        name: named('mail'),
        change: { type: 'validateCheck', name: 'at' },
      },
      sql: ['ALTER DOMAIN "mail" VALIDATE CONSTRAINT "at"'],
    },
    {
      name: 'a check with another name',
      before: 'create domain mail as text constraint at check (true)',
      operation: {
        kind: 'alterDomain',
        name: named('mail'),
        change: { type: 'renameCheck', from: 'at', to: 'has @' },
      },
      sql: ['ALTER DOMAIN "mail" RENAME CONSTRAINT "at" TO "has @"'],
    },
  ],
  renameDomain: [
    {
      name: 'a domain, to another schema',
      before: 'create schema audit; create domain mail as text',
      operation: { kind: 'renameDomain', from: named('mail'), to: named('address', 'audit') },
      sql: [
        'ALTER DOMAIN "mail" SET SCHEMA "audit"',
        'ALTER DOMAIN "audit"."mail" RENAME TO "address"',
      ],
    },
    {
      name: 'a domain, back to the default schema',
      before: 'create schema audit; create domain audit.mail as text',
      operation: { kind: 'renameDomain', from: named('mail', 'audit'), to: named('mail') },
      sql: [
        `DO $$BEGIN EXECUTE format('ALTER DOMAIN %s SET SCHEMA %I', '"audit"."mail"', current_schema()); END$$`,
      ],
    },
  ],
  createRoutine: [
    {
      name: 'a function with a comment',
      operation: { kind: 'createRoutine', routine: { ...add, comment: 'sum' } },
      sql: [
        lines(
          `CREATE FUNCTION "add"(a integer, b integer DEFAULT length('x, y'))`,
          'RETURNS integer LANGUAGE sql AS $$SELECT a + b$$',
        ),
        `COMMENT ON FUNCTION "add"(a integer, b integer) IS 'sum'`,
      ],
    },
    {
      name: 'a function that takes the place of another',
      before: ADD,
      operation: {
        kind: 'createRoutine',
        routine: add,
        replaces: {
          arguments: add.arguments,
          definition: 'RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
        },
      },
      sql: [
        lines(
          `CREATE OR REPLACE FUNCTION "add"(a integer, b integer DEFAULT length('x, y'))`,
          'RETURNS integer LANGUAGE sql AS $$SELECT a + b$$',
        ),
      ],
    },
    {
      name: 'a procedure, whatever was there',
      before: TABLE,
      operation: {
        kind: 'createRoutine',
        routine: {
          ...named('prune "all"'),
          type: 'procedure',
          arguments: '',
          definition: 'LANGUAGE sql AS $body$DELETE FROM account; SELECT 1$body$ -- done',
        },
        orReplace: true,
      },
      sql: [
        lines(
          'CREATE OR REPLACE PROCEDURE "prune ""all"""()',
          'LANGUAGE sql AS $body$DELETE FROM account; SELECT 1$body$ -- done',
          '',
        ),
      ],
    },
  ],
  dropRoutine: [
    {
      name: 'a function by the types of its arguments',
      before: ADD,
      operation: {
        kind: 'dropRoutine',
        type: 'function',
        name: named('add'),
        arguments: 'integer, integer',
      },
      sql: ['DROP FUNCTION "add"(integer, integer)'],
    },
    {
      name: 'a function by its whole arguments',
      before: ADD,
      operation: {
        kind: 'dropRoutine',
        type: 'function',
        name: named('add'),
        arguments: add.arguments,
        ifExists: true,
      },
      sql: ['DROP FUNCTION IF EXISTS "add"(a integer, b integer)'],
    },
    {
      name: 'a procedure',
      before: `create procedure prune(days integer) language sql as 'select 1'`,
      operation: {
        kind: 'dropRoutine',
        type: 'procedure',
        name: named('prune'),
        arguments: 'integer',
      },
      sql: ['DROP PROCEDURE "prune"(integer)'],
    },
  ],
  renameRoutine: [
    {
      name: 'a function, to another schema',
      before: `create schema audit; ${ADD}`,
      operation: {
        kind: 'renameRoutine',
        type: 'function',
        from: named('add'),
        arguments: add.arguments,
        to: named('plus', 'audit'),
      },
      sql: [
        'ALTER FUNCTION "add"(a integer, b integer) SET SCHEMA "audit"',
        'ALTER FUNCTION "audit"."add"(a integer, b integer) RENAME TO "plus"',
      ],
    },
  ],
  createTrigger: [
    {
      name: 'a trigger for each row',
      before: TOUCH,
      operation: { kind: 'createTrigger', table: account, trigger: { ...touch, comment: 'x' } },
      sql: [
        lines(
          'CREATE TRIGGER "touch" BEFORE INSERT OR UPDATE OF "email", "owner" ON "account" FOR EACH ROW WHEN (NEW.email IS NOT NULL -- always',
          ') EXECUTE FUNCTION touch()',
        ),
        `COMMENT ON TRIGGER "touch" ON "account" IS 'x'`,
      ],
    },
    {
      name: 'a trigger with transition tables, disabled',
      before: TOUCH,
      operation: {
        kind: 'createTrigger',
        table: account,
        trigger: {
          name: 'after "it"',
          timing: 'after',
          events: ['update'],
          oldTable: 'before',
          newTable: 'then',
          execute: 'touch()',
          state: 'disabled',
        },
      },
      sql: [
        'CREATE TRIGGER "after ""it""" AFTER UPDATE ON "account" REFERENCING OLD TABLE AS "before" NEW TABLE AS "then" FOR EACH STATEMENT EXECUTE FUNCTION touch()',
        'ALTER TABLE "account" DISABLE TRIGGER "after ""it"""',
      ],
    },
    {
      name: 'a constraint trigger that takes the place of another',
      before: `${TOUCH}; create constraint trigger touch after insert on account for each row execute function touch()`,
      operation: {
        kind: 'createTrigger',
        table: account,
        trigger: {
          name: 'touch',
          timing: 'after',
          events: ['insert', 'delete'],
          forEach: 'row',
          execute: 'touch()',
          constraint: true,
          deferrable: 'initially deferred',
        },
        orReplace: true,
      },
      sql: [
        'DROP TRIGGER IF EXISTS "touch" ON "account"',
        'CREATE CONSTRAINT TRIGGER "touch" AFTER INSERT OR DELETE ON "account" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch()',
      ],
    },
  ],
  dropTrigger: [
    {
      name: 'a trigger that may be gone',
      before: TABLE,
      operation: { kind: 'dropTrigger', table: account, name: 'touch', ifExists: true },
      sql: ['DROP TRIGGER IF EXISTS "touch" ON "account"'],
    },
  ],
  renameTrigger: [
    {
      name: 'a trigger',
      before: `${TOUCH}; create trigger touch before insert on account execute function touch()`,
      operation: { kind: 'renameTrigger', table: account, from: 'touch', to: 'touch "it"' },
      sql: ['ALTER TRIGGER "touch" ON "account" RENAME TO "touch ""it"""'],
    },
  ],
  attachIndex: [
    {
      name: 'an index of another schema',
      before: `create table e (a int) partition by list (a); create schema audit;
        create table audit.p partition of e default; create index i on only e (a); create index j on audit.p (a)`,
      operation: { kind: 'attachIndex', name: named('j', 'audit'), of: named('i') },
      sql: ['ALTER INDEX "i" ATTACH PARTITION "audit"."j"'],
    },
  ],
  setTriggerState: [
    ...(['enabled', 'disabled', 'replica', 'always'] as const).map((to) => ({
      name: `a trigger that is ${to}`,
      before: `${TOUCH}; create trigger touch before insert on account execute function touch()`,
      operation: {
        kind: 'setTriggerState' as const,
        table: account,
        name: 'touch',
        from: 'enabled' as const,
        to,
      },
      sql: [
        `ALTER TABLE "account" ${{ enabled: 'ENABLE', disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }[to]} TRIGGER "touch"`,
      ],
    })),
  ] as unknown as readonly [CompilerCase<'setTriggerState'>],
  setRowSecurity: [
    {
      name: 'on, for the owner too',
      before: TABLE,
      operation: { kind: 'setRowSecurity', table: account, to: { enabled: true, forced: true } },
      sql: [
        'ALTER TABLE "account" ENABLE ROW LEVEL SECURITY',
        'ALTER TABLE "account" FORCE ROW LEVEL SECURITY',
      ],
    },
    {
      name: 'off',
      before: TABLE,
      operation: { kind: 'setRowSecurity', table: account, to: { enabled: false, forced: false } },
      sql: [
        'ALTER TABLE "account" DISABLE ROW LEVEL SECURITY',
        'ALTER TABLE "account" NO FORCE ROW LEVEL SECURITY',
      ],
    },
  ],
  createPolicy: [
    {
      name: 'a policy for all',
      before: TABLE,
      operation: { kind: 'createPolicy', table: account, policy: { name: 'own', comment: 'mine' } },
      sql: ['CREATE POLICY "own" ON "account"', `COMMENT ON POLICY "own" ON "account" IS 'mine'`],
    },
    {
      name: 'a policy with all that it can have',
      before: TABLE,
      operation: {
        kind: 'createPolicy',
        table: account,
        policy: {
          name: 'own "rows"',
          command: 'update',
          restrictive: true,
          roles: ['pg_monitor', 'public'],
          using: 'owner = current_user -- mine',
          check: 'owner = current_user',
        },
      },
      sql: [
        lines(
          'CREATE POLICY "own ""rows""" ON "account" AS RESTRICTIVE FOR UPDATE TO "pg_monitor", PUBLIC USING (owner = current_user -- mine',
          ') WITH CHECK (owner = current_user)',
        ),
      ],
    },
  ],
  dropPolicy: [
    {
      name: 'a policy',
      before: POLICY,
      operation: { kind: 'dropPolicy', table: account, name: 'own', ifExists: true },
      sql: ['DROP POLICY IF EXISTS "own" ON "account"'],
    },
  ],
  renamePolicy: [
    {
      name: 'a policy',
      before: POLICY,
      operation: { kind: 'renamePolicy', table: account, from: 'own', to: 'own "rows"' },
      sql: ['ALTER POLICY "own" ON "account" RENAME TO "own ""rows"""'],
    },
  ],
  alterPolicy: [
    {
      name: 'a policy that is for everybody',
      before: POLICY,
      operation: {
        kind: 'alterPolicy',
        table: account,
        name: 'own',
        to: { roles: [], using: 'false', check: 'id > 0' },
      },
      sql: ['ALTER POLICY "own" ON "account" TO PUBLIC USING (false) WITH CHECK (id > 0)'],
    },
  ],
  createPartition: [
    {
      name: 'a partition that is divided again',
      before: 'create table event (id integer, at date) partition by range (at, id)',
      operation: {
        kind: 'createPartition',
        partition: {
          ...named('event 2026'),
          of: named('event'),
          bounds,
          partitionBy: { strategy: 'hash', elements: [{ column: 'id' }] },
        },
        ifNotExists: true,
      },
      sql: [
        `CREATE TABLE IF NOT EXISTS "event 2026" PARTITION OF "event" FOR VALUES FROM ('2026-01-01', MINVALUE) TO ('2027-01-01', MAXVALUE) PARTITION BY HASH ("id")`,
      ],
    },
    {
      name: 'a partition by list',
      before: 'create table event (kind text) partition by list (kind)',
      operation: {
        kind: 'createPartition',
        partition: {
          ...named('odd'),
          of: named('event'),
          bounds: { in: [`'it''s'`, 'NULL'] },
        },
      },
      sql: [`CREATE TABLE "odd" PARTITION OF "event" FOR VALUES IN ('it''s', NULL)`],
    },
    {
      name: 'a partition by hash',
      before: 'create table event (id integer) partition by hash (id)',
      operation: {
        kind: 'createPartition',
        partition: {
          ...named('event_0'),
          of: named('event'),
          bounds: { modulus: 4, remainder: 0 },
        },
      },
      sql: ['CREATE TABLE "event_0" PARTITION OF "event" FOR VALUES WITH (MODULUS 4, REMAINDER 0)'],
    },
    {
      name: 'the default partition',
      before: PARTED,
      operation: {
        kind: 'createPartition',
        partition: { ...named('rest'), of: named('event'), bounds: { default: true } },
      },
      sql: ['CREATE TABLE "rest" PARTITION OF "event" DEFAULT'],
    },
  ],
  dropPartition: [
    {
      name: 'a partition',
      before: `${PARTED}; create table rest partition of event default`,
      operation: { kind: 'dropPartition', name: named('rest') },
      sql: ['DROP TABLE "rest"'],
    },
  ],
  attachPartition: [
    {
      name: 'a table',
      before: `${PARTED}; create table old (id integer, at date)`,
      operation: {
        kind: 'attachPartition',
        name: named('old'),
        of: named('event'),
        bounds: year,
      },
      sql: [
        `ALTER TABLE "event" ATTACH PARTITION "old" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
      ],
    },
  ],
  detachPartition: [
    {
      name: 'a partition',
      before: `${PARTED}; create table rest partition of event default`,
      operation: { kind: 'detachPartition', name: named('rest'), of: named('event') },
      sql: ['ALTER TABLE "event" DETACH PARTITION "rest"'],
    },
    {
      name: 'a partition while others read the table',
      before: `${PARTED}; create table y partition of event for values from ('2026-01-01') to ('2027-01-01')`,
      autocommit: true,
      operation: {
        kind: 'detachPartition',
        name: named('y'),
        of: named('event'),
        concurrently: true,
      },
      sql: ['ALTER TABLE "event" DETACH PARTITION "y" CONCURRENTLY'],
    },
  ],
  batchAlterTable: [
    {
      name: 'the changes of a batch, one after the other',
      before: 'create table event (id integer primary key)',
      operation: {
        kind: 'batchAlterTable',
        table: named('event'),
        operations: [
          {
            kind: 'addColumn',
            table: named('event'),
            column: { name: 'at', type: 'date', nullable: true },
          },
          { kind: 'renameColumn', table: named('event'), from: 'at', to: 'day' },
        ],
      },
      sql: [
        'ALTER TABLE "event" ADD COLUMN "at" date',
        'ALTER TABLE "event" RENAME COLUMN "at" TO "day"',
      ],
    },
  ],
};
