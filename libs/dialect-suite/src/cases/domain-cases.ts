import type { Domain } from '@nest-alembic/core';
import { column, keyed, named, schemaOf } from '../model-builders.js';
import { notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const hasAt = { name: 'has @', expression: `VALUE ~~ '%@%'::text` };
const notEmpty = { name: 'not_empty', expression: `VALUE <> ''::text` };
const mail: Domain = { ...named('mail'), type: 'text', checks: [hasAt] };
const loose: Domain = { ...mail, checks: [{ ...hasAt, notValid: true }] };
const account = keyed('account', [column('address', 'mail'), column('others', 'mail[]')]);
const used = keyed('account', [column('address', 'mail')]);
const withMail = schemaOf({ domains: [mail], tables: [used] });

/** Cases of domains. */
export const DOMAIN_CASES: readonly SuiteCase[] = [
  {
    name: 'B053, B077: create a domain with all that it can have, under a name that needs quoting',
    needs: ['domains', 'schemas'],
    before: schemaOf({ schemas: ['audit'] }),
    operations: [
      {
        kind: 'createDomain',
        domain: {
          ...named('Mail "address"', 'audit'),
          type: 'character varying(80)',
          collation: 'C',
          default: `'it''s @'::character varying`,
          notNull: true,
          checks: [{ name: 'has @', expression: `(VALUE)::text ~~ '%@%'::text` }],
          comment: `where it's sent to`,
        },
      },
    ],
    sql: {
      postgres: [
        `CREATE DOMAIN "audit"."Mail ""address""" AS character varying(80) COLLATE "C" DEFAULT 'it''s @'::character varying NOT NULL CONSTRAINT "has @" CHECK ((VALUE)::text ~~ '%@%'::text)`,
        `COMMENT ON DOMAIN "audit"."Mail ""address""" IS 'where it''s sent to'`,
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'create a domain and a table that uses it',
    needs: ['domains'],
    operations: [
      { kind: 'createDomain', domain: mail },
      { kind: 'createTable', table: account },
    ],
    sql: {
      postgres: [
        `CREATE DOMAIN "mail" AS text CONSTRAINT "has @" CHECK (VALUE ~~ '%@%'::text)`,
        [
          'CREATE TABLE "account" (',
          '  "id" integer NOT NULL,',
          '  "address" mail,',
          '  "others" mail[],',
          '  CONSTRAINT "account_pkey" PRIMARY KEY ("id")',
          ')',
        ].join('\n'),
      ],
      sqlite: notSupported('this database has no domains'),
      mariadb: notSupported('this database has no domains'),
    },
  },
  {
    name: 'drop a domain',
    needs: ['domains'],
    before: schemaOf({ domains: [mail] }),
    operations: [{ kind: 'dropDomain', name: named('mail'), dropped: mail, ifExists: true }],
    sql: {
      postgres: ['DROP DOMAIN IF EXISTS "mail"'],
      sqlite: notSupported('this database has no domains'),
      mariadb: notSupported('this database has no domains'),
    },
  },
  {
    name: 'change default and NOT NULL of a domain',
    needs: ['domains'],
    before: withMail,
    operations: [
      {
        kind: 'alterDomain',
        name: named('mail'),
        change: {
          type: 'attributes',
          from: { default: null, notNull: false },
          to: { default: `'a@b'::text`, notNull: true },
        },
      },
    ],
    sql: {
      postgres: [`ALTER DOMAIN "mail" SET DEFAULT 'a@b'::text`, 'ALTER DOMAIN "mail" SET NOT NULL'],
      sqlite: notSupported('this database has no domains'),
      mariadb: notSupported('this database has no domains'),
    },
  },
  {
    name: 'take default and NOT NULL from a domain',
    needs: ['domains'],
    before: schemaOf({ domains: [{ ...mail, default: `'a@b'::text`, notNull: true }] }),
    operations: [
      {
        kind: 'alterDomain',
        name: named('mail'),
        change: {
          type: 'attributes',
          from: { default: `'a@b'::text`, notNull: true },
          to: { default: null, notNull: false },
        },
      },
    ],
    sql: {
      postgres: ['ALTER DOMAIN "mail" DROP DEFAULT', 'ALTER DOMAIN "mail" DROP NOT NULL'],
      sqlite: notSupported('this database has no domains'),
      mariadb: notSupported('this database has no domains'),
    },
  },
  {
    name: 'add a check to a domain without looking at the rows, and drop another',
    needs: ['domains'],
    before: withMail,
    operations: [
      {
        kind: 'alterDomain',
        name: named('mail'),
        change: { type: 'addCheck', check: { ...notEmpty, notValid: true } },
      },
      {
        kind: 'alterDomain',
        name: named('mail'),
        change: { type: 'dropCheck', name: 'has @', dropped: hasAt },
      },
    ],
    rows: {
      insert: `INSERT INTO account (id, address) VALUES (1, '@')`,
      query: 'SELECT address::text FROM account',
      found: [{ address: '@' }],
    },
    sql: {
      postgres: [
        `ALTER DOMAIN "mail" ADD CONSTRAINT "not_empty" CHECK (VALUE <> ''::text) NOT VALID`,
        'ALTER DOMAIN "mail" DROP CONSTRAINT "has @"',
      ],
      sqlite: notSupported('this database has no domains'),
      mariadb: notSupported('this database has no domains'),
    },
  },
  {
    name: 'prove a check of a domain',
    needs: ['domains'],
    before: schemaOf({ domains: [loose], tables: [used] }),
    operations: [
      {
        kind: 'alterDomain',
        name: named('mail'),
        change: { type: 'validateCheck', name: 'has @' },
      },
    ],
    irreversible: 'what is proven stays so',
    sql: {
      postgres: ['ALTER DOMAIN "mail" VALIDATE CONSTRAINT "has @"'],
      sqlite: notSupported('this database has no domains'),
      mariadb: notSupported('this database has no domains'),
    },
  },
  {
    name: 'rename a check of a domain',
    needs: ['domains'],
    before: withMail,
    operations: [
      {
        kind: 'alterDomain',
        name: named('mail'),
        change: { type: 'renameCheck', from: 'has @', to: 'Has "@"' },
      },
    ],
    sql: {
      postgres: ['ALTER DOMAIN "mail" RENAME CONSTRAINT "has @" TO "Has ""@"""'],
      sqlite: notSupported('this database has no domains'),
      mariadb: notSupported('this database has no domains'),
    },
  },
  {
    name: 'rename a domain, and move it to another schema',
    needs: ['domains', 'schemas'],
    before: schemaOf({ schemas: ['audit'], domains: [mail], tables: [account] }),
    operations: [{ kind: 'renameDomain', from: named('mail'), to: named('address', 'audit') }],
    sql: {
      postgres: [
        'ALTER DOMAIN "mail" SET SCHEMA "audit"',
        'ALTER DOMAIN "audit"."mail" RENAME TO "address"',
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
];
