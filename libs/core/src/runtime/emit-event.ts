import type { MigrationEvent, MigrationListener } from './events.js';

/** Hands an event to the listener of an environment, if it has one. */
export type Emit = (event: MigrationEvent) => void;

/** Wraps a listener so that what it throws changes nothing: a log line must not end a migration. */
export function createEmit(listener: MigrationListener | undefined): Emit {
  return (event) => {
    try {
      const returned: unknown = listener?.(event);
      // An async listener is not waited for; its rejection is no more ours than what a plain one throws.
      if (returned instanceof Promise) returned.catch(() => undefined);
    } catch {
      // A listener's error is its own.
    }
  };
}
