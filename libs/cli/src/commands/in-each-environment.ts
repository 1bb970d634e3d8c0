import { MigrationError, isMigrationError } from '@nest-alembic/core';
import { ALL_ENVIRONMENTS, chooseEnvironments } from '../app/choose-environment.js';
import type { CliContext } from '../cli-context.js';
import { toJson } from '../output/json.js';
import type { ExitCode } from '../parse-and-run.js';
import type { GlobalOptions } from './global-options.js';

/** What `-n all` needs to know of a command. */
interface CommandForAll {
  readonly globals: GlobalOptions;
  /** True when it prints a script. */
  readonly script: boolean;
  /** @default every environment */
  readonly names?: readonly string[];
}

/**
 * Runs a command in every environment, in the order in which the app imports them, and stops at the first error. Each
 * answer has a heading; with `--json` there is one document with the answers by environment.
 *
 * @returns 2 when one of the runs ended with 2, else 0
 * @throws MigrationError of the run that failed, with the environments that are done; E7007 for a script without `--json`
 */
export async function inEachEnvironment(
  { app, terminal }: CliContext,
  { globals, script, names: asked }: CommandForAll,
  run: (globals: GlobalOptions) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (script && !globals.json) throw scriptsInOne();
  const all = chooseEnvironments(await app.environments(), ALL_ENVIRONMENTS);
  const names = asked ?? all.map(({ name }) => name);
  const environments: Record<string, object> = {};
  let exitCode: ExitCode = 0;
  for (const [index, name] of names.entries()) {
    const collect = (document: object): void => void (environments[name] = document);
    if (!globals.json) terminal.announce(heading(name, index, terminal.style.heading));
    try {
      if ((await run({ ...globals, name, collect })) === 2) exitCode = 2;
    } catch (error) {
      throw failedIn(error, { names, index });
    }
  }
  if (globals.json) terminal.answer(toJson({ environments }));
  return exitCode;
}

function heading(name: string, index: number, paint: (text: string) => string): string {
  return `${index === 0 ? '' : '\n'}${paint(`Environment "${name}"`)}`;
}

/** The same error, with where it happened and what was done before. */
function failedIn(
  error: unknown,
  { names, index }: { readonly names: readonly string[]; readonly index: number },
): Error {
  const [environment = '', ...notRun] = names.slice(index);
  const done = names.slice(0, index);
  const place = `environment "${environment}"`;
  const state = `Done: ${listed(done)}. Not run: ${listed(notRun)}.`;
  if (!isMigrationError(error)) {
    const text = error instanceof Error ? error.message || error.name : String(error);
    return new Error(`${place}: ${text}. ${state}`, { cause: error });
  }
  return new MigrationError(error.code, {
    problem: `${place}: ${error.problem}`,
    advice: [error.advice, state].filter(Boolean).join(' '),
    facts: { ...error.facts, environment, done, notRun },
    cause: error,
  });
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ') || 'none';
}

/** Piped into one database, it would do there what is meant for the others. */
function scriptsInOne(): MigrationError {
  return new MigrationError('E7007', {
    problem: 'the scripts of several databases cannot be one script',
    advice: 'Choose one environment with -n NAME, or add --json, which keeps them apart.',
  });
}
