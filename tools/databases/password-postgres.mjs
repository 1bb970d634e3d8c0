// Starts a throw-away PostgreSQL that asks its role "app" for a password, as production does and our test servers do not.
// Usage: node tools/databases/password-postgres.mjs     prints "<host>:<port>" when it is ready, ends when its stdin does
import pg from 'pg';
import { startShippedPostgres } from './shipped-postgres.mjs';

const RULES = [
  'local all all trust',
  'host all postgres 127.0.0.1/32 trust',
  'host all app 127.0.0.1/32 scram-sha-256',
];

const server = await startShippedPostgres();
const client = new pg.Client(server.url);
await client.connect();
await client.query(`CREATE ROLE app LOGIN PASSWORD 'right'`);
const { rows } = await client.query('SHOW hba_file');
// The server writes its own file: it may belong to another user than this process.
const rules = RULES.map((rule) => `('${rule}')`).join(', ');
await client.query(`COPY (VALUES ${rules}) TO '${rows[0].hba_file}'`);
await client.query('SELECT pg_reload_conf()');
await rulesAreInForce();
await client.end();
console.log(new URL(server.url).host);
process.stdin.resume().on('end', () => void server.stop());

/** A reload is told to the server's processes by a signal, which takes its time. */
async function rulesAreInForce() {
  const url = new URL(server.url);
  url.username = 'app';
  for (;;) {
    const guest = new pg.Client(url.href);
    guest.on('error', () => undefined);
    try {
      await guest.connect();
      await guest.end();
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
