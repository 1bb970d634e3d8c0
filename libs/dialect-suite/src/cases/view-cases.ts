import type { Routine } from '@nest-alembic/core';
import { column, keyed, named, schemaOf, tablesOf } from '../model-builders.js';
import { lines, notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const account = keyed('account', [column('email', 'text')]);
const plain = {
  ...named('mails'),
  definition: ' SELECT account.email\n   FROM account',
  materialized: false,
  dependsOn: [],
  indexes: [],
};
const above = {
  ...named('above'),
  definition: ' SELECT mails.email\n   FROM mails',
  materialized: false,
  dependsOn: [named('mails')],
  indexes: [],
};
const stored = {
  ...named('stored', 'audit'),
  definition: ' SELECT account.email\n   FROM account',
  materialized: true,
  dependsOn: [],
  indexes: [{ name: 'ix_stored', elements: [{ column: 'email' }], unique: true }],
};

const insertMail: Routine = {
  ...named('insert_mail'),
  type: 'function',
  arguments: '',
  definition: lines(
    'RETURNS trigger',
    ' LANGUAGE plpgsql',
    'AS $function$ BEGIN RETURN NEW; END $function$',
  ),
};

/** Cases of createView, dropView and refreshView. */
export const VIEW_CASES: readonly SuiteCase[] = [
  {
    name: 'PG-V4: create a view, and one that reads it',
    before: tablesOf(account),
    operations: [
      { kind: 'createView', view: plain },
      { kind: 'createView', view: above },
    ],
    sql: {
      postgres: [
        lines('CREATE VIEW "mails" AS', ' SELECT account.email', '   FROM account'),
        lines('CREATE VIEW "above" AS', ' SELECT mails.email', '   FROM mails'),
      ],
      sqlite: [
        lines('CREATE VIEW "mails" AS', ' SELECT account.email', '   FROM account'),
        lines('CREATE VIEW "above" AS', ' SELECT mails.email', '   FROM mails'),
      ],
      mariadb: [
        'CREATE VIEW `mails` AS\n SELECT account.email\n   FROM account',
        'CREATE VIEW `above` AS\n SELECT mails.email\n   FROM mails',
      ],
    },
  },
  {
    name: 'create a materialized view with an index in another schema',
    needs: ['schemas', 'materializedViews'],
    before: schemaOf({ schemas: ['audit'], tables: [account] }),
    operations: [{ kind: 'createView', view: stored }],
    sql: {
      postgres: [
        lines(
          'CREATE MATERIALIZED VIEW "audit"."stored" AS',
          ' SELECT account.email',
          '   FROM account',
        ),
        'CREATE UNIQUE INDEX "ix_stored" ON "audit"."stored" ("email")',
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'drop views, the upper one first',
    before: schemaOf({ tables: [account], views: [above, plain] }),
    operations: [
      { kind: 'dropView', name: named('above'), materialized: false, dropped: above },
      {
        kind: 'dropView',
        name: named('mails'),
        materialized: false,
        dropped: plain,
        ifExists: true,
      },
    ],
    sql: {
      postgres: ['DROP VIEW "above"', 'DROP VIEW IF EXISTS "mails"'],
      sqlite: ['DROP VIEW "above"', 'DROP VIEW IF EXISTS "mails"'],
      mariadb: ['DROP VIEW `above`', 'DROP VIEW IF EXISTS `mails`'],
    },
  },
  {
    name: 'drop a materialized view',
    needs: ['schemas', 'materializedViews'],
    before: schemaOf({ schemas: ['audit'], tables: [account], views: [stored] }),
    operations: [
      { kind: 'dropView', name: named('stored', 'audit'), materialized: true, dropped: stored },
    ],
    sql: {
      postgres: ['DROP MATERIALIZED VIEW "audit"."stored"'],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'PG-M11: another query under the same name',
    before: schemaOf({ tables: [account], views: [plain] }),
    operations: [
      { kind: 'dropView', name: named('mails'), materialized: false, dropped: plain },
      {
        kind: 'createView',
        view: { ...plain, definition: ' SELECT account.id\n   FROM account' },
      },
    ],
    sql: {
      postgres: [
        'DROP VIEW "mails"',
        lines('CREATE VIEW "mails" AS', ' SELECT account.id', '   FROM account'),
      ],
      sqlite: [
        'DROP VIEW "mails"',
        lines('CREATE VIEW "mails" AS', ' SELECT account.id', '   FROM account'),
      ],
      mariadb: ['DROP VIEW `mails`', 'CREATE VIEW `mails` AS\n SELECT account.id\n   FROM account'],
    },
  },
  {
    name: 'B053: create a view with names of columns, a check option and a barrier',
    before: tablesOf(account),
    operations: [
      {
        kind: 'createView',
        view: {
          ...named('Mail "list"'),
          definition: ' SELECT account.id AS "Who?",\n    account.email AS mail\n   FROM account',
          columns: ['Who?', 'mail'],
          securityBarrier: true,
          checkOption: 'cascaded',
          comment: `it's`,
          materialized: false,
          dependsOn: [],
          indexes: [],
        },
      },
    ],
    sql: {
      postgres: [
        lines(
          'CREATE VIEW "Mail ""list""" ("Who?", "mail") WITH (security_barrier=true, check_option=cascaded) AS',
          ' SELECT account.id AS "Who?",',
          '    account.email AS mail',
          '   FROM account',
        ),
        `COMMENT ON VIEW "Mail ""list""" IS 'it''s'`,
      ],
      sqlite: notSupported(
        'view "Mail "list"" cannot be made with securityBarrier on this database',
      ),
      mariadb: notSupported('view "Mail "list"" cannot be made with securityBarrier here'),
    },
  },
  {
    name: 'create a view with the rights of who reads it',
    since: { postgres: 15 },
    before: tablesOf(account),
    operations: [{ kind: 'createView', view: { ...plain, securityInvoker: true } }],
    sql: {
      postgres: [
        lines(
          'CREATE VIEW "mails" WITH (security_invoker=true) AS',
          ' SELECT account.email',
          '   FROM account',
        ),
      ],
      sqlite: notSupported('view "mails" cannot be made with securityInvoker on this database'),
      mariadb: [
        'CREATE SQL SECURITY INVOKER VIEW `mails` AS\n SELECT account.email\n   FROM account',
      ],
    },
  },
  {
    name: 'replace a view, with the previous one for the way back',
    before: schemaOf({ tables: [account], views: [plain] }),
    operations: [
      {
        kind: 'createView',
        view: { ...plain, definition: `${plain.definition}\n  WHERE account.id > 0` },
        replaces: plain,
      },
    ],
    sql: {
      postgres: [
        lines(
          'CREATE OR REPLACE VIEW "mails" AS',
          ' SELECT account.email',
          '   FROM account',
          '  WHERE account.id > 0',
        ),
      ],
      sqlite: notSupported('view "mails" cannot be made with replaces on this database'),
      mariadb: [
        'CREATE OR REPLACE VIEW `mails` AS\n SELECT account.email\n   FROM account\n  WHERE account.id > 0',
      ],
    },
  },
  {
    name: 'create or replace a view, whatever is there',
    before: schemaOf({ tables: [account], views: [plain] }),
    operations: [
      {
        kind: 'createView',
        view: { ...plain, definition: `${plain.definition}\n  WHERE account.id > 1` },
        orReplace: true,
      },
    ],
    irreversible: 'what was there before is not known',
    sql: {
      postgres: [
        lines(
          'CREATE OR REPLACE VIEW "mails" AS',
          ' SELECT account.email',
          '   FROM account',
          '  WHERE account.id > 1',
        ),
      ],
      sqlite: notSupported('view "mails" cannot be made with orReplace on this database'),
      mariadb: [
        'CREATE OR REPLACE VIEW `mails` AS\n SELECT account.email\n   FROM account\n  WHERE account.id > 1',
      ],
    },
  },
  {
    name: 'create a materialized view without data, and fill it',
    needs: ['materializedViews', 'schemas'],
    before: schemaOf({ schemas: ['audit'], tables: [account] }),
    operations: [
      { kind: 'createView', view: { ...stored, storage: ['fillfactor=70'], withNoData: true } },
      { kind: 'refreshView', name: named('stored', 'audit'), wasEmpty: true },
      { kind: 'refreshView', name: named('stored', 'audit'), concurrently: true },
    ],
    sql: {
      postgres: [
        lines(
          'CREATE MATERIALIZED VIEW "audit"."stored" WITH (fillfactor=70) AS',
          ' SELECT account.email',
          '   FROM account',
          'WITH NO DATA',
        ),
        'CREATE UNIQUE INDEX "ix_stored" ON "audit"."stored" ("email")',
        'REFRESH MATERIALIZED VIEW "audit"."stored"',
        'REFRESH MATERIALIZED VIEW CONCURRENTLY "audit"."stored"',
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'empty a materialized view',
    needs: ['materializedViews', 'schemas'],
    unseen: 'whether a view is filled is no part of the model of entities',
    before: schemaOf({ schemas: ['audit'], tables: [account], views: [stored] }),
    operations: [{ kind: 'refreshView', name: named('stored', 'audit'), withNoData: true }],
    sql: {
      postgres: ['REFRESH MATERIALIZED VIEW "audit"."stored" WITH NO DATA'],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'a view with a trigger instead of an insert',
    needs: ['triggers'],
    before: schemaOf({ tables: [account], views: [plain], routines: [insertMail] }),
    operations: [
      {
        kind: 'createTrigger',
        table: named('mails'),
        trigger: {
          name: 'into "mails"',
          timing: 'instead of',
          events: ['insert'],
          forEach: 'row',
          execute: 'insert_mail()',
        },
      },
    ],
    sql: {
      postgres: [
        'CREATE TRIGGER "into ""mails""" INSTEAD OF INSERT ON "mails" FOR EACH ROW EXECUTE FUNCTION insert_mail()',
      ],
      sqlite: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
      mariadb: notSupported(
        'this database has no functions and procedures that a migration can make',
      ),
    },
  },
];
