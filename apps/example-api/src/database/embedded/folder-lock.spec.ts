import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderInUseError, lockFolder } from './folder-lock.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'lock-')), 'pglite');
  file = `${folder}.lock`;
});

afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

function leaveLock(record: object): void {
  writeFileSync(file, JSON.stringify({ host: hostname(), token: 'left', ...record }));
}

describe('lockFolder', () => {
  it('leaves nothing behind when it is released', async () => {
    const lock = await lockFolder(folder);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
    expect(existsSync(file)).toBe(false);
  });

  it('refuses a second lock of the same process', async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(FolderInUseError);
    await lock.release();
    await (await lockFolder(folder)).release();
  });

  it('refuses the lock of a running process and says which and what to do', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    leaveLock({ pid: child.pid });
    await expect(lockFolder(folder)).rejects.toThrow(
      new RegExp(`process ${child.pid} .*EXAMPLE_DATA_DIR.*DATABASE_URL`, 's'),
    );
    child.kill();
    await once(child, 'exit');
    await (await lockFolder(folder)).release();
  });

  it('takes over the lock of a dead process', async () => {
    leaveLock({ pid: await deadPid() });
    const lock = await lockFolder(folder);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
  });

  it('takes over the lock of an earlier process that had our number, as containers have', async () => {
    leaveLock({ pid: process.pid });
    await (await lockFolder(folder)).release();
  });

  it('refuses the lock of another host, which may be alive', async () => {
    leaveLock({ host: 'elsewhere', pid: 1 });
    await expect(lockFolder(folder)).rejects.toThrow(/of elsewhere.*delete/s);
  });

  it('gives a dead process’s lock to one of many that ask at once', async () => {
    leaveLock({ pid: await deadPid() });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    const winners = results.filter((result) => result.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    await winners[0]?.value.release();
    expect(existsSync(file)).toBe(false);
  });

  it('does not guess when the lock file is unreadable', async () => {
    writeFileSync(file, '{');
    await expect(lockFolder(folder)).rejects.toThrow(/cannot be read/);
  });
});
