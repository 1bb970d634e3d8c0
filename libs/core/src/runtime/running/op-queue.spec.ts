import { OpQueue, runWithQueue } from './op-queue.js';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the queue of operations (D17)', () => {
  let ran: string[];
  let queue: OpQueue;
  let late: number;
  const op = (name: string, work: () => Promise<void> = () => sleep(1)): Promise<void> =>
    queue.submit(async () => {
      await work();
      ran.push(name);
    });
  const fail = (name: string): Promise<void> =>
    op(name, () => Promise.reject(new Error(`${name} failed`)));
  const unhandled: unknown[] = [];
  const remember = (reason: unknown): void => void unhandled.push(reason);

  beforeEach(() => {
    ran = [];
    late = 0;
    unhandled.length = 0;
    queue = new OpQueue(() => (late += 1));
    process.on('unhandledRejection', remember);
  });
  afterEach(async () => {
    await sleep(5);
    process.off('unhandledRejection', remember);
    expect(unhandled).toEqual([]);
  });

  it('runs in call order, the slow one first, whether awaited or not', async () => {
    await runWithQueue(queue, async () => {
      void op('slow', () => sleep(10));
      await op('second');
      expect(ran).toEqual(['slow', 'second']);
      void op('third');
    });
    expect(ran).toEqual(['slow', 'second', 'third']);
  });

  it('waits for the operations that a helper submits after a forgotten await', async () => {
    await runWithQueue(queue, async () => {
      const helper = async (): Promise<void> => {
        await op('one');
        await op('two');
        await op('three');
      };
      void helper();
    });
    expect(ran).toEqual(['one', 'two', 'three']);
  });

  it('waits for it also where the helper does something else between them', async () => {
    await runWithQueue(queue, async () => {
      const helper = async (): Promise<void> => {
        await op('one');
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
        await op('two');
      };
      void helper();
    });
    expect(ran).toEqual(['one', 'two']);
  });

  it('stops at the first failure and throws that one', async () => {
    await expect(
      runWithQueue(queue, () => {
        void op('one');
        void fail('two');
        void fail('three');
        void op('four');
      }),
    ).rejects.toThrow('two failed');
    expect(ran).toEqual(['one']);
  });

  it('cannot be talked out of a failure by catching it', async () => {
    await expect(
      runWithQueue(queue, async () => {
        await fail('one').catch(() => undefined);
        await op('two');
      }),
    ).rejects.toThrow('one failed');
    expect(ran).toEqual([]);
  });

  it('leaves no unhandled rejection where a helper that fails is not awaited', async () => {
    const helper = async (): Promise<void> => {
      await fail('one');
    };
    await expect(runWithQueue(queue, () => void helper())).rejects.toThrow('one failed');
  });

  it.each([
    ['an error', new Error('no')],
    ['a text', 'no'],
    ['nothing', undefined],
  ])('ends when the function throws %s, without running what is queued', async (_, thrown) => {
    const outcome = runWithQueue(queue, async () => {
      void op('one');
      void op('two');
      throw thrown;
    }).then(
      () => ({ kind: 'resolved' }),
      (error: unknown) => ({ kind: 'rejected', error }),
    );
    expect(await outcome).toEqual({ kind: 'rejected', error: thrown });
    expect(ran).not.toContain('two');
  });

  it('gives the result of a question after the operations before it', async () => {
    await runWithQueue(queue, async () => {
      void op('one');
      const seen = await queue.submit(() => Promise.resolve([...ran]));
      expect(seen).toEqual(['one']);
    });
  });

  it('reports work that comes after the end, and does not run it', async () => {
    await runWithQueue(queue, () => void setTimeout(() => void op('late'), 10));
    await sleep(20);
    expect([late, ran]).toEqual([1, []]);
  });
});
