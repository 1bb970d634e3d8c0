import type { Index, Partition, Table } from '@nest-alembic/core';
import { column, named, required, schemaOf, table } from '../model-builders.js';
import { lines, notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const columns = [required('id', 'integer'), column('at', 'date'), column('kind', 'text')];
const event: Table = table('event', columns, {
  partitionBy: { strategy: 'range', elements: [{ column: 'at' }, { column: 'id' }] },
});
const byKind: Table = table('event', columns, {
  partitionBy: { strategy: 'list', elements: [{ expression: 'lower(kind)', collation: 'C' }] },
});
const of = named('event');
const year: Partition = {
  ...named('event 2026'),
  of,
  bounds: { from: [`'2026-01-01'`, 'MINVALUE'], to: [`'2027-01-01'`, 'MINVALUE'] },
};
const rest: Partition = { ...named('rest'), of, bounds: { default: true } };
const hashed: Partition = {
  ...rest,
  partitionBy: { strategy: 'hash', elements: [{ column: 'id' }] },
};
const slice = (remainder: number): Partition => ({
  ...named(`rest_${remainder}`, 'audit'),
  of: named('rest'),
  bounds: { modulus: 2, remainder },
});
const alone: Table = table('event 2026', columns);
const byAt: Index = { name: 'it\'s "at" $$ ;', elements: [{ column: 'at' }], unique: false };
const known = { checks: [{ name: 'ck_kind', expression: `kind = 'a'::text` }] };
const kinds: Table = table('event', [required('kind', 'text')], {
  partitionBy: { strategy: 'list', elements: [{ column: 'kind' }] },
  ...known,
});
const onlyA: Partition = { ...named('only_a'), of, bounds: { in: [`'a'`] } };
const createEvent = (by: string): string =>
  lines(
    'CREATE TABLE "event" (',
    '  "id" integer NOT NULL,',
    '  "at" date,',
    '  "kind" text',
    `) PARTITION BY ${by}`,
  );

/** Cases of partitions. */
export const PARTITION_CASES: readonly SuiteCase[] = [
  {
    name: 'create a table by range, with partitions that are divided again',
    needs: ['partitions', 'schemas'],
    before: schemaOf({ schemas: ['audit'] }),
    operations: [
      { kind: 'createTable', table: event },
      { kind: 'createPartition', partition: year },
      { kind: 'createPartition', partition: hashed },
      { kind: 'createPartition', partition: slice(0), ifNotExists: true },
    ],
    sql: {
      postgres: [
        createEvent('RANGE ("at", "id")'),
        `CREATE TABLE "event 2026" PARTITION OF "event" FOR VALUES FROM ('2026-01-01', MINVALUE) TO ('2027-01-01', MINVALUE)`,
        'CREATE TABLE "rest" PARTITION OF "event" DEFAULT PARTITION BY HASH ("id")',
        'CREATE TABLE IF NOT EXISTS "audit"."rest_0" PARTITION OF "rest" FOR VALUES WITH (MODULUS 2, REMAINDER 0)',
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'B077: create a table by list of an expression',
    needs: ['partitions'],
    operations: [
      { kind: 'createTable', table: byKind },
      {
        kind: 'createPartition',
        partition: { ...named('odd'), of, bounds: { in: [`'it''s, (odd)'`, 'NULL'] } },
      },
    ],
    sql: {
      postgres: [
        createEvent('LIST ((lower(kind)) COLLATE "C")'),
        `CREATE TABLE "odd" PARTITION OF "event" FOR VALUES IN ('it''s, (odd)', NULL)`,
      ],
      sqlite: notSupported('this database has no partitioned tables'),
      mariadb: notSupported('this database has no partitioned tables'),
    },
  },
  {
    name: 'drop a partition',
    needs: ['partitions'],
    before: schemaOf({ tables: [event], partitions: [year, rest] }),
    operations: [
      { kind: 'dropPartition', name: named('event 2026'), dropped: year, ifExists: true },
    ],
    sql: {
      postgres: ['DROP TABLE IF EXISTS "event 2026"'],
      sqlite: notSupported('this database has no partitioned tables'),
      mariadb: notSupported('this database has no partitioned tables'),
    },
  },
  {
    name: 'attach a table as a partition, with its rows',
    needs: ['partitions'],
    before: schemaOf({ tables: [event, alone] }),
    operations: [{ kind: 'attachPartition', name: named('event 2026'), of, bounds: year.bounds }],
    rows: {
      insert: `INSERT INTO "event 2026" VALUES (1, '2026-05-05')`,
      query: 'SELECT id FROM event',
      found: [{ id: 1 }],
    },
    sql: {
      postgres: [
        `ALTER TABLE "event" ATTACH PARTITION "event 2026" FOR VALUES FROM ('2026-01-01', MINVALUE) TO ('2027-01-01', MINVALUE)`,
      ],
      sqlite: notSupported('this database has no partitioned tables'),
      mariadb: notSupported('this database has no partitioned tables'),
    },
  },
  {
    name: 'detach a partition: it becomes a table of its own, with its rows',
    needs: ['partitions'],
    before: schemaOf({ tables: [event], partitions: [year] }),
    operations: [
      {
        kind: 'detachPartition',
        name: named('event 2026'),
        of,
        bounds: year.bounds,
        table: alone,
      },
    ],
    rows: {
      insert: `INSERT INTO event VALUES (1, '2026-05-05')`,
      query: 'SELECT id FROM "event 2026"',
      found: [{ id: 1 }],
    },
    sql: {
      postgres: ['ALTER TABLE "event" DETACH PARTITION "event 2026"'],
      sqlite: notSupported('this database has no partitioned tables'),
      mariadb: notSupported('this database has no partitioned tables'),
    },
  },
  {
    name: 'make an index of a table that is divided, partition by partition',
    needs: ['partitions'],
    irreversible:
      'an index that is attached cannot be detached: the way back drops that of the table',
    before: schemaOf({ tables: [event], partitions: [year] }),
    operations: [
      { kind: 'createIndex', table: of, index: byAt, only: true },
      {
        kind: 'createIndex',
        table: named('event 2026'),
        index: { ...byAt, name: 'event 2026_at_idx' },
        concurrently: true,
      },
      { kind: 'attachIndex', name: named('event 2026_at_idx'), of: named(byAt.name) },
    ],
    sql: {
      postgres: [
        `CREATE INDEX "it's ""at"" $$ ;" ON ONLY "event" ("at")`,
        'CREATE INDEX CONCURRENTLY "event 2026_at_idx" ON "event 2026" ("at")',
        `ALTER INDEX "it's ""at"" $$ ;" ATTACH PARTITION "event 2026_at_idx"`,
      ],
      sqlite: notSupported('this database has no partitioned tables'),
      mariadb: notSupported('this database has no partitioned tables'),
    },
  },
  {
    name: 'make an index of a table that is divided and has no partition yet',
    needs: ['partitions'],
    before: schemaOf({ tables: [event] }),
    operations: [{ kind: 'createIndex', table: of, index: { ...byAt, unique: false }, only: true }],
    sql: {
      postgres: [`CREATE INDEX "it's ""at"" $$ ;" ON ONLY "event" ("at")`],
      sqlite: notSupported('this database has no partitioned tables'),
      mariadb: notSupported('this database has no partitioned tables'),
    },
  },
  {
    // Where no check says so already, the server writes the bounds down as a check of the table.
    name: 'detach a partition while others read the table',
    needs: ['partitions'],
    since: { postgres: 14 },
    before: schemaOf({ tables: [kinds], partitions: [onlyA] }),
    operations: [
      {
        kind: 'detachPartition',
        name: named('only_a'),
        of,
        bounds: onlyA.bounds,
        table: table('only_a', [required('kind', 'text')], known),
        concurrently: true,
      },
    ],
    sql: {
      postgres: ['ALTER TABLE "event" DETACH PARTITION "only_a" CONCURRENTLY'],
      sqlite: notSupported('this database has no partitioned tables'),
      mariadb: notSupported('this database has no partitioned tables'),
    },
  },
];
