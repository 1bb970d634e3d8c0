import type { INestApplicationContext } from '@nestjs/common';
import type { CliContext } from './cli-context.js';
import { CommandRunnerService } from './commander/commander-parts.js';
import { createCommandContext } from './commander/command-context.js';
import { ownExceptions } from './commands/commander-command.js';
import { AlembicMigrateCommand } from './commands/migrate.command.js';
import { markNumbers } from './commands/negative-numbers.js';
import { helpConfiguration, outputConfiguration } from './commands/usage.js';
import { MigrationsCliModule } from './migrations-cli.module.js';
import type { MigrateCommandClass } from './migrations-cli.module.js';
import { outcomeOf } from './output/report-error.js';
import { StderrLogger } from './output/stderr-logger.js';

/** 0 done; 1 any error, usage errors too; 2 only a difference or an open question (design D14). */
export type ExitCode = 0 | 1 | 2;

/**
 * Parses the command line in an app of our own, which holds our commands and nothing of the user's: so `--help` and
 * usage errors need no app and no database, and no class of the user's is taken for one of ours by its name.
 */
export async function parseAndRun(
  argv: readonly string[],
  { terminal, app, commands: own }: CliParts,
): Promise<ExitCode> {
  const context: CliContext = { terminal, app, exitCode: 0, commandNames: [] };
  let failure: unknown;
  try {
    const commands = await createCommands(context, own, (error) => void (failure = error));
    context.commandNames = commands.get(AlembicMigrateCommand).prepare();
    await commands.get(CommandRunnerService).run(markNumbers(argv));
    await commands.close();
  } catch (error) {
    failure = error;
  }
  return failure === undefined ? context.exitCode : outcomeOf(failure, { ...context, argv });
}

/** What a command works with besides its own options. */
export interface CliParts extends Pick<CliContext, 'terminal' | 'app'> {
  /** Commands of the app's own (CLI-14). @default [] */
  readonly commands?: readonly MigrateCommandClass[];
}

function createCommands(
  context: CliContext,
  own: readonly MigrateCommandClass[] | undefined,
  onError: (error: unknown) => void,
): Promise<INestApplicationContext> {
  return createCommandContext(MigrationsCliModule.for(context, own), {
    logger: new StderrLogger(context.terminal),
    // Commander goes on after a handler that returns, and then calls process.exit().
    errorHandler: ownExceptions,
    serviceErrorHandler: onError,
    outputConfiguration: outputConfiguration(context.terminal),
    helpConfiguration: helpConfiguration(context.terminal),
  });
}
