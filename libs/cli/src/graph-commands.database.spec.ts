import { appendFileSync, chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { DOWN, Project, expectDiscreet, expectError } from './testing/project.fixture.js';
import type { AppRun } from './testing/run-app.fixture.js';

jest.setTimeout(60_000);

let project: Project;
let database: TestDatabase;
beforeEach(async () => {
  project = new Project();
  project.writeRevision('a1', null);
  project.writeRevision('b2', 'a1');
  project.writeRevision('c3', 'b2');
  database = await createTestDatabase();
});
afterEach(async () => {
  project.remove();
  await database.drop();
});

const run = (...args: string[]): Promise<AppRun> => project.migrate(database.url, args);
const offline = (...args: string[]): Promise<AppRun> => project.migrate(DOWN, args);

/** Output of a command that ended well. */
async function answer(result: Promise<AppRun>): Promise<string> {
  const ended = await result;
  expect(ended).toMatchObject({ exitCode: 0 });
  expectDiscreet(ended);
  return ended.stdout;
}

/** Gives a revision a downgrade that does nothing. */
const reversible = (id: string): void =>
  appendFileSync(join(project.versions, `${id}_x.ts`), '\nexport const downgrade = () => {};\n');

describe('migrate … about the graph', () => {
  it('D13: heads, branches, graph and history answer when the database is down', async () => {
    project.writeRevision('d4', 'b2');
    expect(await answer(offline('heads'))).toBe('c3 (head)\nd4 (head)\n');
    expect(await answer(offline('branches'))).toBe(
      'b2 (branchpoint)\n   -> c3 (head)\n   -> d4 (head)\n\n',
    );
    expect(await answer(offline('graph', '-r', 'b2:'))).toBe(
      [
        '* c3 (head), revision c3',
        '│ * d4 (head), revision d4',
        '├─╯',
        '* b2 (branchpoint), revision b2',
        '',
      ].join('\n'),
    );
    const check = await offline('heads', '--check');
    expectError(check, 'E1007');
    expect(check.stderr).toContain('there are 2 heads: "c3", "d4"');
    expectError(await offline('history', '-i'), 'E5010');
  });

  it('LIM-10, PORT-01, CLI-63: numbers that look like options, in every spelling', async () => {
    reversible('a1');
    reversible('b2');
    await answer(run('upgrade', '+2'));
    const lines = 'a1 -> b2 (current), revision b2\n<base> -> a1, revision a1\n';
    for (const args of [
      ['-r', '-1:current'],
      ['-r-1:current'],
      ['--rev-range', '-1:current'],
      ['--rev-range=-1:current'],
    ])
      expect(await answer(run('history', ...args))).toBe(lines);
    expect(await answer(run('downgrade', '-1'))).toBe('The database is at a1.\n');
    expect(await answer(run('downgrade', '--', '-1'))).toBe('The database is at base.\n');
  });

  it('CLI-72, CLI-74: current names the database without its password, and checks heads', async () => {
    await answer(run('upgrade', 'b2'));
    const url = new URL(database.url);
    url.password = 'top-secret';
    const verbose = await project.migrate(url.href, ['current', '-v']);
    expect(verbose.stdout).toMatch(
      /^Current revision\(s\) for postgres:\/\/[^@]+:\nRev: b2 \(current\)\n/,
    );
    expectDiscreet(verbose);
    expectError(await run('current', '-c'), 'E4014');
    await answer(run('upgrade', 'heads'));
    expect(await answer(run('current', '--check-heads'))).toBe('c3 (head)\n');
    expect(await answer(run('show', 'current'))).toMatch(
      /^Rev: c3 \(head\) \(current\)\nParent: b2\n/,
    );
  });

  it('redo tells what it runs, and where it stopped', async () => {
    project.writeRevision('d4', 'c3', `if (process.env['FAIL']) await op.execute('SELECT 1/0');`);
    await answer(run('upgrade', 'head'));
    const withoutDowngrade = await run('redo');
    expectError(withoutDowngrade, 'E6005');
    reversible('d4');
    const redone = await run('redo', '--tag', 'x');
    expect(redone).toMatchObject({ exitCode: 0, stdout: 'The database is at d4.\n' });
    expect(redone.stderr).toMatch(/^Running downgrade d4 -> c3.*\nRunning upgrade c3 -> d4/m);
    const failed = await project.migrate(database.url, ['redo'], { env: { FAIL: '1' } });
    expectError(failed, 'E6003');
    expect(failed.stderr).toContain('The database is kept where it failed, at "c3".');
    expect(await answer(run('current'))).toBe('c3\n');
  });

  it('CLI-82: ensure_version makes the table once; its script makes the same', async () => {
    expect(await answer(run('ensure_version'))).toBe('The version table was made.\n');
    expect(await answer(run('ensure-version'))).toMatch(/^Nothing to do/);
    const script = await answer(offline('ensure-version', '--sql'));
    const connection = await database.connect();
    await connection.script('DROP TABLE alembic_version, alembic_version_log');
    await connection.script(script);
    expect(await answer(run('ensure-version'))).toMatch(/^Nothing to do/);
  });

  it('CLI-83, SCN-73: edit opens $EDITOR and does not wait for a terminal that is not there', async () => {
    const editor = join(project.root, 'an editor');
    const log = join(project.root, 'log');
    writeFileSync(editor, `#!/bin/sh\necho drawing; read line; echo "$1" >> '${log}'\n`);
    chmodSync(editor, 0o755);
    const edit = (env: NodeJS.ProcessEnv, ...args: string[]) =>
      project.migrate(database.url, ['edit', ...args], { env: { VISUAL: undefined, ...env } });
    const file = join(project.versions, 'c3_x.ts');
    expect(await answer(edit({ EDITOR: editor }, 'head', '--json'))).toBe(
      `${JSON.stringify({ files: [file] }, null, 2)}\n`,
    );
    expect(readFileSync(log, 'utf8')).toBe(`${file}\n`);
    expectError(await edit({ EDITOR: editor }, 'current'), 'E7015');
    expectError(await edit({ EDITOR: 'false' }, 'head'), 'E7014');
    expectError(await edit({ EDITOR: undefined }, 'head'), 'E7014');
    expectError(await edit({ EDITOR: editor }, 'base'), 'E7015');
  });
});
