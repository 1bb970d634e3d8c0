import type { Connection } from '../common/connection.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import { createSpecDatabase } from '../../runtime/testing/database.fixture.js';
import type { SpecDatabase } from '../../runtime/testing/database.fixture.js';
import type { Operation } from '../../operations/operation.js';
import { applyOperations } from '../../operations/operation-definitions.js';
import { postgresDialect } from './postgres-dialect.js';

const tablespace = `"it's" ${process.pid}`;
const quoted = postgresDialect.quoting.identifier(tablespace);
let database: SpecDatabase;
let connection: Connection;
let isPossible: boolean;

beforeAll(async () => {
  database = await createSpecDatabase();
  connection = await database.connect();
  const { rows } = await connection.query(
    `SELECT current_setting('server_version_num')::int >= 150000 AND rolsuper AS possible FROM pg_roles WHERE rolname = current_user`,
  );
  isPossible = rows[0]?.['possible'] === true;
  if (!isPossible) return;
  await connection.query('SET allow_in_place_tablespaces = on');
  await connection.query(`CREATE TABLESPACE ${quoted} LOCATION ''`);
});
afterAll(async () => {
  if (isPossible) {
    await connection.script('DROP TABLE IF EXISTS place');
    await connection.query(`DROP TABLESPACE ${quoted}`);
  }
  await connection.close();
  await database.drop();
});

it('a table and an index are made in a tablespace, moved, and read back', async () => {
  if (!isPossible) return;
  const table = {
    schema: null,
    name: 'place',
    columns: [{ name: 'id', type: 'integer', nullable: true }],
    foreignKeys: [],
    uniques: [],
    checks: [],
    exclusions: [],
    indexes: [{ name: 'ix', elements: [{ column: 'id' }], unique: false, tablespace }],
    tablespace,
  };
  const made: readonly Operation[] = [{ kind: 'createTable', table }];
  const moved: readonly Operation[] = [
    { kind: 'setTableStorage', table, from: { tablespace }, to: { tablespace: null } },
  ];
  let model = EMPTY_SCHEMA;
  for (const operations of [made, moved]) {
    for (const sql of operations.flatMap((one) => postgresDialect.compile(one)))
      await connection.query(sql);
    model = applyOperations(operations, model);
    const found = await postgresDialect.inspect(connection, { ignoredTables: [], schemas: [] });
    expect(found.tables).toEqual(model.tables);
  }
});
