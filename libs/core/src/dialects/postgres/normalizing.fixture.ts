import type { SpecDatabase } from '../../runtime/testing/database.fixture.js';
import { counting } from '../../runtime/testing/migrator.fixture.js';
import { useSpecDatabase } from '../../runtime/testing/use-workshop.fixture.js';
import type { SchemaModel, Table } from '../../schema/schema-model.js';
import type { Connection } from '../common/connection.js';
import { inspectPostgres } from './postgres-inspector.js';
import { canonicalizePostgres } from './postgres-normalize.js';

const OBJECTS = `
  CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION btree_gist; CREATE EXTENSION citext;
  CREATE SCHEMA audit; CREATE SEQUENCE s1;
  CREATE TYPE kind AS ENUM ('a', 'b'); CREATE TYPE audit."Odd kind" AS ENUM ('x', 'y');
  CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'f' $$;
  CREATE FUNCTION uuid7() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()'`;

/** A database with types and functions, for the specs of a file; each of them makes the table `t`. */
export interface NormalizingPlace {
  readonly database: SpecDatabase;
  /** The session that canonicalizes. */
  readonly connection: Connection;
  /** Another session. */
  readonly observer: Connection;
  /** The schema as it is. */
  reflect(): Promise<SchemaModel>;
  /** Makes the table `t` (and what else the DDL says) and reflects it. */
  made(ddl: string): Promise<{ readonly model: SchemaModel; readonly table: Table }>;
  /** Canonical form of the table `t` when the target differs from the database in these parts. */
  canonicalTable(model: SchemaModel, change: Partial<Table>): Promise<Table>;
}

/** Sets up a {@link NormalizingPlace}; what a spec made is dropped after it. */
export function useNormalizing(): NormalizingPlace {
  const database = useSpecDatabase();
  const [connection, observer] = [useSession(database), useSession(database)];
  beforeAll(() => connection.script(OBJECTS));
  afterEach(() =>
    connection.script('DROP VIEW IF EXISTS v CASCADE; DROP TABLE IF EXISTS t, u CASCADE'),
  );
  const reflect = () => inspectPostgres(connection, { ignoredTables: [], schemas: ['audit'] });
  return {
    database,
    connection,
    observer,
    reflect,
    made: async (ddl) => {
      await connection.script(ddl);
      const model = await reflect();
      return { model, table: tableOf(model) };
    },
    canonicalTable: async (model, change) => {
      const target = withTable(model, change);
      const { target: canonical, unverified } = await canonicalizePostgres(connection, {
        current: model,
        target,
      });
      expect(unverified).toBe(false);
      return tableOf(canonical);
    },
  };
}

/** A session that is open while the specs of a file run. */
function useSession(database: SpecDatabase): Connection {
  let current: Connection;
  beforeAll(async () => {
    current = await database.connect();
  });
  afterAll(() => current.close());
  return {
    query: (sql, parameters) => current.query(sql, parameters),
    script: (sql) => current.script(sql),
    close: () => current.close(),
  };
}

/** The table `t`. */
export function tableOf(model: SchemaModel): Table {
  const table = model.tables.find(({ name }) => name === 't');
  if (!table) throw new Error('no table t');
  return table;
}

/** The model with another table `t`. */
export function withTable(model: SchemaModel, change: Partial<Table>): SchemaModel {
  const tables = model.tables.map((table) =>
    table.name === 't' ? { ...table, ...change } : table,
  );
  return { ...model, tables };
}

/** A session that keeps the texts of its round trips. */
export function noting(inner: Connection): { connection: Connection; scripts: string[] } {
  const scripts: string[] = [];
  return { connection: counting(inner, (sql) => scripts.push(sql)), scripts };
}
