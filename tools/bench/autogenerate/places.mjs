// The databases that the bench of autogenerate runs on, and where on each of them: a new database or file, and a new folder.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inDatabase, withFolder, withServer } from '../databases.mjs';
import { watchServer } from '../server-cpu.mjs';
import { watchProcess } from './watch-process.mjs';

/**
 * Databases by the names that `BENCH_DATABASES` may list: `missing` says why one cannot be had; `within(work)` gives work a function
 * that makes a place, and `watch(url)` what {@link watchServer} does.
 */
export const DATABASES = {
  PostgreSQL: {
    missing: () => undefined,
    within: (work) => withServer((server) => work((use) => inDatabase(server, use))),
    watch: watchServer,
  },
  MariaDB: {
    missing: () => (process.env.TEST_MARIADB_URL ? undefined : 'TEST_MARIADB_URL is not set'),
    within: (work) => work(inMariadb),
    watch: watchMariadb,
  },
  SQLite: {
    missing: () => (hasSqlite() ? undefined : 'better-sqlite3 is not installed'),
    within: (work) => work(inFile),
    watch: async () => ({ cpuOf: async (job) => (await job(), 0), close: () => Promise.resolve() }),
  },
};

async function inMariadb(use) {
  const name = `bench_${process.pid}_${Date.now()}`;
  const url = Object.assign(new URL(process.env.TEST_MARIADB_URL), { pathname: `/${name}` });
  await onMariadb(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
  try {
    return await withFolder((folder) => use({ url: url.href, folder }));
  } finally {
    await onMariadb(`DROP DATABASE ${name}`);
  }
}

async function onMariadb(sql) {
  const { createConnection } = await import('mysql2/promise');
  const client = await createConnection(process.env.TEST_MARIADB_URL);
  const [rows] = await client.query(sql);
  await client.end();
  return rows;
}

/** The whole server, with what its other sessions do meanwhile: a session is a thread, not a process. */
async function watchMariadb() {
  const [{ file }] = await onMariadb('SELECT @@pid_file AS file');
  return watchProcess(processOf(file));
}

/** The file of the process id may be the server's own secret. */
function processOf(pidFile) {
  try {
    return Number(readFileSync(pidFile, 'utf8'));
  } catch {
    return readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && isMariadb(pid));
  }
}

function isMariadb(pid) {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'mariadbd';
  } catch {
    return false;
  }
}

const inFile = (use) =>
  withFolder((folder) => use({ url: pathToFileURL(join(folder, 'bench.sqlite')).href, folder }));

function hasSqlite() {
  try {
    new (createRequire(import.meta.url)('better-sqlite3'))(':memory:').close();
    return true;
  } catch {
    return false;
  }
}
