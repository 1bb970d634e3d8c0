import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOWN, Project } from './testing/project.fixture.js';
import type { AppRun } from './testing/run-app.fixture.js';

jest.setTimeout(60_000);

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => project.remove());

const program = (name: string, body: string): void => {
  const file = join(project.root, name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
};
const hook = (name: string, options: object = {}): object => ({
  name,
  type: 'exec',
  executable: `./${name}`,
  ...options,
});
/** Runs `migrate revision` of the fixture app in a process of its own, with these options in a file. */
const revision = (options: object, ...args: readonly string[]): Promise<AppRun> => {
  writeFileSync(join(project.root, 'options.json'), JSON.stringify(options));
  return project.migrate(DOWN, ['-c', 'options.json', 'revision', '--rev-id', 'ab12', ...args], {
    cwd: project.root,
  });
};

describe('post-write hooks on the command line', () => {
  it('HOOK-02, MSG-01: each is told with its end, on stdout, and what it prints is not', async () => {
    program('quiet', 'echo "// treated" >> "$1"');
    program('loud', 'echo noise; echo noise >&2');
    const run = await revision({ postWriteHooks: [hook('quiet'), hook('loud')] }, '-m', 'add x');
    expect(run.stdout).toBe(
      [
        'Generating migrations/versions/ab12_add_x.ts ...  done',
        'Running post write hook "quiet" ...  done',
        'Running post write hook "loud" ...  done',
        '',
      ].join('\n'),
    );
    expect(run.stdout + run.stderr).not.toMatch(/^noise$/m);
    expect(run.exitCode).toBe(0);
    expect(readFileSync(join(project.versions, 'ab12_add_x.ts'), 'utf8')).toMatch(
      /\/\/ treated\n$/,
    );
  });

  it('B123: one that fails ends the command with 1; the file is kept, and no secret is told', async () => {
    program(
      'lint',
      'echo "postgres://app:top-secret@db/app"; echo "DATABASE_URL is $DATABASE_URL"; exit 7',
    );
    const run = await revision({ postWriteHooks: [hook('lint')] });
    expect(run.stdout).toMatch(/Running post write hook "lint" \.\.\. {2}FAILED\n/);
    expect(run.stderr).toContain('error E7020: post-write hook "lint" ended with exit code 7');
    expect(run.stderr).toContain('postgres://app:***@db/app');
    expect(run.stdout + run.stderr).not.toContain('top-secret');
    expect(run.exitCode).toBe(1);
    expect(readdirSync(project.versions)).toEqual(['ab12_.ts']);
  });

  it('B123: with --json stdout stays empty, and stderr is one document with the facts', async () => {
    program('lint', 'echo bad >&2; exit 7');
    const run = await revision({ postWriteHooks: [hook('lint')] }, '--json');
    expect(run.stdout).toBe('');
    expect(JSON.parse(run.stderr.slice(run.stderr.indexOf('{')))).toMatchObject({
      error: {
        code: 'E7020',
        facts: { hook: 'lint', exitCode: 7, timedOut: false, output: 'bad' },
      },
    });
    expect(run.exitCode).toBe(1);
  });

  it('B123: one that hangs is ended after its time', async () => {
    program('hang', 'sleep 60');
    const run = await revision({ postWriteHooks: [hook('hang', { timeoutMs: 500 })] });
    expect(run.stderr).toContain('did not end within 500 ms');
    expect(run.exitCode).toBe(1);
    expect(run.durationMs).toBeLessThan(20_000);
  });

  it('HOOK-06: one whose program is missing is told before anything is written', async () => {
    const run = await revision({ postWriteHooks: [hook('nosuch')] });
    expect(run.stderr).toContain('error E7021: ');
    expect(run.stdout).toBe('');
    expect(readdirSync(project.versions)).toEqual([]);
  });

  it('Ctrl+C ends the hook as well', async () => {
    program('wait', 'echo $$ > pid; exec sleep 60');
    writeFileSync(
      join(project.root, 'options.json'),
      JSON.stringify({ postWriteHooks: [hook('wait')] }),
    );
    const running = project.migrate(DOWN, ['-c', 'options.json', 'revision'], {
      cwd: project.root,
      interruptWhen: () => existsSync(join(project.root, 'pid')),
    });
    const run = await running;
    expect(run.durationMs).toBeLessThan(20_000);
    expect(run.exitCode).not.toBe(0);
    const pid = readFileSync(join(project.root, 'pid'), 'utf8').trim();
    const state = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout.trim();
    expect(state).toMatch(/^(Z.*)?$/);
  });
});
