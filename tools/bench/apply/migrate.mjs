// One run of migrations in a process of its own, as an app does it when it is deployed: connect, find and load the
// migrations, run them. Tells on stdout what that needed: `{ wall, cpu }` in milliseconds, without starting Node.
import { DataSource } from 'typeorm';
import { createMigrator } from '@nest-alembic/core';
import { migratorOptionsFor } from '@nest-alembic/typeorm';

const RUNS = {
  'nest-alembic': (source, { folder, transactionPerRevision }) =>
    createMigrator({
      ...migratorOptionsFor(source, { rootDirectory: folder }),
      transactionPerRevision,
    }).upgrade('head'),
  typeorm: (source, { transaction }) => source.runMigrations({ transaction }),
};

const job = JSON.parse(process.argv[2]);
const migrations = job.migrations ? [job.migrations] : [];
const started = performance.now();
const before = process.cpuUsage();
const options = { type: 'postgres', url: job.url, migrations, installExtensions: false };
const source = await new DataSource(options).initialize();
await RUNS[job.tool](source, job);
const wall = performance.now() - started;
const { user, system } = process.cpuUsage(before);
await source.destroy();
console.log(JSON.stringify({ wall, cpu: (user + system) / 1000 }));
