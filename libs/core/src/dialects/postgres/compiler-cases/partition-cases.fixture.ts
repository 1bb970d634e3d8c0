import type { CasesOf } from './compiler-case.fixture.js';
import { account, lines, named } from './compiler-case.fixture.js';

const TABLE = 'create table account (id integer primary key, email text, owner name)';
const POLICY = `${TABLE}; create policy own on account using (true) with check (true)`;
const PARTED = 'create table event (id integer, at date) partition by range (at)';
const bounds = { from: ["'2026-01-01'", 'MINVALUE'], to: ["'2027-01-01'", 'MAXVALUE'] };
const year = { from: ["'2026-01-01'"], to: ["'2027-01-01'"] };

/** Policies, partitions and batches. */
export const PARTITION_CASES: CasesOf<
  | 'attachIndex'
  | 'setRowSecurity'
  | 'createPolicy'
  | 'dropPolicy'
  | 'renamePolicy'
  | 'alterPolicy'
  | 'createPartition'
  | 'dropPartition'
  | 'attachPartition'
  | 'detachPartition'
  | 'batchAlterTable'
> = {
  attachIndex: [
    {
      name: 'an index of another schema',
      before: `create table e (a int) partition by list (a); create schema audit;
        create table audit.p partition of e default; create index i on only e (a); create index j on audit.p (a)`,
      operation: { kind: 'attachIndex', name: named('j', 'audit'), of: named('i') },
      sql: ['ALTER INDEX "i" ATTACH PARTITION "audit"."j"'],
    },
  ],
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
