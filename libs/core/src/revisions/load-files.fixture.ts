import { isMigrationError } from '../errors/migration-error.js';
import { loadRevisionModule } from './load-revision-module.js';

/** How loading one file ended, in a process without Jest. */
export interface LoadOutcome {
  /** Names of the exports, sorted. */
  readonly exports?: readonly string[];
  readonly code?: string;
  readonly message?: string;
  /** Message of the error that was met on the way. */
  readonly cause?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  /** True when `process.exit` was put back. */
  readonly exitIsReal: boolean;
}

const realExit = process.exit;

async function main(): Promise<void> {
  const outcomes: LoadOutcome[] = [];
  for (const file of process.argv.slice(2)) outcomes.push(await outcomeOf(file));
  process.stdout.write(JSON.stringify(outcomes));
}

async function outcomeOf(file: string): Promise<LoadOutcome> {
  try {
    const exports = Object.keys(await loadRevisionModule(file)).sort();
    return { exports, exitIsReal: process.exit === realExit };
  } catch (error) {
    if (!isMigrationError(error)) throw error;
    const { code, message, facts } = error;
    const cause = error.cause instanceof Error ? error.cause.message : 'no error';
    return { code, message, facts, cause, exitIsReal: process.exit === realExit };
  }
}

if (require.main === module) void main();
