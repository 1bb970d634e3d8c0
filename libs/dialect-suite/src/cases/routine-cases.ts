import type { Routine, Trigger } from '@nest-alembic/core';
import { column, keyed, named, schemaOf } from '../model-builders.js';
import { lines, notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const plain = (name: string, args: string, definition: string): Routine => ({
  ...named(name),
  type: 'function',
  arguments: args,
  definition,
});
const sum = (body: string): string =>
  lines('RETURNS integer', ' LANGUAGE sql', ` IMMUTABLE`, `AS $function$${body}$function$`);
const add = plain('add', 'a integer, b integer DEFAULT 5', sum('SELECT a + b'));
const changed = plain('add', 'a integer, b integer DEFAULT 5', sum('SELECT a + b + 1'));
const touch = plain(
  'touch',
  '',
  lines(
    'RETURNS trigger',
    ' LANGUAGE plpgsql',
    `AS $function$ BEGIN NEW.note := 'it''s; $$ new'; RETURN NEW; END $function$`,
  ),
);
const account = keyed('account', [column('note', 'text')]);
const prune: Routine = {
  ...named('Prune "all"', 'audit'),
  type: 'procedure',
  arguments: 'IN days integer',
  definition: lines(
    'LANGUAGE plpgsql',
    'AS $procedure$ BEGIN DELETE FROM account; COMMIT; END $procedure$',
  ),
};
const before: Trigger = {
  name: 'touch "it"',
  timing: 'before',
  events: ['insert', 'update'],
  columns: ['note'],
  forEach: 'row',
  when: "new.note IS DISTINCT FROM 'it''s'::text",
  execute: 'touch()',
};
const checked: Trigger = {
  name: 'checked',
  timing: 'after',
  events: ['insert', 'delete'],
  forEach: 'row',
  execute: 'touch()',
  constraint: true,
  deferrable: 'initially deferred',
};
const logged: Trigger = {
  name: 'logged',
  timing: 'after',
  events: ['update'],
  oldTable: 'was',
  newTable: 'is',
  execute: `touch('a', 'b')`,
};
const table = named('account');
const withTouch = schemaOf({ routines: [touch], tables: [account] });
const triggered = (...triggers: readonly Trigger[]) =>
  schemaOf({ routines: [touch], tables: [{ ...account, triggers }] });

const ROUTINES: readonly SuiteCase[] = [
  {
    name: 'B084: create a function, and a trigger function with dollar quotes in its text',
    needs: ['routines'],
    operations: [
      { kind: 'createRoutine', routine: add },
      { kind: 'createRoutine', routine: { ...touch, comment: `it's new` } },
    ],
    sql: {
      postgres: [
        lines('CREATE FUNCTION "add"(a integer, b integer DEFAULT 5)', add.definition),
        lines('CREATE FUNCTION "touch"()', touch.definition),
        `COMMENT ON FUNCTION "touch"() IS 'it''s new'`,
      ],
      sqlite: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
      mariadb: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
    },
  },
  {
    name: 'create a procedure in another schema',
    needs: ['routines', 'schemas'],
    before: schemaOf({ schemas: ['audit'], tables: [account] }),
    operations: [{ kind: 'createRoutine', routine: prune }],
    sql: {
      postgres: [
        lines('CREATE PROCEDURE "audit"."Prune ""all"""(IN days integer)', prune.definition),
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'replace a function, with the previous text for the way back',
    needs: ['routines'],
    before: schemaOf({ routines: [add] }),
    operations: [
      {
        kind: 'createRoutine',
        routine: changed,
        replaces: { arguments: add.arguments, definition: add.definition },
      },
    ],
    sql: {
      postgres: [
        lines(
          'CREATE OR REPLACE FUNCTION "add"(a integer, b integer DEFAULT 5)',
          changed.definition,
        ),
      ],
      sqlite: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
      mariadb: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
    },
  },
  {
    name: 'create or replace a function, whatever is there',
    needs: ['routines'],
    before: schemaOf({ routines: [add] }),
    operations: [{ kind: 'createRoutine', routine: changed, orReplace: true }],
    irreversible: 'what was there before is not known',
    sql: {
      postgres: [
        lines(
          'CREATE OR REPLACE FUNCTION "add"(a integer, b integer DEFAULT 5)',
          changed.definition,
        ),
      ],
      sqlite: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
      mariadb: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
    },
  },
  {
    name: 'drop one of two functions of a name, by its signature',
    needs: ['routines'],
    before: schemaOf({ routines: [add, plain('add', 'a text', sum('SELECT 1'))] }),
    operations: [
      {
        kind: 'dropRoutine',
        type: 'function',
        name: named('add'),
        arguments: 'a integer, b integer',
        dropped: add,
      },
    ],
    sql: {
      postgres: ['DROP FUNCTION "add"(a integer, b integer)'],
      sqlite: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
      mariadb: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
    },
  },
  {
    name: 'drop a procedure by the types of its arguments',
    needs: ['routines', 'schemas'],
    before: schemaOf({ schemas: ['audit'], tables: [account], routines: [prune] }),
    operations: [
      {
        kind: 'dropRoutine',
        type: 'procedure',
        name: named('Prune "all"', 'audit'),
        arguments: 'integer',
        dropped: prune,
        ifExists: true,
      },
    ],
    sql: {
      postgres: ['DROP PROCEDURE IF EXISTS "audit"."Prune ""all"""(integer)'],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'rename a function, and move it to another schema',
    needs: ['routines', 'schemas'],
    before: schemaOf({ schemas: ['audit'], routines: [add] }),
    operations: [
      {
        kind: 'renameRoutine',
        type: 'function',
        from: named('add'),
        arguments: 'a integer, b integer',
        to: named('Plus', 'audit'),
      },
    ],
    sql: {
      postgres: [
        'ALTER FUNCTION "add"(a integer, b integer) SET SCHEMA "audit"',
        'ALTER FUNCTION "audit"."add"(a integer, b integer) RENAME TO "Plus"',
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
];

const CREATE_BEFORE = `CREATE TRIGGER "touch ""it""" BEFORE INSERT OR UPDATE OF "note" ON "account" FOR EACH ROW WHEN (new.note IS DISTINCT FROM 'it''s'::text) EXECUTE FUNCTION touch()`;
const CREATE_LOGGED = `CREATE TRIGGER "logged" AFTER UPDATE ON "account" REFERENCING OLD TABLE AS "was" NEW TABLE AS "is" FOR EACH STATEMENT EXECUTE FUNCTION touch('a', 'b')`;

const TRIGGERS: readonly SuiteCase[] = [
  {
    name: 'create triggers of every sort, one disabled',
    needs: ['triggers'],
    before: withTouch,
    operations: [
      { kind: 'createTrigger', table, trigger: { ...before, comment: `it's` } },
      { kind: 'createTrigger', table, trigger: checked },
      { kind: 'createTrigger', table, trigger: { ...logged, state: 'disabled' } },
    ],
    sql: {
      postgres: [
        CREATE_BEFORE,
        `COMMENT ON TRIGGER "touch ""it""" ON "account" IS 'it''s'`,
        'CREATE CONSTRAINT TRIGGER "checked" AFTER INSERT OR DELETE ON "account" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch()',
        CREATE_LOGGED,
        'ALTER TABLE "account" DISABLE TRIGGER "logged"',
      ],
      sqlite: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
      mariadb: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
    },
  },
  {
    name: 'create a table with a trigger, its function first',
    needs: ['triggers'],
    operations: [
      { kind: 'createRoutine', routine: touch },
      { kind: 'createTable', table: { ...account, triggers: [logged] } },
    ],
    sql: {
      postgres: [
        lines('CREATE FUNCTION "touch"()', touch.definition),
        lines(
          'CREATE TABLE "account" (',
          '  "id" integer NOT NULL,',
          '  "note" text,',
          '  CONSTRAINT "account_pkey" PRIMARY KEY ("id")',
          ')',
        ),
        CREATE_LOGGED,
      ],
      sqlite: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
      mariadb: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
    },
  },
  {
    name: 'replace a trigger, with the previous one for the way back',
    needs: ['triggers'],
    since: { postgres: 14 },
    before: triggered(logged),
    operations: [
      {
        kind: 'createTrigger',
        table,
        trigger: { ...logged, execute: 'touch()' },
        replaces: logged,
      },
    ],
    sql: {
      postgres: [CREATE_LOGGED.replace('CREATE', 'CREATE OR REPLACE').replace(`'a', 'b'`, '')],
      sqlite: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
      mariadb: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
    },
  },
  {
    name: 'replace a constraint trigger: it is dropped first',
    needs: ['triggers'],
    before: triggered(checked),
    operations: [
      {
        kind: 'createTrigger',
        table,
        trigger: { ...checked, deferrable: 'initially immediate' },
        replaces: checked,
      },
    ],
    sql: {
      postgres: [
        'DROP TRIGGER IF EXISTS "checked" ON "account"',
        'CREATE CONSTRAINT TRIGGER "checked" AFTER INSERT OR DELETE ON "account" DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION touch()',
      ],
      sqlite: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
      mariadb: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
    },
  },
  {
    name: 'drop a trigger',
    needs: ['triggers'],
    before: triggered(logged, before),
    operations: [
      { kind: 'dropTrigger', table, name: 'touch "it"', dropped: before, ifExists: true },
    ],
    sql: {
      postgres: ['DROP TRIGGER IF EXISTS "touch ""it""" ON "account"'],
      sqlite: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
      mariadb: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
    },
  },
  {
    name: 'give triggers other names',
    needs: ['triggers'],
    before: triggered({ ...logged, state: 'disabled', comment: 'kept' }, before),
    operations: [
      { kind: 'renameTrigger', table, from: 'logged', to: 'it\'s "x" $$ ;' },
      { kind: 'renameTrigger', table, from: 'touch "it"', to: 'logged' },
    ],
    sql: {
      postgres: [
        `ALTER TRIGGER "logged" ON "account" RENAME TO "it's ""x"" $$ ;"`,
        'ALTER TRIGGER "touch ""it""" ON "account" RENAME TO "logged"',
      ],
      sqlite: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
      mariadb: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
    },
  },
  {
    name: 'disable a trigger, and let another fire always',
    needs: ['triggers'],
    before: triggered(logged, before),
    operations: [
      { kind: 'setTriggerState', table, name: 'logged', from: 'enabled', to: 'disabled' },
      { kind: 'setTriggerState', table, name: 'touch "it"', from: 'enabled', to: 'always' },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "account" DISABLE TRIGGER "logged"',
        'ALTER TABLE "account" ENABLE ALWAYS TRIGGER "touch ""it"""',
      ],
      sqlite: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
      mariadb: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
    },
  },
  {
    name: 'drop a table with its triggers',
    needs: ['triggers'],
    before: triggered(logged),
    operations: [{ kind: 'dropTable', name: table, dropped: { ...account, triggers: [logged] } }],
    sql: {
      postgres: ['DROP TABLE "account"'],
      sqlite: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
      mariadb: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
    },
  },
];

/** Cases of functions, procedures and triggers. */
export const ROUTINE_CASES: readonly SuiteCase[] = [...ROUTINES, ...TRIGGERS];
