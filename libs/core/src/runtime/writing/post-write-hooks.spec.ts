import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { createWorkshop, errorOf } from '../testing/migrator.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import type { PostWriteHook } from '../migrator-options.js';
import { hookArguments } from './post-write-hooks.js';

/** The program that tells what it was given: a real one, run by the hooks. */
const TELL = `const fs = require('fs');
fs.writeFileSync(process.env.TOLD ?? 'told.json', JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd() }));
`;
const workspaceModules = join(__dirname, '../../../../../node_modules');

let shop: Workshop;

beforeEach(() => {
  let ids = 0;
  shop = createWorkshop(undefined as never, {
    dialect: postgresDialect,
    connect: async () => Promise.reject(new Error('must not connect')),
    newId: () => `rev${++ids}`,
  });
  put('package.json', '{ "name": "shop", "type": "commonjs" }');
  put('tools/tell.js', TELL);
});
afterEach(() => shop.remove());

const put = (path: string, text: string, mode = 0o644): string => {
  const file = join(shop.root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
};
const script = (path: string, body: string): string => put(path, `#!/bin/sh\n${body}\n`, 0o755);
const write = async (hooks: readonly PostWriteHook[], message = 'x'): Promise<string> =>
  (await shop.migratorWith({ postWriteHooks: hooks }).revision({ message })).file ?? 'nothing';
const failure = (...hooks: readonly PostWriteHook[]) => errorOf(write(hooks));
const told = (): { readonly args: readonly string[]; readonly cwd: string } =>
  JSON.parse(readFileSync(join(shop.root, 'told.json'), 'utf8'));
const tasks = (): readonly string[] =>
  shop.events.flatMap((event) => {
    if (event.type !== 'taskStarted' && event.type !== 'taskFinished') return [];
    if (event.task.kind !== 'runHook') return [];
    const how = event.type === 'taskStarted' ? '...' : event.failed ? 'FAILED' : 'done';
    return [`${event.task.hook} ${how}`];
  });
/** Not for a process that has ended and only waits to be collected. */
const isRunning = (pid: string): boolean =>
  /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout.trim());
const written = (): readonly string[] => readdirSync(shop.versions);

