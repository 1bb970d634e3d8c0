import type { LockHolder } from '../dialects/common/session.js';
import type { Step } from '../graph/step.js';

/** A piece of work on files that takes a moment; told when it begins and when it ends. */
export type Task =
  | { readonly kind: 'createDirectory' | 'generateFile'; readonly path: string }
  | { readonly kind: 'runHook'; readonly hook: string };

/** What the engine tells while it works; CLI, Nest logger and others only listen. */
export type MigrationEvent =
  | { readonly type: 'planStarted'; readonly steps: readonly Step[] }
  | {
      readonly type: 'stepStarted';
      readonly step: Step;
      readonly index: number;
      readonly count: number;
    }
  | {
      readonly type: 'statementExecuted';
      readonly revision: string;
      readonly sql: string;
      /** Its equal share of the time where it was sent together with others: a server does not tell how long each of them took. */
      readonly durationMs: number;
      /** Statements of the revision that were sent as one text, this one included; 1 for one that was sent by itself. */
      readonly together: number;
    }
  | {
      readonly type: 'stepFinished';
      readonly step: Step;
      readonly index: number;
      readonly count: number;
      readonly durationMs: number;
      /** Rows of the version table after the step (ENV-38). */
      readonly rows: readonly string[];
    }
  | {
      /** A warning with the same reason comes with it. */
      readonly type: 'retrying';
      readonly step: Step | undefined;
      /** How often it was tried so far. */
      readonly tries: number;
      readonly mostTries: number;
      /** How long until the next try, in milliseconds. */
      readonly pauseMs: number;
      readonly reason: string;
    }
  | {
      readonly type: 'lockWaiting';
      readonly waitedMs: number;
      readonly holder: LockHolder | undefined;
    }
  | { readonly type: 'lockAcquired'; readonly waitedMs: number }
  /** Autogenerate found a difference; told before the file with it is written. */
  | { readonly type: 'changeDetected'; readonly change: string }
  | { readonly type: 'taskStarted'; readonly task: Task }
  | { readonly type: 'taskFinished'; readonly task: Task; readonly failed: boolean }
  | { readonly type: 'fileWritten'; readonly file: string }
  | { readonly type: 'warning'; readonly message: string };

/** Receives every event, synchronously; what it throws is ignored. */
export type MigrationListener = (event: MigrationEvent) => void;
