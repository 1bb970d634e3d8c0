import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationEvent } from '@nest-alembic/core';
import { Project } from '../testing/project.fixture.js';
import { memoryStreams } from '../testing/memory-streams.fixture.js';
import { runOn } from '../testing/run-in-process.fixture.js';
import { createService } from '../testing/service.fixture.js';
import { describeProgress } from './describe-progress.js';
import { openTerminal } from './terminal.js';
import { wrapStatus } from './wrap-status.js';

describe('the line of a piece of work', () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  it('MSG-01, MSG-07: revision says what it generates, and done', async () => {
    const run = await runOn([createService(project)], ['revision', '-m', 'x', '--rev-id', 'a1']);
    const file = join(project.versions, 'a1_x.ts');
    expect(run).toEqual({ exitCode: 0, stdout: `Generating ${file} ...  done\n`, stderr: '' });
  });

  it('MSG-07: init says which folders and files it makes', async () => {
    rmSync(project.migrations, { recursive: true });
    const { stdout } = await runOn([createService(project)], ['init']);
    const lines = stdout.split('\n\n')[0]?.replaceAll(project.root, '').split('\n');
    expect(lines).toEqual([
      'Creating directory /migrations ...  done',
      'Creating directory /migrations/versions ...  done',
      expect.stringMatching(/^Generating \/migrations\/\S+ \.\.\. {2}done$/),
      expect.stringMatching(/^Generating \/migrations\/\S+ \.\.\. {2}done$/),
      expect.stringMatching(/^Generating \/migrations\/\S+ \.\.\. {2}done$/),
    ]);
  });

  it('MSG-01: what fails is FAILED, and the error follows on stderr', async () => {
    mkdirSync(join(project.versions, 'a1_x.ts'));
    writeFileSync(join(project.versions, 'a1_x.ts', 'in-the-way'), '');
    const run = await runOn([createService(project)], ['revision', '-m', 'x', '--rev-id', 'a1']);
    expect(run.stdout).toMatch(/^Generating .*a1_x\.ts \.\.\. {2}FAILED\n$/);
    expect(run.stderr).toMatch(/^error E7001: /m);
    expect(run.exitCode).toBe(1);
  });

  it('MSG-01: -q leaves it out, and --json has only its document', async () => {
    const services = [createService(project)];
    const quiet = await runOn(services, ['revision', '-m', 'x', '-q']);
    expect(quiet).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const { stdout } = await runOn(services, ['revision', '-m', 'y', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ downRevisions: [expect.any(String)] });
  });

  it('MSG-01: on a terminal it is wrapped, two blanks before what follows', async () => {
    const service = createService(project);
    const args = ['revision', '-m', 'x', '--rev-id', 'a1'];
    const file = join(project.versions, 'a1_x.ts');
    const columns = `  ${file} ...`.length;
    const { stdout } = await runOn([service], args, { isTTY: true, columns });
    expect(stdout).toMatch(/^Generating\n {2}\S+ \.\.\. {2}\S*done\S*\n$/);
    expect(stdout).toContain(`\n  ${file} ...`);
  });
});

describe('wrapping', () => {
  it.each<[string, { isTTY?: boolean; columns?: number }, string]>([
    ['no terminal', { columns: 10 }, 'one two three four'],
    ['a terminal of unknown width', { isTTY: true }, 'one two three four'],
    ['a wide terminal', { isTTY: true, columns: 80 }, 'one two three four'],
    ['a narrow one', { isTTY: true, columns: 9 }, 'one two\n  three\n  four'],
    ['one narrower than a word', { isTTY: true, columns: 2 }, 'one\n  two\n  three\n  four'],
  ])('%s', (_case, screen, expected) => {
    expect(wrapStatus('one two three four', screen)).toBe(expected);
  });
});

it('MSG-06: a warning goes through the listener to stderr, also with --json, and not with -q', async () => {
  const warn: MigrationEvent = { type: 'warning', message: 'two bases have no label' };
  for (const [quiet, said] of [
    [false, 'warning: two bases have no label\n'],
    [true, ''],
  ] as const) {
    const { streams, stdout, stderr } = memoryStreams();
    const terminal = openTerminal(streams, {});
    terminal.quiet = quiet;
    describeProgress(terminal, { tasks: false })(warn);
    await terminal.flush();
    expect([stdout(), stderr()]).toEqual(['', said]);
  }
});