describe('SCN-72: post-write hooks', () => {
  it('HOOK-01, CFG-24: without any, none is run', async () => {
    await write([]);
    expect(tasks()).toEqual([]);
  });

  it('HOOK-02: run in order after each file that revision and merge write, and tell so', async () => {
    const append = (text: string) => (file: string) => writeFileSync(file, text, { flag: 'a' });
    const postWriteHooks: readonly PostWriteHook[] = [
      { name: 'one', type: 'function', run: append('// one\n') },
      { name: 'two', type: 'function', run: async (file) => append('// two\n')(file) },
    ];
    const migrator = shop.migratorWith({ postWriteHooks });
    await migrator.revision();
    await migrator.revision({ head: 'base', splice: true });
    const { file } = await migrator.merge(['heads']);
    expect(readFileSync(String(file), 'utf8')).toMatch(/}\n\/\/ one\n\/\/ two\n$/);
    expect(tasks()).toEqual(
      Array.from({ length: 3 }, () => ['one ...', 'one done', 'two ...', 'two done']).flat(),
    );
  });

  it('HOOK-03: exec runs a program of PATH, or one by its path from the root', async () => {
    script('tools/tell.sh', 'exec node tools/tell.js "$@"');
    await write([{ name: 'x', type: 'exec', executable: './tools/tell.sh', options: ['-a'] }]);
    expect(told().args.slice(1)).toEqual(['-a']);
    const options = ['tools/tell.js', 'by PATH'];
    const file = await write([
      {
        name: 'x',
        type: 'exec',
        executable: 'node',
        options: [...options, 'REVISION_SCRIPT_FILENAME'],
      },
    ]);
    expect(told().args).toEqual(['by PATH', file]);
  });

  it.each([
    ['a command of the same name', 'tell', '{ "name": "tell", "bin": "./cli.js" }', undefined],
    [
      'one of its commands',
      'tell',
      '{ "name": "tell", "bin": { "tell": "cli.js", "y": "z" } }',
      undefined,
    ],
    ['a linked command', 'other', '{ "name": "tell", "bin": { "other": "cli.js" } }', 'other'],
    [
      'a scoped package',
      '@acme/tell',
      '{ "name": "@acme/tell", "bin": { "tell": "cli.js" } }',
      undefined,
    ],
  ])(
    'HOOK-03: bin runs %s with this Node (Alembic: console_scripts)',
    async (_name, bin, manifest, link) => {
      const folder = `node_modules/${JSON.parse(manifest).name}`;
      put(`${folder}/package.json`, manifest);
      put(`${folder}/cli.js`, `#!/usr/bin/env nosuchnode-but-node\n${TELL}`);
      if (link !== undefined) {
        mkdirSync(join(shop.root, 'node_modules/.bin'), { recursive: true });
        symlinkSync('../tell/cli.js', join(shop.root, 'node_modules/.bin', link));
      }
      const file = await write([{ name: 'x', type: 'bin', bin, options: ['--write'] }]);
      expect(told().args).toEqual([file, '--write']);
    },
  );

  it('HOOK-03: bin runs what is no JavaScript, such as a compiled program, as it is', async () => {
    script('node_modules/.bin/native', 'exec node tools/tell.js "$@"');
    const file = await write([{ name: 'x', type: 'bin', bin: 'native' }]);
    expect(told().args).toEqual([file]);
  });

  it('HOOK-03: module runs a file, or what a package exports', async () => {
    expect(await write([{ name: 'x', type: 'module', module: 'tools/tell.js' }])).toBe(
      told().args[0],
    );
    put('node_modules/tell/package.json', '{ "name": "tell", "exports": { "./cli": "./cli.js" } }');
    put('node_modules/tell/cli.js', TELL);
    expect(await write([{ name: 'x', type: 'module', module: 'tell/cli' }])).toBe(told().args[0]);
  });

  it('HOOK-04: REVISION_SCRIPT_FILENAME is replaced wherever it stands; else the path comes first', () => {
    expect(hookArguments(['--fix', '-q'], '/a b.ts')).toEqual(['/a b.ts', '--fix', '-q']);
    expect(hookArguments([], '/a b.ts')).toEqual(['/a b.ts']);
    expect(
      hookArguments(
        [
          '-x',
          'REVISION_SCRIPT_FILENAME',
          '--in=REVISION_SCRIPT_FILENAME:REVISION_SCRIPT_FILENAME',
        ],
        '/$& b.ts',
      ),
    ).toEqual(['-x', '/$& b.ts', '--in=/$& b.ts:/$& b.ts']);
  });

  it('HOOK-04: runs in cwd, from the root', async () => {
    put('sub/x', '');
    const hook = { name: 'x', type: 'module', module: 'tools/tell.js' } as const;
    await write([hook]);
    expect(told().cwd).toBe(shop.root);
    process.env['TOLD'] = join(shop.root, 'told.json');
    await write([{ ...hook, cwd: 'sub' }]);
    delete process.env['TOLD'];
    expect(told().cwd).toBe(join(shop.root, 'sub'));
    expect(await failure({ ...hook, cwd: 'nosuch' })).toMatchObject({ code: 'E9002' });
    expect(written()).toHaveLength(2);
  });

  it('CLI-45: the file is read back after the hooks: one that breaks it is found out', async () => {
    const run = (file: string): void => writeFileSync(file, 'export const revision = 7;');
    expect((await failure({ name: 'x', type: 'function', run })).code).toBe('E2010');
    rmSync(join(shop.versions, 'rev1_x.ts'));
    const emptied = (file: string): void => writeFileSync(file, '// nothing\n');
    expect((await failure({ name: 'x', type: 'function', run: emptied })).code).toBe('E7030');
    const removed = (file: string): void => rmSync(file);
    expect(await failure({ name: 'x', type: 'function', run: removed })).toMatchObject({
      code: 'E7030',
      problem: expect.stringContaining('is not there any more'),
    });
  });

  it.each([
    ['prettier', ['--write']],
    ['eslint', ['--no-config-lookup', '--fix', '--rule', '{"semi": ["error", "never"]}']],
  ])('HOOK-03: %s itself treats the file', async (bin, options) => {
    symlinkSync(workspaceModules, join(shop.root, 'node_modules'));
    put(
      'migrations/revision.ts.tpl',
      'export const revision   = {{revision}};\nexport const downRevision = {{downRevision}};\nexport async function upgrade(op) {\n  {{upgradeBody}}\n}\nexport async function downgrade(op) {\n  {{downgradeBody}}\n}\n',
    );
    const fileTemplate = '%(rev)s';
    // ESLint alone reads no TypeScript, so it gets a name that says JavaScript.
    const prepare = (file: string): void => writeFileSync(`${file}.mjs`, readFileSync(file));
    const treat = bin === 'eslint' ? ['REVISION_SCRIPT_FILENAME.mjs', ...options] : options;
    const postWriteHooks: readonly PostWriteHook[] = [
      { name: 'prepare', type: 'function', run: prepare },
      { name: bin, type: 'bin', bin, options: treat },
    ];
    const { file } = await shop.migratorWith({ postWriteHooks, fileTemplate }).revision();
    const text = readFileSync(bin === 'eslint' ? `${file}.mjs` : String(file), 'utf8');
    expect(text).toContain(
      bin === 'eslint' ? `export const revision   = 'rev1'\n` : `export const revision = "rev1";\n`,
    );
  });
});

