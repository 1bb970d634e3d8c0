import type { CommandRunner } from '../commander/commander-parts.js';

/** Commander's `Command`, without a dependency on commander, which nest-commander pins. */
export type CommanderCommand = Parameters<CommandRunner['setCommand']>[0];

/** For `exitOverride`: commander's errors are thrown, so that it never calls `process.exit` with the app still open. */
export function ownExceptions(error: Error): never {
  throw error;
}
