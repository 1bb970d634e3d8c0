// Processor time of the sessions of a PostgreSQL on this machine.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A tick of the clock in `/proc/PID/stat`. */
const TICK_MS = 10;

/**
 * Watches the sessions of a database through one of its own, which does not count.
 * @returns `cpuOf(work)`, the processor time of the server's processes that ended while `work` ran, in milliseconds: 0
 * where the server is not on this machine, or this is not Linux; and `close()`
 */
export async function watchServer(url) {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query('select pg_backend_pid() as pid, current_database() as name');
  const [{ pid, name }] = rows;
  const postmaster = statOf(pid)?.parent;
  const spent = () => (statOf(postmaster)?.ofChildren ?? 0) * TICK_MS;
  return {
    cpuOf: async (work) => {
      await untilEnded(postmaster, pid, name);
      const before = spent();
      await work();
      await untilEnded(postmaster, pid, name);
      return spent() - before;
    },
    close: () => client.end(),
  };
}

/**
 * A session that has ended is a process for a while: freeing what it had takes time, too, and what it spent counts only when
 * the server has taken note of its end. Until then it has no title.
 */
async function untilEnded(postmaster, own, database) {
  const isSession = (pid) =>
    pid !== own && (titleOf(pid) === '' || titleOf(pid).includes(` ${database} `));
  while (childrenOf(postmaster).some(isSession)) await sleep(10);
}

const childrenOf = (pid) =>
  (read(`/proc/${pid}/task/${pid}/children`) ?? '').split(' ').filter(Boolean).map(Number);

const titleOf = (pid) => read(`/proc/${pid}/cmdline`) ?? '';

/** Fields 4 (parent), 16 and 17 (processor time of children that ended) of proc(5). */
function statOf(pid) {
  const text = read(`/proc/${pid}/stat`);
  const fields = text
    ?.slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return fields && { parent: fields[1], ofChildren: fields[13] + fields[14] };
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
