// The comparison alone, in a process of its own, once the model stands: the queries of the catalog, the server's spelling, the
// difference. Or its floor, the same catalog queries alone. Tells on stdout what that needed; the comparison leaves what it sent.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { createMigrator } from '@nest-alembic/core';
import { migratorOptionsFor } from '@nest-alembic/typeorm';
import { dataSourceOptions, driverOf } from '../data-source-options.mjs';
import { recordingOptions } from '../record.mjs';
import { syntheticEntities } from '../synthetic-entities.mjs';
import { catalogQueriesIn, readCatalog } from './catalog-alone.mjs';

const [program, url, folder, tables, queriesFile] = process.argv.slice(2);

/** By then the threads of the compiler are at rest. */
const SETTLED_MS = 200;

/** `measured(work)`: what work needs, in milliseconds. */
async function measured(work) {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - started, cpu: (user + system) / 1000 };
}

const RUNS = {
  compare: async () => {
    const entities = syntheticEntities(Number(tables), driverOf(url));
    const source = new DataSource({ ...dataSourceOptions(url), entities });
    await source.initialize();
    const options = migratorOptionsFor(source, { rootDirectory: folder });
    const model = await options.targetSchema();
    const { options: recorded, during } = recordingOptions({
      ...options,
      targetSchema: () => model,
    });
    const migrator = createMigrator(recorded);
    // What the compiler still has to do for the code that made the model is not the comparison's.
    await setTimeout(SETTLED_MS);
    let needed;
    const sent = await during(async () => {
      needed = await measured(async () => {
        const { upToDate, changes } = await migrator.check();
        if (!upToDate) throw new Error(`the check finds ${changes.slice(0, 5).join('; ')}`);
      });
    });
    writeFileSync(queriesFile, JSON.stringify(catalogQueriesIn(sent, url)));
    await source.destroy();
    return needed;
  },
  floor: async () => {
    const catalog = JSON.parse(readFileSync(queriesFile, 'utf8'));
    return measured(() => readCatalog(url, catalog));
  },
};

console.log(JSON.stringify(await RUNS[program]()));