describe('hooks without a shell', () => {
  const hostile = [
    'two words',
    ';',
    '$(touch evil)',
    '`touch evil`',
    '&& touch evil',
    '| cat',
    '> evil',
    '*',
    '"',
    "'",
    '',
    '-',
    '$HOME',
    '\n',
  ];

  it('B122, HOOK-04: every argument arrives as it is', async () => {
    const file = await write([
      { name: 'x', type: 'module', module: 'tools/tell.js', options: hostile },
    ]);
    expect(told().args).toEqual([file, ...hostile]);
    expect(existsSync(join(shop.root, 'evil'))).toBe(false);
  });

  it.each(['a tool; touch evil', '$(touch evil)', 'x && touch evil', 'two words'])(
    'B122: an executable named %j is that executable',
    async (name) => {
      script(`tools/${name}`, 'exec node tools/tell.js "$@"');
      const file = await write([{ name: 'x', type: 'exec', executable: `tools/${name}` }]);
      expect(told().args).toEqual([file]);
      const missing = { name: 'x', type: 'exec', executable: `${name} --flag` } as const;
      expect(await failure(missing)).toMatchObject({ code: 'E7021' });
      expect(existsSync(join(shop.root, 'evil'))).toBe(false);
    },
  );

  it('B122: a file whose name begins with a hyphen is no option', async () => {
    const postWriteHooks = [{ name: 'x', type: 'module', module: 'tools/tell.js' }] as const;
    const fileTemplate = '--eval=%(rev)s %(slug)s; touch evil';
    const { file } = await shop
      .migratorWith({ postWriteHooks, fileTemplate })
      .revision({ message: '$(touch evil)' });
    expect(basename(String(file))).toBe('--eval=rev1 touch_evil; touch evil.ts');
    expect(told().args).toEqual([file]);
    expect(String(file).startsWith('/')).toBe(true);
  });
});

