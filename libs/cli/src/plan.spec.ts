import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { Project } from './testing/project.fixture.js';
import type { AppRun } from './testing/run-app.fixture.js';

jest.setTimeout(60_000);

let project: Project;
let database: TestDatabase;
const write = (path: string, text: string): void => {
  const file = join(project.root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

beforeEach(async () => {
  project = new Project();
  database = await createTestDatabase();
  write(
    'migrations/versions/a1.ts',
    `export const revision = 'a1';
export const message = 'add account';
export const downRevision = null;
export async function upgrade(op: any) {
  await op.createTable('account', (t: any) => [t.column('id', 'int')]);
  await op.createIndex('ix', 'account', ['id'], { concurrently: true });
}
export async function downgrade(op: any) { await op.dropTable('account'); }
`,
  );
  write(
    'migrations/versions/b2.ts',
    `export const revision = 'b2';
export const message = 'fill account';
export const downRevision = 'a1';
export async function upgrade(op: any, ctx: any) {
  const rows = await ctx.query('SELECT id FROM account');
  op.execute('SELECT ' + rows.length);
}
export async function downgrade() {}
`,
  );
});
afterEach(async () => {
  project.remove();
  await database.drop();
});

const run = (...args: string[]): Promise<AppRun> => project.migrate(database.url, args);

const PLAN = `upgrade <base> -> a1, add account
  create table account
      CREATE TABLE "account" (
        "id" int
      );
  create index ix on account (what came before is committed first)
      CREATE INDEX CONCURRENTLY "ix" ON "account" ("id");

upgrade a1 -> b2, fill account
  the rest depends on data, which is asked for in line N: SELECT id FROM account
`;

describe('migrate plan', () => {
  it('prints the operations in words and the statements, and runs none; upgrade --dry-run is the same', async () => {
    const status = 'Nothing was run. The database is at base; it would be at b2.\n';
    for (const args of [['plan'], ['plan', 'head'], ['upgrade', 'head', '--dry-run']]) {
      const { exitCode, stdout } = await run(...args);
      // The loader of this fixture moves the lines.
      expect(stdout.replace(/in line \d+/, 'in line N')).toBe(`${PLAN}${status}`);
      expect(exitCode).toBe(0);
    }
    expect((await run('current')).stdout).toBe('');
  });

  it('plans a downgrade, and says what loses data', async () => {
    await run('upgrade', 'a1');
    const expected = expect.stringMatching(
      /^downgrade a1 -> <base>, add account\n {2}drop table account \(data can be lost\)\n/,
    ) as string;
    for (const args of [
      ['plan', '--downgrade'],
      ['downgrade', 'base', '--dry-run'],
    ])
      expect(await run(...args)).toMatchObject({ exitCode: 0, stdout: expected });
    expect((await run('current')).stdout).toBe('a1\n');
  });

  it('asks no database for a range, and has a document', async () => {
    const { stdout, exitCode } = await project.migrate('postgres://127.0.0.1:1/none', [
      'plan',
      'a1:b2',
      '--json',
    ]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      steps: [
        {
          direction: 'upgrade',
          revision: 'b2',
          message: 'fill account',
          rowsBefore: ['a1'],
          rowsAfter: ['b2'],
          transaction: 'revision',
          operations: [],
          dependsOnData: { line: expect.any(Number) as number, sql: 'SELECT id FROM account' },
        },
      ],
      rowsBefore: ['a1'],
      rowsAfter: ['b2'],
    });
  });

  it('claims nothing about a database that it has not asked, and is no script', async () => {
    const range = await project.migrate('postgres://127.0.0.1:1/none', ['plan', 'a1:b2']);
    expect(range.stdout).toMatch(
      /\nNothing was run, and no database was asked: this leads from a1 to b2\.\n$/,
    );
    expect(await run('upgrade', 'head', '--dry-run', '--sql')).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining('E7007') as string,
    });
  });

  it('--check-data counts the rows in the way, and ends with 2; a range it refuses', async () => {
    await run('upgrade', 'a1');
    const connection = await database.connect();
    await connection.script('INSERT INTO account VALUES (NULL), (1)');
    write(
      'migrations/versions/b2.ts',
      `export const revision = 'b2';
export const downRevision = 'a1';
export async function upgrade(op: any) {
  op.alterColumn('account', 'id', { nullable: false }, { from: { nullable: true } });
}
`,
    );
    const told = await run('plan', '--check-data');
    expect(told.stdout).toContain(
      '\n  1 in the way: account.id must not be null, and is in some rows\n      SELECT count(*)',
    );
    expect(told.exitCode).toBe(2);
    const { stdout, exitCode } = await run('plan', '--check-data', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      fitsData: false,
      steps: [{ rowsInTheWay: [{ rows: 1, after: [] }] }],
    });
    expect(exitCode).toBe(2);
    await connection.script('DELETE FROM account WHERE id IS NULL');
    expect(await run('plan', '--check-data')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('No row of the database is in the way.\n') as string,
    });
    const range = await run('plan', 'a1:b2', '--check-data');
    expect(range).toMatchObject({ exitCode: 1, stdout: '' });
    expect(range.stderr).toContain('E7007');
  });

  it('shows the statements for the server that was asked, and thousands of rows as a number', async () => {
    write(
      'migrations/versions/b2.ts',
      `export const revision = 'b2';
export const downRevision = 'a1';
export async function upgrade(op: any) {
  op.bulkInsert('account', Array.from({ length: 1000 }, (_, id) => ({ id })));
  const change = (expression: string) => ({ type: 'int', generated: expression });
  op.alterColumn('account', 'twice', change('id * 2'), { from: change('id + id') });
}
`,
    );
    const { stdout } = await run('plan');
    // Without a server to ask, both ways would stand behind a question of its version.
    expect(stdout).not.toContain('server_version_num');
    expect(stdout).toMatch(/\n {2}alter column account\.twice: generated\n {6}(ALTER TABLE|DO )/);
    expect(stdout).toContain('\n      (38),\n      … 961 more lines; --json has them all\n');
    expect(stdout.split('\n').length).toBeLessThan(200);
    expect((await run('plan', '--json')).stdout).toContain('(999)');
  });

  it('--transaction run refuses what has to leave it (E6014); --idempotent needs --sql (E7007)', async () => {
    expect(await run('upgrade', 'a1', '--transaction', 'run')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('E6014') as string,
    });
    expect(await run('upgrade', 'a1', '--transaction', 'none')).toMatchObject({ exitCode: 1 });
    expect(await run('upgrade', 'a1', '--idempotent')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('E7007') as string,
    });
  });
});
