import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { createWorkshop, errorOf, reset, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
let shop: Workshop;
const { EDITOR, VISUAL, PATH } = process.env;
const isTerminal = process.stdin.isTTY;

beforeEach(async () => {
  await reset(database);
  shop = createWorkshop(database, { dialect: postgresDialect });
  shop.put('a1');
  shop.put('b2', { down: 'a1' });
  setEnvironment({ PATH: join(shop.root, 'bin') });
  process.stdin.isTTY = false;
});
afterEach(() => {
  setEnvironment({ EDITOR, VISUAL, PATH });
  process.stdin.isTTY = isTerminal;
  shop.remove();
});

function setEnvironment(variables: Record<string, string | undefined>): void {
  for (const name of ['EDITOR', 'VISUAL', 'PATH']) {
    const value = variables[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** Puts a program into a folder; it writes its name and its arguments into a file, and vim what it can read. */
function install(folder: string, name: string, exitCode = 0): string {
  const reads = name === 'vim' ? 'read line && exit 9' : '';
  mkdirSync(join(shop.root, folder), { recursive: true });
  const file = join(shop.root, folder, name);
  const log = join(shop.root, 'calls');
  writeFileSync(
    file,
    `#!/bin/sh\nfor one in ${name} "$@"; do printf '[%s]' "$one" >> '${log}'; done\n${reads}\nexit ${exitCode}\n`,
  );
  chmodSync(file, 0o755);
  return file;
}

/** What was called since, paths without their folder. */
function calls(): string {
  const log = join(shop.root, 'calls');
  if (!existsSync(log)) return '';
  const text = readFileSync(log, 'utf8').replaceAll(`${shop.versions}/`, '');
  writeFileSync(log, '');
  return text;
}

describe('edit', () => {
  it('CLI-83: opens each file that a target denotes, one after the other', async () => {
    install('bin', 'ed1');
    shop.put('x1', { labels: ['billing'] });
    process.env['EDITOR'] = 'ed1';
    expect(await shop.migrator.edit('heads')).toEqual({
      files: [join(shop.versions, 'b2.ts'), join(shop.versions, 'x1.ts')],
    });
    expect(calls()).toBe('[ed1][b2.ts][ed1][x1.ts]');
    await shop.migrator.edit('billing@head');
    expect(calls()).toBe('[ed1][x1.ts]');
  });

  it('CLI-83: current is what the database says, without making the version table', async () => {
    install('bin', 'ed1');
    process.env['EDITOR'] = 'ed1';
    const none = await errorOf(shop.migrator.edit('current'));
    expect(none).toMatchObject({ code: 'E7015', problem: expect.stringContaining('no current') });
    expect((await stateOf(database)).rows).toBeUndefined();
    await shop.migrator.upgrade('a1');
    await shop.migrator.edit('current');
    expect(calls()).toBe('[ed1][a1.ts]');
  });

  it('CLI-83: refuses what denotes no file, and opens nothing', async () => {
    install('bin', 'ed1');
    process.env['EDITOR'] = 'ed1';
    expect(await errorOf(shop.migrator.edit('base'))).toMatchObject({
      code: 'E7015',
      problem: '"base" denotes no revision file',
    });
    expect(await errorOf(shop.migrator.edit('nosuch'))).toMatchObject({ code: 'E1017' });
    const bundled = shop.migratorWith({
      revisions: [{ revision: 'z9', upgrade: () => undefined }],
    });
    expect(await errorOf(bundled.edit('z9'))).toMatchObject({ code: 'E7015' });
    expect(calls()).toBe('');
  });
});

describe('the editor', () => {
  it('CLI-84, SCN-73: is $EDITOR, then $VISUAL, as a path or on PATH, then a usual one', async () => {
    const path = install('else where', 'by-path');
    for (const name of ['ed1', 'ed2', 'vim', 'nano']) install('bin', name);
    const chosen = async (variables: Record<string, string>): Promise<string> => {
      setEnvironment({ PATH: join(shop.root, 'bin'), ...variables });
      await shop.migrator.edit('a1');
      return calls().replace('[a1.ts]', '');
    };
    expect(await chosen({ EDITOR: path, VISUAL: 'ed2' })).toBe('[by-path]');
    expect(await chosen({ EDITOR: 'ed1', VISUAL: path })).toBe('[ed1]');
    expect(await chosen({ VISUAL: 'ed2' })).toBe('[ed2]');
    expect(await chosen({ EDITOR: 'nosuch', VISUAL: 'ed2' })).toBe('[ed2]');
    expect(await chosen({ EDITOR: '/no/such/path', VISUAL: '' })).toBe('[nano]');
    process.stdin.isTTY = true;
    expect(await chosen({})).toBe('[nano]');
    install('bin', 'sensible-editor');
    expect(await chosen({})).toBe('[sensible-editor]');
  });

  it('may have arguments, which no shell reads', async () => {
    install('bin', 'ed1');
    process.env['EDITOR'] = 'ed1 --wait  $(touch x);';
    await shop.migrator.edit('a1');
    expect(calls()).toBe('[ed1][--wait][$(touch][x);][a1.ts]');
    const name = 'b 2; touch $HOME #.ts';
    writeFileSync(
      join(shop.versions, name),
      `export const revision = 'c3';\nexport const upgrade = () => {};\n`,
    );
    await shop.migrator.edit('c3', { editor: 'ed1' });
    expect(calls()).toBe(`[ed1][${name}]`);
  });

  it('CLI-84: E7014 when there is none, when it fails or cannot be run', async () => {
    const error = async (variables: Record<string, string>, editor?: string) => {
      setEnvironment({ PATH: join(shop.root, 'bin'), ...variables });
      return errorOf(shop.migrator.edit('a1', editor === undefined ? {} : { editor }));
    };
    process.stdin.isTTY = true;
    expect(await error({})).toMatchObject({ code: 'E7014', problem: 'no editor was found' });
    expect(await error({}, 'nosuch')).toMatchObject({
      code: 'E7014',
      problem: 'no program "nosuch" was found',
    });
    install('bin', 'ed1', 3);
    const failed = await error({ EDITOR: 'ed1' });
    expect(failed).toMatchObject({ code: 'E7014' });
    expect(failed.problem).toMatch(/ended with exit code 3$/);
    const file = install('bin', 'ed2');
    chmodSync(file, 0o644);
    expect((await error({ EDITOR: 'ed2' })).problem).toMatch(/cannot be run: .*EACCES/);
  });

  it('off a terminal reads nothing, and is not guessed', async () => {
    install('bin', 'vim');
    const error = await errorOf(shop.migrator.edit('a1'));
    expect(error).toMatchObject({ code: 'E7014', problem: expect.stringContaining('no terminal') });
    Object.assign(process.env, { EDITOR: '', VISUAL: ' ' });
    expect(await errorOf(shop.migrator.edit('a1'))).toMatchObject({ problem: error.problem });
    process.env['EDITOR'] = 'vim';
    await shop.migrator.edit('a1');
    // The program asked for a line, and had none: it did not wait.
    expect(calls()).toBe('[vim][a1.ts]');
  });
});