describe('hooks that fail', () => {
  const after: PostWriteHook = { name: 'after', type: 'module', module: 'tools/tell.js' };

  it('HOOK-05, B123: an exit code is told with the last lines of the output; the file is kept, the rest is not run', async () => {
    script(
      'fail.sh',
      'for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "line $i"; done; printf "\\033[31mred\\033[0m\\n" >&2; exit 3',
    );
    const error = await failure({ name: 'lint', type: 'exec', executable: './fail.sh' }, after);
    expect(error).toMatchObject({
      code: 'E7020',
      problem: 'post-write hook "lint" ended with exit code 3',
      facts: { hook: 'lint', exitCode: 3, signal: null, timedOut: false },
    });
    expect(error.message).toContain('line 12\nred');
    expect(error.message).not.toContain('line 2\n');
    expect(error.message).toContain(`"${join(shop.versions, 'rev1_x.ts')}" and is kept`);
    expect(written()).toEqual(['rev1_x.ts']);
    expect(existsSync(join(shop.root, 'told.json'))).toBe(false);
    expect(tasks()).toEqual(['lint ...', 'lint FAILED']);
  });

  it('HOOK-05, B123: a program that hangs is ended with all that it started', async () => {
    script(
      'hang.sh',
      'trap "" TERM\n(trap "" TERM; sleep 30; echo late > late) &\necho $! > child\nsleep 30',
    );
    const started = performance.now();
    const error = await failure({
      name: 'slow',
      type: 'exec',
      executable: './hang.sh',
      timeoutMs: 300,
    });
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(error).toMatchObject({
      code: 'E7020',
      problem: 'post-write hook "slow" did not end within 300 ms and was ended',
      facts: { timedOut: true },
    });
    await sleep(100);
    expect(isRunning(readFileSync(join(shop.root, 'child'), 'utf8').trim())).toBe(false);
    expect(existsSync(join(shop.root, 'late'))).toBe(false);
    expect(written()).toEqual(['rev1_x.ts']);
  });

  it('B123: what a program leaves running keeps nobody waiting', async () => {
    script('leave.sh', 'sleep 20 &\necho $! > child\nexit 0');
    const started = performance.now();
    await write([{ name: 'x', type: 'exec', executable: './leave.sh' }]);
    expect(performance.now() - started).toBeLessThan(5_000);
    process.kill(Number(readFileSync(join(shop.root, 'child'), 'utf8')), 'SIGKILL');
  });

  it('B123: secrets in its output are not told', async () => {
    process.env['SHOP_API_KEY'] = 'abc123xyz';
    process.env['PGPASSWORD'] = 'hunter22';
    script(
      'leak.sh',
      'echo "postgres://app:top-secret@db/shop"; echo "password=top-secret"; echo "TOKEN: top-secret"; echo "$SHOP_API_KEY $PGPASSWORD"; echo harmless; exit 1',
    );
    const error = await failure({ name: 'x', type: 'exec', executable: './leak.sh' });
    delete process.env['SHOP_API_KEY'];
    delete process.env['PGPASSWORD'];
    expect(JSON.stringify([error.message, error.facts])).not.toMatch(/top-secret|abc123|hunter22/);
    expect(error.message).toContain('postgres://app:***@db/shop');
    expect(error.message).toContain('*** ***\nharmless');
  });

  it('HOOK-05: a program that a signal ends failed as well', async () => {
    script('die.sh', 'kill -9 $$');
    expect(await failure({ name: 'x', type: 'exec', executable: './die.sh' })).toMatchObject({
      code: 'E7020',
      problem: 'post-write hook "x" was ended by SIGKILL',
    });
  });

  it('HOOK-05: a program that cannot be started failed as well', async () => {
    put('binary', '\0\x01\x02', 0o755);
    const error = await failure({ name: 'x', type: 'exec', executable: './binary' });
    expect(error).toMatchObject({ code: 'E7020', problem: expect.stringContaining('"x"') });
  });

  it('HOOK-07: a function that throws, or never ends, failed as well', async () => {
    const run = async (): Promise<void> => Promise.reject(new Error('password=top-secret'));
    expect(await failure({ name: 'x', type: 'function', run })).toMatchObject({
      code: 'E7020',
      problem: 'post-write hook "x" threw: password=***',
    });
    const never = (): Promise<void> => new Promise(() => undefined);
    expect(await failure({ name: 'x', type: 'function', run: never, timeoutMs: 50 })).toMatchObject(
      {
        code: 'E7020',
        problem: 'post-write hook "x" did not end within 50 ms',
      },
    );
  });

  it.each<[PostWriteHook, object]>([
    [
      { name: 'x', type: 'exec', executable: 'nosuch-program' },
      { type: 'exec', executable: 'nosuch-program' },
    ],
    [
      { name: 'x', type: 'exec', executable: 'tools/tell.js' },
      { type: 'exec', executable: 'tools/tell.js' },
    ],
    [
      { name: 'x', type: 'exec', executable: './tools' },
      { type: 'exec', executable: './tools' },
    ],
    [
      { name: 'x', type: 'bin', bin: 'nosuch-bin' },
      { type: 'bin', bin: 'nosuch-bin' },
    ],
    [
      { name: 'x', type: 'module', module: 'nosuch-module' },
      { type: 'module', module: 'nosuch-module' },
    ],
  ])('HOOK-06: %j is told before anything is written (E7021)', async (hook, facts) => {
    expect(await failure(after, hook)).toMatchObject({
      code: 'E7021',
      facts: { hook: 'x', ...facts },
      advice: expect.stringContaining('Nothing was written.'),
    });
    expect(written()).toEqual([]);
    expect(tasks()).toEqual([]);
  });
});
