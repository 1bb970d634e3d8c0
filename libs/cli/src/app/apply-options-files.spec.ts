import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Project } from '../testing/project.fixture.js';
import { runOn } from '../testing/run-in-process.fixture.js';
import { createService } from '../testing/service.fixture.js';

let project: Project;
beforeEach(() => {
  project = new Project();
  project.writeRevision('a1', null);
});
afterEach(() => {
  delete process.env['NEST_ALEMBIC_CONFIG'];
  project.remove();
});

/** Writes an options file and returns its path from the current folder, as one would type it. */
function write(name: string, content: unknown): string {
  const path = join(project.root, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return relative(process.cwd(), path);
}

const heads = (...args: readonly string[]) => runOn([createService(project)], ['heads', ...args]);

describe('an options file', () => {
  it.each([
    ['options.json', '\uFEFF{ "directory": "elsewhere" }'],
    ['options.cjs', `module.exports = { directory: 'elsewhere' };`],
    ['options.js', `module.exports = { default: { directory: 'elsewhere' } };`],
    ['options.ts', `const directory: string = 'elsewhere';\nexport default { directory };`],
  ])('CLI-06: %s is merged over the options of the module', async (name, content) => {
    expect((await heads()).stdout).toBe('a1 (head)\n');
    const run = await heads('-c', write(name, content));
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('error E7009: ');
    // A relative path in the file means what it means in the options of the module.
    expect(run.stderr).toContain(join(project.root, 'elsewhere'));
  });

  it('CLI-06: of several the later wins, option by option', async () => {
    const first = write('first.json', { directory: 'elsewhere', versionTable: 'shop_version' });
    const second = write('second.json', { directory: 'migrations' });
    const run = await runOn(
      [createService(project)],
      ['-c', first, 'upgrade', 'head', '--sql', '--config', second],
    );
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain('shop_version');
  });

  it('CLI-07: without -c the one that NEST_ALEMBIC_CONFIG names is read', async () => {
    process.env['NEST_ALEMBIC_CONFIG'] = write('options.json', { directory: 'elsewhere' });
    expect((await heads()).stderr).toContain('error E7009: ');
    const given = await heads('-c', write('given.json', {}));
    expect(given.stdout).toBe('a1 (head)\n');
    process.env['NEST_ALEMBIC_CONFIG'] = 'nosuch.json';
    expect((await heads()).stderr).toContain('error E9008: options file "nosuch.json" ');
    process.env['NEST_ALEMBIC_CONFIG'] = '';
    expect((await heads()).exitCode).toBe(0);
  });

  it('CLI-08: has options for all environments, and for one', async () => {
    const services = [createService(project), createService(project, { name: 'reports' })];
    const file = write('options.json', {
      versionTable: 'for_all',
      environments: { reports: { versionTable: 'for_reports' } },
    });
    for (const [name, table] of [
      ['default', 'for_all'],
      ['reports', 'for_reports'],
    ] as const) {
      const run = await runOn(services, ['upgrade', 'head', '--sql', '-n', name, '-c', file]);
      expect(run.stdout).toContain(`INSERT INTO "${table}" `);
    }
  });
});

describe('an options file that is not right', () => {
  it.each<[string, string, unknown, string, RegExp]>([
    [
      'B138: a mistyped option',
      'a.json',
      { versionTabel: 'x' },
      'E9003',
      /options file ".*a\.json" has no option "versionTabel"\nDid you mean "versionTable"\?/,
    ],
    [
      'a wrong value',
      'a.json',
      { versionTable: 3 },
      'E9002',
      /option "versionTable" of options file ".*a\.json" must be/,
    ],
    ['B137: __proto__', 'a.json', '{"__proto__":{"directory":"x"}}', 'E9001', /named "__proto__"/],
    [
      'B137: __proto__ as an environment',
      'a.json',
      '{"environments":{"__proto__":{"directory":"x"}}}',
      'E9003',
      /environment "__proto__"/,
    ],
    ['no JSON', 'a.json', '{ directory: 1 }', 'E9008', /cannot be read: .*JSON.*\n.*Correct/],
    ['an empty file', 'a.json', '', 'E9008', /cannot be read: .*JSON/],
    ['an array', 'a.json', [], 'E9008', /gives no object/],
    ['a text', 'a.json', '"x"', 'E9008', /gives no object/],
    [
      'another format',
      'a.ini',
      '[alembic]',
      'E9008',
      /unknown format\nIts name must end with \.json/,
    ],
    ['a syntax error', 'a.ts', 'export default {;', 'E9008', /cannot be loaded: .*\n.*Correct/],
    [
      'a module that throws',
      'a.cjs',
      'throw new Error("not today")',
      'E9008',
      /cannot be loaded: not today/,
    ],
    [
      'no default export',
      'a.ts',
      'export const directory = "x";',
      'E9008',
      /has no default export/,
    ],
    [
      'the name of an environment',
      'a.json',
      { name: 'x' },
      'E9003',
      /has no option "name"\nEnvironments are made by/,
    ],
    [
      'a DataSource',
      'a.json',
      { environments: { default: { dataSource: 'x' } } },
      'E9003',
      /"default" of options file .* has no option "dataSource"/,
    ],
    [
      'an unknown environment',
      'a.json',
      { environments: { defualt: {} } },
      'E9003',
      /"defualt", which the app does not have\nDid you mean "default"\?/,
    ],
    [
      'environments that are no object',
      'a.json',
      { environments: [] },
      'E9002',
      /"environments" of/,
    ],
    [
      'an environment that is no object',
      'a.json',
      { environments: { default: 3 } },
      'E9002',
      /not an object/,
    ],
  ])('%s is told, naming the file', async (_case, name, content, code, text) => {
    const file = write(name, content);
    const run = await heads('-c', file);
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain(`error ${code}: `);
    expect(run.stderr).toMatch(text);
    expect(run.stderr).toContain(name);
    expect(({} as { directory?: unknown }).directory).toBeUndefined();
  });

  it('that is missing is told with the place where it was looked for', async () => {
    const folder = mkdtempSync(join(project.root, 'x'));
    rmSync(folder, { recursive: true });
    const run = await heads('-c', folder);
    expect(run.stderr).toBe(
      `error E9008: options file "${folder}" does not exist\n` +
        `Nothing was done. It was looked for as "${folder}".\n`,
    );
    expect((await heads('-c', project.root)).stderr).toContain('error E9008: ');
  });
});
