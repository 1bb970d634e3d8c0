// One revision that makes the synthetic schema, beside the same DDL by psql.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyDatabase } from '../databases.mjs';
import { writeInitial } from '../initial-revision.mjs';
import { compared, comparedHead, inTurn, printTable } from '../measure.mjs';
import { watchServer } from '../server-cpu.mjs';
import { migrate, psql } from './programs.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

export async function benchInitial({ url, folder }, tables) {
  const file = await writeBoth({ url, folder }, tables);
  const server = await watchServer(url);
  try {
    const onEmpty = (work) => applied({ url, server }, work);
    const [ours, floor] = await inTurn(ROUNDS, [
      onEmpty(() => migrate({ tool: 'nest-alembic', url, folder, transactionPerRevision: true })),
      onEmpty(() => psql(url, file)),
    ]);
    printTable(comparedHead('initial revision', 'psql -1 -f'), [
      [`${tables} tables`, ...compared(ours, floor)],
    ]);
  } finally {
    await server.close();
  }
}

/** A job of `inTurn` on an empty database, with the processor time of the program and of the server. */
export function applied({ url, server }, work) {
  return async () => {
    await emptyDatabase(url);
    let own;
    const cpu = await server.cpuOf(async () => (own = await work()));
    return { wall: own.wall, cpu: own.cpu + cpu };
  };
}

/** Writes the revision. @returns the file with its DDL, for psql */
async function writeBoth(place, tables) {
  const { migrator, close } = await writeInitial(place, tables);
  try {
    const { sql } = await migrator.upgrade('head', { sql: true });
    const file = join(place.folder, 'initial.sql');
    writeFileSync(file, withoutTransactions(sql));
    return file;
  } finally {
    await close();
  }
}

/** psql -1 brings its own. */
const withoutTransactions = (sql) => sql.replace(/^(BEGIN|COMMIT);$/gm, '');
