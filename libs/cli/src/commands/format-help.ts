import type { CommanderCommand } from './commander-command.js';
import type { Style } from '../output/style.js';
import { COMMAND_GROUPS } from './command-groups.js';
import { ownOptions } from './share-options.js';

/** Widest line of a help, in characters, also on a wider terminal. */
const WIDTH = 80;
/** Column in which descriptions begin. */
const INDENT = 28;

/** What commander's help object offers. */
export type Helper = ReturnType<CommanderCommand['createHelp']>;

/** The help of `migrate` with its commands in groups, or of one command. */
export function formatHelp(
  command: CommanderCommand,
  helper: Helper,
  { heading }: Pick<Style, 'heading'>,
): string {
  const isMigrate = command.commands.length > 0;
  const own = isMigrate ? [] : [...ownOptions(command)];
  const shared = (isMigrate ? command : command.parent)?.options ?? [];
  const asLines = (options: typeof own): Line[] =>
    options.map((option) => [helper.optionTerm(option), helper.optionDescription(option)]);
  const help: Line = ['-h, --help', 'Show this help.'];
  return [
    `Usage: ${helper.commandUsage(command)}`,
    wrapped(command.description(), 0),
    ...(command.alias() ? [`Also called ${command.aliases().join(', ')}.`] : []),
    ...section('Arguments', argumentLines(command, helper)),
    ...section('Options', asLines(own)),
    ...commandSections(command, helper),
    ...section(SHARED_TITLE, [...asLines([...shared]), help]),
  ]
    .map((part) => part.replace(/^[A-Z][^\n]*(?=:\n)/, heading))
    .join('\n\n')
    .concat('\n');
}

const SHARED_TITLE = 'Options of every command, before or after its name';

/** A term and what it means. */
type Line = readonly [term: string, meaning: string];

function argumentLines(command: CommanderCommand, helper: Helper): Line[] {
  return helper
    .visibleArguments(command)
    .map((argument) => [helper.argumentTerm(argument), helper.argumentDescription(argument)]);
}

function commandSections(command: CommanderCommand, helper: Helper): string[] {
  const commands = helper.visibleCommands(command).filter((one) => one.name() !== 'help');
  const lineOf = (one: CommanderCommand): Line => [
    [one.name(), helper.subcommandTerm(one).match(/[<[](?!options\b)[^\s]*[>\]]/g) ?? []]
      .flat()
      .join(' '),
    helper.subcommandDescription(one),
  ];
  const known = COMMAND_GROUPS.flatMap(({ title, names }) => {
    const members = names.flatMap((name) => commands.find((one) => one.name() === name) ?? []);
    return section(title, members.map(lineOf));
  });
  const grouped = new Set(COMMAND_GROUPS.flatMap(({ names }) => names));
  const others = commands.filter((one) => !grouped.has(one.name()));
  return [...known, ...section('Of this app', others.map(lineOf))];
}

function section(title: string, lines: readonly Line[]): string[] {
  return lines.length > 0 ? [[`${title}:`, ...lines.map(item)].join('\n')] : [];
}

/** `  term        meaning`; a long term has a line of its own. */
function item([term, meaning]: Line): string {
  const head = `  ${term}`;
  const text = wrapped(meaning, INDENT);
  return head.length + 2 > INDENT
    ? `${head}\n${' '.repeat(INDENT)}${text}`
    : head.padEnd(INDENT) + text;
}

/** Breaks a text into lines that end before the width; all but the first are indented. */
function wrapped(text: string, indent: number): string {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && indent + last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
