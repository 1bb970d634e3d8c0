import { once } from 'node:events';
import { createMigrator } from '../../runtime/create-migrator.js';
import type { Migrator } from '../../runtime/migrator-api.js';
import { PlainSqliteConnection } from './sqlite-database.fixture.js';
import { sqliteDialect } from './sqlite-dialect.js';

/** The revisions that every run of the specs about concurrency has: each notes itself. */
export const NOTING = ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'] as const;

/** A migrator over a file with a table `probe`. @param slow the revision that takes a while, and says when it begins */
export function notingMigrator(file: string, slow?: { id: string; ms: number }): Migrator {
  return createMigrator({
    dialect: sqliteDialect,
    connect: async () => new PlainSqliteConnection(file),
    lockTimeoutMs: 30_000,
    revisions: NOTING.map((id, at) => ({
      revision: id,
      downRevision: NOTING[at - 1] ?? null,
      upgrade: async (op) => {
        await op.execute(`INSERT INTO probe VALUES ('${id}')`);
        if (slow?.id !== id) return;
        process.stdout.write('slow\n');
        await new Promise((resolve) => setTimeout(resolve, slow.ms));
      },
    })),
  });
}

/** One replica: gets ready, waits for the starting signal on stdin, upgrades, and prints what it came to. */
async function work([file = '', slow = '']: string[]): Promise<void> {
  const migrator = notingMigrator(file, slow === '' ? undefined : { id: slow, ms: 30_000 });
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  const { steps, rows } = await migrator.upgrade('head');
  process.stdout.write(`${JSON.stringify({ steps: steps.length, rows })}\n`);
  process.exit(0);
}

if (process.argv[1]?.includes('sqlite-worker.fixture')) void work(process.argv.slice(2));
