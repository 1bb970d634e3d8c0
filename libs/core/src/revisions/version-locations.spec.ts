import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { configuredFolder } from './package-folder.js';
import { readRevisionDirectory } from './read-revision-directory.js';

let root: string;
let warnings: string[];
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'locations-')));
  warnings = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (path: string, text: string): string => {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};
const revision = (id: string, down: string | null = null): string =>
  `export const revision = '${id}';\nexport const downRevision = ${JSON.stringify(down)};\nexport function upgrade() {}\n`;
const compiled = (id: string): string =>
  `exports.revision = '${id}';\nexports.downRevision = null;\nexports.upgrade = () => {};\n`;
const read = async (
  locations: readonly string[],
  options: { readonly recursive?: boolean } = {},
): Promise<readonly string[]> => {
  const warn = (message: string): void => void warnings.push(message);
  const paths = locations.map((location) => join(root, location));
  return (await readRevisionDirectory(paths, { ...options, warn })).map(({ id }) => id);
};

describe('several version locations', () => {
  it('CFG-18: are read one after the other; one that is not there yet holds nothing', async () => {
    put('b/one.ts', revision('b1'));
    put('a/two.ts', revision('a2'));
    put('a/one.ts', revision('a1'));
    expect(await read(['b', 'nosuch', 'a'])).toEqual(['b1', 'a1', 'a2']);
    expect(warnings).toEqual([]);
  });

  it('CFG-18: one that is missing together with the folder above it was not shipped: an error (E7009)', async () => {
    put('a/one.ts', revision('a1'));
    await expect(read(['a', 'nosuch/versions'])).rejects.toMatchObject({
      code: 'E7009',
      facts: { location: join(root, 'nosuch/versions') },
    });
  });

  it('CFG-18: the same real folder is read once, with a warning', async () => {
    put('a/one.ts', revision('a1'));
    symlinkSync(join(root, 'a'), join(root, 'link'));
    expect(await read(['a', 'link', 'a/../a'])).toEqual(['a1']);
    expect(warnings).toEqual([
      `Folder ${join(root, 'link')} loaded twice! ignoring. Please ensure versionLocations is unique.`,
      `Folder ${join(root, 'a')} loaded twice! ignoring. Please ensure versionLocations is unique.`,
    ]);
  });

  it('CFG-18: the same real file is read once, with a warning', async () => {
    put('a/one.ts', revision('a1'));
    mkdirSync(join(root, 'b'));
    symlinkSync(join(root, 'a/one.ts'), join(root, 'b/other.ts'));
    expect(await read(['a', 'b'])).toEqual(['a1']);
    expect(warnings).toEqual([
      `File ${join(root, 'b/other.ts')} loaded twice! ignoring. Please ensure versionLocations is unique.`,
    ]);
  });
});

describe('recursive version locations', () => {
  beforeEach(() => {
    put('v/z.ts', revision('z'));
    put('v/2026/02/d.ts', revision('d'));
    put('v/2026/01/c.ts', revision('c'));
    put('v/2026/b.ts', revision('b'));
    put('v/2025/a.ts', revision('a'));
    for (const folder of ['node_modules/x', '__pycache__', '__tests__', '.git', 'x/.cache'])
      put(`v/${folder}/no.ts`, revision('no'));
  });

  it('CFG-31: sub-folders are walked sorted; packages, caches and hidden folders are passed over', async () => {
    expect(await read(['v'], { recursive: true })).toEqual(['z', 'a', 'b', 'c', 'd']);
    expect(await read(['v'])).toEqual(['z']);
  });

  it('CFG-31: a link to a folder is not followed, so a circle ends', async () => {
    symlinkSync(join(root, 'v'), join(root, 'v/2026/again'));
    expect(await read(['v'], { recursive: true })).toEqual(['z', 'a', 'b', 'c', 'd']);
  });

  it('CFG-18: a location inside another one is read once', async () => {
    expect(await read(['v', 'v/2026'], { recursive: true })).toEqual(['z', 'a', 'b', 'c', 'd']);
    expect(warnings.map((warning) => warning.split(' ')[1])).toEqual([
      join(root, 'v/2026'),
      join(root, 'v/2026/01'),
      join(root, 'v/2026/02'),
    ]);
  });
});

describe('folders in packages', () => {
  const find = (folder: string, from = root) => configuredFolder(folder, from, 'versionLocations');

  beforeEach(() => {
    put('package.json', '{ "name": "shop" }');
    put('node_modules/billing/package.json', '{ "name": "billing", "exports": {} }');
    put('node_modules/@acme/stock/package.json', '{ "name": "@acme/stock" }');
  });

  it('CFG-10: a path is absolute, relative to the root, or one inside a package', () => {
    expect(find('a/b')).toEqual({ path: join(root, 'a/b') });
    expect(find('/a/b:c')).toEqual({ path: '/a/b:c' });
    expect(find('billing:db/versions')).toEqual({
      path: join(root, 'node_modules/billing/db/versions'),
      package: 'billing',
    });
    expect(find('@acme/stock:versions')).toEqual({
      path: join(root, 'node_modules/@acme/stock/versions'),
      package: '@acme/stock',
    });
    expect(find('shop:versions')).toEqual({ path: join(root, 'versions'), package: 'shop' });
  });

  it('CFG-10: a package is found as Node finds it: in the folders above as well', () => {
    put('apps/api/package.json', '{ "name": "api" }');
    expect(find('billing:v', join(root, 'apps/api')).path).toBe(
      join(root, 'node_modules/billing/v'),
    );
  });

  it('CFG-10: a package that is not installed is an error that names it', () => {
    expect(() => find('nosuch:versions')).toThrow(
      expect.objectContaining({
        code: 'E9002',
        facts: { option: 'versionLocations', folder: 'nosuch:versions', package: 'nosuch' },
      }),
    );
  });

  it('CFG-10: a path cannot leave its package', () => {
    expect(() => find('billing:../other')).toThrow(expect.objectContaining({ code: 'E7003' }));
  });

  it('CFG-18: a folder that a package does not have is an error, with advice of its own', async () => {
    await expect(read(['node_modules/billing/nosuch'])).rejects.toMatchObject({
      code: 'E7009',
      advice: expect.stringContaining('installed package'),
      facts: { location: join(root, 'node_modules/billing/nosuch') },
    });
  });

  it('CFG-18: in a package the compiled file is read, and TypeScript alone is an error', async () => {
    put('node_modules/billing/v/a.ts', revision('a'));
    put('node_modules/billing/v/a.js', compiled('a'));
    put('node_modules/billing/v/a.d.ts', 'export {};');
    expect(await read(['node_modules/billing/v'])).toEqual(['a']);
    const lone = put('node_modules/billing/v/b.ts', revision('b'));
    await expect(read(['node_modules/billing/v'])).rejects.toMatchObject({
      code: 'E2007',
      facts: { file: lone },
    });
  });
});
