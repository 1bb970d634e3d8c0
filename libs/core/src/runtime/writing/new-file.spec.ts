import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { createWorkshop, errorOf, leaksOf, reset } from '../testing/migrator.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import type { MigratorOptions, RevisionEnvironment } from '../migrator-options.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
let shop: Workshop;
let connections: number;

beforeEach(async () => {
  await reset(database);
  let ids = 0;
  connections = 0;
  shop = createWorkshop(database, {
    dialect: postgresDialect,
    connect: async () => {
      connections += 1;
      return database.connect();
    },
    now: () => new Date('2026-03-09T23:05:06.789Z'),
    newId: () => `rev${++ids}`,
  });
  writeFileSync(join(shop.root, 'package.json'), '{ "name": "shop" }');
});
afterEach(async () => {
  shop.remove();
  expect(await leaksOf(database)).toEqual([]);
});

const put = (path: string, text: string): string => {
  const file = join(shop.root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};
const write = async (
  options: Partial<MigratorOptions>,
  message = 'Add accounts',
): Promise<string> => (await shop.migratorWith(options).revision({ message })).file ?? 'nothing';
const fileFor = async (options: Partial<MigratorOptions>, message?: string): Promise<string> =>
  relative(shop.versions, await write(options, message));
const textFor = async (options: Partial<MigratorOptions>): Promise<string> =>
  readFileSync(await write(options), 'utf8');
const failure = (options: Partial<MigratorOptions>, message?: string) =>
  errorOf(write(options, message));
const written = (): readonly string[] =>
  readdirSync(shop.versions, { recursive: true }) as string[];

describe('the name of a new file', () => {
  it('CFG-11, CFG-14: follows fileTemplate and truncateSlugLength', async () => {
    const fileTemplate = '%(year)d%(month).2d%(day).2d_%(rev)s_%(slug)s';
    expect(await fileFor({ fileTemplate, truncateSlugLength: 5 })).toBe('20260309_rev1_add_.ts');
    expect(await fileFor({ truncateSlugLength: 0 })).toBe('rev2_add_accounts.ts');
  });

  it('CFG-12: folders in the template are made, and found again with recursiveVersionLocations', async () => {
    const options = {
      fileTemplate: '%(year)d/%(month).2d/%(rev)s',
      recursiveVersionLocations: true,
    };
    expect(await fileFor(options)).toBe(join('2026', '03', 'rev1.ts'));
    expect(await fileFor(options)).toBe(join('2026', '03', 'rev2.ts'));
    const migrator = shop.migratorWith(options);
    expect(await migrator.heads()).toMatchObject([{ id: 'rev2', downRevisions: ['rev1'] }]);
    expect(await migrator.upgrade('head')).toMatchObject({ rows: ['rev2'] });
  });

  it('CFG-12: without recursiveVersionLocations nothing is written that would not be found again', async () => {
    expect(await failure({ fileTemplate: '%(year)d/%(rev)s' })).toMatchObject({
      code: 'E9002',
      advice: expect.stringContaining('recursiveVersionLocations'),
    });
    expect(written()).toEqual([]);
  });

  it.each([
    ['_%(rev)s', 'a private file'],
    ['.%(rev)s', 'a hidden file'],
    ['%(rev)s.spec', 'a spec'],
    ['node_modules/%(rev)s', 'a folder of packages'],
    ['.hidden/%(rev)s', 'a hidden folder'],
  ])('%s is refused, because nobody would read it: %s', async (fileTemplate) => {
    expect(await failure({ fileTemplate, recursiveVersionLocations: true })).toMatchObject({
      code: 'E9002',
      facts: { option: 'fileTemplate' },
    });
    expect(written()).toEqual([]);
  });

  it.each(['../%(rev)s', 'x/../../%(rev)s', '/tmp/nest-alembic-outside/%(rev)s'])(
    'CFG-12: %s leaves the version location and is refused (E7003)',
    async (fileTemplate) => {
      for (const recursiveVersionLocations of [true, false]) {
        const error = await failure({ fileTemplate, recursiveVersionLocations });
        expect(error).toMatchObject({ code: 'E7003', advice: expect.stringContaining('Nothing') });
      }
      expect(written()).toEqual([]);
      expect(existsSync('/tmp/nest-alembic-outside')).toBe(false);
    },
  );

  it('CFG-12: a linked folder that leads out of the version location is refused (E7003)', async () => {
    mkdirSync(join(shop.root, 'elsewhere'));
    symlinkSync(join(shop.root, 'elsewhere'), join(shop.versions, '2026'));
    const options = { fileTemplate: '%(year)d/%(rev)s', recursiveVersionLocations: true };
    expect(await failure(options)).toMatchObject({ code: 'E7003' });
    expect(readdirSync(join(shop.root, 'elsewhere'))).toEqual([]);
  });

  it('a template without the id never overwrites (E7001), and leaves no empty folder', async () => {
    const options = { fileTemplate: 'v/%(slug)s', recursiveVersionLocations: true };
    const first = await write(options);
    const text = readFileSync(first, 'utf8');
    expect(await failure(options)).toMatchObject({ code: 'E7001', facts: { file: first } });
    expect(readFileSync(first, 'utf8')).toBe(text);
    rmSync(join(shop.versions, 'v'), { recursive: true });
    const tooLong = { ...options, fileTemplate: `v/w/${'x'.repeat(300)}%(rev)s` };
    expect(await failure(tooLong)).toMatchObject({ code: 'E7002' });
    expect(written()).toEqual([]);
  });

  it('spaces, # and percent signs work from writing to downgrading', async () => {
    const options = { fileTemplate: 'no. 1 #%(rev)s 100%% %(slug)s' };
    expect(await fileFor(options)).toBe('no. 1 #rev1 100% add_accounts.ts');
    expect(await fileFor(options)).toBe('no. 1 #rev2 100% add_accounts.ts');
    const migrator = shop.migratorWith(options);
    expect(await migrator.upgrade('head')).toMatchObject({ rows: ['rev2'] });
    expect(await migrator.downgrade('base')).toMatchObject({ rows: [] });
  });

  it('CFG-15: the zone decides the date in the name, and createdAt carries its offset', async () => {
    const fileTemplate = '%(year)d-%(month).2d-%(day).2d_%(hour).2d_%(rev)s';
    const file = await write({ fileTemplate, timezone: 'Europe/Berlin' });
    expect(basename(file)).toBe('2026-03-10_00_rev1.ts');
    expect(readFileSync(file, 'utf8')).toContain(`createdAt = '2026-03-10T00:05:06+01:00';`);
    const [shown] = await shop.migrator.show('rev1');
    expect(shown?.createdAt).toBe('2026-03-10T00:05:06+01:00');
  });

  it('CFG-15: without a zone it is UTC, written as Z, wherever the machine stands', async () => {
    expect(await textFor({})).toContain(`createdAt = '2026-03-09T23:05:06Z';`);
  });

  it('CFG-15: an unknown zone is refused', () => {
    expect(() => shop.migratorWith({ timezone: 'Mars/Phobos' })).toThrow(
      expect.objectContaining({
        code: 'E9002',
        problem: 'time zone "Mars/Phobos" cannot be located',
      }),
    );
  });
});

describe('where a new file may lie', () => {
  const outside = (): string => join(shop.root, '..', `${basename(shop.root)}-outside`);
  afterEach(() => rmSync(outside(), { recursive: true, force: true }));

  it.each(['relative', 'absolute'])(
    'B121: a %s version location outside of the workspace is refused (E7003)',
    async (form) => {
      mkdirSync(outside());
      const path = form === 'absolute' ? outside() : relative(shop.root, outside());
      expect(await failure({ versionLocations: [path] })).toMatchObject({
        code: 'E7003',
        facts: { location: outside(), workspace: shop.root },
        advice: expect.stringContaining('allowOutside'),
      });
      expect(readdirSync(outside())).toEqual([]);
    },
  );

  it('B121: --version-path cannot lead out either, and with allowOutside both can', async () => {
    mkdirSync(outside());
    const versionLocations = [shop.versions, outside()];
    const revision = { message: 'x', versionPath: outside() };
    const refused = shop.migratorWith({ versionLocations }).revision(revision);
    expect(await errorOf(refused)).toMatchObject({ code: 'E7003' });
    const allowed = await shop
      .migratorWith({ versionLocations, allowOutside: true })
      .revision(revision);
    expect(dirname(String(allowed.file))).toBe(outside());
    const elsewhere = shop.migrator.revision({ message: 'x', versionPath: '../nosuch' });
    expect(await errorOf(elsewhere)).toMatchObject({ code: 'E7003' });
  });

  it('B121: the workspace is that of the repository or of npm, not the folder of one app', async () => {
    put('apps/api/package.json', '{ "name": "api" }');
    const options = {
      rootDirectory: join(shop.root, 'apps/api'),
      versionLocations: ['../../shared/versions'],
    };
    mkdirSync(join(shop.root, 'shared'));
    expect(await failure(options)).toMatchObject({ code: 'E7003' });
    put('package.json', '{ "workspaces": ["apps/*"] }');
    expect(await write(options)).toBe(join(shop.root, 'shared/versions/rev2_add_accounts.ts'));
  });

  it('CFG-18: revisions of a package are read, run and built upon, but never written there (E7022)', async () => {
    put('node_modules/billing/package.json', '{ "name": "billing" }');
    put(
      'node_modules/billing/versions/b1.js',
      `exports.revision = 'bill1'; exports.downRevision = null; exports.branchLabels = ['billing'];
       exports.upgrade = async (op) => op.createTable('bill', (t) => [t.column('id', 'int')]);`,
    );
    const versionLocations = [shop.versions, 'billing:versions'];
    const migrator = shop.migratorWith({ versionLocations });
    expect(await migrator.upgrade('heads')).toMatchObject({ rows: ['bill1'] });
    expect(await errorOf(migrator.revision({ head: 'billing@head' }))).toMatchObject({
      code: 'E7022',
      facts: { package: 'billing' },
    });
    const { file } = await migrator.revision({ head: 'billing@head', versionPath: shop.versions });
    expect(dirname(String(file))).toBe(shop.versions);
    expect(readdirSync(join(shop.root, 'node_modules/billing/versions'))).toEqual(['b1.js']);
    const byPath = { versionLocations: ['node_modules/billing/versions'] };
    expect(await failure(byPath)).toMatchObject({ code: 'E7022', facts: { package: 'billing' } });
  });

  it('CFG-10: the migrations folder itself may be that of a package', async () => {
    put('node_modules/base/package.json', '{ "name": "base" }');
    put(
      'node_modules/base/db/versions/a.js',
      `exports.revision = 'a1'; exports.downRevision = null; exports.upgrade = () => {};`,
    );
    const options = { directory: 'base:db' };
    expect(await shop.migratorWith(options).heads()).toMatchObject([{ id: 'a1' }]);
    expect(await failure(options)).toMatchObject({ code: 'E7022' });
    const empty = shop.migratorWith({ directory: 'base:new' }).init();
    expect(await errorOf(empty)).toMatchObject({ code: 'E7022', facts: { package: 'base' } });
    expect(readdirSync(join(shop.root, 'node_modules/base'))).toEqual(['db', 'package.json']);
  });
});

describe('the template of new revisions', () => {
  const template = `// {{ticket}}\n{{extra}}
export const revision = {{revision}};
export const downRevision = {{downRevision}};
export async function upgrade(op: any) {
  {{upgradeBody}}
}
export async function downgrade(op: any) {
  {{downgradeBody}}
}
`;
  const revisionTemplate = 'tools/revision.txt';

  it('TPL-02, TPL-10: may lie anywhere, and has placeholders of its own', async () => {
    put(revisionTemplate, template);
    const extra = `import '{{revision}}'; // $& ''`;
    const text = await textFor({ revisionTemplate, templateArgs: { ticket: 'SHOP-7', extra } });
    expect(text).toMatch(
      /^\/\/ SHOP-7\nimport '\{\{revision\}\}'; \/\/ \$& ''\nexport const revision = 'rev1';/,
    );
  });

  it('TPL-02: a function makes the values of each revision', async () => {
    put(revisionTemplate, template);
    const seen: RevisionEnvironment[] = [];
    const templateArgs = async (environment: RevisionEnvironment) => {
      seen.push(environment);
      return { ticket: environment.x['ticket'] ?? '', extra: '' };
    };
    const text = await textFor({ revisionTemplate, templateArgs, x: { ticket: 'SHOP-8' } });
    expect(text).toMatch(/^\/\/ SHOP-8\nexport const revision/);
    expect(seen).toEqual([{ revision: 'rev1', message: 'Add accounts', x: { ticket: 'SHOP-8' } }]);
    expect(connections).toBe(0);
  });

  it('ENV-27: values of all environments that share the file reach it, of two the later', async () => {
    const functions =
      'export const upgrades = { {{upgrades}} };\nexport const downgrades = { {{downgrades}} };\n';
    put(revisionTemplate, `${template.split('export async')[0]}${functions}`);
    const options = { revisionTemplate };
    const [main, reports] = [
      shop.migratorWith({ ...options, name: 'main', templateArgs: { ticket: 'A', extra: '' } }),
      shop.migratorWith({ ...options, name: 'reports', templateArgs: () => ({ ticket: 'B' }) }),
    ];
    const alongside = [reports];
    const first = await main.revision({ revisionId: 'rev1', alongside });
    expect(readFileSync(String(first.file), 'utf8')).toMatch(/^\/\/ B\nexport/);
    const alone = await main.revision({ revisionId: 'rev2', head: 'base', splice: true });
    expect(readFileSync(String(alone.file), 'utf8')).toMatch(/^\/\/ A\nexport/);
    const merged = await main.merge(['heads'], { revisionId: 'rev3', alongside });
    expect(readFileSync(String(merged.file), 'utf8')).toMatch(/^\/\/ B\nexport/);
  });

  it('PORT-03, TPL-02: a placeholder that nobody gives is refused, and the known ones are named', async () => {
    put(revisionTemplate, template);
    expect(await failure({ revisionTemplate, templateArgs: { ticket: 'x' } })).toMatchObject({
      code: 'E7006',
      facts: { placeholder: 'extra' },
      advice: expect.stringMatching(/ticket.*templateArgs/),
    });
    expect(written()).toEqual([]);
  });

  it.each<[string, () => unknown, string]>([
    ['a number', () => ({ ticket: 7 }), 'have no text for "ticket"'],
    ['nothing', () => undefined, 'are no object'],
    ['a built-in name', () => ({ revision: 'x' }), 'have "revision", which is built in'],
    ['no name', () => ({ 'a b': 'x' }), 'have the name "a b"'],
  ])('TPL-02: %s as template argument is refused', async (_name, templateArgs, problem) => {
    expect(await failure({ templateArgs: templateArgs as never })).toMatchObject({
      code: 'E9002',
      problem: expect.stringContaining(problem),
    });
    expect(written()).toEqual([]);
  });

  it('TPL-09: a template that is missing is an error that names it', async () => {
    expect(await failure({ revisionTemplate })).toMatchObject({
      code: 'E9002',
      facts: { option: 'revisionTemplate', file: join(shop.root, revisionTemplate) },
    });
    expect(written()).toEqual([]);
  });
});

describe('revisionEnvironment', () => {
  const templateArgs = async ({ connection }: RevisionEnvironment) => {
    const answer = await connection?.query<{ n: number }>('SELECT 6 * 7 AS n');
    return { answer: String(answer?.rows[0]?.n ?? 'none') };
  };
  const options = { templateArgs, revisionEnvironment: true };
  const answerIn = (file: string | undefined): string | undefined =>
    /answer (\w+)/.exec(readFileSync(String(file), 'utf8'))?.[1];

  beforeEach(() => {
    put(
      'migrations/revision.ts.tpl',
      '// answer {{answer}}\nexport const revision = {{revision}};\nexport const downRevision = {{downRevision}};\nexport const branchLabels = {{branchLabels}};\nexport const dependsOn = {{dependsOn}};\nexport async function upgrade(op: any) {\n  {{upgradeBody}}\n}\nexport async function downgrade(op: any) {\n  {{downgradeBody}}\n}\n',
    );
  });

  it('CFG-16, CLI-42: revision and merge have a connection for templateArgs, and close it', async () => {
    const migrator = shop.migratorWith(options);
    expect(answerIn((await migrator.revision()).file)).toBe('42');
    expect(connections).toBe(1);
    await migrator.revision({ head: 'base', splice: true });
    expect(answerIn((await migrator.merge(['heads'])).file)).toBe('42');
    expect(connections).toBe(3);
    const { rows } = await database.checker.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    expect(rows).toEqual([]);
  });

  it('CFG-16, CLI-42: without it, and with --sql, there is none', async () => {
    expect(answerIn((await shop.migratorWith({ templateArgs }).revision()).file)).toBe('none');
    expect(answerIn((await shop.migratorWith(options).revision({ sql: true })).file)).toBe('none');
    expect(connections).toBe(0);
  });

  it('CFG-16: without a database nothing is written (E5010)', async () => {
    const connect = async () => {
      throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    };
    const refused = shop.migratorWith({ ...options, connect }).revision();
    expect(await errorOf(refused)).toMatchObject({ code: 'E5010' });
    expect(written()).toEqual([]);
  });

  it('CFG-16: history marks what is current', async () => {
    const migrator = shop.migratorWith(options);
    await migrator.revision();
    await migrator.upgrade('head');
    expect(await migrator.history()).toMatchObject([{ id: 'rev1', isCurrent: true }]);
  });
});
