import { createOperations } from '../../operations/create-operations.js';
import type { Operation } from '../../operations/operation.js';
import type { Operations } from '../../operations/operations-api.js';
import { createSpecDatabase } from '../../runtime/testing/database.fixture.js';
import type { SpecDatabase } from '../../runtime/testing/database.fixture.js';
import type { Connection } from '../common/connection.js';
import { HOSTILE_NAMES, HOSTILE_TEXTS } from '../common/hostile-texts.fixture.js';
import { postgresDialect } from './postgres-dialect.js';

let database: SpecDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createSpecDatabase();
  connection = await database.connect();
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});
beforeEach(() => connection.script('BEGIN'));
afterEach(() => connection.script('ROLLBACK'));

/** Runs what a function does with `op`, with parameters as they are bound or as literals. */
async function run(make: (op: Operations) => void, binds = true): Promise<void> {
  const operations: Operation[] = [];
  make(
    createOperations({
      literal: (value) => postgresDialect.quoting.literal(value),
      submit: async (operation) => {
        operations.push(operation);
      },
    }),
  );
  for (const operation of operations) {
    const statements =
      operation.kind === 'execute' && binds
        ? postgresDialect.bind(operation)
        : postgresDialect.compile(operation).map((sql) => ({ sql, parameters: [] }));
    for (const { sql, parameters } of statements) await connection.query(sql, parameters);
  }
}

it.each(HOSTILE_NAMES)(
  '%s: %j is a name in changes of constraints, indexes, sequences, views and how things are stored',
  async (_, name) => {
    const own = (suffix: string): string => `${name.slice(0, 15)} ${suffix}`;
    await run((op) => {
      void op.createSchema(name);
      void op.createTable(name, (t) => [
        t.column(name, 'int', { nullable: false, storage: 'plain' }),
        t.check('true', { name, notValid: true, comment: name }),
        t.index(own('i'), [name], { unique: true, comment: name }),
      ]);
      void op.createUniqueConstraint(name, [name], { name: own('u'), usingIndex: own('i') });
      void op.setComment('unique', own('u'), name, { table: name });
      void op.createExclusionConstraint(
        name,
        { using: 'btree', elements: [{ column: name, with: '=' }] },
        { name: own('x') },
      );
      void op.addColumn(name, own('c'), 'int', {
        references: { table: name, column: name, name: own('f') },
      });
      void op.alterConstraint(name, own('f'), { deferrable: 'initially deferred' });
      void op.validateConstraint(name, name, 'check');
      void op.setTableStorage(name, { storage: ['fillfactor=70'] });
      void op.createSequence(own('s'), { comment: name });
      void op.alterSequence(own('s'), { ownedBy: { table: name, column: name } });
      void op.renameSequence(own('s'), own('t'));
      void op.createView(own('v'), 'SELECT 1 AS a');
      void op.renameView(own('v'), own('w'));
      void op.setSchema('view', own('w'), name);
      void op.setComment('schema', name, name);
    });
    const found = await postgresDialect.inspect(connection, { ignoredTables: [], schemas: [name] });
    const table = { schema: null, name };
    expect(found).toMatchObject({
      sequences: [{ name: own('t'), ownedBy: { table, column: name }, comment: name }],
      tables: [
        {
          ...table,
          columns: [{ name }, { name: own('c') }],
          uniques: [{ name: own('u'), columns: [name], comment: name }],
          checks: [{ name, comment: name }],
          exclusions: [{ name: own('x') }],
          foreignKeys: [
            {
              name: own('f'),
              columns: [own('c')],
              referencedTable: table,
              referencedColumns: [name],
              deferrable: 'initially deferred',
            },
          ],
          indexes: [],
          storage: ['fillfactor=70'],
        },
      ],
      views: [{ schema: name, name: own('w') }],
    });
    expect(found.tables[0]?.checks[0]).not.toHaveProperty('notValid');
    const { rows } = await connection.query(
      `SELECT obj_description(oid) AS comment FROM pg_namespace WHERE nspname = $1`,
      [name],
    );
    expect(rows).toEqual([{ comment: name || null }]);
  },
);

it.each(HOSTILE_TEXTS)(
  '%s: %j is a parameter, bound and as a literal, a row and a comment',
  async (_, text) => {
    await run((op) => {
      void op.createTable('t', (t) => [t.column('a', 'text')]);
      void op.execute(`INSERT INTO t VALUES (:a); ALTER TABLE t ALTER a SET DEFAULT :a`, {
        a: text,
      });
      void op.execute('INSERT INTO t DEFAULT VALUES');
      void op.bulkInsert('t', [{ a: text }]);
      void op.execute(`INSERT INTO t VALUES (${op.inlineLiteral(text).sql})`);
      void op.createIndex('i', 't', ['a'], { comment: text });
    });
    await run((op) => void op.execute('INSERT INTO t VALUES (:a)', { a: text }), false);
    const { rows } = await connection.query<{ a: string }>('SELECT a FROM t');
    expect(rows).toEqual(Array(5).fill({ a: text }));
    const comments = await connection.query(`SELECT obj_description('i'::regclass) AS comment`);
    expect(comments.rows).toEqual([{ comment: text === '' ? null : text }]);
  },
);

it.each(HOSTILE_NAMES)('%s, B091: %j is a role of a policy, and owns a schema', async (_, role) => {
  await connection.query(`CREATE ROLE ${postgresDialect.quoting.identifier(role)}`);
  await run((op) => {
    void op.createSchema('own', { authorization: role });
    void op.createTable('t', (t) => [t.column('a', 'text')]);
    void op.createPolicy('p', 't', { roles: [role], using: 'true' });
    void op.alterPolicy('p', 't', { roles: [role, 'public'] });
    void op.alterPolicy('p', 't', { roles: [role] });
  });
  const found = await postgresDialect.inspect(connection, {
    ignoredTables: [],
    schemas: [],
    also: ['policies'],
  });
  expect(found.tables[0]?.policies).toMatchObject([{ name: 'p', roles: [role] }]);
  const { rows } = await connection.query(
    `SELECT rolname FROM pg_roles r JOIN pg_namespace n ON n.nspowner = r.oid WHERE nspname = 'own'`,
  );
  expect(rows).toEqual([{ rolname: role }]);
});
