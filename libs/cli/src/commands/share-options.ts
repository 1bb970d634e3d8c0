import type { CommanderCommand } from './commander-command.js';

type CommanderOption = CommanderCommand['options'][number];

/**
 * Gives every command below `migrate` the options of `migrate` as well, so that each is read before the name of a
 * command and after it (CLI-03). A short flag that a command uses itself keeps that command's meaning after its name:
 * `current -c` is `--check-heads`, and `-c FILE current` is `--config`.
 */
export function shareOptions(migrate: CommanderCommand): void {
  // What stands after the name of a command is the command's, not ours: neither here nor in the program above.
  migrate.enablePositionalOptions().parent?.enablePositionalOptions();
  for (const command of migrate.commands)
    for (const option of migrate.options) share(command, option);
}

/** Options of a command that are not those of `migrate`. */
export function ownOptions(command: CommanderCommand): readonly CommanderOption[] {
  const shared = new Set(command.parent?.options.map(({ long }) => long));
  return command.options.filter(({ long }) => !shared.has(long));
}

function share(command: CommanderCommand, option: CommanderOption): void {
  if (command.options.some(({ long }) => long === option.long)) return;
  const isTaken = command.options.some(({ short }) => short === option.short);
  const copy = command.createOption(
    isTaken ? option.flags.replace(`${option.short ?? ''}, `, '') : option.flags,
    option.description,
  );
  if (option.parseArg) copy.argParser(option.parseArg);
  command.addOption(copy);
}
