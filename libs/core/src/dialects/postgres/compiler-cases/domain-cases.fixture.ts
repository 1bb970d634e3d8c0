import type { CasesOf } from './compiler-case.fixture.js';
import { lines, named } from './compiler-case.fixture.js';

/** Extensions, domains and what only PostgreSQL renames. */
export const DOMAIN_CASES: CasesOf<
  | 'renameSchema'
  | 'refreshView'
  | 'createExtension'
  | 'dropExtension'
  | 'alterExtension'
  | 'createDomain'
  | 'dropDomain'
  | 'alterDomain'
  | 'renameDomain'
> = {
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
};
