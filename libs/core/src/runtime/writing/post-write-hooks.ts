import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { MigrationError } from '../../errors/migration-error.js';
import type { Environment } from '../options/environment.js';
import type { HookProgram, ProgramHook } from './hook-program.js';
import { findProgram } from './hook-program.js';
import type { PostWriteHook } from '../migrator-options.js';
import { redactSecrets } from './redact-secrets.js';
import type { ProgramResult } from './run-program.js';
import { runProgram } from './run-program.js';
import { awaitTask } from '../run-task.js';

/** A hook that is ready to run. */
export interface ReadyHook {
  readonly name: string;
  /** Treats a file. @throws MigrationError E7020 */
  run(file: string): Promise<void>;
}

/**
 * Finds the programs of the post-write hooks, so that a missing one is told before anything is written.
 * @throws MigrationError E7021 for a missing program, E9002 for a missing folder to run in
 */
export function prepareHooks({ writing, root }: Environment): readonly ReadyHook[] {
  return writing.postWriteHooks.map((hook) => {
    const { name } = hook;
    if (hook.type === 'function') return { name, run: (file) => runFunction(hook, file) };
    const program = findProgram(hook, root);
    const cwd = folderOf(hook, root);
    return { name, run: (file) => runHookProgram(hook, { program, cwd, file }) };
  });
}

/**
 * Runs the hooks on a new file, in order; the first that fails is the last.
 * @throws MigrationError E7020; the file is kept
 */
export async function runHooks(
  environment: Environment,
  hooks: readonly ReadyHook[],
  file: string,
): Promise<void> {
  for (const { name, run } of hooks)
    await awaitTask(environment.emit, { kind: 'runHook', hook: name }, () => run(file));
}

const TIMEOUT_MS = 60_000;
const FILENAME = 'REVISION_SCRIPT_FILENAME';

/** HOOK-04: the token is replaced wherever it stands; without one, the file comes first. Each argument stays one argument. */
export function hookArguments(options: readonly string[], file: string): readonly string[] {
  if (!options.some((option) => option.includes(FILENAME))) return [file, ...options];
  return options.map((option) => option.replaceAll(FILENAME, () => file));
}

async function runHookProgram(
  hook: ProgramHook,
  {
    program,
    cwd,
    file,
  }: { readonly program: HookProgram; readonly cwd: string; readonly file: string },
): Promise<void> {
  const { timeoutMs = TIMEOUT_MS } = hook;
  const args = [...program.args, ...hookArguments(hook.options ?? [], file)];
  const result = await runProgram({ executable: program.executable, args, cwd, timeoutMs }).catch(
    (error: unknown) => {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      throw failed(hook, file, { problem: `cannot be started: ${reason}`, cause: error });
    },
  );
  if (result.exitCode === 0 && !result.timedOut) return;
  const { exitCode, signal, timedOut } = result;
  throw failed(hook, file, {
    problem: howItEnded(result, timeoutMs),
    output: lastLines(result.output),
    facts: { exitCode, signal, timedOut },
  });
}

function howItEnded({ exitCode, signal, timedOut }: ProgramResult, timeoutMs: number): string {
  if (timedOut) return `did not end within ${timeoutMs} ms and was ended`;
  return exitCode === null ? `was ended by ${signal}` : `ended with exit code ${exitCode}`;
}

type FunctionHook = Extract<PostWriteHook, { readonly type: 'function' }>;

async function runFunction(hook: FunctionHook, file: string): Promise<void> {
  const { timeoutMs = TIMEOUT_MS } = hook;
  const timer = new AbortController();
  const tooLate = sleep(timeoutMs, undefined, { signal: timer.signal }).then(() => {
    const problem = `did not end within ${timeoutMs} ms`;
    throw failed(hook, file, { problem, facts: { timedOut: true } });
  });
  try {
    await Promise.race([Promise.resolve(file).then(hook.run), tooLate]);
  } catch (error) {
    if (error instanceof MigrationError && error.code === 'E7020') throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw failed(hook, file, { problem: `threw: ${redactSecrets(reason)}`, cause: error });
  } finally {
    timer.abort();
    tooLate.catch(() => undefined);
  }
}

function folderOf({ name, cwd = '.' }: ProgramHook, root: string): string {
  const folder = resolve(root, cwd);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new MigrationError('E9002', {
    problem: `post-write hook "${name}" is to run in "${folder}", which is no folder`,
    advice: 'Nothing was written. Correct "cwd", which is relative to the root directory.',
    facts: { option: 'postWriteHooks', hook: name, cwd: folder },
  });
}

const LINES_SHOWN = 10;
const CHARACTERS_SHOWN = 2_000;

/** What a person needs of an output: its end, without colours and secrets. */
function lastLines(output: string): string {
  const text = redactSecrets(stripVTControlCharacters(output)).slice(-CHARACTERS_SHOWN);
  return text.trimEnd().split(/\r?\n/).slice(-LINES_SHOWN).join('\n');
}

function failed(
  { name }: PostWriteHook,
  file: string,
  what: {
    readonly problem: string;
    readonly output?: string;
    readonly facts?: object;
    readonly cause?: unknown;
  },
): MigrationError {
  const said = what.output ? ` Its last output:\n${what.output}` : '';
  return new MigrationError('E7020', {
    problem: `post-write hook "${name}" ${what.problem}`,
    advice: `The revision was written to "${file}" and is kept.${said}`,
    facts: { hook: name, file, ...what.facts, output: what.output ?? '' },
    cause: what.cause,
  });
}
