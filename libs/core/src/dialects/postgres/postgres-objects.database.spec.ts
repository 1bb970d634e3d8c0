import { reverseAll } from '../../operations/reverse-all.js';
import type { Operation } from '../../operations/operation.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import { createSpecDatabase, type SpecDatabase } from '../../runtime/testing/database.fixture.js';
import type { Connection } from '../common/connection.js';
import type { InspectedKind } from '../common/dialect.js';
import { HOSTILE_NAMES, HOSTILE_TEXTS, REFUSED_NAMES } from '../common/hostile-texts.fixture.js';
import { inspectPostgres } from './postgres-inspector.js';
import { column, table } from './compiler-cases/compiler-case.fixture.js';
import { postgresSyntax } from './postgres-syntax.js';

let database: SpecDatabase;
let connection: Connection;

const ALL: readonly InspectedKind[] = [
  'extensions',
  'domains',
  'routines',
  'triggers',
  'policies',
  'partitions',
];

beforeAll(async () => {
  database = await createSpecDatabase();
  connection = await database.connect();
});
afterAll(async () => {
  await database.drop();
});

async function run(...operations: readonly Operation[]): Promise<void> {
  for (const operation of operations)
    for (const sql of postgresSyntax.compile(operation)) await connection.query(sql);
}

const inspect = (schemas: readonly string[] = []): Promise<SchemaModel> =>
  inspectPostgres(connection, { ignoredTables: [], schemas, also: ALL });

const BODY = { arguments: '', definition: `RETURNS trigger LANGUAGE plpgsql AS 'begin end'` };

/** One object of every kind, all of one name. */
function everything(name: string, text = '1'): readonly Operation[] {
  const parent = { schema: null, name: 'parent' };
  const own = { schema: null, name };
  const owner = { schema: null, name: 'owner' };
  return [
    {
      kind: 'createDomain',
      domain: { ...own, type: 'text', default: text, checks: [{ name, expression: 'true' }] },
    },
    { kind: 'createRoutine', routine: { ...own, type: 'function', ...BODY } },
    { kind: 'createTable', table: table('owner', { columns: [column(name, 'text')] }) },
    {
      kind: 'createTrigger',
      table: owner,
      trigger: {
        name,
        timing: 'after',
        events: ['update'],
        columns: [name],
        execute: `${postgresSyntax.quoting.identifier(name)}()`,
      },
    },
    { kind: 'createPolicy', table: owner, policy: { name } },
    {
      kind: 'createView',
      view: {
        schema: null,
        name: `${name.slice(0, 12)} v`,
        definition: 'SELECT 1',
        columns: [name],
        materialized: false,
        dependsOn: [],
        indexes: [],
      },
    },
    {
      kind: 'createTable',
      table: table('parent', {
        columns: [column(name, 'text')],
        partitionBy: { strategy: 'list', elements: [{ column: name }] },
      }),
    },
    {
      kind: 'createPartition',
      partition: {
        schema: null,
        name: `${name.slice(0, 12)} p`,
        of: parent,
        bounds: { in: [text] },
      },
    },
  ];
}

