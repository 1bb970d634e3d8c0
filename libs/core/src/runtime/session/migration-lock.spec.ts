import { postgresSession } from '../../dialects/postgres/postgres-session.js';
import type { Connection } from '../../dialects/common/connection.js';
import type { MigrationEvent } from '../events.js';
import type { LockRequest } from './migration-lock.js';
import { acquireLock } from './migration-lock.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const lockName = { schema: 'public', name: 'alembic_version' };
const database = useSpecDatabase();
let holder: Connection;
let waiter: Connection;
let events: MigrationEvent[];

beforeEach(async () => {
  events = [];
  holder = await database.connect();
  waiter = await database.connect();
  await postgresSession.prepare(holder, 'holder of the lock');
});
afterEach(() => Promise.all([holder.close(), waiter.close()]));

const request = (options: Partial<LockRequest> = {}): LockRequest => ({
  session: postgresSession,
  connection: waiter,
  lockName,
  timeoutMs: 5_000,
  signal: undefined,
  emit: (event) => events.push(event),
  stillNeeded: async () => true,
  ...options,
});

describe('waiting for the migration lock', () => {
  it('takes a free lock at once and says so', async () => {
    expect(await acquireLock(request())).toBe(true);
    expect(events).toEqual([{ type: 'lockAcquired', waitedMs: expect.any(Number) }]);
  });

  it('B112: tries once with a time-out of 0, and names the holder', async () => {
    await postgresSession.tryLock(holder, lockName);
    const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await expect(acquireLock(request({ timeoutMs: 0 }))).rejects.toMatchObject({
      code: 'E5001',
      message: expect.stringMatching(
        new RegExp(
          `held by process ${rows[0]?.pid} \\("holder of the lock"\\) from 127\\.0\\.0\\.1`,
        ),
      ),
      facts: { holder: { pid: rows[0]?.pid, application: 'holder of the lock', state: 'idle' } },
    });
  });

  it('tells that it waits, and for whom', async () => {
    await postgresSession.tryLock(holder, lockName);
    const waiting = acquireLock(request());
    setTimeout(() => void postgresSession.unlock(holder, lockName), 300);
    expect(await waiting).toBe(true);
    expect(events[0]).toMatchObject({
      type: 'lockWaiting',
      holder: { application: 'holder of the lock' },
    });
    expect(events.at(-1)).toMatchObject({ type: 'lockAcquired' });
  });

  it('goes on when the holder dies', async () => {
    await postgresSession.tryLock(holder, lockName);
    const waiting = acquireLock(request());
    setTimeout(() => void holder.close(), 200);
    expect(await waiting).toBe(true);
  });

  it('leaves without the lock when the work was done by someone else', async () => {
    await postgresSession.tryLock(holder, lockName);
    expect(await acquireLock(request({ stillNeeded: async () => false }))).toBe(false);
    expect(await postgresSession.unlock(waiter, lockName)).toBe(false);
  });

  it('ends when its signal says so', async () => {
    await postgresSession.tryLock(holder, lockName);
    const controller = new AbortController();
    const waiting = acquireLock(request({ signal: controller.signal }));
    setTimeout(() => controller.abort(new Error('SIGTERM')), 150);
    const started = Date.now();
    await expect(waiting).rejects.toMatchObject({ code: 'E6013', cause: new Error('SIGTERM') });
    expect(Date.now() - started).toBeLessThan(1_000);
  });

  it('does not wait for an app with another version table', async () => {
    await postgresSession.tryLock(holder, { schema: 'billing', name: 'alembic_version' });
    expect(await acquireLock(request({ timeoutMs: 0 }))).toBe(true);
  });

  it('E1: is no deadlock for CREATE INDEX CONCURRENTLY of the holder', async () => {
    await database.checker.query('CREATE TABLE IF NOT EXISTS cic (id int)');
    await database.checker.query('INSERT INTO cic SELECT generate_series(1, 1000)');
    await postgresSession.tryLock(holder, lockName);
    const waiting = acquireLock(request());
    await new Promise((resolve) => setTimeout(resolve, 150));
    await holder.query('CREATE INDEX CONCURRENTLY cic_id ON cic (id)');
    await database.checker.query('CREATE INDEX CONCURRENTLY cic_id2 ON cic (id)');
    await postgresSession.unlock(holder, lockName);
    expect(await waiting).toBe(true);
    const { rows } = await database.checker.query(
      `SELECT bool_and(indisvalid) AS valid FROM pg_index WHERE indrelid = 'cic'::regclass`,
    );
    expect(rows).toEqual([{ valid: true }]);
  });
});
