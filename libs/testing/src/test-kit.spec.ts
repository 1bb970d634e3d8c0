import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectPostgres } from './connect-postgres.js';
import { pgDump, runPsql } from './postgres-tools.js';
import { createTestDatabase, serverMajor } from './test-database.js';
import type { TestDatabase } from './test-database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
});

describe('connectPostgres', () => {
  it('runs one statement with parameters', async () => {
    const connection = await database.connect();
    const result = await connection.query('SELECT $1::int + 1 AS sum', [41]);
    expect(result).toEqual({ rows: [{ sum: 42 }], rowCount: 1 });
  });

  it('refuses several statements in a query, with and without parameters', async () => {
    const connection = await database.connect();
    await expect(connection.query('SELECT 1; SELECT 2')).rejects.toMatchObject({ code: '42601' });
  });

  it('gives one result for each statement of a script', async () => {
    const connection = await database.connect();
    const results = await connection.script(
      'SELECT 1 AS one;; CREATE TEMP TABLE t (a int); TABLE t',
    );
    expect(results).toEqual([
      { rows: [{ one: 1 }], rowCount: 1 },
      { rows: [], rowCount: null },
      { rows: [], rowCount: 0 },
    ]);
  });

  it.each(['', '-- nothing', ';'])(
    'gives no result for a script without statement: %p',
    async (sql) => {
      const connection = await database.connect();
      expect(await connection.script(sql)).toEqual([]);
    },
  );

  it('survives the end of its session and closes twice without an error', async () => {
    const connection = await connectPostgres(database.url);
    const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const other = await database.connect();
    await other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await expect(connection.query('SELECT 1')).rejects.toThrow();
    await connection.close();
    await connection.close();
  });
});

describe('createTestDatabase', () => {
  it('clones a template and drops what is still in use', async () => {
    const template = await createTestDatabase();
    const first = await connectPostgres(template.url);
    await first.query('CREATE TABLE cloned (a int)');
    await first.close();
    const clone = await createTestDatabase({ template: template.name });
    const connection = await clone.connect();
    expect((await connection.query('TABLE cloned')).rows).toEqual([]);
    const stranger = await connectPostgres(clone.url);
    await clone.drop();
    await template.drop();
    await expect(stranger.query('SELECT 1')).rejects.toThrow();
    await expect(connectPostgres(clone.url)).rejects.toMatchObject({ code: '3D000' });
  });
});

describe('the programs of PostgreSQL', () => {
  it('pg_dump gives the same text twice, without noise, where it is new enough', async () => {
    const connection = await database.connect();
    await connection.script(`CREATE TABLE dumped (b int, a text DEFAULT 'x')`);
    const major = await serverMajor(connection);
    const dump = await pgDump(database.url);
    const installed = await runPsql(database.url, 'SELECT 1');
    // Where no program is installed, or an older one, there is no oracle: nothing else may come out of it.
    if (dump === undefined) return expect(installed === undefined || major > 15).toBe(true);
    expect(await pgDump(database.url)).toBe(dump);
    expect(dump).toContain('b integer,\n');
    expect(dump).not.toMatch(/^(--|SET |\\)/m);
    const sorted = await pgDump(database.url, { columnOrder: false });
    expect(sorted).toContain(`    a text DEFAULT 'x'::text\n    b integer\n);`);
  });

  it('psql stops at the first error', async () => {
    const result = await runPsql(
      database.url,
      'CREATE TABLE before_error (); SELECT 1/0; CREATE TABLE after_error ();',
    );
    if (result === undefined) return;
    expect(result.exitCode).not.toBe(0);
    expect(result.stderr).toContain('division by zero');
    const connection = await database.connect();
    const { rows } = await connection.query(
      `SELECT to_regclass('before_error') IS NOT NULL AS before, to_regclass('after_error') IS NOT NULL AS after`,
    );
    expect(rows).toEqual([{ before: true, after: false }]);
  });

  it('notes each oracle once in the report', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'oracle-')), 'report');
    const before = process.env['TEST_ORACLE_REPORT'];
    process.env['TEST_ORACLE_REPORT'] = file;
    try {
      await jest.isolateModulesAsync(async () => {
        const { reportOracle } = await import('./oracle-report.js');
        reportOracle('fingerprint');
        reportOracle('fingerprint');
        reportOracle('pg_dump 15.20');
      });
      expect(readFileSync(file, 'utf8')).toBe('fingerprint\npg_dump 15.20\n');
    } finally {
      if (before === undefined) delete process.env['TEST_ORACLE_REPORT'];
      else process.env['TEST_ORACLE_REPORT'] = before;
    }
  });
});
