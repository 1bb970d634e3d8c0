import type { DynamicModule, Type } from '@nestjs/common';
import { MigrationError } from '@nest-alembic/core';
import { Command } from './commander/commander-parts.js';
import { CLI_CONTEXT } from './cli-context.js';
import type { CliContext } from './cli-context.js';
import { AlembicSubCommand } from './commands/alembic-sub-command.js';
import {
  AlembicMigrateCommand,
  MIGRATE_COMMAND,
  MIGRATE_SUB_COMMANDS,
} from './commands/migrate.command.js';
import { subCommandName } from './commands/sub-command-name.js';

/** A command of the app's own: a class with `@SubCommand()` that extends `AlembicSubCommand`. */
export type MigrateCommandClass = Type<AlembicSubCommand<never>>;

/** The commands of `migrate`, with nothing of the user's app in it but the commands that it adds. */
export class MigrationsCliModule {
  /** @throws MigrationError E9002 for a class that cannot be a command */
  static for(context: CliContext, own: readonly MigrateCommandClass[] = []): DynamicModule {
    own.forEach(assertCommandClass);
    assertOwnNames(own);
    const subCommands = [...MIGRATE_SUB_COMMANDS, ...own];
    // What `@Command()` says belongs to a class; that of ours must stay as it is.
    class MigrateCommand extends AlembicMigrateCommand {}
    Command({ ...MIGRATE_COMMAND, subCommands })(MigrateCommand);
    return {
      module: MigrationsCliModule,
      providers: [
        { provide: CLI_CONTEXT, useValue: context },
        { provide: AlembicMigrateCommand, useClass: MigrateCommand },
        ...subCommands,
      ],
    };
  }
}

function assertCommandClass(one: unknown): void {
  const isCommand = typeof one === 'function' && one.prototype instanceof AlembicSubCommand;
  if (isCommand && subCommandName(one) !== undefined) return;
  if (isCommand)
    // nest-commander would leave it out without a word.
    throw new MigrationError('E9002', {
      problem: `a member of the option "commands" of runMigrationCli, class ${one.name}, has no @SubCommand()`,
      advice: 'Add the decorator of nest-commander.',
      facts: { option: 'commands', class: one.name },
    });
  throw new MigrationError('E9002', {
    problem: `a member of the option "commands" of runMigrationCli is no command: ${nameOf(one)}`,
    advice: 'Name classes with @SubCommand() that extend AlembicSubCommand.',
    facts: { option: 'commands' },
  });
}

/** nest-commander knows classes by their name alone. */
function assertOwnNames(own: readonly MigrateCommandClass[]): void {
  const names: string[] = MIGRATE_SUB_COMMANDS.map(({ name }) => name);
  for (const { name } of own) {
    if (names.includes(name))
      throw new MigrationError('E9002', {
        problem: `two commands have the class name "${name}"`,
        advice: 'Choose another name for the class in the option "commands" of runMigrationCli.',
        facts: { option: 'commands', class: name },
      });
    names.push(name);
  }
}

function nameOf(one: unknown): string {
  return typeof one === 'function' ? `class ${one.name}` : typeof one;
}
