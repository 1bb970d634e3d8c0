import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestDatabase } from '@nest-alembic/testing';
import { createTestDatabase } from '@nest-alembic/testing';
import type { Block, Page } from './markdown.js';
import { fileOf, readPage } from './markdown.js';
import { workspaceRoot } from '../example-process.js';
import { inLanes } from '../in-lanes.js';
import { run } from '../run-program.js';
import type { ReaderApps } from './reader-app.js';
import { createReaderApps } from './reader-app.js';
import type { PageRun, Place } from './run-page.js';
import { runPage } from './run-page.js';

jest.setTimeout(300_000);

const guide = 'docs/guide';
const guidePages = readdirSync(join(workspaceRoot, guide))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `${guide}/${name}`);

/** State in which a page, or a part of it, finds the reader. */
type Given =
  | 'nothing'
  | 'an entity'
  | 'an app'
  | 'a folder'
  | 'a revision'
  | 'a schema'
  | 'the workspace'
  | 'the library';

interface Part {
  readonly page: string;
  readonly given: Given;
  /** Only the blocks below these headings. @default all */
  readonly headings?: readonly string[];
}

const APP_PAGES = ['apps/example-api/README.md', 'apps/example-portable/README.md'];

const PARTS: readonly Part[] = [
  { page: 'README.md', given: 'a folder', headings: ['nest-alembic'] },
  { page: 'README.md', given: 'an entity', headings: ['Try it', 'In your app'] },
  { page: 'apps/example-api/README.md', given: 'the workspace' },
  { page: 'apps/example-portable/README.md', given: 'the library' },
  { page: `${guide}/getting-started.md`, given: 'nothing' },
  { page: `${guide}/revision-files.md`, given: 'a schema' },
  { page: `${guide}/autogenerate.md`, given: 'a schema' },
  { page: `${guide}/replaceable-objects.md`, given: 'a schema' },
  { page: `${guide}/operations.md`, given: 'a schema', headings: ['Operations of your own'] },
  { page: `${guide}/commands.md`, given: 'an app' },
  { page: `${guide}/branches.md`, given: 'a revision' },
  { page: `${guide}/configuration.md`, given: 'a folder' },
  { page: `${guide}/auto-upgrade.md`, given: 'a revision' },
  { page: `${guide}/offline-sql.md`, given: 'a revision' },
  { page: `${guide}/testing.md`, given: 'a revision' },
];

const read = (page: string): Page => readPage(join(workspaceRoot, page));
const isShell = ({ language }: Block): boolean => language === 'sh';
const blocksOf = ({ page, headings }: Part): readonly Block[] =>
  read(page).blocks.filter(({ heading }) => headings === undefined || headings.includes(heading));
/** The first version of each file that "Getting started" shows. */
const gettingStarted = (): Record<string, string> =>
  Object.fromEntries(
    read(`${guide}/getting-started.md`)
      .blocks.flatMap((block) => fileOf(block) ?? [])
      .map(({ path, text }) => [path, text] as const)
      .reverse(),
  );

const FIRST_REVISION = '1975ea83b712';

