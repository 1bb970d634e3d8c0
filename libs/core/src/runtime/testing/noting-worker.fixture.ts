import { once } from 'node:events';
import type { Connection } from '../../dialects/common/connection.js';
import type { Dialect } from '../../dialects/common/dialect.js';
import type { Operations } from '../../operations/operations-api.js';
import { createMigrator } from '../create-migrator.js';
import type { Migrator } from '../migrator-api.js';

/** The revisions of specs about concurrency: each notes itself in a table `probe`. */
export const NOTING = ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'] as const;

/** A database with a table `probe`. */
export interface NotingPlace {
  readonly dialect: Dialect;
  connect(): Promise<Connection>;
}

/** A migrator with {@link NOTING}. @param slow the revision that takes a while, and says when it begins */
export function notingMigrator(
  { dialect, connect }: NotingPlace,
  slow?: { readonly id: string; readonly ms: number },
): Migrator {
  return createMigrator({
    dialect,
    connect,
    lockTimeoutMs: 30_000,
    revisions: NOTING.map((id, at) => ({
      revision: id,
      downRevision: NOTING[at - 1] ?? null,
      upgrade: async (op: Operations) => {
        await op.execute(`INSERT INTO probe VALUES ('${id}')`);
        if (slow?.id !== id) return;
        process.stdout.write('slow\n');
        await new Promise((resolve) => setTimeout(resolve, slow.ms));
      },
    })),
  });
}

/** One replica: gets ready, waits for the starting signal on stdin, upgrades, and prints what it came to. */
async function work([placeFile = '', file = '', slow = '']: string[]): Promise<void> {
  const { placeAt } = (await import(placeFile)) as { placeAt: (file: string) => NotingPlace };
  const migrator = notingMigrator(
    placeAt(file),
    slow === '' ? undefined : { id: slow, ms: 30_000 },
  );
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  const { steps, rows } = await migrator.upgrade('head');
  process.stdout.write(`${JSON.stringify({ steps: steps.length, rows })}\n`);
  process.exit(0);
}

if (process.argv[1]?.includes('noting-worker.fixture')) void work(process.argv.slice(2));