describe('hostile names', () => {
  beforeEach(() => connection.script('BEGIN'));
  afterEach(() => connection.script('ROLLBACK'));

  it.each(HOSTILE_NAMES)('%s: objects of every kind can be named %j', async (_, name) => {
    const operations = everything(name);
    await run(...operations);
    const { domains, routines, partitions, tables, views } = await inspect();
    expect(domains).toMatchObject([{ name, checks: [{ name }] }]);
    expect(routines).toMatchObject([{ name, ...BODY, definition: expect.any(String) }]);
    expect(partitions).toMatchObject([{ name: `${name.slice(0, 12)} p`, of: { name: 'parent' } }]);
    expect(views).toMatchObject([{ name: `${name.slice(0, 12)} v` }]);
    expect(tables).toMatchObject([
      { name: 'owner', triggers: [{ name, columns: [name] }], policies: [{ name }] },
      { name: 'parent', partitionBy: { elements: [{ column: name }] } },
    ]);
    await run(...reverseAll(operations).operations);
    expect(await inspect()).toEqual({
      schemas: [],
      enums: [],
      sequences: [],
      tables: [],
      views: [],
    });
  });

  it.each(HOSTILE_NAMES.filter(([, name]) => !name.startsWith('pg_')))(
    '%s: a schema can be renamed to %j',
    async (_, name) => {
      await run(
        { kind: 'createSchema', name: 'before' },
        { kind: 'createDomain', domain: { schema: 'before', name: 'd', type: 'text', checks: [] } },
        { kind: 'renameSchema', from: 'before', to: name },
      );
      const { schemas, domains } = await inspect(['before', name]);
      expect(schemas).toEqual([name]);
      expect(domains).toMatchObject([{ schema: name, name: 'd' }]);
    },
  );

  it.each(HOSTILE_TEXTS)('%s: %j is a default, a bound and a comment', async (_, text) => {
    const literal = postgresSyntax.quoting.literal(text);
    const comment = text || '-';
    await run(...everything('d', literal));
    await run({
      kind: 'createRoutine',
      routine: { schema: null, name: 'f', type: 'function', ...BODY, comment },
    });
    const { routines } = await inspect();
    expect(routines).toMatchObject([{ name: 'd' }, { name: 'f', comment }]);
    const { rows } = await connection.query(
      `INSERT INTO parent VALUES (${literal}) RETURNING tableoid::regclass::text AS part, d`,
    );
    expect(rows).toEqual([{ part: '"d p"', d: text }]);
    const { partitions } = await inspect();
    const [partition] = partitions ?? [];
    if (!partition || !('in' in partition.bounds)) throw new Error('no bounds');
    const same = await connection.query(`SELECT ${partition.bounds.in[0] ?? ''} AS text`);
    expect(same.rows).toEqual([{ text }]);
  });
});

it.each(REFUSED_NAMES)('%s: %j names no object of any kind (%s)', (_, name, code) => {
  const refused = (operation: Operation): void =>
    expect(() => postgresSyntax.compile(operation)).toThrow(expect.objectContaining({ code }));
  const own = { schema: null, name };
  const owner = { schema: null, name: 'owner' };
  refused({ kind: 'createExtension', extension: { name } });
  refused({ kind: 'createDomain', domain: { ...own, type: 'text', checks: [] } });
  refused({ kind: 'createRoutine', routine: { ...own, type: 'function', ...BODY } });
  refused({
    kind: 'createTrigger',
    table: owner,
    trigger: { name, timing: 'after', events: ['insert'], execute: 'f()' },
  });
  refused({ kind: 'createPolicy', table: owner, policy: { name } });
  refused({ kind: 'createPartition', partition: { ...own, of: owner, bounds: { default: true } } });
  refused({ kind: 'renameSchema', from: 'audit', to: name });
  refused({ kind: 'refreshView', name: own });
});

it.each<readonly [string, Operation]>([
  ['a domain', { kind: 'dropDomain', name: { schema: 'pg_catalog', name: 'd' } }],
  ['a renamed schema', { kind: 'renameSchema', from: 'audit', to: 'pg_own' }],
  [
    'a partition',
    {
      kind: 'detachPartition',
      name: { schema: null, name: 'p' },
      of: { schema: 'information_schema', name: 't' },
    },
  ],
])('B072: %s in a system schema is refused', (_, operation) => {
  expect(() => postgresSyntax.compile(operation)).toThrow(
    expect.objectContaining({ code: 'E3009' }),
  );
});

