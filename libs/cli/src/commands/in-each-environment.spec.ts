import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { Project } from '../testing/project.fixture.js';
import { runOn } from '../testing/run-in-process.fixture.js';
import type { Said } from '../testing/run-in-process.fixture.js';
import { createService } from '../testing/service.fixture.js';

const REVISION = (id: string): string =>
  `export const revision = '${id}';\nexport const message = 'x';\nexport const downRevision = null;\nexport async function upgrade() {}\nexport async function downgrade() {}\n`;

describe('-n all', () => {
  let project: Project;
  const databases: TestDatabase[] = [];
  let run: (...args: string[]) => Promise<Said>;

  beforeEach(async () => {
    project = new Project();
    const names = ['shop', 'reports', 'audit'];
    for (const name of names) {
      mkdirSync(join(project.root, name, 'versions'), { recursive: true });
      writeFileSync(join(project.root, name, 'versions/x.ts'), REVISION(`${name}1`));
      databases.push(await createTestDatabase());
    }
    run = (...args) =>
      runOn(
        names.map((name, at) =>
          createService(project, {
            name,
            url: databases[at]?.url ?? '',
            options: { directory: name },
          }),
        ),
        args,
      );
  });
  afterEach(async () => {
    project.remove();
    for (const database of databases.splice(0)) await database.drop();
  });

  it('runs a command in every environment, in the order of the app, under headings', async () => {
    expect(await run('heads', '-n', 'all')).toEqual({
      exitCode: 0,
      stdout:
        'Environment "shop"\nshop1 (head)\n' +
        '\nEnvironment "reports"\nreports1 (head)\n' +
        '\nEnvironment "audit"\naudit1 (head)\n',
      stderr: '',
    });
    const upgrade = await run('-n', 'all', 'upgrade', 'head');
    expect(upgrade.stdout).toBe(
      'Environment "shop"\nThe database is at shop1.\n' +
        '\nEnvironment "reports"\nThe database is at reports1.\n' +
        '\nEnvironment "audit"\nThe database is at audit1.\n',
    );
    const quiet = await run('-n', 'all', 'upgrade', 'head', '-q');
    expect(quiet).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const current = await run('-q', '-n', 'all', 'current');
    expect(current.stdout).toMatch(
      /^Environment "shop"\nshop1 \(head\)\n\nEnvironment "reports"\n/,
    );
  });

  it('with --json gives one document with the answers by environment', async () => {
    const { stdout, exitCode } = await run('current', '-n', 'all', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      environments: {
        shop: { rows: [], heads: ['shop1'] },
        reports: { rows: [], heads: ['reports1'] },
        audit: { rows: [], heads: ['audit1'] },
      },
    });
  });

  it('ends with 2 when one of the environments differs, and goes on', async () => {
    await run('upgrade', 'head', '-n', 'all');
    const check = await run('check', '-n', 'all');
    expect(check.exitCode).toBe(2);
    expect(check.stdout.match(/^New upgrade operations detected:$/gm)).toHaveLength(3);
  });

  it('stops at the first error and says what is done', async () => {
    rmSync(join(project.root, 'reports'), { recursive: true });
    const failed = await run('upgrade', 'head', '-n', 'all');
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toContain('The database is at shop1.');
    expect(failed.stdout).not.toContain('audit');
    expect(failed.stderr).toMatch(
      /^error E7009: environment "reports": .*\n.* Done: "shop"\. Not run: "audit"\.\n$/m,
    );
    const document = await run('upgrade', 'head', '-n', 'all', '--json');
    expect(document.stdout).toBe('');
    const json = /^\{[\s\S]*/m.exec(document.stderr)?.[0] ?? '';
    expect(JSON.parse(json)).toMatchObject({
      error: {
        code: 'E7009',
        facts: { environment: 'reports', done: ['shop'], notRun: ['audit'] },
      },
    });
  });

  it('never joins the scripts of several databases; with --json they are apart', async () => {
    const refused = await run('upgrade', 'head', '--sql', '-n', 'all');
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^error E7007: the scripts of several databases/);
    const { stdout } = await run('upgrade', 'head', '--sql', '-n', 'all', '--json');
    const { environments } = JSON.parse(stdout) as { environments: { shop: { sql: string } } };
    expect(environments.shop.sql).toContain(`'shop1'`);
    expect(Object.keys(environments)).toEqual(['shop', 'reports', 'audit']);
  });
});

it('-n all without MigrationsModule says what is missing', async () => {
  const none = await runOn([], ['heads', '-n', 'all']);
  expect(none.stderr).toMatch(/^error E9007: the app has no environment to migrate\n/);
});

it('-n suggests the environment that was meant', async () => {
  const project = new Project();
  const services = ['shop', 'reports'].map((name) => createService(project, { name }));
  const run = await runOn(services, ['heads', '-n', 'repots']);
  expect(run.stderr).toMatch(/no environment "repots"\nDid you mean "reports"\? Its environments/);
  project.remove();
});
