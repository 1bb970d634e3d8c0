import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runExample, startExample } from './example-process.js';
import { request } from './http.js';
import type { MigrationsFolder } from './migrations-folder.js';
import { generatedMigrations, succeed } from './migrations-folder.js';

jest.setTimeout(120_000);

let base: string;
let migrations: MigrationsFolder;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'example-embedded-'));
  migrations = await generatedMigrations({ EXAMPLE_DATA_DIR: join(base, 'pglite') });
});

afterAll(() => {
  migrations?.remove();
  rmSync(base, { recursive: true });
});

describe('the embedded database', () => {
  it('keeps its data from process to process, and commands end by themselves', async () => {
    await succeed(['migrate', 'upgrade', 'head'], migrations.env);
    const check = await succeed(['migrate', 'check'], migrations.env);
    expect(check.durationMs).toBeLessThan(25_000);
    const first = await startExample({ ...migrations.env, AUTO_UPGRADE: 'verify' });
    await request(first.url, 'POST /brands', { body: { name: 'Leaf & Co' } });
    await first.stop();
    const second = await startExample({ ...migrations.env, AUTO_UPGRADE: 'verify' });
    const brands = await request(second.url, 'GET /brands');
    await second.stop();
    expect(brands.body).toMatchObject([{ name: 'Leaf & Co' }]);
    expect(existsSync(join(base, 'pglite.lock'))).toBe(false);
  });

  it('refuses a second process at once, and says who has the folder', async () => {
    const holder = await startExample(migrations.env);
    try {
      for (const args of [[], ['migrate', 'current']]) {
        const { code, stdout, stderr, durationMs } = await runExample(args, migrations.env);
        expect(code).toBe(1);
        expect(stdout + stderr).toContain(`already open in process ${holder.pid}`);
        expect(durationMs).toBeLessThan(25_000);
      }
    } finally {
      await holder.stop();
    }
  });

  it('does not need the folder for what needs no database', async () => {
    const holder = await startExample(migrations.env);
    try {
      const { stdout } = await succeed(['migrate', 'heads'], migrations.env);
      expect(stdout).toContain('(head)');
    } finally {
      await holder.stop();
    }
  });

  it('takes over the folder of a process that was killed, with all it had committed', async () => {
    const killed = await startExample(migrations.env);
    await request(killed.url, 'POST /brands', { body: { name: 'Committed' } });
    await killed.stop('SIGKILL');
    expect(existsSync(join(base, 'pglite.lock'))).toBe(true);
    const next = await startExample(migrations.env);
    const brands = await request(next.url, 'GET /brands');
    await next.stop();
    expect(brands.body).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'Committed' })]),
    );
  });
});
