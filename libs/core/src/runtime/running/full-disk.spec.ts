import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompiledCore } from '../testing/compiled-core.fixture.js';
import { compileCore } from '../testing/compiled-core.fixture.js';

let core: CompiledCore;
let root: string;
beforeAll(() => {
  core = compileCore();
});
afterAll(() => core.remove());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'full-disk-'));
  writeFileSync(join(root, 'package.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true }));

interface Outcome {
  readonly code: string;
  readonly problem?: string;
}

/** In a process that the kernel lets write no more than so many blocks of a file: the rest of a write is refused half-way. */
function workWith(blocks: number, verb: 'init' | 'revision'): Outcome {
  const worker = join(core.folder, 'runtime', 'testing', 'full-disk-worker.fixture.js');
  const dialect = join(core.folder, 'dialects', 'postgres', 'postgres-dialect.js');
  const { stdout, stderr } = spawnSync(
    '/bin/sh',
    ['-c', `ulimit -f ${blocks} && exec "$@"`, 'sh', process.execPath, worker, verb, root, dialect],
    { encoding: 'utf8', env: core.env },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Outcome;
}

describe('a disk without room', () => {
  it('B120: no part of a revision stays, nor another file of the same command, nor the lock', () => {
    mkdirSync(join(root, 'migrations', 'versions'), { recursive: true });
    expect(workWith(4, 'revision')).toMatchObject({
      code: 'E7002',
      problem: expect.stringMatching(/rev1_.*cannot be written: EFBIG/),
    });
    expect(readdirSync(join(root, 'migrations', 'versions'))).toEqual([]);
    expect(readdirSync(join(root, 'migrations'))).toEqual(['versions']);
    expect(workWith(2000, 'revision')).toEqual({ code: 'none' });
    expect(readdirSync(join(root, 'migrations', 'versions'))).toHaveLength(2);
    expect(readdirSync(join(root, 'migrations')).sort()).toEqual(['heads.lock', 'versions']);
  });

  it('B120: nothing of the migrations folder stays that init could not write', () => {
    expect(workWith(1, 'init')).toMatchObject({
      code: 'E7002',
      problem: expect.stringContaining('EFBIG'),
    });
    expect(existsSync(join(root, 'migrations'))).toBe(false);
    expect(workWith(2000, 'init')).toEqual({ code: 'none' });
  });
});
