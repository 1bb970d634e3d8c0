import { closeSync, existsSync, openSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { runMigrationCli } from './run-migration-cli.js';
import { BUILT, DOWN, Project, expectDiscreet, expectError } from './testing/project.fixture.js';
import { runApp } from './testing/run-app.fixture.js';
import type { AppRun } from './testing/run-app.fixture.js';

jest.setTimeout(60_000);

/** One try, with room for a busy machine: TypeORM's own ten tries take 27 s. */
const SOON_MS = 15_000;

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => project.remove());

const odd = (app: string, args: readonly string[]): Promise<AppRun> =>
  runApp('odd-mains.fixture.ts', ['migrate', ...args], { env: { ODD_APP: app } });

describe('without a database', () => {
  it.each([['--help'], ['upgrade', '--help'], ['--version']].map((args) => [args]))(
    'migrate %j does not even build the app',
    async (args) => {
      const run = await project.migrate(DOWN, args);
      expect(run).toMatchObject({ exitCode: 0, stderr: '' });
      expectDiscreet(run);
    },
  );

  it.each<[string, readonly string[], string]>([
    ['no command', [], 'E7013'],
    ['an unknown command', ['nosuch'], 'E7007'],
    ['an argument too many', ['upgrade', 'a', 'b'], 'E7007'],
  ])('%s ends with 1, told on stderr, without building the app', async (_case, args, code) => {
    const run = await project.migrate(DOWN, args);
    expectError(run, code);
    expect(run.stderr).not.toContain(BUILT);
  });

  it.each(['--version', '--help', 'help', 'completion', 'Migrate'])(
    'CLI-01: what does not begin with "migrate" is none of our business: %s',
    async (word) => {
      const argv = ['node', 'main.js', word, 'migrate'];
      expect(await runMigrationCli(class AppModule {}, { argv })).toBe(false);
    },
  );

  it('a timer of the app that nobody stops does not keep the process alive', async () => {
    const run = await project.migrate(DOWN, ['heads'], { env: { EXIT_AFTER: '' } });
    expect(run.exitCode).toBe(0);
    expect(run.silenceMs).toBeGreaterThan(300);
    expectDiscreet(run);
  });

  it('B128: without a terminal, with NO_COLOR, with a reader that goes: no hang, the same exit codes', async () => {
    project.writeRevision('a1', null);
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }, {}])
      for (const closeStdoutAfter of [Infinity, 1]) {
        const told = await project.migrate(DOWN, ['show', 'a1'], { env, closeStdoutAfter });
        expect(told.exitCode).toBe(0);
        expect(told.stdout + told.stderr).not.toContain('\u001b');
        expectDiscreet(told);
        const failed = await project.migrate(DOWN, ['show', 'nosuch'], { env, closeStdoutAfter });
        expectError(failed, 'E1017');
      }
    const painted = await project.migrate(DOWN, ['show', 'a1'], { env: { FORCE_COLOR: '1' } });
    expect(painted.stdout).toContain('\u001b[33ma1\u001b[39m');
  });

  it('an app that is started as usual is none of our business', async () => {
    const { stdout } = await runApp('main.fixture.ts', ['serve']);
    expect(stdout).toBe('serving\n');
  });

  it('init, revision, heads, history, show and upgrade --sql work while it is down', async () => {
    rmSync(project.migrations, { recursive: true });
    const init = await project.migrate(DOWN, ['init']);
    expect(init.exitCode).toBe(0);
    expect(init.stdout).toMatch(/^Generating .*README\.md \.\.\. {2}done$/m);
    expect(init.stdout).toContain('Next: migrate revision --autogenerate');
    expect(existsSync(project.versions)).toBe(true);
    const created = await project.migrate(DOWN, [
      'revision',
      '-m',
      'add accounts',
      '--rev-id',
      'a1',
    ]);
    expect(created.exitCode).toBe(0);
    expect(readdirSync(project.versions).join()).toContain('a1_add_accounts.ts');
    for (const [args, stdout] of [
      [['heads'], 'a1 (head)\n'],
      [['history'], '<base> -> a1 (head), add accounts\n'],
      [['show', 'a1'], expect.stringMatching(/^Rev: a1 \(head\)\nParent: <base>\n/)],
      [['upgrade', 'head', '--sql'], expect.stringContaining('INSERT INTO')],
    ] as const) {
      const run = await project.migrate(DOWN, args);
      expect(run).toMatchObject({ exitCode: 0, stdout });
      expectDiscreet(run);
    }
  });

  it.each([['current'], ['check'], ['upgrade', 'head'], ['stamp', 'head']].map((args) => [args]))(
    'migrate %j answers E5010 at the first try',
    async (args) => {
      const run = await project.migrate(DOWN, args);
      expectError(run, 'E5010');
      expect(answered(run) - (await loadMs())).toBeLessThan(SOON_MS);
    },
  );

  it('a server that accepts and never answers is asked once, and given up', async () => {
    let tries = 0;
    const silent = createServer(() => void (tries += 1)).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as AddressInfo;
    const url = `postgres://app:top-secret@127.0.0.1:${port}/app`;
    const run = await project.migrate(url, ['current']);
    silent.close();
    expectError(run, 'E5010');
    expect(tries).toBe(1);
    expect(answered(run) - (await loadMs())).toBeLessThan(SOON_MS);
  });
});

