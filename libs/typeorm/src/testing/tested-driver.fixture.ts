import type { Connection } from '@nest-alembic/core';
import {
  createMysqlDatabase,
  createSqliteDatabase,
  fingerprintSqlite,
  reportOracle,
  type TestDatabase,
} from '@nest-alembic/testing';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { dialectOf, typeormConnection } from '../index.js';

/** A driver of TypeORM with databases to try it on. */
export interface TestedDriver {
  /** Runs work with a DataSource that is connected to an empty database. */
  withDataSource<T>(options: object, work: (dataSource: DataSource) => Promise<T>): Promise<T>;
  /** The whole schema as lines, by an oracle that is not our inspector; without tables of the engine and of TypeORM. */
  linesOf(dataSource: DataSource): Promise<readonly string[]>;
}

/** The driver `better-sqlite3` on a file. */
export const betterSqlite3: TestedDriver = {
  withDataSource: (options, work) =>
    withTestDatabase(createSqliteDatabase(), ({ url }) =>
      withOpen({ ...options, type: 'better-sqlite3', database: url }, work),
    ),
  linesOf: linesOfSqlite,
};

/** The driver `sqljs` in memory. */
export const sqljs: TestedDriver = {
  withDataSource: (options, work) => withOpen({ ...options, type: 'sqljs' }, work),
  linesOf: linesOfSqlite,
};

/** The drivers `mariadb` and `mysql` on the MariaDB of the specs. */
export const mariadb: TestedDriver = onMariadb('mariadb');
export const mysql: TestedDriver = onMariadb('mysql');

function onMariadb(type: 'mariadb' | 'mysql'): TestedDriver {
  return {
    withDataSource: (options, work) =>
      withTestDatabase(createMysqlDatabase(), ({ url }) =>
        withOpen({ ...options, type, url }, work),
      ),
    linesOf: linesOfMariadb,
  };
}

async function withTestDatabase<T>(
  made: Promise<TestDatabase>,
  work: (database: TestDatabase) => Promise<T>,
): Promise<T> {
  const database = await made;
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
}

async function withOpen<T>(
  options: object,
  work: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const dataSource = new DataSource(options as DataSourceOptions);
  try {
    await dataSource.initialize();
    return await work(dataSource);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

/** What neither the entities nor our first revision make. */
const ownTables = (dataSource: DataSource): readonly string[] => [
  'typeorm_metadata',
  ...dialectOf(dataSource)
    .versionTables.ownTables({ schema: null, name: 'alembic_version' })
    .map(({ name }) => name),
];

async function linesOfSqlite(dataSource: DataSource): Promise<readonly string[]> {
  const ignoredTables = ownTables(dataSource);
  const lines = await onConnection(dataSource, (connection) =>
    fingerprintSqlite(connection, { ignoredTables }),
  );
  return lines.map(withoutNeedlessWords).sort();
}

/** TypeORM writes `DEFAULT ('x')` for every default, and says what a foreign key does not do. */
const withoutNeedlessWords = (line: string): string =>
  line
    .replaceAll(/ on (?:delete|update) no action/gi, '')
    .replace(/ default \( ('(?:[^']|'')*'|[+-]? ?[\w.]+) \)$/, ' default $1');

async function linesOfMariadb(dataSource: DataSource): Promise<readonly string[]> {
  const ignored = ownTables(dataSource);
  reportOracle('SHOW CREATE TABLE of MariaDB');
  return onConnection(dataSource, async (connection) => {
    const { rows } = await connection.query<{ name: string; kind: string }>(
      `SELECT table_name AS name, table_type AS kind FROM information_schema.tables
       WHERE table_schema = DATABASE() ORDER BY table_name`,
    );
    const lines: string[] = [];
    for (const { name, kind } of rows.filter((row) => !ignored.includes(row.name))) {
      lines.push(...(await linesOfTable(connection, name, kind)));
    }
    return lines;
  });
}

/** The order of keys and constraints in a table is that in which they were made. */
async function linesOfTable(
  connection: Connection,
  name: string,
  kind: string,
): Promise<readonly string[]> {
  const noun = kind === 'VIEW' ? 'VIEW' : 'TABLE';
  const { rows } = await connection.query(`SHOW CREATE ${noun} \`${name.replaceAll('`', '``')}\``);
  const text = String(Object.values(rows[0] ?? {})[1]).replace(/ AUTO_INCREMENT=\d+/, '');
  const lines = text
    .split('\n')
    .map((line) => withoutNeedlessWords(`${name}: ${line.trim().replace(/,$/, '')}`));
  const isColumn = (line: string): boolean => /^[^:]*: [`]/.test(line);
  return [...lines.filter(isColumn), ...lines.filter((line) => !isColumn(line)).sort()];
}

/** Does something on a session of ours over a DataSource, which is given back. */
export async function onConnection<T>(
  dataSource: DataSource,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await typeormConnection(dataSource);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
