// Servers, databases and folders that a bench works in and takes away again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startShippedPostgres } from '../databases/shipped-postgres.mjs';

/** Runs work with the URL of the server of `BENCH_POSTGRES_URL`, else of one that npm ships. */
export async function withServer(work) {
  // Ctrl+C runs what `exit` hears; the server goes with this process.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  const external = process.env.BENCH_POSTGRES_URL;
  if (external) return work(external);
  // A transaction that makes 1,000 tables needs more locks than a server has by default.
  const server = await startShippedPostgres({ settings: { max_locks_per_transaction: 1024 } });
  try {
    return await work(server.url);
  } finally {
    await server.stop();
  }
}

/** Runs work with a new database and a new folder. */
export async function inDatabase(serverUrl, work) {
  const name = `bench_${process.pid}_${Date.now()}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await onServer(serverUrl, `create database ${name}`);
  try {
    return await withFolder((folder) => work({ url: url.href, folder }));
  } finally {
    await onServer(serverUrl, `drop database ${name} with (force)`);
  }
}

/** Runs work with a new folder. */
export async function withFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  try {
    return await work(folder);
  } finally {
    process.off('exit', removeFolder);
    removeFolder();
  }
}

export const emptyDatabase = (url) =>
  onServer(url, 'drop schema public cascade; create schema public');

/** Runs a text of statements. @returns the rows of the last one */
export async function onServer(url, sql) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const results = [await client.query(sql)].flat();
    return results.at(-1).rows;
  } finally {
    await client.end();
  }
}
