import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ObjectText } from '../../dialects/common/object-texts.js';
import { MigrationError } from '../../errors/migration-error.js';

/** A file with SQL that makes objects. */
export interface SqlFile {
  /** Relative paths start at `rootDirectory`. */
  readonly sqlFile: string;
}

/** What the option `objects` lists: SQL text, or a file with it. */
export type RegisteredObject = string | SqlFile;

/**
 * A file of the option `objects`, such as `sqlFile('database/views/active_users.sql')`. Relative paths start at
 * `rootDirectory`: the folder of the app's package.json. Nothing is read before a command compares.
 */
export function sqlFile(path: string): SqlFile {
  return Object.freeze({ sqlFile: path });
}

/** True for what {@link RegisteredObject} says. */
export function isRegisteredObject(value: unknown): value is RegisteredObject {
  if (typeof value === 'string') return value.trim() !== '';
  const path = (value as Partial<SqlFile> | null)?.sqlFile;
  return typeof path === 'string' && path !== '';
}

/**
 * The texts of registered objects, each with where it stands.
 * @throws MigrationError E9010 for a file that cannot be read, or is no UTF-8 text
 */
export function readRegistered(
  objects: readonly RegisteredObject[],
  root: string,
): readonly ObjectText[] {
  return objects.map((object, at) =>
    typeof object === 'string'
      ? { source: `objects[${at}]`, text: object }
      : { source: object.sqlFile, text: readSql(resolve(root, object.sqlFile), object.sqlFile) },
  );
}

function readSql(file: string, named: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = REASONS[String(code)] ?? String(code);
    throw new MigrationError('E9010', {
      problem: `the file "${named}" of the option "objects" cannot be read: ${reason} (${file})`,
      advice:
        "Nothing was written. Relative paths start at the folder of the app's package.json; an image must have the file too.",
      facts: { option: 'objects', file },
      cause: error,
    });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is no UTF-8 text',
};
