import { column, keyed, named, tablesOf } from '../model-builders.js';
import { foreign, lines } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const account = keyed('account', [column('email', 'text'), column('active', 'boolean')]);

/** Cases of execute and bulkInsert. */
export const DATA_CASES: readonly SuiteCase[] = [
  {
    name: 'OP-35: insert rows',
    before: tablesOf(account),
    operations: [
      {
        kind: 'bulkInsert',
        table: named('account'),
        columns: ['id', 'email', 'active'],
        rows: [
          ['1', "'it''s'", 'true'],
          ['1 + 1', 'NULL', 'false'],
        ],
      },
    ],
    sql: {
      postgres: [
        lines(
          'INSERT INTO "account" ("id", "email", "active") VALUES',
          "(1, 'it''s', true),",
          '(1 + 1, NULL, false)',
        ),
      ],
      sqlite: [
        lines(
          'INSERT INTO "account" ("id", "email", "active") VALUES',
          `(1, 'it''s', true),`,
          '(1 + 1, NULL, false)',
        ),
      ],
      mariadb: [
        "INSERT INTO `account` (`id`, `email`, `active`) VALUES\n(1, 'it''s', true),\n(1 + 1, NULL, false)",
      ],
    },
    irreversible: 'which rows were there before is not known',
    rows: {
      insert: 'SELECT 1',
      query: 'SELECT * FROM account ORDER BY id',
      found: [
        { id: 1, email: "it's", active: true },
        { id: 2, email: null, active: false },
      ],
    },
  },
  {
    name: 'OP-37: run a statement with parameters, which are literals in a script',
    before: tablesOf(account),
    operations: [
      {
        kind: 'execute',
        sql: 'INSERT INTO account VALUES (:id, :email, :active)',
        parameters: { id: -1, email: "it's :id $1", active: true },
      },
    ],
    sql: {
      postgres: [`INSERT INTO account VALUES ((-1), 'it''s :id $1', true)`],
      sqlite: [`INSERT INTO account VALUES ((-1), 'it''s :id $1', 1)`],
      mariadb: ["INSERT INTO account VALUES ((-1), 'it''s :id $1', true)"],
    },
    irreversible: 'what SQL of the user does is not known',
    rows: {
      insert: 'SELECT 1',
      query: 'SELECT * FROM account',
      found: [{ id: -1, email: "it's :id $1", active: true }],
    },
  },
  {
    name: 'B084, B085: run statements as they are written',
    before: tablesOf(account),
    operations: [
      {
        kind: 'execute',
        sql: `INSERT INTO account (id, email) VALUES (1, ';'); -- one; two\nDO $body$ BEGIN UPDATE account SET email = email || '$$'; END $body$;`,
      },
    ],
    sql: {
      postgres: [
        "INSERT INTO account (id, email) VALUES (1, ';')",
        lines(
          '-- one; two',
          "DO $body$ BEGIN UPDATE account SET email = email || '$$'; END $body$",
        ),
      ],
      sqlite: foreign('its blocks are those of PostgreSQL'),
      mariadb: foreign('its strings are those of PostgreSQL'),
    },
    irreversible: 'what SQL of the user does is not known',
    rows: {
      insert: 'SELECT 1',
      query: 'SELECT email FROM account',
      found: [{ email: ';$$' }],
    },
  },
];
