// Starts a throw-away PostgreSQL that becomes a hot standby when it is told to.
// Usage: node tools/databases/standby-postgres.mjs     prints "<host>:<port>" when it is ready, and "standby" when it has become
// one, after a line on its stdin; ends when its stdin does
import { createInterface } from 'node:readline';
import pg from 'pg';
import { startShippedPostgres } from './shipped-postgres.mjs';

const server = await startShippedPostgres();
console.log(new URL(server.url).host);
createInterface({ input: process.stdin })
  .once('line', () => void becomeStandby().then(() => console.log('standby')))
  .once('close', () => void server.stop());

/** A server that has lost one of its processes starts again over its files, and reads then what it is to be. */
async function becomeStandby() {
  const client = await connect();
  const { rows } = await client.query(
    'SELECT pg_backend_pid() AS pid, current_setting($1) AS data',
    ['data_directory'],
  );
  const [{ pid, data }] = rows;
  // The server writes its own file: it may belong to another user than this process.
  await client.query(`CHECKPOINT; COPY (SELECT) TO '${data}/standby.signal'`);
  process.kill(pid, 'SIGKILL');
  while (!(await isStandby())) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function isStandby() {
  try {
    const client = await connect();
    const { rows } = await client.query('SELECT pg_is_in_recovery() AS standby');
    await client.end();
    return rows[0].standby;
  } catch {
    return false;
  }
}

async function connect() {
  const client = new pg.Client(server.url);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