/** Time to the last word, in milliseconds. */
function answered(run: AppRun): number {
  return run.durationMs - run.silenceMs;
}

let load: Promise<number> | undefined;

/** Time that the app takes to be loaded and built on this machine as busy as it is: of a command without database. */
function loadMs(): Promise<number> {
  return (load ??= project.migrate(DOWN, ['heads']).then(answered));
}

it('a stdout that cannot be written is an error', async () => {
  const readOnly = openSync(__filename, 'r');
  const run = await project.migrate(DOWN, ['--version'], { stdout: readOnly });
  closeSync(readOnly);
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toMatch(
    /^error E7016: stdout cannot be written: .*EBADF.*\nThe command was carried out;.*\n$/,
  );
});

describe('an app that is not as it should be', () => {
  it('without MigrationsModule it has no environment', async () => {
    const run = await odd('NoMigrations', ['heads']);
    expectError(run, 'E9007');
    expect(run.stderr).toContain('MigrationsModule.forRoot()');
  });

  it('without MigrationsModule init works all the same, and tells to add it', async () => {
    rmSync(project.migrations, { recursive: true });
    const { exitCode, stdout } = await odd('NoMigrations', ['init', project.migrations]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('MigrationsModule.forRoot');
    expect(existsSync(project.versions)).toBe(true);
  });

  it('B138: a mistyped option is told with a suggestion', async () => {
    const run = await odd('MistypedOption', ['heads']);
    expectError(run, 'E9003');
    expect(run.stderr).toContain('Did you mean "autoUpgrade"?');
  });

  it('a provider that throws is one line, without a stack and without passwords', async () => {
    const run = await odd('BrokenProvider', ['heads']);
    expect(run).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: 'error: no licence for postgres://app:***@db/app\n',
    });
  });

  it('that is never finished is an error, told when nothing is left to wait for', async () => {
    const run = await odd('NeverBuilt', ['upgrade', 'head']);
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toMatch(
      /^error E7016: the command did not come to its end: .*\nFind what the app waits for.*\n$/,
    );
    const { stderr } = await odd('NeverBuilt', ['heads', '--json']);
    expect(JSON.parse(stderr)).toHaveProperty('error.message');
  });

  it('whose DataSource cannot be made is told at once, not after ten tries', async () => {
    const run = await odd('NoDataSource', ['heads']);
    expect(run).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: 'error: no DataSource could be made: the driver is not installed\n',
    });
    expect(run.silenceMs).toBeLessThan(2_000);
  });

  it('that awaits a query while it is built is told what to do', async () => {
    const run = await odd('QueryingFactory', ['heads']);
    expectError(run, 'E6006');
    expect(run.stderr).toContain('onModuleInit');
  });

  it('that starts a query in the background while it is built is warned, and the command goes on', async () => {
    const run = await odd('QueryingConstructor', ['heads']);
    expect(run).toMatchObject({ exitCode: 0, stdout: '' });
    expect(run.stderr).toMatch(/^warning: .*onModuleInit.*$/m);
  });

  it('whose own code fails in the background ends as Node ends it', async () => {
    const run = await odd('BackgroundDefect', ['heads']);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toMatch(/Error: a defect of the app\n +at /);
  });

  it('CLI-14: that has a command of its own runs it, with a provider of the app, which is not started', async () => {
    const run = await odd('WithCommand', ['greet']);
    expect(run).toMatchObject({ exitCode: 0, stdout: 'good morning\n', stderr: '' });
    expectDiscreet(run);
  });

  it('that writes to stdout after the command does not write into its answer', async () => {
    const run = await odd('Ticking', ['--json', 'heads']);
    expect(JSON.parse(run.stdout)).toEqual({ revisions: [] });
    expect(run.stderr).toMatch(/tick\n/);
    expect(run.exitCode).toBe(0);
  });

  it('CLI-08: of several environments one must be chosen', async () => {
    const run = await odd('TwoEnvironments', ['heads']);
    expectError(run, 'E9007');
    expect(run.stderr).toContain('"default", "reports"');
    expect(await odd('TwoEnvironments', ['-n', 'reports', 'heads'])).toMatchObject({
      exitCode: 0,
      stdout: '',
    });
    expectError(await odd('TwoEnvironments', ['heads', '-n', 'repots']), 'E9007');
  });
});
