// `npm run bench:apply [-- tables revisions]`: what applying costs beside the floor, as ratios in one run: an initial revision
// beside `psql -1 -f` with the same DDL, one-column revisions beside TypeORM's two ways, and round trips where each
// takes 10 ms longer.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import pg from 'pg';
import { createMigrator } from '@nest-alembic/core';
import { migratorOptionsFor } from '@nest-alembic/typeorm';
import { startShippedPostgres } from '../databases/shipped-postgres.mjs';
import { writeColumnRevisions, writeTypeormMigrations } from './apply/columns.mjs';
import { startSlowProxy } from './apply/slow-proxy.mjs';
import { medianMs, ms, printTable, ratio } from './measure.mjs';
import { recordingOptions } from './record.mjs';
import { syntheticEntities } from './synthetic-entities.mjs';

const RUNS = 3;
const ADDED_MS = 10;

async function main(tables, revisions) {
  const external = process.env.BENCH_POSTGRES_URL;
  // A transaction that makes 1,000 tables needs more locks than a server has by default.
  const server = external
    ? { url: external, stop: async () => undefined }
    : await startShippedPostgres({ settings: { max_locks_per_transaction: 1024 } });
  try {
    await inDatabase(server.url, (place) => benchInitial(place, tables));
    await inDatabase(server.url, (place) => benchRevisions(place, revisions));
    await inDatabase(server.url, benchLatency);
  } finally {
    await server.stop();
  }
}

/** One revision that makes the synthetic schema, beside the same DDL by psql. */
async function benchInitial({ url, folder }, tables) {
  const source = new DataSource({
    type: 'postgres',
    url,
    entities: syntheticEntities(tables),
    installExtensions: false,
  });
  const recorded = recordingOptions(migratorOptionsFor(source, { rootDirectory: folder }));
  const migrator = createMigrator(recorded.options);
  await source.initialize();
  try {
    await migrator.init();
    await migrator.revision({ message: 'initial', autogenerate: true, revisionId: 'initial' });
    const { sql } = await migrator.upgrade('head', { sql: true });
    const file = join(folder, 'initial.sql');
    writeFileSync(file, withoutTransactions(sql));
    const empty = () => emptyDatabase(url);
    await empty();
    await migrator.upgrade('head');
    const floor = await medianMs(RUNS, async () => psql(url, file), empty);
    const ours = await medianMs(RUNS, () => migrator.upgrade('head'), empty);
    printTable(
      ['initial revision', 'nest-alembic', 'psql -1 -f', 'ratio'],
      [[`${tables} tables`, ms(ours), ms(floor), ratio(ours, floor)]],
    );
  } finally {
    await source.destroy();
  }
}

/** psql -1 brings its own. */
const withoutTransactions = (sql) => sql.replace(/^(BEGIN|COMMIT);$/gm, '');

function psql(url, file) {
  const args = ['-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', '-f', file, url];
  const { status, stderr, error } = spawnSync('psql', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`psql failed: ${error?.message ?? stderr}`);
}

/** Many small revisions, each or all in a transaction, beside TypeORM in the same two ways. */
async function benchRevisions({ url, folder }, count) {
  writeColumnRevisions(folder, count);
  const migrations = [writeTypeormMigrations(folder, count)];
  const source = new DataSource({ type: 'postgres', url, migrations, installExtensions: false });
  await source.initialize();
  const empty = () => emptyDatabase(url);
  const upgrade = (transactionPerRevision) => () =>
    createMigrator({
      ...migratorOptionsFor(source, { rootDirectory: folder }),
      transactionPerRevision,
    }).upgrade('head');
  const typeorm = (transaction) => () => source.runMigrations({ transaction });
  try {
    const rows = [];
    for (const [name, perRevision, mode] of [
      ['each in its transaction', true, 'each'],
      ['all in one', false, 'all'],
    ]) {
      const theirs = await medianMs(RUNS, typeorm(mode), empty);
      const ours = await medianMs(RUNS, upgrade(perRevision), empty);
      rows.push([name, ms(ours), ms(theirs), ratio(ours, theirs)]);
    }
    console.log();
    printTable([`${count} revisions of one column`, 'nest-alembic', 'TypeORM', 'ratio'], rows);
  } finally {
    await source.destroy();
  }
}

/** Over a proxy that adds to each round trip: the time beyond that without it, in round trips. */
async function benchLatency({ url, folder }) {
  writeColumnRevisions(folder, 20);
  const target = new URL(url);
  const proxy = await startSlowProxy({
    host: target.hostname,
    port: Number(target.port || 5432),
    roundTripMs: ADDED_MS,
  });
  const slow = new URL(url);
  slow.host = `127.0.0.1:${proxy.port}`;
  try {
    const near = await latencies(url, folder);
    await emptyDatabase(url);
    const far = await latencies(slow.href, folder);
    const added = far[ONE_TRIP] - near[ONE_TRIP];
    console.log();
    printTable(
      [`with ${ADDED_MS} ms for each round trip`, 'near', 'far', 'round trips'],
      Object.keys(far).map((name) => [
        name,
        ms(near[name]),
        ms(far[name]),
        ((far[name] - near[name]) / added).toFixed(1),
      ]),
    );
  } finally {
    proxy.close();
  }
}

async function latencies(url, folder) {
  const source = new DataSource({ type: 'postgres', url, installExtensions: false });
  await source.initialize();
  const migrator = createMigrator(migratorOptionsFor(source, { rootDirectory: folder }));
  try {
    await migrator.upgrade('+1');
    // A run ends its session; the pool is to have one again, as after DataSource.initialize().
    const connected = () => source.query('SELECT 1');
    return {
      [ONE_TRIP]: await medianMs(9, connected, connected),
      'upgrade, one revision with one statement': await medianMs(
        9,
        () => migrator.upgrade('+1'),
        connected,
      ),
      'upgrade at head': await medianMs(9, () => migrator.upgrade(AT_HEAD), connected),
    };
  } finally {
    await source.destroy();
  }
}

/** What one round trip takes through the proxy, whose timers add to what was asked for. */
const ONE_TRIP = 'SELECT 1';

/** Where nine single steps after the first one have brought the database. */
const AT_HEAD = 'r00009';

async function emptyDatabase(url) {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('drop schema public cascade; create schema public');
  await client.end();
}

async function inDatabase(serverUrl, work) {
  const name = `bench_${process.pid}_${Date.now()}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const folder = mkdtempSync(join(tmpdir(), 'bench-apply-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  await onServer(serverUrl, `create database ${name}`);
  try {
    await work({ url: url.href, folder });
  } finally {
    await onServer(serverUrl, `drop database ${name} with (force)`);
    process.off('exit', removeFolder);
    removeFolder();
  }
}

async function onServer(url, sql) {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}

// Ctrl+C runs what `exit` hears; the server goes with this process.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const sizes = process.argv.slice(2).map(Number);
if (sizes.some((size) => !(size > 0)))
  throw new Error('usage: npm run bench:apply [-- tables revisions]');
const [tables = 1_000, revisions = 1_000] = sizes;
await main(tables, revisions);
