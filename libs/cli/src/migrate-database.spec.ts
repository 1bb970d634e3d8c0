import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresDialect } from '@nest-alembic/core';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { BUILT, Project, expectDiscreet, expectError } from './testing/project.fixture.js';
import type { AppRun } from './testing/run-app.fixture.js';

jest.setTimeout(60_000);

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => project.remove());

describe('migrate … on a real database', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  const run = (...args: string[]): Promise<AppRun> => project.migrate(database.url, args);

  it('the main job: entities, revision, upgrade, check, downgrade', async () => {
    const revision = await run('revision', '--autogenerate', '-m', 'add accounts');
    expect(revision).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Generating .*_add_accounts\.ts \.\.\. {2}done\n$/) as string,
    });
    expectDiscreet(revision);
    const [, file = ''] = /^Generating (.*) \.\.\. /.exec(revision.stdout) ?? [];
    expect(readFileSync(file, 'utf8')).toContain(`from '@nest-alembic/nestjs'`);

    const upgrade = await run('upgrade', 'head');
    expect(upgrade).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^The database is at \w{12}\.\n$/) as string,
    });
    expect(upgrade.stderr).toMatch(/^Running upgrade <base> -> \w{12}, add accounts$/m);
    expectDiscreet(upgrade);
    expect(await run('upgrade', 'head')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Nothing to do/) as string,
    });

    const current = await run('current');
    expect(current).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\w{12} \(head\)\n$/) as string,
    });
    expect(await run('check')).toMatchObject({
      exitCode: 0,
      stdout: 'No new upgrade operations detected.\n',
    });

    const connection = await database.connect();
    await connection.query('ALTER TABLE account DROP COLUMN email');
    const check = await run('check', '--json');
    expect(check.exitCode).toBe(2);
    expect(JSON.parse(check.stdout)).toMatchObject({ upToDate: false });
    await connection.query('ALTER TABLE account ADD COLUMN email varchar(255) NOT NULL');

    const downgrade = await run('downgrade', '-1');
    expect(downgrade).toMatchObject({ exitCode: 0, stdout: 'The database is at base.\n' });
    const { rows } = await connection.query(`SELECT to_regclass('account') AS account`);
    expect(rows).toEqual([{ account: null }]);
    expect(await run('current')).toMatchObject({ exitCode: 0, stdout: '' });
  });

  it('MSG-03, PORT-02: --sql prints nothing but SQL, though the app and TypeORM write to stdout', async () => {
    await run('revision', '--autogenerate', '-m', 'add accounts');
    const { stdout, stderr, exitCode } = await run('upgrade', 'head', '--sql');
    expect(exitCode).toBe(0);
    expect(stderr).toContain(BUILT);
    const connection = await database.connect();
    // Nothing was synchronised, and nothing upgraded though the app would do so at its start.
    const { rows } = await connection.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
    );
    expect(rows).toEqual([]);
    await connection.script(stdout);
    expect(await run('check')).toMatchObject({ exitCode: 0 });
  });

  it('MSG-03, PORT-02: what each command with --sql prints runs as it is, whatever else it is asked to say', async () => {
    await run('revision', '--autogenerate', '-m', 'add accounts', '--rev-id', 'a1');
    const connection = await database.connect();
    for (const [args, rows] of [
      [['ensure-version'], []],
      [['upgrade', 'head', '--idempotent'], ['a1']],
      [['upgrade', 'head', '--idempotent', '--tag', 'again'], ['a1']],
      [['downgrade', 'a1:base'], []],
      [['stamp', 'head'], ['a1']],
      [['stamp', 'a1:base'], []],
    ] as const) {
      const { stdout, stderr, exitCode } = await run(...args, '--sql');
      expect({ args, exitCode, told: stderr.includes(BUILT) }).toEqual({
        args,
        exitCode: 0,
        told: true,
      });
      await connection.script(stdout);
      const found = await connection.query('SELECT version_num FROM alembic_version');
      expect([args, found.rows.map((row) => row['version_num'])]).toEqual([args, rows]);
    }
  });

  it('bad input: an unknown revision in the table, a wrong target, a downgrade past base', async () => {
    project.writeRevision('a1', null);
    expectError(await run('upgrade', 'nosuch'), 'E1017');
    expectError(await run('downgrade', '-1'), 'E1014');
    const connection = await database.connect();
    await connection.script(
      `CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY); INSERT INTO alembic_version VALUES ('ffff')`,
    );
    for (const args of [['upgrade', 'head'], ['current'], ['stamp', 'head']])
      expectError(await run(...args), 'E4001');
    expect(await run('stamp', 'head', '--purge')).toMatchObject({ exitCode: 0 });
    expect(await run('current')).toMatchObject({ stdout: 'a1 (head)\n' });
  });

  it('a stamp of where the database is says what it settles', async () => {
    project.writeRevision('a1', null);
    expect(await run('upgrade', 'head')).toMatchObject({ exitCode: 0 });
    const connection = await database.connect();
    await connection.script(
      `INSERT INTO alembic_version_ledger (revision, direction, stmt_no, stmt_sha256, op_kind, target, statement, state, run_id)
       VALUES ('b2', 'upgrade', 1, '', 'execute', 'x', 'CALL x()', 'failed', 'r')`,
    );
    expectError(await run('upgrade', 'head'), 'E6011');
    expect(await run('stamp', 'a1')).toMatchObject({
      exitCode: 0,
      stdout:
        'The database is at a1.\nWhat was left unfinished counts as settled: its lines in the ledger are gone.\n',
    });
    expect(await run('stamp', 'a1')).toMatchObject({
      stdout: 'Nothing to do: the database is at a1.\n',
    });
  });

  it('a broken revision file is told with its place', async () => {
    writeFileSync(
      join(project.versions, 'b2_x.ts'),
      `export const revision = 'b2';\nexport const = 1;\n`,
    );
    const failed = await run('upgrade', 'head');
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toMatch(/error E20\d\d: .*b2_x\.ts/);
  });

  it('Ctrl+C ends a wait for the lock at once, exit code 1', async () => {
    project.writeRevision('a1', null);
    const connection = await database.connect();
    const versionTable = { schema: 'public', name: 'alembic_version' };
    expect(await postgresDialect.session.tryLock(connection, versionTable)).toBe(true);
    const run = await project.migrate(database.url, ['upgrade', 'head'], {
      interruptOn: /Waiting for/,
    });
    expectError(run, 'E6013');
    expect(run.stderr).toMatch(/nest-alembic-testing \(pid \d+/);
  });

  it('Ctrl+C in the middle of a revision says what happens, and stops when the revision is done', async () => {
    project.writeRevision('a1', null, `await op.execute('SELECT pg_sleep(1)');`);
    project.writeRevision('b2', 'a1');
    const run = await project.migrate(database.url, ['upgrade', 'head'], {
      interruptOn: /Running upgrade <base>/,
    });
    expectError(run, 'E6013');
    expect(run.stderr).toMatch(/^Stopping: a revision that runs is finished first\./m);
    expect(await project.migrate(database.url, ['current'])).toMatchObject({ stdout: 'a1\n' });
  });

  it('a role that may not log in is E5010, without the password', async () => {
    const url = new URL(database.url);
    url.username = 'nobody_of_that_name';
    url.password = 'top-secret';
    expectError(await project.migrate(url.href, ['current']), 'E5010');
  });

  it('MSG-05: a reader that goes is no error', async () => {
    for (let at = 0; at < 30; at++) project.writeRevision(`a${at}`, at === 0 ? null : `a${at - 1}`);
    const history = await project.migrate(database.url, ['history', '-v'], { closeStdoutAfter: 1 });
    expect(history.exitCode).toBe(0);
    expect(history.stderr).not.toMatch(/EPIPE/);
  });
});
