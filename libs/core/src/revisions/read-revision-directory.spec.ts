import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { RevisionGraph } from '../graph/revision-graph.js';
import { runAsNobody } from '../runtime/testing/as-nobody.fixture.js';
import { readRevisionDirectory } from './read-revision-directory.js';
import type { ReadingOptions } from './version-folders.js';

let root: string;
let versions: string;
let warnings: string[];
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'reading-')));
  versions = join(root, 'versions');
  mkdirSync(versions, { mode: 0o755 });
  warnings = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (name: string, text: string | Buffer): string => {
  const file = join(versions, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};
const revision = (id: string, down: string | null = null): string =>
  `export const revision = '${id}';\nexport const downRevision = ${JSON.stringify(down)};\nexport async function upgrade() {}\n`;
const read = async (options: ReadingOptions = {}) =>
  readRevisionDirectory([versions], { ...options, warn: (message) => warnings.push(message) });
const idsOf = async (options: ReadingOptions = {}): Promise<readonly string[]> =>
  (await read(options)).map(({ id }) => id);

describe('what is read as a revision', () => {
  it("CFG-30, B036: files sorted by name; declarations, maps, specs, editors' and hidden files are passed over", async () => {
    put('b.ts', revision('b', 'a'));
    put('a.mjs', revision('a'));
    for (const name of [
      'x.d.ts',
      'x.d.mts',
      'x.js.map',
      'x.spec.ts',
      'x.test.js',
      '.x.ts.swp',
      '.#x.ts',
    ])
      put(name, revision('no'));
    for (const name of [
      '.DS_Store',
      '._x.ts',
      '_x.ts',
      'index.ts',
      'README.md',
      'x.ts~',
      'x.ts.orig',
    ])
      put(name, revision('no'));
    expect(await idsOf()).toEqual(['a', 'b']);
    expect(warnings).toEqual([]);
  });

  it('CFG-33: a file without `revision` is a helper, whatever its name; with `upgrade`, `downgrade` or a down revision it is broken', async () => {
    put('abcdef123456.ts', 'export const rate = 3;');
    put('helper.js', 'exports.revise = (text) => text;');
    expect(await idsOf()).toEqual([]);
    for (const text of [
      '\nexport function upgrade() {}',
      '\nexports.downgrade = () => {};',
      "\nexport const downRevision = 'a';",
    ]) {
      const file = put('broken.js', text);
      await expect(read()).rejects.toMatchObject({ code: 'E2002', facts: { file, line: 2 } });
    }
  });

  it('CFG-34: down revision, labels and dependencies are nothing, a text or several; `upgrade` is looked up when it runs', async () => {
    put('a.ts', `export const revision = 'a';`);
    put(
      'b.ts',
      `export const revision = 'b';\nexport const downRevision = 'a';\nexport const branchLabels = 'x';\nexport const dependsOn = undefined;`,
    );
    put(
      'c.ts',
      `export const revision = 'c';\nexport const downRevision = ['a', 'b'];\nexport const branchLabels = ['y', 'z'];\nexport const dependsOn = ['b'];`,
    );
    put(
      'd.ts',
      `export const revision = 'd';\nexport const downRevision = null;\nexport const dependsOn = 'b';`,
    );
    expect(await read()).toMatchObject([
      { downRevisions: [], branchLabels: [], dependsOn: [] },
      { downRevisions: ['a'], branchLabels: ['x'], dependsOn: [] },
      { downRevisions: ['a', 'b'], branchLabels: ['y', 'z'], dependsOn: ['b'] },
      { downRevisions: [], branchLabels: [], dependsOn: ['b'] },
    ]);
  });

  it('CFG-32, B035: of a source and its own output beside it the source is read, whatever the suffixes', async () => {
    for (const [source, output] of [
      ['a.ts', 'a.js'],
      ['b.mts', 'b.mjs'],
      ['c.cts', 'c.cjs'],
    ] as const) {
      put(source, revision(source[0] as string));
      put(output, 'throw new Error("must not be read");');
      put(`${output}.map`, '{}');
    }
    put('d.js', `exports.revision = 'd';\nexports.upgrade = () => {};`);
    expect((await read()).map(({ file }) => file)).toEqual(
      ['a.ts', 'b.mts', 'c.cts', 'd.js'].map((name) => join(versions, name)),
    );
  });

  it.each([
    ['a number', 'export const revision = 123;', 'revision', 1],
    [
      'a list of lists',
      `export const revision = 'a';\n\nexport const downRevision = [['b']];`,
      'downRevision',
      3,
    ],
    [
      'null in a list',
      `export const revision = 'a';\nexport const dependsOn = ['b', null];`,
      'dependsOn',
      2,
    ],
    [
      'true',
      `/* 1\n2 */\nexports.revision = 'a';\nexports.branchLabels = true;`,
      'branchLabels',
      4,
    ],
  ])('B019, B025: %s in a header is an error with file and line', async (_, text, name, line) => {
    const file = put('a.js', text);
    await expect(read()).rejects.toMatchObject({
      code: 'E2010',
      message: expect.stringContaining(`"${file}:${line}"`),
      facts: { file, line, export: name },
    });
  });

  it('B025: a sparse list of a computed header', async () => {
    put('a.cjs', `exports.revision = String('a');\nexports.downRevision = ['b', , 'c'];`);
    await expect(read()).rejects.toMatchObject({ code: 'E2010' });
  });

  it('B046: a getter that gives something else each time is read once', async () => {
    const file = put(
      'a.cjs',
      `let n = 0;\nObject.defineProperty(exports, 'revision', { enumerable: true, get: () => 'a' + n++ });`,
    );
    const [first] = await read();
    expect(first).toMatchObject({ id: 'a0', file });
  });
});

describe('texts', () => {
  it('B038: a byte order mark and Windows line ends are fine', async () => {
    put('a.ts', '\uFEFF' + revision('a').replaceAll('\n', '\r\n'));
    put('b.ts', '\uFEFF/** says "é" */\r\n' + revision('b', 'a').replaceAll('\n', '\r\n'));
    expect(await read()).toMatchObject([
      { id: 'a' },
      { id: 'b', downRevisions: ['a'], message: 'says "é"' },
    ]);
  });

  it.each([
    ['UTF-16 without a mark', Buffer.from(revision('a'), 'utf16le'), 1],
    ['UTF-16 with its mark', Buffer.from('\uFEFF' + revision('a'), 'utf16le'), 1],
    ['Latin-1', Buffer.from(`${revision('a')}// caf\u00e9\n`, 'latin1'), 4],
    [
      'a character that is cut',
      Buffer.concat([Buffer.from(revision('a')), Buffer.from([0xc3])]),
      4,
    ],
  ])('B038: %s is no UTF-8: E2008 with the line', async (_, bytes, line) => {
    const file = put('a.ts', bytes);
    await expect(read()).rejects.toMatchObject({ code: 'E2008', facts: { file, line } });
  });

  it('B038: the character that stands for a broken one may stand there by itself', async () => {
    put('a.ts', `// \uFFFD\n${revision('a')}`);
    expect(await idsOf()).toEqual(['a']);
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t\r\n'],
    ['a byte order mark', '\uFEFF'],
  ])('B039: a file with %s in it is an error (E2002)', async (_, text) => {
    const file = put('a.ts', text);
    await expect(read()).rejects.toMatchObject({ code: 'E2002', facts: { file } });
  });

  it('B040: a file of 50 MB is refused before it is read (E2009); one of 9 MB is fine', async () => {
    put('a.ts', revision('a') + ' '.repeat(9 * 1024 * 1024));
    expect(await idsOf()).toEqual(['a']);
    const file = put('b.ts', '');
    truncateSync(file, 50 * 1024 * 1024);
    await expect(read()).rejects.toMatchObject({
      code: 'E2009',
      facts: { file, bytes: 52_428_800 },
    });
  });

  it('a file as long as the buffer that files are read into is read whole', async () => {
    for (const length of [511, 512, 513, 65_535, 65_536, 65_537, 131_072]) {
      const text = `// ${'é'.repeat(40)}\n${revision('a')}`;
      const bytes = Buffer.byteLength(text);
      const end = `\n// END`;
      put('a.ts', text + ' '.repeat(length - bytes - end.length) + end);
      expect(statSync(join(versions, 'a.ts')).size).toBe(length);
      expect(await idsOf()).toEqual(['a']);
    }
  });
});

describe('names and places', () => {
  it('B052: spaces, #, %, ? and letters of any script in folder and name', async () => {
    versions = join(root, 'ver #1 %20?é 名');
    mkdirSync(versions, { mode: 0o755 });
    const files = ['a b#.ts', 'c%20?.ts', 'é名.ts'].map((name, at) =>
      put(name, revision(`r${at}`)),
    );
    expect((await read()).map(({ file }) => file)).toEqual(files);
  });

  it('B041: a folder that is named like a revision is passed over, with a warning', async () => {
    mkdirSync(join(versions, 'x.ts'));
    put('a.ts', revision('a'));
    expect(await idsOf()).toEqual(['a']);
    expect(warnings).toEqual([
      `"${join(versions, 'x.ts')}" is named like a revision and is no file: ignoring.`,
    ]);
  });

  it('B042: a link to a file outside is refused (E7005), unless `followSymlinks`', async () => {
    writeFileSync(join(root, 'outside.ts'), revision('a'));
    const link = join(versions, 'a.ts');
    symlinkSync(join(root, 'outside.ts'), link);
    await expect(read()).rejects.toMatchObject({
      code: 'E7005',
      facts: { file: link, leadsTo: join(root, 'outside.ts') },
    });
    expect(await idsOf({ followSymlinks: true })).toEqual(['a']);
  });

  it.each([
    ['nowhere', 'gone.ts'],
    ['in a circle', 'a.ts'],
  ])(
    'B042: a link that leads %s is refused (E7005), and cannot be followed either (E2011)',
    async (where, to) => {
      symlinkSync(join(versions, to), join(versions, 'a.ts'));
      await expect(read()).rejects.toMatchObject({
        code: 'E7005',
        message: expect.stringContaining(where),
      });
      await expect(read({ followSymlinks: true })).rejects.toMatchObject({ code: 'E2011' });
    },
  );

  it('B042: a link that stays inside is followed, as those of a mounted ConfigMap', async () => {
    put('..2026/a.ts', revision('a'));
    symlinkSync('..2026', join(versions, '..data'));
    symlinkSync('..data/a.ts', join(versions, 'a.ts'));
    expect(await idsOf()).toEqual(['a']);
  });

  it('B044: a folder that every user may write to is told; an error (E7004) with `strictPermissions`', async () => {
    put('a.ts', revision('a'));
    expect(await idsOf({ strictPermissions: true })).toEqual(['a']);
    chmodSync(versions, 0o777);
    expect(await idsOf()).toEqual(['a']);
    expect(warnings).toEqual([expect.stringContaining(`may write to "${versions}" (mode 777)`)]);
    await expect(read({ strictPermissions: true })).rejects.toMatchObject({
      code: 'E7004',
      facts: { folder: versions },
    });
  });

  it('B043: a file that may not be read is an error (E2011) that names it', () => {
    const file = put('a.ts', revision('a'));
    chmodSync(file, 0);
    chmodSync(root, 0o755);
    const printed = runAsNobody(`
      require(core + '/revisions/read-revision-directory.js')
        .readRevisionDirectory([${JSON.stringify(versions)}])
        .then(() => console.log('read'), ({ code, facts }) => console.log(JSON.stringify({ code, facts })));`);
    expect(JSON.parse(printed)).toEqual({ code: 'E2011', facts: { file } });
  });
});

describe('size', () => {
  it('B026: 100,000 files, one on top of the other', async () => {
    const count = 100_000;
    for (let place = 0; place < count; place++)
      writeFileSync(
        join(versions, `r${place}.ts`),
        revision(`r${place}`, place === 0 ? null : `r${place - 1}`),
      );
    const graph = RevisionGraph.build(await read());
    expect(graph.heads.map(({ id }) => id)).toEqual([`r${count - 1}`]);
  }, 120_000);
});
