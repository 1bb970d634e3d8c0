import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { createWorkshop, errorOf } from '../testing/migrator.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';

let shop: Workshop;
let lock: string;
let ids: number;

beforeEach(() => {
  ids = 0;
  shop = createWorkshop(undefined as never, {
    dialect: postgresDialect,
    connect: async () => Promise.reject(new Error('must not connect')),
    newId: () => `rev${++ids}`,
    headsLock: true,
  });
  lock = join(shop.root, 'migrations', 'heads.lock');
});
afterEach(() => shop.remove());

const lines = (): readonly string[] =>
  readFileSync(lock, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
const problems = async (): Promise<readonly string[]> =>
  (await shop.migrator.checkHeads()).problems;

describe('heads.lock', () => {
  it('is written by revision, merge and rebase: one head a line, sorted', async () => {
    await shop.migrator.revision();
    expect(lines()).toEqual(['rev1']);
    await shop.migrator.revision();
    await shop.migrator.revision({ head: 'rev1', splice: true, revisionId: 'other' });
    expect(lines()).toEqual(['other', 'rev2']);
    await shop.migrator.rebase('other', { onto: 'rev2' });
    expect(lines()).toEqual(['other']);
    await shop.migrator.rebase('other', { onto: 'rev1' });
    await shop.migrator.merge(['heads']);
    expect(lines()).toEqual(['rev3']);
    expect(await problems()).toEqual([]);
    expect(readdirSync(join(shop.root, 'migrations'))).toEqual(['heads.lock', 'versions']);
  });

  it('is not written unless asked for', async () => {
    await shop.migratorWith({ headsLock: false }).revision();
    expect(existsSync(lock)).toBe(false);
    expect((await shop.migratorWith({ headsLock: false }).checkHeads()).problems).toEqual([]);
  });

  it('is a problem of `heads --check` when it is missing or not true', async () => {
    await shop.migrator.revision();
    shop.put('bbbb1', { down: 'rev1' });
    expect(await problems()).toEqual([
      expect.stringContaining('heads.lock names "rev1", but the head is "bbbb1"'),
    ]);
    rmSync(lock);
    expect(await problems()).toEqual([expect.stringContaining('heads.lock is missing')]);
  });

  it.each([
    [
      'conflict markers',
      '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n',
      'conflict markers (line 1)',
    ],
    ['a line that is no id', '# x\nnot an id\n', 'line 2'],
  ])('with %s it is told clearly', async (_, text, told) => {
    await shop.migrator.revision();
    writeFileSync(lock, text);
    expect(await problems()).toEqual([expect.stringContaining(told)]);
  });

  it('E7031: where it cannot be written, no revision is either, and rebase leaves its file', async () => {
    await shop.migrator.revision();
    await shop.migrator.revision({ head: 'base' });
    rmSync(lock);
    mkdirSync(lock);
    const before = readFileSync(join(shop.versions, 'rev2_.ts'), 'utf8');
    for (const work of [
      () => shop.migrator.revision({ head: 'rev1' }),
      () => shop.migrator.merge(['heads']),
      () => shop.migrator.rebase('rev2'),
    ])
      expect(await errorOf(work())).toMatchObject({ code: 'E7031' });
    expect(readdirSync(shop.versions)).toEqual(['rev1_.ts', 'rev2_.ts']);
    expect(readFileSync(join(shop.versions, 'rev2_.ts'), 'utf8')).toBe(before);
    expect(readdirSync(join(shop.root, 'migrations'))).toEqual(['heads.lock', 'versions']);
  });

  it('makes two new heads a conflict of git, which `merge heads` solves', async () => {
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd: shop.root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    const commit = (message: string): void => {
      git('add', '.');
      git('commit', '-q', '-m', message);
    };
    git('init', '-q', '-b', 'main');
    await shop.migrator.revision({ message: 'first' });
    commit('first');
    git('checkout', '-q', '-b', 'feature');
    await shop.migrator.revision({ message: 'of the feature' });
    commit('feature');
    git('checkout', '-q', 'main');
    await shop.migrator.revision({ message: 'of main' });
    commit('main');

    expect(() => git('merge', 'feature')).toThrow();
    expect(git('diff', '--name-only', '--diff-filter=U').trim()).toBe('migrations/heads.lock');
    expect(await problems()).toEqual([
      expect.stringContaining('there are 2 heads'),
      expect.stringContaining('has conflict markers'),
    ]);
    const error = await errorOf(shop.migrator.revision({ head: 'rev2' }));
    expect(error).toMatchObject({ code: 'E7031' });

    await shop.migrator.merge(['heads']);
    expect(await problems()).toEqual([]);
    commit('merged');
    expect(git('status', '--porcelain')).toBe('');
  });
});
