import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import type { RevisionOptions } from '../migrator-api.js';
import type { RevisionEnvironment } from '../migrator-options.js';
import { createWorkshop, errorOf, leaksOf, reset, stateOf } from '../testing/migrator.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
let shop: Workshop;
let template: string;

beforeEach(async () => {
  await reset(database);
  let ids = 0;
  shop = createWorkshop(database, { dialect: postgresDialect, newId: () => `rev${++ids}` });
  writeFileSync(join(shop.root, 'package.json'), '{ "name": "shop" }');
  template = join(shop.root, 'migrations', 'revision.ts.tpl');
});
afterEach(async () => {
  shop.remove();
  expect(await leaksOf(database)).toEqual([]);
});

const written = (): readonly string[] => readdirSync(shop.versions).sort();
const textFor = async (options: RevisionOptions): Promise<string> =>
  readFileSync(String((await shop.migrator.revision(options)).file), 'utf8');
const textOf = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
/** A template without a part of the header. */
const without = (name: string): string =>
  textOf(
    [
      'export const revision = {{revision}};',
      'export const downRevision = {{downRevision}};',
      'export const branchLabels = {{branchLabels}};',
      'export const dependsOn = {{dependsOn}};',
      'export async function upgrade(op: any) {\n  {{upgradeBody}}\n}',
      'export async function downgrade(op: any) {\n  {{downgradeBody}}\n}',
    ].filter((line) => !line.includes(name)),
  );

