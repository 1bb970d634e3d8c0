// The same statements by the driver alone: what neither tool can go below. Each transaction has a line in a log; it takes two
// round trips, since what a migration says next is not known before its statement has run. Tells what that needed as `migrate.mjs` does.
import pg from 'pg';
import { sqlOf } from './columns.mjs';

const insert = (number) => `INSERT INTO log (name) VALUES ('column ${number}')`;

const WAYS = {
  each: async (client, count) => {
    for (let number = 0; number < count; number++) {
      await client.query(`BEGIN; ${sqlOf(number)}`);
      await client.query(`${insert(number)}; COMMIT`);
    }
  },
  all: async (client, count) => {
    await client.query('BEGIN');
    for (let number = 0; number < count; number++)
      await client.query(`${sqlOf(number)}; ${insert(number)}`);
    await client.query('COMMIT');
  },
};

const { url, count, transaction } = JSON.parse(process.argv[2]);
const started = performance.now();
const before = process.cpuUsage();
const client = new pg.Client(url);
await client.connect();
await client.query('CREATE TABLE log (id bigserial PRIMARY KEY, name text NOT NULL)');
await WAYS[transaction](client, count);
await client.end();
const wall = performance.now() - started;
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ wall, cpu: (user + system) / 1000 }));
