import { MigrationError, isMigrationError } from '@nest-alembic/core';
import type { CliParts, ExitCode } from '../parse-and-run.js';
import { unknownCommand } from '../commands/unknown-word.js';
import { programName } from '../commands/usage.js';
import { redactPasswords } from './redact-passwords.js';
import { toJson } from './json.js';

/**
 * Tells what ended a command, on stderr, and returns the exit code. Help and version, which commander throws too, are
 * no errors. With `--json` the error is one JSON document; a stack is shown only with `--raiseerr`.
 */
export function outcomeOf(error: unknown, run: FailedRun): ExitCode {
  if (isCommanderError(error) && error.exitCode === 0) return 0;
  const { terminal, argv } = run;
  const known = isCommanderError(error) ? usageError(error, run) : error;
  const lines = argv.includes('--json') ? [errorJson(known)] : errorText(known, run);
  if (argv.includes('--raiseerr')) lines.push(...stackLines(known));
  terminal.complain(redactPasswords(lines.join('\n')));
  return 1;
}

/** What is told of a run whose error is to be reported. */
export interface FailedRun extends CliParts {
  readonly argv: readonly string[];
  /** Empty where the commands were not made yet. */
  readonly commandNames: readonly string[];
}

/** Commander's own errors, which it also uses to say that help was shown (exit code 0). */
interface CommanderError extends Error {
  readonly code: string;
  readonly exitCode: number;
}

function isCommanderError(error: unknown): error is CommanderError {
  return (
    error instanceof Error && String((error as { code?: unknown }).code).startsWith('commander.')
  );
}

/** A mistake on the command line, in our own form. */
function usageError(error: CommanderError, { argv, commandNames }: FailedRun): MigrationError {
  // "migrate help nosuch": commander shows its help as an error.
  if (error.code === 'commander.help')
    return unknownCommand(argv[argv.indexOf('help') + 1] ?? '', commandNames);
  const command = argv
    .slice(3)
    .filter((word) => commandNames.includes(word))
    .slice(0, 1);
  const code = error.code === 'commander.missingArgument' ? 'E7013' : 'E7007';
  const [, meant] = /\(Did you mean (?:one of )?(.*?)\?\)/.exec(error.message) ?? [];
  const problem = error.message
    .replace(/\s*\(Did you mean .*/s, '')
    .replace(/^error: /, '')
    .replace(/ argument missing$/, ' needs a value')
    .replace(/\.?\s*$/, '');
  return new MigrationError(code, {
    problem: problem.replace(/\n+/g, ' ').replaceAll("'", '"'),
    advice: meant
      ? `Did you mean "${meant}"?`
      : `See ${[programName(), 'migrate', ...command, '--help'].join(' ')}.`,
    ...(meant !== undefined && { facts: { suggestion: meant } }),
  });
}

function errorText(error: unknown, { terminal }: CliParts): string[] {
  const { error: paint } = terminal.talkStyle;
  if (!isMigrationError(error)) return [`${paint('error')}: ${messageOf(error)}`];
  const head = `${paint(`error ${error.code}`)}: ${error.problem}`;
  return error.advice ? [head, error.advice] : [head];
}

function errorJson(error: unknown): string {
  if (!isMigrationError(error)) return toJson({ error: { message: messageOf(error) } });
  const { code, message, problem, advice, facts } = error;
  return toJson({ error: { code, message, problem, advice, facts } });
}

function stackLines(error: unknown): string[] {
  const lines: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) lines.push(at.stack ?? String(at));
  return lines;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
