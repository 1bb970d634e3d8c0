import { Inject } from '@nestjs/common';
import { MigrationError } from '@nest-alembic/core';
import { CommandRunner, Option } from '../commander/commander-parts.js';
import { CLI_CONTEXT } from '../cli-context.js';
import type { CliContext } from '../cli-context.js';
import { versionLine } from '../tool-version.js';
import { AlembicBranchesCommand } from './branches.command.js';
import { AlembicCheckCommand } from './check.command.js';
import { ownExceptions } from './commander-command.js';
import type { CommanderCommand } from './commander-command.js';
import { AlembicCurrentCommand } from './current.command.js';
import { AlembicDowngradeCommand } from './downgrade.command.js';
import { AlembicEditCommand } from './edit.command.js';
import { AlembicEnsureVersionCommand } from './ensure-version.command.js';
import { readGlobalOptions } from './global-options.js';
import { AlembicGraphCommand } from './graph.command.js';
import { AlembicHeadsCommand } from './heads.command.js';
import { AlembicHistoryCommand } from './history.command.js';
import { AlembicInitCommand } from './init.command.js';
import { AlembicListTemplatesCommand } from './list-templates.command.js';
import { AlembicMergeCommand } from './merge.command.js';
import { unmark } from './negative-numbers.js';
import { rankOf } from './command-groups.js';
import { AlembicRedoCommand } from './redo.command.js';
import { AlembicPlanCommand } from './plan.command.js';
import { AlembicRebaseCommand } from './rebase.command.js';
import { AlembicRevisionCommand } from './revision.command.js';
import { shareOptions } from './share-options.js';
import { AlembicShowCommand } from './show.command.js';
import { AlembicStampCommand } from './stamp.command.js';
import { unknownCommand, unknownOption } from './unknown-word.js';
import { AlembicUpgradeCommand } from './upgrade.command.js';
import { programName } from './usage.js';

/** Every command below `migrate`; `command-groups.ts` says in which order its help lists them. */
export const MIGRATE_SUB_COMMANDS = [
  AlembicInitCommand,
  AlembicListTemplatesCommand,
  AlembicRevisionCommand,
  AlembicMergeCommand,
  AlembicRebaseCommand,
  AlembicUpgradeCommand,
  AlembicDowngradeCommand,
  AlembicPlanCommand,
  AlembicRedoCommand,
  AlembicStampCommand,
  AlembicEnsureVersionCommand,
  AlembicEditCommand,
  AlembicCurrentCommand,
  AlembicHeadsCommand,
  AlembicBranchesCommand,
  AlembicHistoryCommand,
  AlembicShowCommand,
  AlembicGraphCommand,
  AlembicCheckCommand,
];

/** What `@Command()` says of `migrate`, but for its commands. */
export const MIGRATE_COMMAND = {
  name: 'migrate',
  description: 'Database migrations of this app.',
} as const;

/** `migrate` itself: holds the options that every command has; alone it only shows its help. */
export class AlembicMigrateCommand extends CommandRunner {
  @Inject(CLI_CONTEXT) private readonly context!: CliContext;

  override setCommand(command: CommanderCommand): this {
    super.setCommand(command);
    command.exitOverride(ownExceptions).helpOption('-h, --help', 'Show this help.');
    command.addHelpCommand('help [command]', 'Show the help of a command.');
    // What is unknown comes to `run`, which names the command that was probably meant.
    command.allowUnknownOption().allowExcessArguments(true);
    return this;
  }

  /**
   * Ends the making of the commands, once all are there.
   *
   * @returns their names, in the order of the help
   * @throws MigrationError E9002 for a name that is taken
   */
  prepare(): readonly string[] {
    const names = this.command.commands.map((command) => command.name());
    assertDistinct(this.command.commands);
    shareOptions(this.command);
    return names.toSorted((one, other) => rankOf(one) - rankOf(other));
  }

  override async run(args: string[]): Promise<void> {
    const { terminal } = this.context;
    const globals = readGlobalOptions(this.command);
    if (globals.version) return terminal.answer(versionLine());
    const [first] = unmark(args);
    if (first?.startsWith('-')) throw unknownOption(first, this.command);
    if (first !== undefined) throw unknownCommand(first, this.context.commandNames);
    if (!globals.json) terminal.complain(this.command.helpInformation());
    throw new MigrationError('E7013', {
      problem: 'migrate needs a command',
      advice: `See ${programName()} migrate --help.`,
    });
  }

  @Option({
    flags: '-c, --config <file>',
    description:
      'Options file (.json, .js, .cjs, .mjs, .ts) over the module options; may be repeated.',
  })
  config(value: string, previous: readonly string[] = []): readonly string[] {
    return [...previous, value];
  }

  @Option({
    flags: '-n, --name <environment>',
    description: 'Environment, where the app has several; "all" runs in each, in order.',
  })
  name(value: string): string {
    return value;
  }

  @Option({
    flags: '-x, --x-arg <key=value>',
    description: 'Value for revisions and hooks; may be repeated.',
  })
  xArg(value: string, previous: readonly string[] = []): readonly string[] {
    return [...previous, value];
  }

  @Option({ flags: '--json', description: 'Print the result as one JSON document.' })
  json(): boolean {
    return true;
  }

  @Option({ flags: '-q, --quiet', description: 'Print only what was asked for, and errors.' })
  quiet(): boolean {
    return true;
  }

  @Option({ flags: '--raiseerr', description: 'Show the stack of an error.' })
  raiseerr(): boolean {
    return true;
  }

  @Option({ flags: '--version', description: 'Print the version of nest-alembic.' })
  version(): boolean {
    return true;
  }
}

/** Commander runs the first command of a name and forgets the others. */
function assertDistinct(commands: readonly CommanderCommand[]): void {
  const names = commands.flatMap((command) => [command.name(), ...command.aliases()]);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw new MigrationError('E9002', {
    problem: `two commands are named "${twice}"`,
    advice: 'Choose another name for that of the option "commands" of runMigrationCli.',
    facts: { option: 'commands', command: twice },
  });
}
