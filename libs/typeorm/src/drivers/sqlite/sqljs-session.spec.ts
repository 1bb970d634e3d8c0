import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DataSource } from 'typeorm';
import { typeormConnection } from '../../runtime/typeorm-connection.js';

describe('a session of the driver sqljs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sqljs-session-'));
  const open: DataSource[] = [];
  let file: string;
  let count = 0;

  beforeEach(() => {
    file = join(folder, `${(count += 1)}.sqlite`);
  });
  afterEach(async () => {
    for (const dataSource of open.splice(0)) await close(dataSource);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const close = async (dataSource: DataSource): Promise<void> => {
    if (dataSource.isInitialized) await dataSource.destroy();
  };
  const appOn = async (options: object = { location: file }): Promise<DataSource> => {
    const dataSource = new DataSource({ type: 'sqljs', ...options });
    open.push(dataSource);
    return dataSource.initialize();
  };
  /** The superuser may write everything. */
  const asNobody = async (work: () => Promise<unknown>): Promise<void> => {
    if (process.geteuid?.() !== 0) return void (await work());
    process.seteuid?.(65_534);
    try {
      await work();
    } finally {
      process.seteuid?.(0);
    }
  };
  const tablesIn = async (bytes: Uint8Array): Promise<unknown> => {
    const dataSource = await new DataSource({ type: 'sqljs', database: bytes }).initialize();
    const rows = await dataSource.query('SELECT name FROM sqlite_schema ORDER BY name');
    await dataSource.destroy();
    return rows.map(({ name }: { name: string }) => name);
  };
  const saved = (): Promise<unknown> => tablesIn(readFileSync(file));

  it('saves what is committed at once, although autoSave is off, and nothing before', async () => {
    const connection = await typeormConnection(await appOn());
    await connection.query('CREATE TABLE a (i)');
    expect(await saved()).toEqual(['a']);
    await connection.script('BEGIN; CREATE TABLE b (i)');
    expect(await saved()).toEqual(['a']);
    await connection.query('COMMIT');
    expect(await saved()).toEqual(['a', 'b']);
    await connection.script('BEGIN; CREATE TABLE c (i); ROLLBACK');
    expect(await saved()).toEqual(['a', 'b']);
    expect(readdirSync(folder).filter((name) => name.startsWith(basename(file)))).toEqual([
      basename(file),
      `${basename(file)}.lock`,
    ]);
  });

  it('writes no file for a statement that changes nothing', async () => {
    const connection = await typeormConnection(await appOn());
    await connection.script(
      'SELECT 1; PRAGMA foreign_keys = OFF; PRAGMA table_list; EXPLAIN SELECT 1',
    );
    expect(existsSync(file)).toBe(false);
  });

  it('keeps its settings when it saves, which makes the library open the database anew', async () => {
    const connection = await typeormConnection(await appOn());
    await connection.query('CREATE TABLE a (i)');
    expect((await connection.query('PRAGMA foreign_keys')).rows).toEqual([{ foreign_keys: 1 }]);
    await connection.script('PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON');
    await connection.query('CREATE TABLE b (i)');
    expect((await connection.query('PRAGMA foreign_keys')).rows).toEqual([{ foreign_keys: 0 }]);
    expect((await connection.query('PRAGMA legacy_alter_table')).rows).toEqual([
      { legacy_alter_table: 1 },
    ]);
  });

  it('saves by autoSaveCallback where the app has one', async () => {
    const written: Uint8Array[] = [];
    const autoSaveCallback = (bytes: Uint8Array): void => void written.push(bytes);
    const connection = await typeormConnection(await appOn({ autoSave: true, autoSaveCallback }));
    await connection.query('CREATE TABLE a (i)');
    expect(await tablesIn(written.at(-1) ?? new Uint8Array())).toEqual(['a']);
    await connection.close();
  });

  it('leaves the file as it was when saving fails, and says so', async () => {
    const connection = await typeormConnection(await appOn());
    await connection.query('CREATE TABLE a (i)');
    const before = readFileSync(file);
    rmSync(file);
    // A folder in the place of the file: it cannot be replaced.
    const { mkdirSync } = await import('node:fs');
    mkdirSync(join(file, 'full'), { recursive: true });
    await expect(connection.query('CREATE TABLE b (i)')).rejects.toThrow();
    rmSync(file, { recursive: true });
    writeFileSync(file, before);
    expect(await saved()).toEqual(['a']);
  });

  it('keeps the rights of the file that it replaces', async () => {
    writeFileSync(file, '', { mode: 0o640 });
    const connection = await typeormConnection(await appOn());
    await connection.query('CREATE TABLE a (i)');
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it('E5003 for a file that may not be written, though another could be put in its place', async () => {
    writeFileSync(file, '', { mode: 0o444 });
    chmodSync(folder, 0o777);
    const dataSource = await appOn();
    await asNobody(() =>
      expect(typeormConnection(dataSource)).rejects.toMatchObject({
        code: 'E5003',
        facts: { file },
      }),
    );
    chmodSync(folder, 0o755);
    rmSync(file);
    await asNobody(() =>
      expect(typeormConnection(dataSource)).rejects.toMatchObject({
        code: 'E5003',
        facts: { file, lock: `${file}.lock` },
      }),
    );
  });

  it('takes over what another process has saved since the file was read', async () => {
    const dataSource = await appOn();
    const other = await appOn();
    const connection = await typeormConnection(other);
    await connection.query('CREATE TABLE a (i)');
    await connection.close();
    await close(other);
    const late = await typeormConnection(dataSource);
    expect((await late.query('SELECT name FROM sqlite_schema')).rows).toEqual([{ name: 'a' }]);
  });

  it('E5013 for a second DataSource, until the first is closed', async () => {
    const first = await appOn();
    const connection = await typeormConnection(first);
    const second = await appOn();
    await expect(typeormConnection(second)).rejects.toMatchObject({
      code: 'E5013',
      facts: { file, lock: `${file}.lock`, pid: process.pid, host: hostname() },
    });
    await connection.close();
    await expect(typeormConnection(second)).rejects.toMatchObject({ code: 'E5013' });
    await expect(typeormConnection(first)).resolves.toBeDefined();
    await first.destroy();
    await expect(typeormConnection(second)).resolves.toBeDefined();
  });

  it('E5013 while another process has the file; the lock of one that is gone is taken over', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const record = { pid: child.pid, host: hostname(), token: 'other' };
    writeFileSync(`${file}.lock`, JSON.stringify(record));
    const dataSource = await appOn();
    await expect(typeormConnection(dataSource)).rejects.toMatchObject({
      code: 'E5013',
      facts: { pid: child.pid },
    });
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
    await expect(typeormConnection(dataSource)).resolves.toBeDefined();
    await dataSource.destroy();
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('needs no lock in memory', async () => {
    const connection = await typeormConnection(await appOn({}));
    await connection.query('CREATE TABLE a (i)');
    expect(readdirSync(folder).filter((name) => name.startsWith(`${count}.`))).toEqual([]);
  });
});
