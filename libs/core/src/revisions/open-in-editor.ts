import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { MigrationError } from '../errors/migration-error.js';

/** What stands for a person's editor where none is named (CLI-84). */
const DEFAULT_EDITORS: readonly string[] =
  process.platform === 'win32'
    ? ['code.exe', 'notepad++.exe', 'notepad.exe']
    : ['sensible-editor', 'editor', 'nano', 'vim', 'code'];

/**
 * Opens a file in an editor and waits until it is closed. There is no shell in between. Without a terminal the editor has
 * no input, so that one that wants a person ends instead of waiting.
 * @param command the editor, such as `vim` or `code --wait`. @default `$EDITOR`, `$VISUAL`, then one that is usual here
 * @throws MigrationError E7014 when there is none, or when it fails
 */
export async function openInEditor(file: string, command?: string): Promise<void> {
  const [program, ...args] = command === undefined ? chosenEditor() : namedEditor(command);
  const failure = await run(program as string, [...args, file]);
  if (failure === undefined) return;
  throw editorError(
    `the editor "${program}" ${failure}`,
    'The file is as the editor left it.',
    file,
  );
}

/** Resolves to what went wrong. */
function run(program: string, args: readonly string[]): Promise<string | undefined> {
  const { stdin, stdout } = process;
  return new Promise((resolve) => {
    // The answer of a command goes to stdout: an editor may only have it when it is the terminal.
    const child = spawn(program, args, {
      stdio: [stdin.isTTY ? 'inherit' : 'ignore', stdout.isTTY ? 'inherit' : 2, 'inherit'],
    });
    child.once('error', (error) => resolve(`cannot be run: ${error.message}`));
    child.once('exit', (code, signal) => {
      if (code === 0) resolve(undefined);
      else resolve(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`);
    });
  });
}

function namedEditor(command: string): readonly string[] {
  const found = findProgram(command);
  if (found !== undefined) return found;
  throw editorError(`no program "${command}" was found`, 'Name one that is on PATH, or its path.');
}

/** As Alembic: `$EDITOR`, then `$VISUAL`, then the usual ones, the first that is there. */
function chosenEditor(): readonly string[] {
  const own = [process.env['EDITOR'], process.env['VISUAL']].filter(
    (name) => name !== undefined && name.trim() !== '',
  ) as readonly string[];
  if (own.length === 0 && !process.stdin.isTTY)
    throw editorError('there is no terminal to open an editor on', 'Set EDITOR or VISUAL.');
  for (const name of [...own, ...DEFAULT_EDITORS]) {
    const found = findProgram(name);
    if (found !== undefined) return found;
  }
  throw editorError(
    'no editor was found',
    'Set EDITOR or VISUAL to a program on PATH, or to a path.',
  );
}

/**
 * Program and arguments: the whole text as a path or on PATH, else its first word with the others as arguments
 * (`code --wait`), which Alembic does not understand.
 */
function findProgram(command: string): readonly string[] | undefined {
  const whole = locate(command);
  if (whole !== undefined) return [whole];
  const [first, ...args] = command.split(/\s+/).filter((word) => word !== '');
  const program = first === undefined ? undefined : locate(first);
  return program === undefined ? undefined : [program, ...args];
}

function locate(name: string): string | undefined {
  if (name === '') return undefined;
  if (name.includes(sep)) return isFile(name) ? name : undefined;
  const isBare = process.platform === 'win32' && !/\.exe$/i.test(name);
  const program = isBare ? `${name}.exe` : name;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find(isFile);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

const editorError = (problem: string, advice: string, file?: string): MigrationError =>
  new MigrationError('E7014', { problem, advice, facts: { ...(file !== undefined && { file }) } });
