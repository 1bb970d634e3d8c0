// Specs talk to a real server over the driver itself; the published code of core never imports it.
/* eslint-disable @nx/enforce-module-boundaries */
import { Client } from 'pg';
import type { Operation, OperationKind } from '../../operations/operation.js';
import { createOperations } from '../../operations/create-operations.js';
import type { Operations } from '../../operations/operations-api.js';
import { HOSTILE_NAMES, HOSTILE_TEXTS } from '../common/hostile-texts.fixture.js';
import { column, table } from './compiler-cases/compiler-case.fixture.js';
import { COMPILER_CASES } from './compiler-cases/compiler-cases.fixture.js';
import type { CompilerCase } from './compiler-cases/compiler-case.fixture.js';
import { postgresQuoting } from './postgres-quoting.js';
import { postgresSyntax } from './postgres-syntax.js';

const CASES = (
  Object.entries(COMPILER_CASES) as [OperationKind, readonly CompilerCase[]][]
).flatMap(([kind, cases]) => cases.map((item) => [kind, item.name, item] as const));
const isAutocommit = ([, , { autocommit }]: (typeof CASES)[number]) => autocommit === true;

const client = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
const schema = `compiler_${process.pid}`;

beforeAll(async () => {
  await client.connect();
  await client.query(`create schema ${schema}; set search_path = ${schema}`);
});
afterAll(async () => {
  await client.query(`drop schema ${schema} cascade`);
  await client.end();
});

async function run(...operations: readonly Operation[]): Promise<void> {
  for (const operation of operations) {
    for (const sql of postgresSyntax.compile(operation)) await client.query(sql);
  }
}

/** The operations of calls of `op`. */
function said(calls: (op: Operations) => unknown): readonly Operation[] {
  const operations: Operation[] = [];
  const submit = async (operation: Operation): Promise<void> => void operations.push(operation);
  calls(createOperations({ literal: postgresQuoting.literal, submit }));
  return operations;
}

async function read<Row extends object>(sql: string): Promise<Row | undefined> {
  return (await client.query<Row>(sql)).rows[0];
}

