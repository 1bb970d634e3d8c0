import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@nest-alembic/testing';
import * as pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { DataSource } from 'typeorm';
import { embeddedDriver } from './embedded-driver.js';
import { openPglite } from './pglite-backend.js';

/** A server to run the same checks on: real PostgreSQL says what is right, the embedded one must do the same. */
interface Server {
  readonly dataSource: DataSource;
  stop(): Promise<void>;
}

async function realServer(): Promise<Server> {
  const database = await createTestDatabase();
  const dataSource = new DataSource({ type: 'postgres', driver: pg, url: database.url });
  await dataSource.initialize();
  return {
    dataSource,
    stop: async () => {
      await dataSource.destroy();
      await database.drop();
    },
  };
}

async function embeddedServer(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-'));
  const driver = embeddedDriver(() => openPglite(join(folder, 'pglite')));
  const dataSource = new DataSource({ type: 'postgres', driver });
  await dataSource.initialize();
  return {
    dataSource,
    stop: async () => {
      await dataSource.destroy();
      rmSync(folder, { recursive: true });
    },
  };
}

describe.each([
  ['a PostgreSQL server', realServer],
  ['the embedded database', embeddedServer],
])('node-postgres over %s', (_name, start) => {
  let server: Server;
  let db: DataSource;

  beforeAll(async () => {
    server = await start();
    db = server.dataSource;
    await db.query(`create table item (id bigint generated always as identity primary key, name text unique,
                                       amount numeric(12,2), tags text[], data jsonb, at timestamptz,
                                       check (amount >= 0))`);
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(() => db.query('truncate item restart identity'));

  const names = async (): Promise<string[]> => {
    const rows: { name: string }[] = await db.query('select name from item order by name');
    return rows.map((row) => row.name);
  };

  async function withRunner<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = db.createQueryRunner();
    try {
      return await work(runner);
    } finally {
      await runner.release();
    }
  }

  it.each([
    ['bigint', '9007199254740993::bigint', '9007199254740993'],
    ['numeric', '10.50::numeric(12,2)', '10.50'],
    ['integer', '7::int', 7],
    ['double precision', '0.1::float8', 0.1],
    ['boolean', 'true', true],
    ['text[]', `array['a b','c,"d']`, ['a b', 'c,"d']],
    ['jsonb', `'{"a":[1,null]}'::jsonb`, { a: [1, null] }],
    [
      'timestamptz',
      `'2026-01-02T03:04:05.678Z'::timestamptz`,
      new Date('2026-01-02T03:04:05.678Z'),
    ],
    ['bytea', `'\\x00ff'::bytea`, Buffer.from([0, 255])],
    ['null', 'null::int', null],
    ['text beyond ASCII', `'grüße 日本 🛒'`, 'grüße 日本 🛒'],
  ])('reads %s as node-postgres does', async (_type, expression, expected) => {
    const [row] = await db.query(`select ${expression} as value`);
    expect(row.value).toEqual(expected);
  });

  it('passes parameters of all kinds', async () => {
    const at = new Date('2026-01-02T03:04:05Z');
    const values = ['a', '1.25', ['x', 'y z'], { k: "it's" }, at];
    await db.query(
      'insert into item (name, amount, tags, data, at) values ($1,$2,$3,$4,$5)',
      values,
    );
    const [row] = await db.query('select name, amount, tags, data, at from item');
    expect(Object.values(row)).toEqual(values);
  });

  it('gives each statement of a simple query its own result', async () => {
    const pool = (db.driver as unknown as { master: pg.Pool }).master;
    const results = (await pool.query(
      `insert into item (name) values ('a'), ('b'); select 1 as one; select 2 as two`,
    )) as unknown as pg.QueryResult[];
    expect(results.map(({ command, rowCount }) => [command, rowCount])).toEqual([
      ['INSERT', 2],
      ['SELECT', 1],
      ['SELECT', 1],
    ]);
  });

  it('undoes the whole of a simple query whose last statement fails', async () => {
    const broken = db.query(`insert into item (name) values ('a'); select 1/0`);
    await expect(broken).rejects.toMatchObject({ driverError: { code: '22012' } });
    expect(await names()).toEqual([]);
  });

  it.each([
    [
      'a unique violation',
      `insert into item (name) values ('a'), ('a')`,
      { code: '23505', constraint: 'item_name_key', table: 'item', schema: 'public' },
    ],
    [
      'a check violation',
      'insert into item (amount) values (-1)',
      { code: '23514', constraint: 'item_amount_check' },
    ],
    ['a syntax error', 'selekt 1', { code: '42601', position: '1', severity: 'ERROR' }],
    ['an unknown column', 'select nosuch from item', { code: '42703', position: '8' }],
  ])('reports %s with the fields of node-postgres', async (_what, sql, fields) => {
    await expect(db.query(sql)).rejects.toMatchObject({ driverError: fields });
  });

  it('goes on after an error', async () => {
    await expect(db.query('select $1::int', ['x'])).rejects.toThrow('invalid input syntax');
    expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('commits and rolls back transactions', async () => {
    await db.transaction((manager) => manager.query(`insert into item (name) values ('kept')`));
    const undone = db.transaction(async (manager) => {
      await manager.query(`insert into item (name) values ('lost')`);
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    expect(await names()).toEqual(['kept']);
  });

  it('has savepoints', async () => {
    await db.transaction(async (manager) => {
      await manager.query(`insert into item (name) values ('outer')`);
      const inner = manager.transaction(async (nested) => {
        await nested.query(`insert into item (name) values ('inner')`);
        throw new Error('inner only');
      });
      await expect(inner).rejects.toThrow('inner only');
    });
    expect(await names()).toEqual(['outer']);
  });

  it('refuses statements in a failed transaction until it is rolled back', async () => {
    await withRunner(async (runner) => {
      await runner.startTransaction();
      await expect(runner.query('select 1/0')).rejects.toThrow('division by zero');
      await expect(runner.query('select 1')).rejects.toMatchObject({
        driverError: { code: '25P02' },
      });
      await runner.rollbackTransaction();
      expect(await runner.query('select 1 as one')).toEqual([{ one: 1 }]);
    });
  });

  it('keeps two transactions apart: what one undoes, the other has not lost', async () => {
    const good = db.transaction(async (manager) => {
      await manager.query(`insert into item (name) values ('good 1')`);
      await new Promise((resolve) => setTimeout(resolve, 30));
      await manager.query(`insert into item (name) values ('good 2')`);
    });
    const bad = db.transaction(async (manager) => {
      await manager.query(`insert into item (name) values ('bad')`);
      await new Promise((resolve) => setTimeout(resolve, 10));
      throw new Error('undo me');
    });
    await expect(bad).rejects.toThrow('undo me');
    await good;
    expect(await names()).toEqual(['good 1', 'good 2']);
  });

  it('lets two query runners take turns', async () => {
    await withRunner((first) =>
      withRunner(async (second) => {
        for (const name of ['a', 'c'])
          await first.query('insert into item (name) values ($1)', [name]);
        await second.query(`insert into item (name) values ('b')`);
        expect(await first.query('select count(*)::int as n from item')).toEqual([{ n: 3 }]);
      }),
    );
  });

  it('loses none of a hundred transactions at once', async () => {
    const insert = (name: number): Promise<unknown> =>
      db.transaction((manager) => manager.query('insert into item (name) values ($1)', [name]));
    await Promise.all(Array.from({ length: 100 }, (_, index) => insert(index)));
    expect(new Set(await names()).size).toBe(100);
  });

  it('rolls back what a client had not committed when its connection closes', async () => {
    const pool = (db.driver as unknown as { master: pg.Pool }).master;
    const client = await pool.connect();
    await client.query('begin');
    await client.query(`insert into item (name) values ('uncommitted')`);
    client.release(true);
    expect(await names()).toEqual([]);
  });

  it('does not mix up answers that are asked for all at once', async () => {
    const numbers = Array.from({ length: 50 }, (_, index) => index);
    const rows = await Promise.all(numbers.map((n) => db.query('select $1::int as n', [n])));
    expect(rows.map(([row]) => row.n)).toEqual(numbers);
  });

  it('carries a megabyte both ways', async () => {
    const text = 'é'.repeat(500_000);
    const [row] = await db.query('select $1::text as text', [text]);
    expect(row.text === text).toBe(true);
  });

  it('takes a session lock and says who holds it', async () => {
    await withRunner(async (runner) => {
      const [row] = await runner.query('select pg_try_advisory_lock(42) as locked');
      const held = await runner.query(
        `select objid::int from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`,
      );
      await runner.query('select pg_advisory_unlock(42)');
      expect([row.locked, held]).toEqual([true, [{ objid: 42 }]]);
    });
  });

  it('makes uuids without an extension', async () => {
    const [row] = await db.query('select gen_random_uuid() as id');
    expect(row.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('can be closed and opened again', async () => {
    await db.query(`insert into item (name) values ('still here')`);
    await db.destroy();
    await db.initialize();
    expect(await names()).toEqual(['still here']);
  });
});
