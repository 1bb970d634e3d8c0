import type { Connection } from '@nest-alembic/core';
import { connectMysql } from './connect-mysql.js';
import { type TestDatabase, uniqueName } from './test-database.js';

/** The character set that every test database begins with, whatever the server's is. */
const CHARACTERS = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci';

/**
 * Makes an empty database on a MySQL or MariaDB server, under a name that no other process takes.
 *
 * @param serverUrl default: the environment variable TEST_MARIADB_URL
 * @throws Error when there is no server URL
 */
export async function createMysqlDatabase(serverUrl = testMariadbUrl()): Promise<TestDatabase> {
  const name = uniqueName();
  const server = await connectMysql(serverUrl);
  await server.query(`CREATE DATABASE \`${name}\` ${CHARACTERS}`);
  const connections: Connection[] = [server];
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  return {
    name,
    url,
    connect: async () => {
      const connection = await connectMysql(url);
      connections.push(connection);
      return connection;
    },
    drop: async () => {
      await server.query(`DROP DATABASE IF EXISTS \`${name}\``);
      for (const connection of connections) await connection.close();
    },
  };
}

/**
 * The URL of the MariaDB for specs.
 *
 * @throws Error when TEST_MARIADB_URL is not set: specs named `*.mariadb.spec.ts` are left out then
 */
export function testMariadbUrl(): string {
  const url = process.env['TEST_MARIADB_URL'];
  if (!url) throw new Error('TEST_MARIADB_URL is not set: there is no server to test on');
  return url;
}
