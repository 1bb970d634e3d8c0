import { DOWN, Project } from '../testing/project.fixture.js';
import { runApp } from '../testing/run-app.fixture.js';
import type { AppRun } from '../testing/run-app.fixture.js';

jest.setTimeout(60_000);

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => project.remove());

const migrate = (...args: readonly string[]): Promise<AppRun> =>
  runApp('plain-main.fixture.ts', ['migrate', ...args], { env: { PROJECT: project.root } });

describe('an app that does not know nest-commander', () => {
  it('runs a command, and loads nothing that only the index of nest-commander needs', async () => {
    project.writeRevision('a1', null);
    const run = await migrate('heads');
    expect(run).toMatchObject({ exitCode: 0, stdout: 'a1 (head)\n' });
    expect(run.stderr).toMatch(/^\nloaded: nest-commander$/);
  });

  it('gets the same help and the same usage errors', async () => {
    const help = await migrate('--help');
    expect(asMain(help.stdout)).toBe((await project.migrate(DOWN, ['--help'])).stdout);
    const wrong = await migrate('nosuch');
    expect(wrong).toMatchObject({ exitCode: 1, stdout: '' });
    expect(wrong.stderr).toContain('E7007');
    expect(asMain(wrong.stderr)).toBe((await project.migrate(DOWN, ['nosuch'])).stderr);
  });
});

/** What the other fixture app would write. */
const asMain = (text: string): string =>
  text.replaceAll('plain-main', 'main').replace(/\nloaded: .*$/, '');
