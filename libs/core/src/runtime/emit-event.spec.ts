import type { MigrationListener } from './events.js';
import { createEmit } from './emit-event.js';

describe('telling a listener', () => {
  const listeners: readonly [string, () => unknown][] = [
    [
      'throws',
      () => {
        throw new Error('listener');
      },
    ],
    ['rejects', () => Promise.reject(new Error('listener'))],
  ];

  it.each(listeners)('changes nothing when the listener %s', async (_, listener) => {
    const unhandled: unknown[] = [];
    const remember = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', remember);
    expect(() =>
      createEmit(listener as MigrationListener)({ type: 'warning', message: 'x' }),
    ).not.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off('unhandledRejection', remember);
    expect(unhandled).toEqual([]);
  });

  it('is possible without one', () => {
    expect(() => createEmit(undefined)({ type: 'warning', message: 'x' })).not.toThrow();
  });
});
