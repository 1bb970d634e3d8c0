import type { AppSession } from './app/app-session.js';
import type { Terminal } from './output/terminal.js';
import type { ExitCode } from './parse-and-run.js';

/** What every command of one run shares. */
export interface CliContext {
  readonly terminal: Terminal;
  readonly app: AppSession;
  /** Set by the command that ran. */
  exitCode: ExitCode;
  /** Of the commands below `migrate`, in the order of its help; set before one runs. */
  commandNames: readonly string[];
}

/** Injection token of the {@link CliContext}. */
export const CLI_CONTEXT = Symbol('nest-alembic cli context');
