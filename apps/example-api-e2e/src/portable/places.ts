import type { TestDatabase } from '@nest-alembic/testing';
import {
  createMysqlDatabase,
  createSqliteDatabase,
  fingerprintMariadb,
  fingerprintSqlite,
} from '@nest-alembic/testing';
import type { RefusalBench } from '../describe-refusals.js';
import { ownTables } from '../schema-of.js';

type Connection = Awaited<ReturnType<TestDatabase['connect']>>;

/** A kind of database that the portable app runs on. */
export interface Place {
  readonly name: string;
  /** Whether a revision that fails halfway leaves nothing behind. */
  readonly takesBackDdl: boolean;
  create(): Promise<PlacedDatabase>;
}

/** A database of its own, and the app on it. */
export interface PlacedDatabase extends RefusalBench {
  /** The plain URL or path. */
  readonly database: TestDatabase;
}

const placed = async (
  database: TestDatabase,
  url: string,
  fingerprint: (connection: Connection) => Promise<readonly string[]>,
): Promise<PlacedDatabase> => ({
  app: 'example-portable',
  url,
  database,
  state: async () => {
    const connection = await database.connect();
    const state = [...(await fingerprint(connection))];
    for (const table of ownTables) {
      const rows = await connection.query(`SELECT * FROM ${table}`).catch(() => ({ rows: [] }));
      state.push(
        ...rows.rows.map((row) => `${table}: ${String(row['revision'] ?? row['version_num'])}`),
      );
    }
    await connection.close();
    return state.sort();
  },
});

export const onMariadb: Place = {
  name: 'MariaDB',
  takesBackDdl: false,
  create: async () => {
    const database = await createMysqlDatabase();
    return placed(database, database.url, fingerprintMariadb);
  },
};

const sqlite = (name: string, scheme: string): Place => ({
  name,
  takesBackDdl: true,
  create: async () => {
    const database = await createSqliteDatabase();
    return placed(database, `${scheme}:${database.url}`, fingerprintSqlite);
  },
});

export const onSqlite = sqlite('SQLite by better-sqlite3', 'sqlite');

/** A file of sql.js is for one process. */
export const onSqljs: Place = {
  ...sqlite('SQLite by sql.js', 'sqljs'),
  create: async () => ({ ...(await sqlite('', 'sqljs').create()), lanes: 1 }),
};
