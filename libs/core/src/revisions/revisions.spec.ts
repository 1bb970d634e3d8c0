import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MigrationError } from '../errors/migration-error.js';
import { initMigrations } from './init-migrations.js';
import { runAsNobody } from '../runtime/testing/as-nobody.fixture.js';
import { readRevisionDirectory } from './read-revision-directory.js';
import { revisionFileName, slugOf } from './revision-file-name.js';
import { assertNewRevisionId, newRevisionId } from './revision-id.js';
import { buildOutputOf, defaultRootDirectory } from './root-directory.js';
import { zonedTime } from './time-zone.js';
import { writeRevisionFile } from './write-revision-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'versions-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const codeOf = async (run: () => unknown): Promise<string> => {
  try {
    await run();
  } catch (error) {
    if (error instanceof MigrationError) return error.code;
    throw error;
  }
  return 'none';
};
const revisionText = (id: string, down: string | null = null): string =>
  `export const revision = '${id}';\nexport const downRevision = ${JSON.stringify(down)};\nexport async function upgrade() {}\n`;

describe('reading version locations', () => {
  it('CFG-30: reads the revisions in the order of their file names and passes over the rest (B036)', async () => {
    put('b_two.ts', revisionText('b', 'a'));
    put('a_one.ts', revisionText('a'));
    for (const name of [
      'x.d.ts',
      'x.js.map',
      'x.spec.ts',
      '.x.ts.swp',
      '.DS_Store',
      '._x.ts',
      'README.md',
    ])
      put(name, 'odd ` text');
    put('index.ts', "export * as a from './a_one.js';");
    put('helper.ts', 'export const rate = 3;');
    const revisions = await readRevisionDirectory([folder]);
    expect(revisions.map(({ id, downRevisions }) => [id, downRevisions])).toEqual([
      ['a', []],
      ['b', ['a']],
    ]);
  });

  it('B035: takes the source where its compiled output lies beside it', async () => {
    put('a.ts', revisionText('a'));
    put('a.js', "exports.revision = 'a'; exports.upgrade = () => {};");
    const revisions = await readRevisionDirectory([folder]);
    expect(revisions.map(({ file }) => file)).toEqual([join(folder, 'a.ts')]);
  });

  it('B035: refuses source and output in two locations, naming both', async () => {
    mkdirSync(join(folder, 'dist'));
    put('a.ts', revisionText('a'));
    put('dist/a.js', "exports.revision = 'a'; exports.upgrade = () => {};");
    expect(await codeOf(() => readRevisionDirectory([folder, join(folder, 'dist')]))).toBe('E2006');
  });

  it('CFG-18: reads a location that is given twice once', async () => {
    put('a.ts', revisionText('a'));
    symlinkSync(folder, `${folder}-link`);
    try {
      expect(await readRevisionDirectory([folder, `${folder}-link`])).toHaveLength(1);
    } finally {
      rmSync(`${folder}-link`);
    }
  });

  it('runs a file only to learn a computed header', async () => {
    put(
      'a.ts',
      "const id = 'a' + 'b';\nexport const revision = id;\nexport function upgrade() {}\n",
    );
    put(
      'b.ts',
      "throw new Error('must not run');\nexport const revision = 'b';\nexport function upgrade() {}\n",
    );
    expect((await readRevisionDirectory([folder])).map(({ id }) => id)).toEqual(['ab', 'b']);
  });

  it.each([
    ['B019: a number as revision', 'export const revision = 123;', 'E2010'],
    [
      'B025: a nested array as parents',
      "export const revision = 'a';\nexport const downRevision = [['b']];",
      'E2010',
    ],
    [
      'B025: null among the parents',
      "export const revision = 'a';\nexport const downRevision = [null];",
      'E2010',
    ],
    ['B029: upgrade without revision', 'export function upgrade() {}', 'E2002'],
    ['B039: an empty file', '', 'E2002'],
    ['B027: a syntax error in a computed header', 'export const revision = id(;', 'E2001'],
    [
      'B032: a throw in a computed header',
      "export const revision = String(1);\nthrow new Error('boom');",
      'E2004',
    ],
    [
      'B038: UTF-16',
      Buffer.from("export const revision = 'a';", 'utf16le').fill(0xff, 0, 1),
      'E2008',
    ],
    ['B038: Latin-1', Buffer.from([0x2f, 0x2f, 0xe9, 0x0a]), 'E2008'],
    ['B040: a file of 11 MB', Buffer.alloc(11 * 1024 * 1024, 0x20), 'E2009'],
  ])('%s is an error', async (_, text, code) => {
    put('a.ts', text);
    expect(await codeOf(() => readRevisionDirectory([folder]))).toBe(code);
  });

  it('tells how to go on when the folder is missing, and takes a missing `versions` for none', async () => {
    expect(await codeOf(() => readRevisionDirectory([join(folder, 'no', 'versions')]))).toBe(
      'E7009',
    );
    expect(await readRevisionDirectory([join(folder, 'versions')])).toEqual([]);
  });
});

