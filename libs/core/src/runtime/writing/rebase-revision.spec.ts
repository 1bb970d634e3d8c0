import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { createSpecDatabase } from '../testing/database.fixture.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { runAsNobody } from '../testing/as-nobody.fixture.js';
import { createWorkshop, errorOf, reset, stateOf } from '../testing/migrator.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';

let shop: Workshop;

beforeEach(() => {
  shop = createWorkshop(undefined as never, {
    dialect: postgresDialect,
    connect: async () => Promise.reject(new Error('must not connect')),
  });
  shop.put('aaaa1');
  shop.put('bbbb1', { down: 'aaaa1' });
  shop.put('cccc1', { down: 'aaaa1' });
});
afterEach(() => shop.remove());

const textOf = (id: string): string => readFileSync(join(shop.versions, `${id}.ts`), 'utf8');
const warnings = (): readonly string[] =>
  shop.events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

describe('rebase and a database', () => {
  let database: SpecDatabase;
  beforeAll(async () => {
    database = await createSpecDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(() => reset(database));

  const live = () => shop.migratorWith({ connect: () => database.connect() });

  /** Runs the commands in the last warning, as a person would; of two ways the one that fits. */
  async function follow(choice: 'too' | 'not'): Promise<void> {
    const advice = warnings().at(-1) ?? '';
    const [both = '', without = ''] = advice.split('; if not, ');
    const commands = [...(choice === 'too' ? both : without).matchAll(/`([a-z]+) ([^`]+)`/g)];
    const heads = (await live().heads()).map(({ id }) => id);
    for (const [, command, words = ''] of commands) {
      const targets = words.split(' ').filter((word) => word !== '--purge');
      const purge = words.includes('--purge');
      const { rows } = await live().current();
      const others = rows.filter((row) => heads.includes(row) && !advice.includes(`"${row}"`));
      if (command === 'upgrade') await live().upgrade(targets.join());
      else await live().stamp([...targets, ...(purge ? others : [])], { purge });
    }
    shop.events.length = 0;
  }

  it('the advice is right where both are applied, and nothing counts as edited (E4010)', async () => {
    await live().upgrade('heads');
    await live().rebase('cccc1');
    await follow('too');
    expect(await live().upgrade('heads')).toMatchObject({ steps: [], rows: ['cccc1'] });
    expect(warnings()).toEqual([]);
    expect(await live().downgrade('base')).toMatchObject({ rows: [] });
    expect((await stateOf(database)).tables).toEqual([]);
  });

  it('the advice is right where only the rebased revision is applied', async () => {
    await live().upgrade('cccc1');
    await live().rebase('cccc1');
    expect(await live().upgrade('heads')).toMatchObject({ steps: [] });
    await follow('not');
    expect((await stateOf(database)).tables).toEqual(['t_aaaa1', 't_bbbb1', 't_cccc1']);
    expect(await live().upgrade('heads')).toMatchObject({ steps: [], rows: ['cccc1'] });
  });

  it.each([
    ['onto an ancestor', 'eeee1', 'aaaa1', 'eeee1', 'too'],
    ['onto the base', 'cccc1', 'base', 'cccc1', 'too'],
    ['onto another branch, both applied', 'eeee1', 'bbbb1', 'heads', 'too'],
    ['onto another branch, which is not applied', 'eeee1', 'bbbb1', 'eeee1', 'not'],
    ['from the base, both applied', 'ffff1', 'bbbb1', 'heads', 'too'],
    ['from the base, where it alone is applied', 'ffff1', 'bbbb1', 'ffff1', 'not'],
  ] as const)('nothing that is applied is lost or runs twice: %s', async (...example) => {
    const [, revision, onto, applied, choice] = example;
    shop.put('eeee1', { down: 'cccc1' });
    shop.put('ffff1');
    await live().upgrade(applied);
    await live().rebase(revision, { onto });
    await follow(choice);
    await live().upgrade('heads');
    const all = ['aaaa1', 'bbbb1', 'cccc1', 'eeee1', 'ffff1'].map((id) => `t_${id}`);
    expect((await stateOf(database)).tables).toEqual(all);
    await live().downgrade('base');
    expect((await stateOf(database)).tables).toEqual([]);
  });
});

describe('rebase', () => {
  it('rewrites the down revision and nothing else, rights kept', async () => {
    const before = textOf('cccc1');
    chmodSync(join(shop.versions, 'cccc1.ts'), 0o640);
    expect(await shop.migrator.rebase('cccc1')).toEqual({
      revision: 'cccc1',
      file: join(shop.versions, 'cccc1.ts'),
      from: ['aaaa1'],
      onto: ['bbbb1'],
      changed: true,
      heads: ['cccc1'],
    });
    expect(textOf('cccc1')).toBe(
      before.replace(`downRevision = "aaaa1"`, `downRevision = "bbbb1"`),
    );
    expect(statSync(join(shop.versions, 'cccc1.ts')).mode & 0o777).toBe(0o640);
    expect(readdirSync(shop.versions)).toEqual(['aaaa1.ts', 'bbbb1.ts', 'cccc1.ts']);
    expect((await shop.migrator.heads()).map(({ id }) => id)).toEqual(['cccc1']);
  });

  it('says that a database where it is applied must be stamped, and what is a head again', async () => {
    await shop.migrator.rebase('cccc1');
    expect(warnings()).toEqual([
      expect.stringContaining(
        'if "bbbb1" is applied too, `stamp --purge cccc1` with the other rows of `current`; if not, `stamp aaaa1`, `upgrade bbbb1` and `stamp cccc1`',
      ),
    ]);
    shop.events.length = 0;
    await shop.migrator.rebase('cccc1', { onto: 'aaaa1' });
    expect(warnings()).toEqual([
      '"bbbb1" is a head again',
      'a database where "cccc1" is applied already needs `stamp --purge cccc1 bbbb1` with the other rows of `current`',
    ]);
  });

  it('says nothing of databases where what is applied stays what it was', async () => {
    shop.put('dddd1', { down: ['bbbb1', 'cccc1'] });
    shop.put('eeee1', { down: 'cccc1' });
    shop.put('ffff1', { down: ['eeee1', 'dddd1'] });
    await shop.migrator.rebase('ffff1', { from: 'eeee1', onto: 'cccc1' });
    expect(warnings()).toEqual([
      '"eeee1" is a head again',
      'a database where "ffff1" is applied already needs `stamp --purge ffff1 eeee1` with the other rows of `current`',
    ]);
    shop.events.length = 0;
    await shop.migrator.rebase('ffff1', { from: 'cccc1', onto: 'aaaa1' });
    expect(warnings()).toEqual([]);
  });

  it('changes nothing where it stands already', async () => {
    const before = statSync(join(shop.versions, 'cccc1.ts')).mtimeMs;
    expect(await shop.migrator.rebase('cccc1', { onto: 'aaaa1' })).toMatchObject({
      changed: false,
    });
    expect(statSync(join(shop.versions, 'cccc1.ts')).mtimeMs).toBe(before);
    expect(shop.events).toEqual([]);
  });

  it('writes through a link and leaves the link', async () => {
    const real = join(shop.versions, '_real.ts');
    const link = join(shop.versions, 'cccc1.ts');
    renameSync(link, real);
    symlinkSync(real, link);
    await shop.migrator.rebase('cccc1');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toContain('bbbb1');
  });

  it.each([
    ['a computed header', `const parent = 'aaaa1';\nexport const downRevision = parent;`],
    ['a header of pieces', `export const downRevision = 'aaaa' + '1';`],
  ])('E7032: refuses %s, naming the file', async (_, line) => {
    const text = `export const revision = 'dddd1';\n${line}\nexport function upgrade() {}\n`;
    writeFileSync(join(shop.versions, 'dddd1.ts'), text);
    const error = await errorOf(shop.migrator.rebase('dddd1', { onto: 'bbbb1' }));
    expect(error).toMatchObject({ code: 'E7032' });
    expect(error.message).toContain('dddd1.ts');
    expect(textOf('dddd1')).toBe(text);
  });

  it('E7032: refuses a revision without a file, and one of a package', async () => {
    const modules = [{ revision: 'aaaa1' }, { revision: 'bbbb1' }];
    const bundle = shop.migratorWith({ revisions: modules });
    expect(await errorOf(bundle.rebase('bbbb1'))).toMatchObject({ code: 'E7032' });
    const installed = join(shop.root, 'node_modules', 'billing', 'versions');
    mkdirSync(installed, { recursive: true });
    renameSync(join(shop.versions, 'cccc1.ts'), join(shop.root, 'cccc1.ts'));
    writeFileSync(
      join(installed, 'cccc1.js'),
      `exports.revision = 'cccc1';\nexports.downRevision = 'aaaa1';\nexports.upgrade = () => {};\n`,
    );
    const migrator = shop.migratorWith({ versionLocations: [shop.versions, installed] });
    expect(await errorOf(migrator.rebase('cccc1'))).toMatchObject({ code: 'E7032' });
  });

  it('E7010: refuses a file in the build output', async () => {
    const built = join(shop.root, 'dist', 'migrations', 'versions');
    mkdirSync(built, { recursive: true });
    for (const name of readdirSync(shop.versions))
      writeFileSync(join(built, name), readFileSync(join(shop.versions, name)));
    const migrator = shop.migratorWith({ versionLocations: [built] });
    expect(await errorOf(migrator.rebase('cccc1'))).toMatchObject({ code: 'E7010' });
    expect(readFileSync(join(built, 'cccc1.ts'), 'utf8')).toBe(textOf('cccc1'));
  });

  it.each([
    ['itself', 'cccc1', 'E1024'],
    ['what comes after it', 'dddd1', 'E1024'],
    ['nothing that is there', 'zzzz1', 'E1017'],
  ])('refuses to go onto %s: the file stays', async (_, onto, code) => {
    shop.put('dddd1', { down: 'cccc1' });
    const before = textOf('cccc1');
    expect(await errorOf(shop.migrator.rebase('cccc1', { onto }))).toMatchObject({ code });
    expect(textOf('cccc1')).toBe(before);
  });

  it('replaces one parent of a merge', async () => {
    shop.put('dddd1', { down: ['bbbb1', 'cccc1'] });
    shop.put('eeee1', { down: 'bbbb1' });
    expect(await errorOf(shop.migrator.rebase('dddd1'))).toMatchObject({ code: 'E1024' });
    const result = await shop.migrator.rebase('dddd1', { from: 'bbbb1' });
    expect(result).toMatchObject({ from: ['bbbb1', 'cccc1'], onto: ['eeee1', 'cccc1'] });
    expect(textOf('dddd1')).toContain(`export const downRevision = ["eeee1","cccc1"];`);
  });

  it('B120: says that the folder is read-only', () => {
    const before = textOf('cccc1');
    chmodSync(shop.root, 0o755);
    chmodSync(shop.versions, 0o555);
    const printed = runAsNobody(`
      const { createMigrator } = require(core + '/runtime/create-migrator.js');
      const { postgresDialect } = require(core + '/dialects/postgres/postgres-dialect.js');
      createMigrator({
        dialect: postgresDialect,
        connect: () => Promise.reject(new Error('must not connect')),
        rootDirectory: ${JSON.stringify(shop.root)},
      })
        .rebase('cccc1')
        .then(() => console.log('{}'), ({ code, facts }) => console.log(JSON.stringify({ code, facts })));`);
    expect(JSON.parse(printed)).toMatchObject({ code: 'E7002' });
    expect(textOf('cccc1')).toBe(before);
    expect(readdirSync(shop.versions).sort()).toEqual(['aaaa1.ts', 'bbbb1.ts', 'cccc1.ts']);
  });
});
