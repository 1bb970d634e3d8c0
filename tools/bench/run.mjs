// `npm run bench [-- 100 1000]`: no-op check and first apply of the synthetic schema, beside the floor (the bare
// statements over the same driver) and TypeORM's own schema builder, in one run. Ratios count, not milliseconds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import pg from 'pg';
import { createMigrator } from '@nest-alembic/core';
import { migratorOptionsFor } from '@nest-alembic/typeorm';
import { startShippedPostgres } from '../databases/shipped-postgres.mjs';
import { medianMs, ms, printTable, ratio } from './measure.mjs';
import { recordingOptions } from './record.mjs';
import { syntheticEntities } from './synthetic-entities.mjs';

const RUNS = 5;

async function main(sizes) {
  // A transaction that makes 1,000 tables needs more locks than a server has by default.
  const external = process.env.BENCH_POSTGRES_URL;
  const server = external
    ? { url: external, stop: async () => undefined }
    : await startShippedPostgres({ settings: { max_locks_per_transaction: 1024 } });
  try {
    const rows = [];
    for (const size of sizes) rows.push(...(await benchSize(server.url, size)));
    printTable(['', 'nest-alembic', 'floor', 'TypeORM', 'to floor', 'to TypeORM'], rows);
  } finally {
    await server.stop();
  }
}

async function benchSize(serverUrl, size) {
  return withDatabase(serverUrl, async (url) => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    const removeFolder = () => rmSync(folder, { recursive: true, force: true });
    process.once('exit', removeFolder);
    const source = new DataSource({
      type: 'postgres',
      url,
      entities: syntheticEntities(size),
      installExtensions: false,
    });
    const recorded = recordingOptions(migratorOptionsFor(source, { rootDirectory: folder }));
    const migrator = createMigrator(recorded.options);
    try {
      await source.initialize();
      await migrator.init();
      await migrator.revision({
        message: 'synthetic',
        autogenerate: true,
        revisionId: 'synthetic',
      });
      const apply = await benchApply({ migrator, recorded, source, url });
      const check = await benchCheck({ migrator, recorded, source, url });
      return [
        [`check, ${size} tables`, ...cells(check)],
        [`first apply, ${size} tables`, ...cells(apply)],
      ];
    } finally {
      if (source.isInitialized) await source.destroy();
      process.off('exit', removeFolder);
      removeFolder();
    }
  });
}

const cells = ({ ours, floor, typeorm }) => [
  ms(ours),
  ms(floor),
  ms(typeorm),
  ratio(ours, floor),
  ratio(ours, typeorm),
];

/** Equal model and database. Floor: the catalog queries that the check sends, sent again by the plain driver. */
async function benchCheck({ migrator, recorded, source, url }) {
  const statements = await recorded.during(async () => {
    const { upToDate, changes } = await migrator.check();
    if (!upToDate)
      throw new Error(`the check finds differences: ${changes.slice(0, 5).join('; ')}`);
  });
  const ours = await medianMs(RUNS, () => migrator.check());
  const isCatalog = ({ sql }) => /\bpg_(?:class|attribute)\b/.test(sql) && !/SAVEPOINT/.test(sql);
  const catalog = statements.filter(isCatalog);
  const floor = await medianMs(RUNS, () => replay(url, catalog));
  const typeorm = await medianMs(RUNS, () => source.driver.createSchemaBuilder().log());
  return { ours, floor, typeorm };
}

/** An empty database. Floor: the statements of the upgrade in one transaction. TypeORM: `synchronize`. */
async function benchApply({ migrator, recorded, source, url }) {
  const runs = 3;
  const empty = () => emptyDatabase(url);
  await empty();
  const statements = await recorded.during(() => migrator.upgrade('head'));
  const ddl = statements.filter(
    ({ sql }) => /^\s*(?:CREATE|ALTER|COMMENT)\b/i.test(sql) && !/alembic_version/.test(sql),
  );
  const typeorm = await medianMs(runs, () => source.synchronize(), empty);
  const floor = await medianMs(
    runs,
    () => replay(url, [{ sql: 'begin' }, ...ddl, { sql: 'commit' }]),
    empty,
  );
  const ours = await medianMs(runs, () => migrator.upgrade('head'), empty);
  return { ours, floor, typeorm };
}

async function replay(url, statements) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const { sql, parameters } of statements) await client.query(sql, parameters);
  } finally {
    await client.end();
  }
}

async function emptyDatabase(url) {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('drop schema public cascade; create schema public');
  await client.end();
}

async function withDatabase(serverUrl, work) {
  const name = `bench_${process.pid}_${Date.now()}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await replay(serverUrl, [{ sql: `create database ${name}` }]);
  try {
    return await work(url.href);
  } finally {
    await replay(serverUrl, [{ sql: `drop database ${name} with (force)` }]);
  }
}

// Ctrl+C runs what `exit` hears; the server goes with this process.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const sizes = process.argv.slice(2).map(Number);
if (sizes.some((size) => !(size > 0))) throw new Error('usage: npm run bench [-- tables …]');
await main(sizes.length > 0 ? sizes : [100, 1000]);