describe('the options of revision', () => {
  beforeEach(() => {
    shop.put('aaaa1', { labels: ['base1'] });
    shop.put('bbbb1', { down: 'aaaa1' });
    shop.put('cccc1', { down: 'aaaa1' });
  });

  it('CLI-28, CLI-29: without message and id the file is named by a random id alone', async () => {
    const migrator = shop.migratorWith({ newId: undefined as never });
    await migrator.revision({ head: 'bbbb1' });
    expect(written().filter((name) => /^[0-9a-f]{12}_\.ts$/.test(name))).toHaveLength(1);
  });

  it('CLI-30: refuses each of the characters of targets, sorted, and writes nothing', async () => {
    const error = await errorOf(
      shop.migrator.revision({ head: 'bbbb1', revisionId: 'a:b+c-d@e-f' }),
    );
    expect(error.problem).toBe(
      'character(s) "+, -, :, @" not allowed in revision identifier "a:b+c-d@e-f"',
    );
    expect(written()).toHaveLength(3);
  });

  it('CLI-32: several heads make a merge point', async () => {
    const text = await textFor({ head: ['bbbb1', 'cccc1'] });
    expect(text).toContain(`export const downRevision = ['bbbb1', 'cccc1'];`);
    expect(await shop.migrator.upgrade('head')).toMatchObject({ rows: ['rev1'] });
  });

  it('CLI-34: splice starts a new branch on a revision that is no head', async () => {
    await shop.migrator.revision({ head: 'aaaa1', splice: true, branchLabels: ['billing'] });
    expect((await shop.migrator.heads()).map(({ id }) => id)).toEqual(['bbbb1', 'cccc1', 'rev1']);
    expect(await shop.migrator.upgrade('billing@head')).toMatchObject({ rows: ['rev1'] });
  });

  it('CLI-36: writes into the location that is named, which is made', async () => {
    const other = join(shop.root, 'other');
    const migrator = shop.migratorWith({ versionLocations: [shop.versions, other] });
    for (const versionPath of ['other', other, './migrations/../other']) {
      const { file } = await migrator.revision({ head: 'bbbb1', splice: true, versionPath });
      expect(file).toBe(join(other, `${readdirSync(other).sort().at(-1)}`));
    }
    const elsewhere = await errorOf(
      migrator.revision({ head: 'cccc1', versionPath: 'migrations' }),
    );
    expect(elsewhere).toMatchObject({ code: 'E7003' });
    expect(elsewhere.message).toContain('is not represented in current version locations');
  });

  it('CLI-37: without a parent in one of several locations, --version-path is asked for', async () => {
    const migrator = shop.migratorWith({ versionLocations: [shop.versions, 'other'] });
    const error = await errorOf(migrator.revision({ head: 'base' }));
    expect(error).toMatchObject({ code: 'E7007' });
    expect(error.message).toContain('please specify --version-path');
    const { file } = await migrator.revision({ head: ['bbbb1', 'cccc1'] });
    expect(file).toBe(join(shop.versions, 'rev2_.ts'));
  });

  it('CLI-38: one dependency is a text, several are a list; the new file works', async () => {
    expect(await textFor({ head: 'bbbb1', dependsOn: ['base1'] })).toContain(
      `export const dependsOn = 'base1';`,
    );
    expect(
      await textFor({ head: 'rev1', dependsOn: ['cccc', 'base1@head'.slice(0, 5)] }),
    ).toContain(`export const dependsOn = ['cccc1', 'base1'];`);
    expect(await shop.migrator.upgrade('rev2')).toMatchObject({ rows: ['rev2'] });
    const error = await errorOf(shop.migrator.revision({ head: 'rev2', dependsOn: ['zzzz1'] }));
    expect(error).toMatchObject({ code: 'E1017' });
  });

  it.each([
    ['branchLabels', { branchLabels: ['billing'] }, /branch labels billing, and its file has none/],
    ['dependsOn', { dependsOn: ['cccc1'] }, /dependencies cccc1, and its file has none/],
  ])(
    'CLI-39: a template without %s is refused where it matters: nothing is written',
    async (name, options, text) => {
      writeFileSync(template, without(name));
      const error = await errorOf(shop.migrator.revision({ head: 'bbbb1', ...options }));
      expect(error).toMatchObject({ code: 'E7030' });
      expect(error.message).toMatch(text);
      expect(written()).toHaveLength(3);
      expect(await shop.migrator.revision({ head: 'bbbb1' })).toMatchObject({ revision: 'rev2' });
    },
  );

  it('CLI-45: what makes the file say something else is found when it is read back', async () => {
    const hook = (change: (text: string) => string) => ({
      type: 'function' as const,
      name: 'spoil',
      run: (file: string) => writeFileSync(file, change(readFileSync(file, 'utf8'))),
    });
    const spoilt = shop.migratorWith({
      postWriteHooks: [hook((text) => text.replace(`'bbbb1'`, `'cccc1'`))],
    });
    expect(await errorOf(spoilt.revision({ head: 'bbbb1' }))).toMatchObject({
      code: 'E7030',
      facts: { file: join(shop.versions, 'rev1_.ts') },
    });
    const emptied = shop.migratorWith({ postWriteHooks: [hook(() => 'export const x = 1;')] });
    expect(await errorOf(emptied.revision({ head: 'aaaa1', splice: true }))).toMatchObject({
      code: 'E7030',
    });
  });

  it('CLI-41: --sql needs revisionEnvironment, and never goes with autogenerate', async () => {
    const connect = async () => Promise.reject(new Error('must not connect'));
    const options = { head: 'bbbb1', sql: true };
    const plain = shop.migratorWith({ connect });
    expect(await errorOf(plain.revision(options))).toMatchObject({ code: 'E7007' });
    const seen: RevisionEnvironment[] = [];
    const configured = shop.migratorWith({
      connect,
      revisionEnvironment: true,
      templateArgs: (environment) => (seen.push(environment), {}),
    });
    const both = { ...options, autogenerate: true };
    expect(await errorOf(configured.revision(both))).toMatchObject({ code: 'E7007' });
    expect(await configured.revision(options)).toMatchObject({ revision: 'rev1' });
    expect(seen.map(({ connection }) => connection)).toEqual([undefined]);
  });

  it('CLI-51: merge too has the connection of revisionEnvironment', async () => {
    const seen: boolean[] = [];
    const migrator = shop.migratorWith({
      revisionEnvironment: true,
      templateArgs: ({ connection }) => (seen.push(connection !== undefined), {}),
    });
    await migrator.merge(['heads']);
    expect(seen).toEqual([true]);
  });
});

describe('revision on a database', () => {
  it('CLI-44: autogenerate writes nothing into an empty database', async () => {
    const table = {
      schema: null,
      name: 'account',
      columns: [{ name: 'id', type: 'int', nullable: true }],
    };
    const parts = { foreignKeys: [], uniques: [], checks: [], exclusions: [], indexes: [] };
    const targetSchema = () => ({ ...EMPTY_SCHEMA, tables: [{ ...table, ...parts }] });
    const result = await shop.migratorWith({ targetSchema }).revision({ autogenerate: true });
    expect(result.changes).toEqual(['create table account']);
    expect(await stateOf(database)).toEqual({ rows: undefined, tables: [], log: [] });
  });
});

