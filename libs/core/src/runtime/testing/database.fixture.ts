import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { QueryResult as PgResult } from 'pg';
import type { Connection } from '../../dialects/common/connection.js';
import { attemptPostgres } from '../../dialects/postgres/postgres-attempt.js';

/** A database of its own for one spec file. */
export interface SpecDatabase {
  readonly name: string;
  readonly url: string;
  /** A plain client: the checker, which uses none of our code. */
  readonly checker: Client;
  /** Opens a session of the kind that the engine is given. */
  connect(): Promise<Connection>;
  drop(): Promise<void>;
}

const serverUrl = (): string => {
  const url = process.env['TEST_POSTGRES_URL'];
  if (!url) throw new Error('TEST_POSTGRES_URL is not set');
  return url;
};

/** Makes a database with a name that nobody else takes. */
export async function createSpecDatabase(): Promise<SpecDatabase> {
  const name = `core_${process.pid}_${randomBytes(4).toString('hex')}`;
  await onServer(`CREATE DATABASE "${name}" TEMPLATE template0`);
  const url = urlOf(name);
  const checker = await openClient(url);
  return {
    name,
    url,
    checker,
    connect: () => connectClient(url),
    drop: async () => {
      await checker.end();
      await onServer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    },
  };
}

function urlOf(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs something that belongs to no database: roles, databases. */
export async function onServer(sql: string): Promise<void> {
  const client = await openClient(serverUrl());
  await client.query(sql);
  await client.end();
}

async function openClient(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** A session over plain `pg`. */
export async function connectClient(url: string): Promise<Connection> {
  const client = await openClient(url);
  return {
    query: async <Row extends object>(sql: string, parameters: readonly unknown[] = []) => {
      const { rows, rowCount } = await client.query<Row>(sql, [...parameters]);
      return { rows, rowCount };
    },
    script: async (sql) => {
      const answer: PgResult | PgResult[] = await client.query(sql);
      return (Array.isArray(answer) ? answer : [answer]).map(({ rows, rowCount }) => {
        return { rows: rows as Record<string, unknown>[], rowCount };
      });
    },
    attempt: (sql) => attemptPostgres(client, sql),
    close: async () => {
      await client.end().catch(() => undefined);
    },
  };
}
