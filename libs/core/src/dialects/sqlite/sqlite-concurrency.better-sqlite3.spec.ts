import { once } from 'node:events';
import { join } from 'node:path';
import type { CompiledCore } from '../../runtime/testing/compiled-core.fixture.js';
import { compileCore } from '../../runtime/testing/compiled-core.fixture.js';
import type { Operations } from '../../operations/operations-api.js';
import { createMigrator } from '../../runtime/create-migrator.js';
import { NOTING, notingMigrator } from '../../runtime/testing/noting-worker.fixture.js';
import { Replica, runAtOnce } from '../../runtime/testing/replica.fixture.js';
import type { PlainSqliteConnection, SpecFile } from './sqlite-database.fixture.js';
import { createSpecFile } from './sqlite-database.fixture.js';
import { placeAt } from './sqlite-place.fixture.js';

let core: CompiledCore;
let spec: SpecFile;
let checker: PlainSqliteConnection;

beforeAll(() => {
  core = compileCore();
});
afterAll(() => core.remove());
beforeEach(() => {
  spec = createSpecFile();
  checker = spec.connect();
  checker.database.exec('CREATE TABLE probe (rev text)');
});
afterEach(() => spec.drop());

const probed = (): unknown[] =>
  checker.database.prepare('SELECT rev FROM probe ORDER BY rev').pluck().all();
const replica = (...args: string[]): Replica =>
  new Replica(core, [
    join('runtime', 'testing', 'noting-worker.fixture.js'),
    join(core.folder, 'dialects', 'sqlite', 'sqlite-place.fixture.js'),
    spec.file,
    ...args,
  ]);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('several runs on one file (reliability.md §3.8)', () => {
  it.each(['delete', 'wal'])(
    'ten processes at once apply each revision once, and all succeed: journal %s',
    async (mode) => {
      checker.database.pragma(`journal_mode = ${mode}`);
      const ends = await runAtOnce(Array.from({ length: 10 }, () => replica()));
      expect(ends.map(({ rows }) => rows)).toEqual(ends.map(() => ['f6']));
      expect(ends.reduce((sum, { steps }) => sum + steps, 0)).toBe(NOTING.length);
      expect(probed()).toEqual(NOTING);
      const log = checker.database.prepare('SELECT revision FROM alembic_version_log ORDER BY id');
      expect(log.pluck().all()).toEqual(NOTING);
    },
    60_000,
  );

  it('ten migrators of one process do the same', async () => {
    const runs = Array.from({ length: 10 }, () =>
      notingMigrator(placeAt(spec.file)).upgrade('head'),
    );
    expect((await Promise.all(runs)).map(({ rows }) => rows)).toEqual(runs.map(() => ['f6']));
    expect(probed()).toEqual(NOTING);
  }, 30_000);

  it('a run that is killed leaves neither its revision nor its lock', async () => {
    const killed = replica('c3');
    await killed.says('ready');
    killed.start();
    await killed.says('slow');
    const refused = notingMigrator(placeAt(spec.file)).upgrade('head', { lockTimeoutMs: 50 });
    await expect(refused).rejects.toMatchObject({
      code: 'E5001',
      problem: expect.stringContaining('held by another process'),
    });
    const ended = once(killed.child, 'close');
    killed.child.kill('SIGKILL');
    await ended;
    expect(probed()).toEqual(['a1', 'b2']);
    const { rows } = await notingMigrator(placeAt(spec.file)).upgrade('head', { lockTimeoutMs: 0 });
    expect(rows).toEqual(['f6']);
    expect(probed()).toEqual(NOTING);
  }, 30_000);

  it('waits for a writer of the application without stopping this process', async () => {
    checker.database.exec('BEGIN IMMEDIATE');
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 10);
    const run = notingMigrator(placeAt(spec.file)).upgrade('head');
    await pause(300);
    expect(ticks).toBeGreaterThan(10);
    clearInterval(ticking);
    checker.database.exec('COMMIT');
    expect((await run).rows).toEqual(['f6']);
  });

  it('says that someone else has the file, where a transaction of the application does not end in time', async () => {
    const { upgrade } = createMigrator({
      ...placeAt(spec.file),
      statementLockTimeoutMs: 100,
      revisions: [{ revision: 'a1', downRevision: null, upgrade: () => undefined }],
    });
    checker.database.exec('BEGIN IMMEDIATE');
    await expect(upgrade('head')).rejects.toMatchObject({
      code: 'E5015',
      cause: { code: 'SQLITE_BUSY' },
    });
    checker.database.exec('ROLLBACK');
    expect((await upgrade('head')).rows).toEqual(['a1']);
    checker.database.exec('BEGIN IMMEDIATE');
    await expect(upgrade('head')).resolves.toMatchObject({ steps: [] });
  });

  it('begins no revision without the lock: one that gives it away ends the run', async () => {
    const lost = createMigrator({
      ...placeAt(spec.file),
      revisions: [
        {
          revision: 'a1',
          downRevision: null,
          transaction: 'none',
          upgrade: (op: Operations) => op.execute('DETACH DATABASE nest_alembic_lock'),
        },
        {
          revision: 'b2',
          downRevision: 'a1',
          upgrade: (op: Operations) => op.execute("INSERT INTO probe VALUES ('b2')"),
        },
      ],
    });
    await expect(lost.upgrade('head')).rejects.toMatchObject({
      problem: expect.stringContaining('no longer holds the migration lock') as string,
    });
    expect(probed()).toEqual([]);
  });

  it('lets the application read and write between and during revisions', async () => {
    checker.database.pragma('journal_mode = wal');
    const run = notingMigrator(placeAt(spec.file), { id: 'c3', ms: 200 }).upgrade('head');
    await pause(100);
    expect(probed()).toEqual(['a1', 'b2']);
    expect((await run).rows).toEqual(['f6']);
  });
});