describe('the template of a folder', () => {
  it.each([
    ['TPL-08: an unknown placeholder', `${without('-')}{{nosuch}}`, 'E7006'],
    ['TPL-08: a missing placeholder', without('upgradeBody'), 'E7006'],
  ])('%s is told, and nothing is written', async (_, text, code) => {
    writeFileSync(template, text);
    expect(await errorOf(shop.migrator.revision())).toMatchObject({ code });
    expect(written()).toEqual([]);
  });

  it('B124: code in a template stays text', async () => {
    writeFileSync(template, `// <%= process.env.HOME %> \${process.exit(9)}\n${without('-')}`);
    expect(await textFor({})).toContain('// <%= process.env.HOME %> ${process.exit(9)}\n');
  });

  it('B029: a file for several environments without `revision` is broken, not a helper', async () => {
    writeFileSync(join(shop.versions, 'x.ts'), 'export const upgrades = { a: async () => {} };\n');
    expect(await errorOf(shop.migrator.heads())).toMatchObject({ code: 'E2002' });
  });

  it.each([
    '"""',
    '*/ process.exit(9) /*',
    '`${process.exit(9)}`',
    'a\nb',
    'x'.repeat(10_000),
    '😀',
    '!?*',
    '',
  ])('B118: message %j is written, read and run', async (message) => {
    await shop.migrator.revision({ message, revisionId: 'odd1' });
    expect(await shop.migrator.heads()).toMatchObject([{ id: 'odd1', message }]);
    expect(await shop.migrator.upgrade('head')).toMatchObject({ rows: ['odd1'] });
  });
});

describe('init', () => {
  it('CLI-16, TPL-01: every template that is listed can be made, and its revisions run', async () => {
    const templates = await shop.migrator.listTemplates();
    expect(templates.map(({ name }) => name)).toEqual(['generic', 'multidb']);
    for (const { name, description } of templates) {
      const migrator = shop.migratorWith({ directory: name, versionTable: `version_${name}` });
      await migrator.init({ template: name });
      expect(readFileSync(join(shop.root, name, 'README.md'), 'utf8')).toContain(description);
      await migrator.revision({ message: 'first' });
      expect(await migrator.upgrade('head')).toMatchObject({ rows: [expect.any(String)] });
      expect(await migrator.downgrade('base')).toMatchObject({ rows: [] });
    }
  });

  it('CLI-18: takes an empty folder', async () => {
    mkdirSync(join(shop.root, 'empty'));
    expect((await shop.migrator.init({ directory: 'empty' })).files).toHaveLength(3);
  });

  it('CLI-19: an unknown template is refused before anything is made, with the one that was meant', async () => {
    const error = await errorOf(shop.migrator.init({ directory: 'x', template: 'mulitdb' }));
    expect(error).toMatchObject({ code: 'E7012', facts: { known: ['generic', 'multidb'] } });
    expect(error.advice).toContain('Did you mean "multidb"?');
    expect(existsSync(join(shop.root, 'x'))).toBe(false);
  });

  it('says what is left to do in the app', async () => {
    rmSync(join(shop.root, 'migrations'), { recursive: true });
    const next = async (directory: string, imported: boolean): Promise<string> =>
      (await shop.migrator.init({ directory, imported })).next;
    expect(await next('migrations', false)).toBe(
      'Add to the imports of the root module: MigrationsModule.forRoot({})',
    );
    expect(await next("o'db/migrations", false)).toBe(
      `Add to the imports of the root module: MigrationsModule.forRoot({ directory: "o'db/migrations" })`,
    );
    expect(await next('other', true)).toBe(
      `Set in the options of MigrationsModule: directory: 'other'`,
    );
    const outside = `${shop.root}-outside`;
    try {
      expect(await next(outside, true)).toContain(`directory: '${outside}'`);
    } finally {
      rmSync(outside, { recursive: true });
    }
    rmSync(join(shop.root, 'migrations'), { recursive: true });
    expect(await next('migrations', true)).toContain('with this folder already');
  });

  it('E7009 in the build output advises a folder that init makes', async () => {
    writeFileSync(join(shop.root, 'package.json'), '{}');
    const migrator = shop.migratorWith({ directory: 'dist/db' });
    const error = await errorOf(migrator.revision());
    expect(error).toMatchObject({ code: 'E7009' });
    const [, directory = ''] = /migrate init (\S+)`/.exec(error.advice ?? '') ?? [];
    expect(directory).toBe('db');
    expect((await migrator.init({ directory })).directory).toBe(join(shop.root, 'db'));
    mkdirSync(join(shop.root, 'dist/db/versions'), { recursive: true });
    expect(await errorOf(migrator.revision())).toMatchObject({ code: 'E7010' });
  });
});
