import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neutralEnvironment, workspaceRoot } from './example-process.js';

jest.setTimeout(60_000);

const libraries = ['cli', 'core', 'nestjs', 'testing', 'typeorm'];

describe('the public packages', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'packages-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('hold what was built with README and licence, no sources, no specs, and name what they import', () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['tools/packages/pack.mjs', folder], {
      cwd: workspaceRoot,
      encoding: 'utf8',
      env: neutralEnvironment(),
    });
    // A build over an older one leaves files behind; a release begins with a fresh checkout.
    const problems = stderr.split('\n').filter((line) => line !== '' && !isLeftover(line));
    expect(problems).toEqual([]);
    const names = stdout
      .split('\n')
      .flatMap((line) => /^@nest-alembic\/(\S+)/.exec(line)?.[1] ?? []);
    expect(names.sort()).toEqual(libraries);
  });

  it.each(libraries)('%s has the version and the licence of the workspace', (name) => {
    const read = (file: string): string => readFileSync(join(workspaceRoot, file), 'utf8');
    const { version, license } = JSON.parse(read('package.json'));
    const manifest = JSON.parse(read(`libs/${name}/package.json`));
    expect(manifest).toMatchObject({ version, license });
    expect(manifest.private).toBeUndefined();
    const own = Object.entries({ ...manifest.dependencies }).filter(([dependency]) =>
      dependency.startsWith('@nest-alembic/'),
    );
    for (const [, wanted] of own) expect(wanted).toBe(version);
    expect(read(`libs/${name}/LICENSE`)).toBe(read('LICENSE'));
  });
});

const isLeftover = (line: string): boolean => line.includes('has no source any more');
