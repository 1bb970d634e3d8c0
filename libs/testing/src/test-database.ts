import { randomBytes } from 'node:crypto';
import type { Connection } from '@nest-alembic/core';
import { connectPostgres } from './connect-postgres.js';

/** A database of its own for one spec file. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /** Opens a session; {@link TestDatabase.drop} closes it when the spec did not. */
  connect(): Promise<Connection>;
  /** Closes the sessions that `connect` opened and removes the database, whoever else still uses it. */
  drop(): Promise<void>;
}

/** Settings of {@link createTestDatabase}. */
export interface TestDatabaseOptions {
  /** URL of the server. @default the environment variable TEST_POSTGRES_URL */
  readonly serverUrl?: string;
  /** Database to clone; nobody may be connected to it. @default 'template0' */
  readonly template?: string;
}

/**
 * Makes a database by cloning a template, under a name that no other process takes.
 *
 * @throws Error when there is no server URL
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const serverUrl = options.serverUrl ?? testPostgresUrl();
  const name = uniqueName();
  await onServer(serverUrl, async (server) => {
    const strategy = (await serverMajor(server)) >= 15 ? ' STRATEGY file_copy' : '';
    const template = quoted(options.template ?? 'template0');
    await server.query(`CREATE DATABASE ${quoted(name)} TEMPLATE ${template}${strategy}`);
  });
  return new ClonedDatabase(name, serverUrl);
}

/**
 * The URL of the server that Jest's global set-up chose (`tools/databases`).
 *
 * @throws Error when TEST_POSTGRES_URL is not set
 */
export function testPostgresUrl(): string {
  const url = process.env['TEST_POSTGRES_URL'];
  if (!url) throw new Error('TEST_POSTGRES_URL is not set: there is no server to test on');
  return url;
}

/** The major version of the server, such as 15. */
export async function serverMajor(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ version: number }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version`,
  );
  return Number(rows[0]?.version);
}

class ClonedDatabase implements TestDatabase {
  readonly name: string;
  readonly url: string;
  readonly #serverUrl: string;
  readonly #connections: Connection[] = [];

  constructor(name: string, serverUrl: string) {
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    this.name = name;
    this.url = url.href;
    this.#serverUrl = serverUrl;
  }

  async connect(): Promise<Connection> {
    const connection = await connectPostgres(this.url);
    this.#connections.push(connection);
    return connection;
  }

  async drop(): Promise<void> {
    for (const connection of this.#connections) await connection.close();
    await onServer(this.#serverUrl, async (server) => {
      await server.query(`DROP DATABASE IF EXISTS ${quoted(this.name)} WITH (FORCE)`);
    });
  }
}

async function onServer(url: string, work: (server: Connection) => Promise<void>): Promise<void> {
  const server = await connectPostgres(url);
  try {
    await work(server);
  } finally {
    await server.close();
  }
}

/** A name that no other spec file and no other process takes. */
export function uniqueName(): string {
  const worker = process.env['JEST_WORKER_ID'] ?? '0';
  return `spec_${process.pid}_${worker}_${randomBytes(4).toString('hex')}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