describe('the inspector', () => {
  const DDL = `
    CREATE EXTENSION citext; CREATE DOMAIN d AS citext; CREATE SCHEMA other; CREATE DOMAIN other.d AS int;
    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'begin end';
    CREATE AGGREGATE total (int) (sfunc = int4pl, stype = int);
    CREATE TABLE t (a int, b text); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (a > 0);
    CREATE TRIGGER tr AFTER UPDATE OF b, a ON t FOR EACH ROW WHEN (OLD.a > 1 AND NEW.b <> ') EXECUTE') EXECUTE FUNCTION f('x', 'it''s');
    CREATE TABLE parted (a int, b text, c name) PARTITION BY RANGE (a, lower(b), c COLLATE "POSIX" name_ops);
    CREATE TABLE part PARTITION OF parted DEFAULT PARTITION BY HASH (a);
    CREATE TRIGGER all_of AFTER INSERT ON parted FOR EACH ROW EXECUTE FUNCTION f();`;

  beforeEach(() => connection.script('BEGIN'));
  afterEach(() => connection.script('ROLLBACK'));

  it('reads the further kinds only when it is asked for them', async () => {
    await connection.script(DDL);
    const model = await inspectPostgres(connection, { ignoredTables: [], schemas: [] });
    const { apart: _names, ...read } = model;
    expect(Object.keys(read)).toEqual(['schemas', 'enums', 'sequences', 'tables', 'views']);
    expect(model.tables.map(({ name }) => name)).toEqual(['parted', 't']);
    expect(model.tables[1]).not.toHaveProperty('triggers');
    expect(model.tables[1]).not.toHaveProperty('rowSecurity');
  });

  it('reads the comments of checks of domains', async () => {
    await connection.script(`CREATE DOMAIN d AS int CONSTRAINT ck CHECK (VALUE > 0) CONSTRAINT other CHECK (VALUE < 9);
      COMMENT ON CONSTRAINT ck ON DOMAIN d IS 'a comment'`);
    const { domains } = await inspectPostgres(connection, {
      ignoredTables: [],
      schemas: [],
      also: ['domains'],
    });
    expect(domains?.[0]?.checks).toEqual([
      { name: 'ck', expression: 'VALUE > 0', comment: 'a comment' },
      { name: 'other', expression: 'VALUE < 9' },
    ]);
  });

  it('reads them with one more query, and not what an extension or another schema has', async () => {
    await connection.script(DDL);
    const scripts: string[] = [];
    const counting: Connection = {
      ...connection,
      query: (sql, parameters) => connection.query(sql, parameters),
      script: (sql) => {
        scripts.push(sql);
        return connection.script(sql);
      },
    };
    const model = await inspectPostgres(counting, { ignoredTables: [], schemas: [], also: ALL });
    expect(scripts).toHaveLength(1);
    expect(scripts[0]?.match(/AS json FROM|::text AS json/g)?.length).toBeLessThanOrEqual(11);
    expect(model).toMatchObject({
      extensions: [{ name: 'citext', version: expect.any(String) }],
      domains: [{ schema: null, name: 'd', type: 'citext', checks: [] }],
      routines: [{ name: 'f', type: 'function', arguments: '' }],
      partitions: [
        {
          name: 'part',
          of: { schema: null, name: 'parted' },
          bounds: { default: true },
          partitionBy: { strategy: 'hash', elements: [{ column: 'a' }] },
        },
      ],
    });
    const [parted, t] = model.tables;
    expect(parted?.triggers).toMatchObject([{ name: 'all_of' }]);
    expect(parted?.partitionBy).toEqual({
      strategy: 'range',
      elements: [{ column: 'a' }, { expression: 'lower(b)' }, { column: 'c', collation: 'POSIX' }],
    });
    expect(t?.rowSecurity).toEqual({ enabled: true });
    expect(t?.policies).toEqual([{ name: 'p', using: 'a > 0' }]);
    expect(t?.triggers).toEqual([
      {
        name: 'tr',
        timing: 'after',
        events: ['update'],
        columns: ['b', 'a'],
        forEach: 'row',
        when: "(old.a > 1) AND (new.b <> ') EXECUTE'::text)",
        execute: "f('x', 'it''s')",
      },
    ]);
  });
});
