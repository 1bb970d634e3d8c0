// Over a proxy that adds to each round trip: the time beyond that without it, in round trips.
import { DataSource } from 'typeorm';
import { createMigrator } from '@nest-alembic/core';
import { migratorOptionsFor } from '@nest-alembic/typeorm';
import { emptyDatabase } from '../databases.mjs';
import { median, ms, printTable } from '../measure.mjs';
import { writeColumnRevisions } from './columns.mjs';
import { startSlowProxy } from './slow-proxy.mjs';

const RUNS = 9;
const ADDED_MS = 10;

/** What one round trip takes through the proxy, whose timers add to what was asked for. */
const ONE_TRIP = 'SELECT 1';

/** Where nine single steps after the first one have brought the database. */
const AT_HEAD = 'r00009';

export async function benchLatency({ url, folder }) {
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
      [ONE_TRIP]: await medianMs(connected, connected),
      'upgrade, one revision with one statement': await medianMs(
        () => migrator.upgrade('+1'),
        connected,
      ),
      'upgrade at head': await medianMs(() => migrator.upgrade(AT_HEAD), connected),
    };
  } finally {
    await source.destroy();
  }
}

async function medianMs(work, before) {
  const taken = [];
  for (let run = 0; run < RUNS; run++) {
    await before();
    const started = performance.now();
    await work();
    taken.push(performance.now() - started);
  }
  return median(taken);
}
