// Many small revisions, each or all in a transaction, beside TypeORM in the same two ways, and beside the driver alone.
import { compared, comparedHead, inTurn, printTable } from '../measure.mjs';
import { watchServer } from '../server-cpu.mjs';
import { writeColumnRevisions, writeTypeormMigrations } from './columns.mjs';
import { applied } from './initial.mjs';
import { columnsByDriver, migrate } from './programs.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);

const WAYS = [
  { name: 'each in its transaction', transactionPerRevision: true, transaction: 'each' },
  { name: 'all in one', transactionPerRevision: false, transaction: 'all' },
];

export async function benchRevisions({ url, folder }, count) {
  writeColumnRevisions(folder, count);
  const migrations = writeTypeormMigrations(folder, count);
  const server = await watchServer(url);
  try {
    const run = (work) => applied({ url, server }, work);
    const samples = await inTurn(
      ROUNDS,
      WAYS.flatMap(({ transactionPerRevision, transaction }) => [
        run(() => migrate({ tool: 'nest-alembic', url, folder, transactionPerRevision })),
        run(() => migrate({ tool: 'typeorm', url, migrations, transaction })),
        run(() => columnsByDriver({ url, count, transaction })),
      ]),
    );
    for (const [other, name] of ['TypeORM', 'the driver alone'].entries())
      printTable(
        comparedHead(`${count} revisions of one column`, name),
        WAYS.map((way, at) => [
          way.name,
          ...compared(samples[3 * at], samples[3 * at + 1 + other]),
        ]),
      );
  } finally {
    await server.close();
  }
}
