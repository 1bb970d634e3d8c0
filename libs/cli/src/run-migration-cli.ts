import type { DynamicModule, Type } from '@nestjs/common';
import { MigrationError } from '@nest-alembic/core';
import { AppSession } from './app/app-session.js';
import type { MigrateCommandClass } from './migrations-cli.module.js';
import { outcomeOf } from './output/report-error.js';
import { openTerminal } from './output/terminal.js';
import { parseAndRun } from './parse-and-run.js';
import type { CliParts, ExitCode } from './parse-and-run.js';

/** Settings of {@link runMigrationCli}. */
export interface MigrationCliOptions {
  /** As `process.argv`: two members for node and script, then `migrate` and what follows. @default process.argv */
  readonly argv?: readonly string[];
  /**
   * How long the process may go on after the command, in milliseconds, before it is ended: a connection to a cache or
   * a broker that the app opened must not keep it alive. What is written to stdout meanwhile goes to stderr, because it is
   * not the answer. `false` never ends the process.
   * @default 500
   */
  readonly exitAfterMs?: number | false;
  /**
   * Commands of the app's own below `migrate`: classes with `@SubCommand()` of nest-commander that extend
   * {@link AlembicSubCommand}.
   * @default []
   */
  readonly commands?: readonly MigrateCommandClass[];
}

/**
 * Runs `migrate …` when the command line asks for it, inside the app's own binary. The app is built only by commands
 * that need it, and never started: no hook runs, no server, no scheduler, no consumer (design D13).
 *
 * @param rootModule the app's root module; it imports `MigrationsModule`
 * @returns true when it was a `migrate` command: then it is done, `process.exitCode` is set, and `main` should return
 *
 * @example
 * async function main() {
 *   if (await runMigrationCli(AppModule)) return;
 *   const app = await NestFactory.create(AppModule);
 *   await app.listen(3000);
 * }
 */
export async function runMigrationCli(
  rootModule: Type | DynamicModule,
  options: MigrationCliOptions = {},
): Promise<boolean> {
  const argv = options.argv ?? process.argv;
  if (argv[2] !== 'migrate') return false;
  const terminal = openTerminal();
  process.exitCode = await runCommand(argv, {
    terminal,
    app: new AppSession(rootModule, terminal),
    commands: options.commands ?? [],
  });
  if (options.exitAfterMs === false) terminal.release();
  else exitSoon(options.exitAfterMs ?? 500);
  return true;
}

/** Runs the command to its end, whatever the app does meanwhile. */
async function runCommand(argv: readonly string[], parts: CliParts): Promise<ExitCode> {
  const fail = (problem: string, advice: string): ExitCode =>
    outcomeOf(new MigrationError('E7016', { problem, advice }), {
      ...parts,
      argv,
      commandNames: [],
    });
  const tellUnfinished = (): void =>
    void (process.exitCode = fail(UNFINISHED, 'Find what the app waits for when it is built.'));
  process.once('beforeExit', tellUnfinished);
  try {
    const exitCode = await parseAndRun(argv, parts);
    await parts.app.close();
    const failure = await parts.terminal.flush();
    return failure ? fail(`stdout cannot be written: ${failure.message}`, STDOUT_LOST) : exitCode;
  } finally {
    process.off('beforeExit', tellUnfinished);
  }
}

const STDOUT_LOST = 'The command was carried out; its answer is lost, or a part of it.';

/** Node ends with 0 when nothing is left to wait for, though a promise is still open: a command must not look done. */
const UNFINISHED =
  'the command did not come to its end: the app waits for something that never comes, such as a promise of a provider that nobody resolves';

/** Ends the process unless it has ended by itself by then. */
function exitSoon(milliseconds: number): void {
  setTimeout(() => process.exit(), milliseconds).unref();
}
