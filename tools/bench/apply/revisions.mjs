// Many small revisions, each or all in a transaction, beside TypeORM in the same two ways.
import { compared, comparedHead, inTurn, printTable } from '../measure.mjs';
import { watchServer } from '../server-cpu.mjs';
import { writeColumnRevisions, writeTypeormMigrations } from './columns.mjs';
import { applied } from './initial.mjs';
import { migrate } from './programs.mjs';

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
    const run = (job) => applied({ url, server }, () => migrate({ ...job, url }));
    const samples = await inTurn(
      ROUNDS,
      WAYS.flatMap(({ transactionPerRevision, transaction }) => [
        run({ tool: 'nest-alembic', folder, transactionPerRevision }),
        run({ tool: 'typeorm', migrations, transaction }),
      ]),
    );
    printTable(
      comparedHead(`${count} revisions of one column`, 'TypeORM'),
      WAYS.map(({ name }, way) => [name, ...compared(samples[2 * way], samples[2 * way + 1])]),
    );
  } finally {
    await server.close();
  }
}
