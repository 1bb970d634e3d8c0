import type { Backend } from './backend.js';
import { simpleQuery } from './protocol.js';
import { SharedBackend } from './shared-backend.js';

/** Answers like a session that only knows BEGIN, COMMIT and ROLLBACK, and writes down what it was asked. */
function scriptedBackend(log: string[]): Backend {
  let status = 'I';
  return {
    settings: {},
    execute: async (messages) => {
      const sql = messages.subarray(5, -1).toString();
      log.push(sql);
      if (sql === 'CRASH') throw new Error('the database crashed');
      if (sql === 'BEGIN') status = 'T';
      if (sql === 'COMMIT' || sql === 'ROLLBACK') status = 'I';
      return Buffer.concat([Buffer.from([90, 0, 0, 0, 5]), Buffer.from(status)]);
    },
    close: async () => void log.push('closed'),
  };
}

function shared(waitTimeoutMs = 1_000): { backend: SharedBackend; log: string[] } {
  const log: string[] = [];
  return {
    backend: new SharedBackend({ open: async () => scriptedBackend(log), waitTimeoutMs }),
    log,
  };
}

const run = (backend: SharedBackend, client: object, sql: string): Promise<Buffer> =>
  backend.execute(client, simpleQuery(sql));

describe('SharedBackend', () => {
  const [one, two] = [{ name: 'one' }, { name: 'two' }];

  it('does not open the database before a client connects', async () => {
    const open = jest.fn();
    const backend = new SharedBackend({ open });
    await backend.close();
    expect(open).not.toHaveBeenCalled();
  });

  it('tries to open again after a failure', async () => {
    const open = jest
      .fn()
      .mockRejectedValueOnce(new Error('in use'))
      .mockResolvedValue(scriptedBackend([]));
    const backend = new SharedBackend({ open });
    await expect(backend.connect(one)).rejects.toThrow('in use');
    await expect(backend.connect(one)).resolves.toBeDefined();
  });

  it('lets a second client wait until the first is out of its transaction', async () => {
    const { backend, log } = shared();
    await Promise.all([backend.connect(one), backend.connect(two)]);
    await run(backend, one, 'BEGIN');
    const waiting = run(backend, two, 'b');
    await run(backend, one, 'a');
    await run(backend, one, 'COMMIT');
    await waiting;
    expect(log).toEqual(['BEGIN', 'a', 'COMMIT', 'b']);
  });

  it('tells a client that waits for one idle in a transaction, and serves it again later', async () => {
    const { backend } = shared(50);
    await Promise.all([backend.connect(one), backend.connect(two)]);
    await run(backend, one, 'BEGIN');
    await expect(run(backend, two, 'b')).rejects.toThrow('has kept a transaction open');
    await run(backend, one, 'COMMIT');
    await expect(run(backend, two, 'b')).resolves.toBeDefined();
  });

  it('rolls back for a client that leaves in its transaction, before the next one runs', async () => {
    const { backend, log } = shared();
    await Promise.all([backend.connect(one), backend.connect(two)]);
    await run(backend, one, 'BEGIN');
    const waiting = run(backend, two, 'b');
    await backend.disconnect(one);
    await waiting;
    expect(log).toEqual(['BEGIN', 'ROLLBACK', 'b']);
  });

  it('forgets a client that leaves while it waits', async () => {
    const { backend, log } = shared();
    await Promise.all([backend.connect(one), backend.connect(two)]);
    await run(backend, one, 'BEGIN');
    const waiting = run(backend, two, 'b');
    await backend.disconnect(two);
    await expect(waiting).rejects.toThrow('closed');
    await run(backend, one, 'COMMIT');
    expect(log).toEqual(['BEGIN', 'COMMIT']);
  });

  it('clears the session when its last client leaves', async () => {
    const { backend, log } = shared();
    await Promise.all([backend.connect(one), backend.connect(two)]);
    await backend.disconnect(one);
    expect(log).toEqual([]);
    await backend.disconnect(two);
    expect(log).toEqual(['DISCARD ALL']);
  });

  it('rolls back when a statement ended without an answer', async () => {
    const { backend, log } = shared();
    await Promise.all([backend.connect(one), backend.connect(two)]);
    await expect(run(backend, one, 'CRASH')).rejects.toThrow('crashed');
    const waiting = run(backend, two, 'b');
    await backend.disconnect(one);
    await waiting;
    expect(log).toEqual(['CRASH', 'ROLLBACK', 'b']);
  });

  it('closes after the transaction that is under way', async () => {
    const { backend, log } = shared();
    await backend.connect(one);
    await run(backend, one, 'BEGIN');
    const closing = backend.close();
    await run(backend, one, 'COMMIT');
    await closing;
    expect(log).toEqual(['BEGIN', 'COMMIT', 'closed']);
  });
});
