import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase } from '@nest-alembic/testing';
import { createTestDatabase } from '@nest-alembic/testing';
import type { ExampleEnvironment, Outcome } from './example-process.js';
import { runExample, workspaceRoot } from './example-process.js';
import { succeed } from './migrations-folder.js';
import { schemaOf } from './schema-of.js';

jest.setTimeout(90_000);

const appFolder = join(workspaceRoot, 'apps/example-api');
/** Nothing listens on port 1. */
const noDatabase = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
const places: readonly (readonly [string, string])[] = [
  ['the root of the workspace', workspaceRoot],
  ['the folder of the app', appFolder],
  ['another folder', tmpdir()],
];

describe('the revisions of the checkout', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  it.each(places)('are those that a command sees from %s, database down or not', async (_, cwd) => {
    const { code, stdout } = await runExample(['migrate', 'heads', '--json'], noDatabase, { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      revisions: [
        {
          revision: '5d0c8e21f3a4',
          file: join(appFolder, 'migrations/versions/5d0c8e21f3a4_first_revision.ts'),
        },
      ],
    });
  });

  it('bring a database to what the entities say: check finds nothing', async () => {
    const env = { DATABASE_URL: database.url };
    await succeed(['migrate', 'upgrade', 'head'], env);
    expect(await schemaOf(database)).toContain('schema audit');
    expect((await succeed(['migrate', 'check'], env)).stdout).toBe(
      'No new upgrade operations detected.\n',
    );
  });
});

describe('a relative folder (design D3)', () => {
  let relative: string;
  let env: ExampleEnvironment;

  beforeAll(async () => {
    // Below the app, where git does not look.
    mkdirSync(join(appFolder, '.data'), { recursive: true });
    relative = join('.data', mkdtempSync(join(appFolder, '.data/e2e-')).split('/').pop() ?? '');
    env = { ...noDatabase, MIGRATIONS_DIR: join(relative, 'migrations') };
  });

  afterAll(() => rmSync(join(appFolder, relative), { recursive: true }));

  const migrate = (cwd: string, ...args: string[]): Promise<Outcome> =>
    runExample(['migrate', ...args], env, { cwd });

  it('is the same from wherever a command is run: each writes after what the one before wrote', async () => {
    expect((await migrate(tmpdir(), 'init')).code).toBe(0);
    for (const [index, [, cwd]] of places.entries()) {
      const id = `00000000000${index}`;
      const { code, stdout } = await migrate(cwd, 'revision', '-m', 'next', '--rev-id', id);
      expect([code, stdout]).toEqual([0, expect.stringContaining(`${id}_next.ts ...  done\n`)]);
    }
    expect(readdirSync(join(appFolder, relative, 'migrations/versions')).sort()).toEqual([
      '.gitkeep',
      '000000000000_next.ts',
      '000000000001_next.ts',
      '000000000002_next.ts',
    ]);
    const { stdout } = await migrate(appFolder, 'history');
    expect(stdout.split('\n')).toEqual([
      '000000000001 -> 000000000002 (head), next',
      '000000000000 -> 000000000001, next',
      '<base> -> 000000000000, next',
      '',
    ]);
  });
});

describe('a folder that cannot be written or is not there', () => {
  it('the build output: init refuses, for the next build would lose it', async () => {
    const env = { ...noDatabase, MIGRATIONS_DIR: 'dist/migrations' };
    const { code, stdout, stderr } = await runExample(['migrate', 'init'], env);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error E7010: /);
    expect(readdirSync(join(appFolder, 'dist'))).not.toContain('migrations');
  });

  it('a missing one: the error names it, and says how to make or ship it', async () => {
    const env = { ...noDatabase, MIGRATIONS_DIR: 'no/such/folder' };
    const { code, stdout, stderr } = await runExample(['migrate', 'heads'], env, {
      cwd: tmpdir(),
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`error E7009: `);
    expect(stderr).toContain(join(appFolder, 'no/such/folder/versions'));
    expect(stderr).toContain('migrate init');
  });
});