describe('in a transaction', () => {
  beforeEach(() => client.query('begin'));
  afterEach(() => client.query('rollback'));

  it.each(CASES.filter((item) => !isAutocommit(item)))(
    '%s: the server runs what is compiled for %s',
    async (_, __, { before, operation }) => {
      if (before !== undefined) await client.query(before);
      await expect(run(operation)).resolves.toBeUndefined();
    },
  );

  it('OP-06: what may be there is no error where it is, what may be missing none where it is not', async () => {
    const once = { ifNotExists: true } as const;
    const made = said((op) => [
      op.createSchema(`${schema}_may`, once),
      op.createTable('may', (t) => [t.column('a', 'int'), t.index('ix_a', ['a'])], once),
      op.addColumn('may', 'b', 'int', { ...once, comment: 'x' }),
      op.createIndex('ix_b', 'may', ['b'], once),
      op.createSequence('numbers', once),
    ]);
    const maybe = { ifExists: true } as const;
    const gone = said((op) => [
      op.renameIndex('ix_a', 'ix_c', 'may', maybe),
      op.dropIndex('ix_b', 'may', maybe),
      op.dropColumn('may', 'b', maybe),
      op.dropConstraint('may', 'none', 'check', maybe),
      op.dropTrigger('none', 'may', maybe),
      op.dropPolicy('none', 'may', maybe),
      op.renameTable('may', 'was', maybe),
      op.dropTable('was', maybe),
      op.dropTrigger('none', 'was', maybe),
      op.dropPolicy('none', 'was', maybe),
      op.renameSequence('numbers', 'others', maybe),
      op.dropSequence('others', maybe),
      op.dropView('none', maybe),
      op.dropView('none', { ...maybe, materialized: true }),
      op.dropEnum('none', maybe),
      op.dropDomain('none', maybe),
      op.dropFunction('none', 'int', maybe),
      op.dropProcedure('none', 'int', maybe),
      op.dropPartition('none', maybe),
      op.dropExtension('none', maybe),
      op.dropSchema(`${schema}_may`, maybe),
    ]);
    await run(...made, ...made);
    expect(
      await read(
        `select count(*)::int as columns from pg_attribute where attrelid = 'may'::regclass and attnum > 0`,
      ),
    ).toEqual({ columns: 2 });
    // What is bound to a table that is gone has to name one that is there.
    const again = gone.filter(({ kind }) => !['dropColumn', 'dropConstraint'].includes(kind));
    await run(...gone, ...again);
    expect(await read(`select to_regclass('may') as may, to_regclass('was') as was`)).toEqual({
      may: null,
      was: null,
    });
  });

  it('DL-15: rows with a dropped label get its replacement, in arrays too', async () => {
    const dropped = COMPILER_CASES.alterEnum[2];
    await client.query(String(dropped?.before));
    await run(...(dropped ? [dropped.operation] : []));
    await client.query('insert into account default values');
    const { rows } = await client.query('select mood::text, moods::text from account');
    expect(rows).toEqual([
      { mood: 'a', moods: '{a,a}' },
      { mood: 'a', moods: '{c}' },
    ]);
  });

  it.each([
    [
      'DDL-13: an identity',
      { from: { identity: null }, to: { identity: { generation: 'by default' } } },
    ],
    ['PG-M9: a serial', { from: { autoIncrement: null }, to: { autoIncrement: true } }],
  ] as const)('%s goes on after the rows that are there', async (_, change) => {
    await client.query(
      'create table account (id integer primary key, n integer); insert into account values (41)',
    );
    await run({
      kind: 'alterColumn',
      table: { schema: null, name: 'account' },
      name: 'id',
      ...change,
    });
    expect(await read('insert into account (n) values (1) returning id')).toEqual({ id: 42 });
  });

  it('an identity begins at 1 in an empty table', async () => {
    await client.query('create table account (id integer primary key, n integer)');
    const to = { identity: { generation: 'always' } } as const;
    await run({ kind: 'alterColumn', table: { schema: null, name: 'account' }, name: 'id', to });
    expect(await read('insert into account (n) values (1) returning id')).toEqual({ id: 1 });
  });

  it('DL-26: a serial that is widened counts beyond the old type', async () => {
    await client.query(
      'create table person (id serial, n integer); alter table person rename to account',
    );
    await run({
      kind: 'alterColumn',
      table: { schema: null, name: 'account' },
      name: 'id',
      from: { type: 'integer', autoIncrement: true },
      to: { type: 'bigint', autoIncrement: true },
    });
    await client.query(`select setval('person_id_seq', 2147483647)`);
    expect(await read('insert into account (n) values (1) returning id')).toEqual({
      id: '2147483648',
    });
  });

  it('the sequence of a new serial has the name that the server would give it', async () => {
    const long = { schema: null, name: 't'.repeat(40) };
    const counter = column('é'.repeat(20), 'integer', { autoIncrement: true });
    await run(
      { kind: 'createTable', table: table(long.name, { columns: [counter] }) },
      {
        kind: 'alterColumn',
        table: long,
        name: counter.name,
        from: { autoIncrement: true },
        to: { autoIncrement: null },
      },
      { kind: 'alterColumn', table: long, name: counter.name, to: { autoIncrement: true } },
    );
    const made = await read<{ name: string }>(
      `select relname as name from pg_class where relkind = 'S' and relnamespace = '${schema}'::regnamespace`,
    );
    await client.query(`drop table "${long.name}"`);
    await run({ kind: 'createTable', table: table(long.name, { columns: [counter] }) });
    const servers = await read<{ name: string }>(
      `select relname as name from pg_class where relkind = 'S' and relnamespace = '${schema}'::regnamespace`,
    );
    expect(made).toEqual(servers);
  });

  it.each(HOSTILE_NAMES)(
    '%s: %j is the name of a schema, table, column, key, index, enum and sequence',
    async (_, name) => {
      const inSchema = { schema: name, name };
      const indexName = `${name.slice(0, 15)} i`;
      await run(
        { kind: 'createSchema', name },
        {
          kind: 'createEnum',
          enum: { schema: name, name: `${name.slice(0, 15)} e`, labels: [name] },
        },
        { kind: 'createSequence', sequence: { schema: name, name: `${name.slice(0, 15)} s` } },
        {
          kind: 'createTable',
          table: table(name, {
            schema: name,
            columns: [column(name, 'integer', { autoIncrement: true, comment: name })],
            checks: [{ name, expression: 'true' }],
            indexes: [{ name: indexName, elements: [{ column: name }], unique: false }],
            comment: name,
          }),
        },
        {
          kind: 'alterColumn',
          table: inSchema,
          name,
          from: { autoIncrement: true },
          to: { autoIncrement: null },
        },
        { kind: 'alterColumn', table: inSchema, name, to: { autoIncrement: true } },
        { kind: 'renameIndex', table: inSchema, from: indexName, to: `${name.slice(0, 15)} j` },
        { kind: 'renameTable', from: inSchema, to: { schema: null, name } },
      );
      const found = await client.query(
        `select c.relname as table, a.attname as column, k.conname as check, col_description(c.oid, 1) as comment
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
         join pg_constraint k on k.conrelid = c.oid where c.relnamespace = '${schema}'::regnamespace and c.relkind = 'r' and k.contype = 'c'`,
      );
      expect(found.rows).toEqual([{ table: name, column: name, check: name, comment: name }]);
      const types = await client.query(
        `select n.nspname as schema, l.enumlabel as label from pg_enum l join pg_type t on t.oid = l.enumtypid
         join pg_namespace n on n.oid = t.typnamespace where n.nspname = $1`,
        [name],
      );
      expect(types.rows).toEqual([{ schema: name, label: name }]);
    },
  );

  it.each(HOSTILE_TEXTS)('%s: %j is a default, a comment and a row', async (_, text) => {
    const literal = postgresSyntax.quoting.literal(text);
    const account = { schema: null, name: 'account' };
    await run(
      {
        kind: 'createTable',
        table: table('account', {
          columns: [column('c', 'text', { default: literal })],
          comment: text || '-',
        }),
      },
      { kind: 'bulkInsert', table: account, columns: ['c'], rows: [[literal], ['DEFAULT']] },
    );
    const { rows } = await client.query(
      `select c, obj_description('account'::regclass) as comment from account`,
    );
    expect(rows).toEqual(Array(2).fill({ c: text, comment: text || '-' }));
  });
});

it.each(CASES.filter(isAutocommit))(
  '%s: the server runs what is compiled for %s, outside of a transaction',
  async (_, __, { before, operation }) => {
    if (before !== undefined) await client.query(before);
    await expect(run(operation)).resolves.toBeUndefined();
    await client.query('drop table if exists account');
  },
);
