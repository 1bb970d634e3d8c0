import { MIGRATE_SUB_COMMANDS } from '../commands/migrate.command.js';
import { subCommandName } from '../commands/sub-command-name.js';

/** Names of all commands below `migrate`. */
export const COMMAND_NAMES: readonly string[] = MIGRATE_SUB_COMMANDS.flatMap(
  (command) => subCommandName(command) ?? [],
);
