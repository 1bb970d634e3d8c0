import { once } from 'node:events';
import type { Dialect } from '../../dialects/common/dialect.js';
import { connectClient } from './database.fixture.js';
import { createMigrator } from '../create-migrator.js';

/** One replica: gets ready, waits for the starting signal on stdin, upgrades, and prints what it came to. */
async function work([dialectFile = '', url = '', rootDirectory = '']: string[]): Promise<void> {
  const exported = Object.values((await import(dialectFile)) as Record<string, Partial<Dialect>>);
  const dialect = exported.find((value) => value.session !== undefined) as Dialect | undefined;
  if (dialect === undefined) throw new Error(`${dialectFile} exports no dialect`);
  const migrator = createMigrator({
    dialect,
    connect: () => connectClient(url),
    rootDirectory,
    lockTimeoutMs: 30_000,
  });
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  const { steps, rows } = await migrator.upgrade('head');
  process.stdout.write(`${JSON.stringify({ steps: steps.length, rows })}\n`);
  process.exit(0);
}

void work(process.argv.slice(2));
