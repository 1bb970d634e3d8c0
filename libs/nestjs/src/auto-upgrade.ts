import { MigrationError, isMigrationError } from '@nest-alembic/core';
import type { Migrator } from '@nest-alembic/core';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLogger } from './log-events.js';
import type { AutoUpgrade, MigrationsModuleOptions } from './migrations-module-options.js';
import { untilInterrupted } from './until-interrupted.js';

/** How long an app that starts waits for the lock, or for someone else to migrate, in milliseconds. */
const START_TIMEOUT_MS = 600_000;
/** Pause between two looks of `autoUpgrade: 'wait'`, in milliseconds; many replicas look at a little different times. */
const WAIT_STEP_MS = 1_000;

/** What {@link autoUpgrade} needs. */
export interface AutoUpgradeTask {
  readonly migrator: Migrator;
  readonly options: MigrationsModuleOptions;
  readonly logger: EventLogger;
}

/**
 * Does what option `autoUpgrade` says, and returns when the app may start. SIGTERM and SIGINT end a wait and stop
 * between two revisions.
 *
 * @throws MigrationError E4001 unknown revision and `onUnknownRevision: 'error'`, E4014 not at head, E5001 lock not free
 *   in time, E6013 interrupted, and what `upgrade` throws
 */
export async function autoUpgrade(task: AutoUpgradeTask): Promise<void> {
  const mode = task.options.autoUpgrade ?? false;
  if (mode === false) return;
  try {
    await untilInterrupted(
      (signal) => ACTIONS[mode](task, signal),
      (name) => task.logger.warn(`${name}: a revision that runs is finished first`),
    );
  } catch (error) {
    if (!isUnknownRevision(error) || task.options.onUnknownRevision === 'error') throw error;
    task.logger.warn(
      `${error.problem}: this build may be older than the database. The app starts all the same (onUnknownRevision: "warn")`,
    );
  }
}

type Action = (task: AutoUpgradeTask, signal: AbortSignal) => Promise<void>;

const ACTIONS: { readonly [Mode in Exclude<AutoUpgrade, false>]: Action } = {
  upgrade: async ({ migrator, options, logger }, signal) => {
    const lockTimeoutMs = options.lockTimeoutMs ?? START_TIMEOUT_MS;
    const { steps, rows } = await migrator.upgrade('heads', { lockTimeoutMs, signal });
    const done = steps.length === 0 ? 'was already' : 'is now';
    logger.log(`the database ${done} at ${rows.join(', ') || 'base'}`);
  },
  verify: async ({ migrator }) => {
    if (!(await migrator.isAtHead())) throw await notAtHead(migrator);
  },
  wait: async ({ migrator, options, logger }, signal) => {
    const deadline = Date.now() + (options.lockTimeoutMs ?? START_TIMEOUT_MS);
    for (let looks = 0; !(await migrator.isAtHead()); looks++) {
      if (looks === 0) logger.log('waiting until the database is at head');
      if (Date.now() >= deadline) throw await notAtHead(migrator);
      await pause(signal);
    }
  },
};

async function pause(signal: AbortSignal): Promise<void> {
  const milliseconds = WAIT_STEP_MS * (1 + Math.random() / 5);
  await sleep(milliseconds, undefined, { signal }).catch((cause: unknown) => {
    throw new MigrationError('E6013', {
      problem: 'interrupted while waiting until the database is at head',
      advice: 'Nothing was done.',
      cause,
    });
  });
}

async function notAtHead(migrator: Migrator): Promise<MigrationError> {
  const { rows, heads } = await migrator.current();
  return new MigrationError('E4014', {
    problem: `the database is at ${rows.join(', ') || 'base'}, not at ${heads.join(', ')}`,
    advice: 'Run "migrate upgrade heads" before the app starts, or set autoUpgrade: "upgrade".',
    facts: { rows, heads },
  });
}

function isUnknownRevision(error: unknown): error is MigrationError {
  return isMigrationError(error) && error.code === 'E4001';
}
