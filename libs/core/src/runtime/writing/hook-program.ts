import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { MigrationError } from '../../errors/migration-error.js';
import { packageFolder } from '../../revisions/package-folder.js';
import type { PostWriteHook } from '../migrator-options.js';

/** A hook that runs a program. */
export type ProgramHook = Exclude<PostWriteHook, { readonly type: 'function' }>;

/** What is started for a hook: an executable with the arguments that come before those of the hook. */
export interface HookProgram {
  readonly executable: string;
  readonly args: readonly string[];
}

/**
 * Finds the program of a hook, before anything is written.
 * @throws MigrationError E7021 when it is missing
 */
export function findProgram(hook: ProgramHook, root: string): HookProgram {
  const found = lookUp(hook, root);
  if (found !== undefined) return found;
  const { what, name, advice } = DESCRIPTIONS[hook.type](hook as never);
  throw new MigrationError('E7021', {
    problem: `post-write hook "${hook.name}" needs the ${what} "${name}", which is not found`,
    advice: `Nothing was written. ${advice} Looked from "${root}".`,
    facts: {
      hook: hook.name,
      type: hook.type,
      [hook.type === 'exec' ? 'executable' : hook.type]: name,
    },
  });
}

type HookOf<Type> = Extract<ProgramHook, { readonly type: Type }>;

interface Description {
  readonly what: string;
  readonly name: string;
  readonly advice: string;
}

const DESCRIPTIONS: {
  readonly [Type in ProgramHook['type']]: (hook: HookOf<Type>) => Description;
} = {
  exec: ({ executable: name }) => ({
    what: 'executable',
    name,
    advice: 'Give a program of PATH, or the path of one that may be executed.',
  }),
  bin: ({ bin: name }) => ({
    what: 'command',
    name,
    advice: 'Install the npm package that has it.',
  }),
  module: ({ module: name }) => ({
    what: 'module',
    name,
    advice: 'Give the path of a JavaScript file, or the name of an installed package.',
  }),
};

function lookUp(hook: ProgramHook, root: string): HookProgram | undefined {
  switch (hook.type) {
    case 'exec':
      return findExecutable(hook.executable, root);
    case 'bin':
      return findBin(hook.bin, root);
    case 'module':
      return findModule(hook.module, root);
  }
}

/** By path from the root, or in PATH. */
function findExecutable(name: string, root: string): HookProgram | undefined {
  const isPath = isAbsolute(name) || /[\\/]/.test(name);
  const folders = isPath ? [root] : (process.env['PATH'] ?? '').split(delimiter);
  const executable = folders.map((folder) => resolve(root, folder, name)).find(isExecutable);
  return executable === undefined ? undefined : { executable, args: [] };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * The command of a package: of one with the same name, else what package managers link in `node_modules/.bin`. JavaScript
 * is run by this Node, whatever PATH says.
 */
function findBin(name: string, root: string): HookProgram | undefined {
  const file = ofPackage(name, root) ?? linked(name, root);
  if (file === undefined) return undefined;
  if (isJavaScript(file)) return byThisNode(file);
  return isExecutable(file) ? { executable: file, args: [] } : undefined;
}

function ofPackage(name: string, root: string): string | undefined {
  const folder = packageFolder(name, root);
  if (folder === undefined) return undefined;
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly bin?: string | Readonly<Record<string, string>>;
  };
  const command = name.slice(name.indexOf('/') + 1);
  const path = typeof bin === 'string' ? bin : bin?.[command];
  return path === undefined ? undefined : existing(join(folder, path));
}

function linked(name: string, root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const file = existing(join(folder, 'node_modules', '.bin', name));
    if (file !== undefined || dirname(folder) === folder) return file;
  }
}

const existing = (file: string): string | undefined =>
  existsSync(file) && statSync(file).isFile() ? realpathSync(file) : undefined;

function isJavaScript(file: string): boolean {
  if (/^\.[cm]?js$/.test(extname(file))) return true;
  const start = Buffer.alloc(64);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, start, 0, start.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return /^#!.*\bnode\b/.test(start.toString('latin1'));
}

function findModule(name: string, root: string): HookProgram | undefined {
  const file = existing(resolve(root, name));
  if (file !== undefined) return byThisNode(file);
  try {
    return byThisNode(createRequire(join(root, 'package.json')).resolve(name));
  } catch {
    return undefined;
  }
}

const byThisNode = (file: string): HookProgram => ({ executable: process.execPath, args: [file] });
