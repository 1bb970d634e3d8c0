import { existsSync, readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { MigrationError, loadModule } from '@nest-alembic/core';

/** Options as a file gives them, not validated. */
export type RawOptions = Readonly<Record<string, unknown>>;

/**
 * Reads an options file: a JSON document, or a module in JavaScript or TypeScript with a default export.
 *
 * @param file relative to the current folder
 * @throws MigrationError E9008 when there is no such file, or it cannot be read
 */
export async function readOptionsFile(file: string): Promise<RawOptions> {
  const path = resolve(file);
  if (!existsSync(path))
    throw unreadable(file, {
      problem: `options file "${file}" does not exist`,
      advice: `Nothing was done. It was looked for as "${path}".`,
    });
  const extension = extname(path);
  if (extension !== '.json' && !MODULE_EXTENSIONS.includes(extension))
    throw unreadable(file, {
      problem: `options file "${file}" has an unknown format`,
      advice: `Its name must end with .json or ${MODULE_EXTENSIONS.join(', ')}.`,
    });
  const options = extension === '.json' ? readJson(file, path) : await readModule(file, path);
  if (typeof options === 'object' && options !== null && !Array.isArray(options))
    return options as RawOptions;
  throw unreadable(file, {
    problem: `options file "${file}" gives no object`,
    advice: 'Write an object with options of MigrationsModule.forRoot().',
  });
}

const MODULE_EXTENSIONS = ['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts'];

function readJson(file: string, path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw unreadable(file, {
      problem: `options file "${file}" cannot be read: ${messageOf(error)}`,
      advice: 'Nothing was done. Correct the file, or leave out `-c`.',
      cause: error,
    });
  }
}

/** As revisions are loaded, so that what can be a revision can be an options file. */
async function readModule(file: string, path: string): Promise<unknown> {
  const module = await loadFile(file, path);
  if (typeof module !== 'object' || module === null) return module;
  if ('default' in module) return module.default;
  // What CommonJS exports is its default export; of an ES module only `default` is.
  if (!('__esModule' in module) && !(Symbol.toStringTag in module)) return module;
  throw unreadable(file, {
    problem: `options file "${file}" has no default export`,
    advice: 'Write "export default { … }".',
  });
}

async function loadFile(file: string, path: string): Promise<unknown> {
  try {
    return (await loadModule(path)).module;
  } catch (error) {
    throw unreadable(file, {
      problem: `options file "${file}" cannot be loaded: ${messageOf(error)}`,
      advice: 'Nothing was done. Correct the file, or leave out `-c`.',
      cause: error,
    });
  }
}

function unreadable(
  file: string,
  init: { readonly problem: string; readonly advice?: string; readonly cause?: unknown },
): MigrationError {
  return new MigrationError('E9008', { ...init, facts: { file } });
}

/** The first line: loaders add the text around the place, and a stack. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n').find((line) => line.trim() !== '') ?? text;
}
