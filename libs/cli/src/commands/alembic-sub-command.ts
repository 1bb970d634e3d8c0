import { Inject } from '@nestjs/common';
import type { InjectionToken } from '@nestjs/common';
import type { Migrator } from '@nest-alembic/core';
import type { MigrationService } from '@nest-alembic/nestjs';
import { CommandRunner } from '../commander/commander-parts.js';
import { applyOptionsFiles, optionsFilesOf } from '../app/apply-options-files.js';
import { ALL_ENVIRONMENTS, chooseEnvironment } from '../app/choose-environment.js';
import { CLI_CONTEXT } from '../cli-context.js';
import type { CliContext } from '../cli-context.js';
import { describeProgress } from '../output/describe-progress.js';
import { toJson } from '../output/json.js';
import type { Terminal } from '../output/terminal.js';
import type { ExitCode } from '../parse-and-run.js';
import { ownExceptions } from './commander-command.js';
import type { CommanderCommand } from './commander-command.js';
import { inEachEnvironment } from './in-each-environment.js';
import { readGlobalOptions } from './global-options.js';
import type { GlobalOptions } from './global-options.js';
import { versionLine } from '../tool-version.js';
import { unmark } from './negative-numbers.js';

/** What one call of a command was given. */
export interface Invocation<Options> {
  readonly args: readonly string[];
  readonly options: Options;
  readonly globals: GlobalOptions;
  /** With `-n all`, the other environments that have the same revisions. */
  readonly alongside?: readonly Migrator[];
}

/**
 * Base of every command below `migrate`, also of an app's own (option `commands` of `runMigrationCli`): it has the options
 * of every command, prints as they do, and its errors are told as theirs.
 *
 * @example
 * @SubCommand({ name: 'pending', description: 'Count the revisions that wait.' })
 * export class PendingCommand extends AlembicSubCommand {
 *   protected override async execute({ globals }: Invocation<object>): Promise<ExitCode> {
 *     const pending = (await (await this.migrator(globals)).current()).isAtHead ? 0 : 1;
 *     this.print(globals, { document: { pending }, text: () => this.terminal.answer(String(pending)) });
 *     return 0;
 *   }
 * }
 */
export abstract class AlembicSubCommand<Options = Record<string, never>> extends CommandRunner {
  @Inject(CLI_CONTEXT) protected readonly context!: CliContext;

  override setCommand(command: CommanderCommand): this {
    super.setCommand(command);
    command.exitOverride(ownExceptions).helpOption('-h, --help', 'Show this help.');
    command.allowExcessArguments(false);
    return this;
  }

  override async run(args: string[], options: Record<string, unknown> = {}): Promise<void> {
    const globals = readGlobalOptions(this.command.parent, this.command);
    if (globals.version) return this.context.terminal.answer(versionLine());
    this.context.terminal.quiet = globals.quiet;
    // nest-commander files the options that it did not make, which are those of `migrate`, under "undefined".
    const { undefined: _ofMigrate, ...own } = options;
    const invocation = { args: unmark(args), options: unmark(own) as Options, globals };
    this.context.exitCode =
      globals.name === ALL_ENVIRONMENTS
        ? await this.executeInAll(invocation)
        : await this.execute(invocation);
  }

  /** The command itself. */
  protected abstract execute(invocation: Invocation<Options>): Promise<ExitCode>;

  /**
   * The verbs of the environment that `-n` chooses, with `-c`, with `-x` and with progress on stderr.
   *
   * @throws MigrationError E9007 when there is none, several to choose from, or none of that name; E9008, E9001, E9002,
   * E9003 for an options file
   */
  protected async migrator(globals: GlobalOptions): Promise<Migrator> {
    const service = await this.environment(globals);
    const onEvent = describeProgress(this.context.terminal, { tasks: !globals.json });
    return service.with({ x: globals.x, onEvent });
  }

  /** The environment that `-n` chooses, with the options of `-c`. */
  protected async environment({ name, configFiles }: GlobalOptions): Promise<MigrationService> {
    const services = await this.context.app.environments();
    // Chosen first: an app without an environment is the greater mistake.
    const chosen = chooseEnvironment(services, name);
    const configured = await applyOptionsFiles(services, optionsFilesOf(configFiles, process.env));
    return configured[services.indexOf(chosen)] ?? chosen;
  }

  /** Where the command speaks: answers to stdout, talk to stderr. */
  protected get terminal(): Terminal {
    return this.context.terminal;
  }

  /** A provider of the app, which is built for it but never started. */
  protected provider<Provider>(token: InjectionToken<Provider>): Promise<Provider> {
    return this.context.app.get(token);
  }

  /** Prints one result: as JSON with `--json`, else as `text` does. */
  protected print(
    { json, collect }: GlobalOptions,
    result: { readonly document: object; readonly text: () => void },
  ): void {
    if (!json) result.text();
    else if (collect) collect(result.document);
    else this.context.terminal.answer(toJson(result.document));
  }

  /** What `-n all` does: the command in one environment after the other. */
  protected async executeInAll(invocation: Invocation<Options>): Promise<ExitCode> {
    const { globals, options } = invocation;
    const script = (options as { readonly sql?: boolean }).sql ?? false;
    return inEachEnvironment(this.context, { globals, script }, (own) =>
      this.execute({ ...invocation, globals: own }),
    );
  }
}