describe('writing revision files', () => {
  const request = (fileName: string) => ({
    location: join(folder, 'versions'),
    fileName,
    text: 'x',
    root: folder,
  });

  it('B119: never overwrites', () => {
    const path = writeRevisionFile(request('a_.ts'));
    expect(() => writeRevisionFile({ ...request('a_.ts'), text: 'y' })).toThrow(
      expect.objectContaining({ code: 'E7001' }),
    );
    expect(readFileSync(path, 'utf8')).toBe('x');
  });

  it.each(['../a.ts', '../../a.ts', 'x/../../a.ts'])('B015: refuses the name %s', (name) => {
    expect(() => writeRevisionFile(request(name))).toThrow(
      expect.objectContaining({ code: 'E7003' }),
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses the build output, naming the source folder it expected (design D3)', () => {
    const location = join(folder, 'dist', 'migrations', 'versions');
    expect(() => writeRevisionFile({ ...request('a.ts'), location })).toThrow(
      expect.objectContaining({
        code: 'E7010',
        facts: { location, expected: join(folder, 'migrations', 'versions') },
      }),
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('B120: says that the location is a file', () => {
    put('versions', '');
    expect(() => writeRevisionFile(request('a.ts'))).toThrow(
      expect.objectContaining({ code: 'E7002' }),
    );
  });

  it('B120: says that the location is read-only', () => {
    const location = join(folder, 'versions');
    mkdirSync(location);
    chmodSync(folder, 0o755);
    chmodSync(location, 0o555);
    const printed = runAsNobody(`
      const { writeRevisionFile } = require(core + '/revisions/write-revision-file.js');
      try {
        writeRevisionFile(${JSON.stringify(request('a.ts'))});
      } catch ({ code, facts }) {
        console.log(JSON.stringify({ code, facts }));
      }`);
    expect(JSON.parse(printed)).toMatchObject({ code: 'E7002' });
    expect(readdirSync(location)).toEqual([]);
  });

  it.each([
    ['Add accounts', 'add_accounts'],
    ['', ''],
    ['!!!', ''],
    ['Größe ändern', 'größe_ändern'],
    ['../../evil', 'evil'],
    ['a'.repeat(50), `${'a'.repeat(40)}_`],
    ['add the column of the very long name indeed', 'add_the_column_of_the_very_long_name_'],
  ])('CFG-13: the slug of %j is %j', (message, slug) => {
    expect(slugOf(message)).toBe(slug);
  });

  it('CLI-28: a revision without message has an empty slug', () => {
    const time = zonedTime(new Date(0), 'UTC');
    expect(revisionFileName('ab12', '', { time })).toBe('ab12_.ts');
  });
});

describe('revision ids', () => {
  it('CLI-29: a new id has 12 hexadecimal digits', () => {
    expect(newRevisionId()).toMatch(/^[0-9a-f]{12}$/);
    assertNewRevisionId(newRevisionId());
  });

  it.each([
    ['', 'E1012'],
    ['a'.repeat(33), 'E1012'],
    ['a'.repeat(70), 'E1012'],
    ['a@b', 'E1011'],
    ['a-b', 'E1011'],
    ['a+1', 'E1011'],
    ['a:b', 'E1011'],
    ['../../evil', 'E7003'],
    ['..\\\\evil', 'E7003'],
    ['a/../b', 'E7003'],
    ['..evil', 'E1011'],
    ['a/b', 'E1011'],
    ['%2e%2e', 'E1011'],
    ['a\0', 'E1011'],
    ['a b', 'E1011'],
    ['a\n', 'E1011'],
    ['😀', 'E1011'],
    ['head', 'E1010'],
    ['Base', 'E1010'],
    ['con', 'E1010'],
  ])('CLI-30, B014-B017: refuses %j with %s', async (id, code) => {
    expect(await codeOf(() => assertNewRevisionId(id))).toBe(code);
  });

  it.each(['__proto__', 'constructor', 'a', 'A1_b'])('B018: takes %s', (id) => {
    expect(() => assertNewRevisionId(id)).not.toThrow();
  });
});

describe('folders', () => {
  it('starts from the nearest package.json above the entry script', () => {
    mkdirSync(join(folder, 'dist', 'src'), { recursive: true });
    put('package.json', '{}');
    expect(defaultRootDirectory(join(folder, 'dist', 'src', 'main.js'))).toBe(folder);
  });

  it('knows the build output by the entry script', () => {
    const script = join(folder, 'lib', 'main.js');
    expect(buildOutputOf(join(folder, 'lib', 'migrations'), folder, script)).toBe(
      join(folder, 'lib'),
    );
    expect(buildOutputOf('migrations', folder, script)).toBeUndefined();
    expect(buildOutputOf('src/migrations', folder, join(folder, 'src', 'main.ts'))).toBeUndefined();
  });

  it('CLI-18, CLI-20: init writes all or nothing', () => {
    const directory = join(folder, 'migrations');
    const request = {
      directory,
      root: folder,
      importSource: '@nest-alembic/nestjs',
      track: (_task: unknown, work: () => unknown) => void work(),
    };
    expect(() => initMigrations({ ...request, template: 'nosuch' })).toThrow(
      expect.objectContaining({ code: 'E7012' }),
    );
    expect(readdirSync(folder)).toEqual([]);
    initMigrations(request);
    expect(readdirSync(directory).sort()).toEqual(['README.md', 'revision.ts.tpl', 'versions']);
    expect(readFileSync(join(directory, 'revision.ts.tpl'), 'utf8')).toContain(
      "'@nest-alembic/nestjs'",
    );
    expect(() => initMigrations(request)).toThrow(expect.objectContaining({ code: 'E7011' }));
  });
});
