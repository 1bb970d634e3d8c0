import type { CasesOf, CompilerCase } from './compiler-case.fixture.js';
import { account, lines, named } from './compiler-case.fixture.js';

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
const add = {
  ...named('add'),
  type: 'function',
  arguments: "a integer, b integer DEFAULT length('x, y')",
  definition: 'RETURNS integer LANGUAGE sql AS $$SELECT a + b$$',
} as const;
const ADD = `create function add(a integer, b integer default length('x, y')) returns integer language sql as 'select 1'`;

/** Functions and triggers. */
export const ROUTINE_CASES: CasesOf<
  | 'createRoutine'
  | 'dropRoutine'
  | 'renameRoutine'
  | 'createTrigger'
  | 'dropTrigger'
  | 'renameTrigger'
  | 'setTriggerState'
> = {
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
};