describe('the documentation', () => {
  let apps: ReaderApps;
  /** Apps to copy, by what their reader has done already. */
  let templates: Readonly<Record<Exclude<Given, 'the workspace' | 'the library'>, string>>;
  const databases: TestDatabase[] = [];
  const folders: string[] = [];
  let runs: readonly PageRun[];

  beforeAll(async () => {
    apps = createReaderApps();
    templates = await makeTemplates();
    runs = await inLanes(PARTS, async (part) =>
      runPage(read(part.page), blocksOf(part), await placeFor(part.given)),
    );
  });

  afterAll(async () => {
    for (const database of databases) await database.drop();
    folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
    apps?.remove();
  });

  async function newDatabase(): Promise<Readonly<Record<string, string>>> {
    const database = await createTestDatabase();
    databases.push(database);
    return { DATABASE_URL: database.url };
  }

  async function makeTemplates(): Promise<typeof templates> {
    const env = await newDatabase();
    const files = gettingStarted();
    const entity = 'src/account.entity.ts';
    const app = apps.make(files);
    run(app, 'npm', ['run', 'build']);
    const folder = apps.make(app);
    migrate({ folder, env }, 'init');
    const revision = apps.make(folder);
    migrate(
      { folder: revision, env },
      ...['revision', '--autogenerate', '-m', 'first revision', '--rev-id', FIRST_REVISION],
    );
    return {
      nothing: apps.make({}),
      'an entity': apps.make({ [entity]: files[entity] ?? '' }),
      'an app': app,
      'a folder': folder,
      'a revision': revision,
      'a schema': revision,
    };
  }

  async function placeFor(given: Given): Promise<Place> {
    if (given === 'the workspace' || given === 'the library') {
      const folder = mkdtempSync(join(tmpdir(), 'example-docs-'));
      folders.push(folder);
      const env: Readonly<Record<string, string>> =
        given === 'the workspace'
          ? { EXAMPLE_DATA_DIR: join(folder, 'pglite') }
          : { DATABASE_URL: `sqljs:${join(folder, 'library.sqlite')}` };
      return { folder: workspaceRoot, env };
    }
    const place = { folder: apps.make(templates[given]), env: await newDatabase() };
    if (given === 'a schema') migrate(place, 'upgrade', 'head');
    return place;
  }

  it.each(
    PARTS.map((part, index) => [part.page, part.headings?.join(', ') ?? 'all', index] as const),
  )('%s (%s): the commands do what the page says', (_page, _part, index) => {
    expect(runs[index]?.problems).toEqual([]);
    expect(runs[index]?.linesRun).toBeGreaterThan(0);
  });

  it('no page with commands is forgotten, and no part of one', () => {
    for (const page of ['README.md', ...APP_PAGES, ...guidePages]) {
      const parts = PARTS.filter((part) => part.page === page);
      const run = parts.flatMap(blocksOf).filter(isShell).length;
      expect([page, run]).toEqual([page, read(page).blocks.filter(isShell).length]);
    }
  });

  it('every TypeScript block compiles, with every declaration of the packages checked', () => {
    const snippets = ['README.md', ...guidePages].flatMap((page) =>
      read(page)
        .blocks.filter(({ language }) => language === 'ts')
        .map((block) => [page, block] as const),
    );
    expect(snippets.length).toBeGreaterThan(15);
    const named = new Set(Object.keys(gettingStarted()));
    const files = snippets.map(([page, block]) => {
      const path = fileOf(block)?.path ?? '';
      // Other blocks of its page import what only one of them shows.
      const isNew = path.startsWith('src/') && !named.has(path);
      if (isNew) named.add(path);
      const name = isNew ? path : `src/${page.replaceAll(/\W/g, '-')}-${block.line}.ts`;
      return [name, block.text] as const;
    });
    const app = apps.make({ ...gettingStarted(), ...Object.fromEntries(files) });
    const tsc = ['tsc', '--noEmit', '--incremental', 'false', '--skipLibCheck', 'false'];
    run(app, 'npx', tsc);
  });

  it('the tables of error codes are complete', () => {
    run(workspaceRoot, process.execPath, ['tools/docs/error-table.mjs', '--check']);
  });
});

function migrate({ folder, env }: Place, ...args: readonly string[]): void {
  run(folder, process.execPath, ['dist/main', 'migrate', ...args], env);
}

describe('the links of the documentation', () => {
  const pages = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
    {
      cwd: workspaceRoot,
      encoding: 'utf8',
    },
  )
    .split('\n')
    .filter((name) => name !== '' && existsSync(join(workspaceRoot, name)));

  it('lead to files, and to headings in them', () => {
    expect(pages.length).toBeGreaterThan(20);
    const broken = pages.flatMap((page) => {
      const file = join(workspaceRoot, page);
      const links = readPage(file).links.filter(({ target }) => !leadsSomewhere(file, target));
      return links.map(({ line, target }) => `${page}:${line}: ${target}`);
    });
    expect(broken).toEqual([]);
  });

  it('a broken link is found', () => {
    const file = join(workspaceRoot, 'README.md');
    expect(leadsSomewhere(file, 'docs/nosuch.md')).toBe(false);
    expect(leadsSomewhere(file, 'docs/KNOWN-LIMITS.md#no-such-heading')).toBe(false);
    expect(leadsSomewhere(file, 'docs/KNOWN-LIMITS.md#autogenerate')).toBe(true);
  });

  function leadsSomewhere(from: string, target: string): boolean {
    if (/^(https?|mailto):/.test(target)) return true;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? from : resolve(dirname(from), path);
    if (!existsSync(file)) return false;
    return anchor === undefined || readPage(file).anchors.includes(anchor);
  }
});
