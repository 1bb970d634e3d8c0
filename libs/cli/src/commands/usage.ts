import { relative } from 'node:path';
import type { CommanderCommand } from './commander-command.js';
import { formatHelp } from './format-help.js';
import type { Helper } from './format-help.js';
import type { Terminal } from '../output/terminal.js';

/** How this program was started, for usage lines: `node dist/main`. */
export function programName(script: string | undefined = process.argv[1]): string {
  return script ? `node ${relative(process.cwd(), script) || script}` : 'node main';
}

/** The help of every command names the whole command line and lists the options of `migrate` too. */
export function helpConfiguration({ style }: Terminal): {
  formatHelp: (command: CommanderCommand, helper: Helper) => string;
  commandUsage: (command: CommanderCommand) => string;
} {
  return {
    formatHelp: (command, helper) => formatHelp(command, helper, style),
    commandUsage: (command) => [programName(), ...commandPath(command), command.usage()].join(' '),
  };
}

/** Help goes to stdout; commander's errors are thrown and reported by us, without the help that it shows with some. */
export function outputConfiguration(terminal: Terminal): {
  writeOut: (text: string) => void;
  writeErr: (text: string) => void;
  outputError: () => void;
} {
  return {
    writeOut: (text) => terminal.answerRaw(text),
    writeErr: () => undefined,
    outputError: () => undefined,
  };
}

/** Names from `migrate` down to the command; commander's root stands for the program. */
function commandPath(command: CommanderCommand): string[] {
  return command.parent ? [...commandPath(command.parent), command.name()] : [];
}
