import { MigrationError } from '@nest-alembic/core';
import { closestName } from '@nest-alembic/nestjs';
import type { CommanderCommand } from './commander-command.js';
import { programName } from './usage.js';

/** The error for a word after `migrate` that names no command. @param known the commands that there are */
export function unknownCommand(word: string, known: readonly string[]): MigrationError {
  return unknownWord('command', word, {
    known,
    advice: `Its commands are ${known.join(', ')}. ${seeHelp()}`,
  });
}

/** The error for an option that `migrate` itself does not have. */
export function unknownOption(word: string, migrate: CommanderCommand): MigrationError {
  const known = migrate.options.flatMap(({ long }) => long ?? []);
  return unknownWord('option', word, { known, advice: seeHelp() });
}

function unknownWord(
  kind: 'command' | 'option',
  word: string,
  { known, advice }: { readonly known: readonly string[]; readonly advice: string },
): MigrationError {
  const meant = closestName(word, known);
  return new MigrationError('E7007', {
    problem: `migrate has no ${kind} "${word}"`,
    advice: meant ? `Did you mean "${meant}"?` : advice,
    facts: { [kind]: word, ...(meant !== undefined && { suggestion: meant }) },
  });
}

function seeHelp(): string {
  return `See ${programName()} migrate --help.`;
}
