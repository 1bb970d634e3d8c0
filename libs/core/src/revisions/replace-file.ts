import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { MigrationError } from '../errors/migration-error.js';
import { writeBeside } from './write-to-disk.js';

/**
 * Puts another text into a file, at once or not at all, with the rights that it has; a link stays a link.
 * @throws MigrationError E7002 when it cannot be written; the old text is then still there
 */
export function replaceFile(path: string, text: string): void {
  const file = realpathSync(path);
  let next: string | undefined;
  try {
    const { mode } = statSync(file);
    next = writeBeside(file, text, mode);
    chmodSync(next, mode); // The umask counts for a new file only.
    renameSync(next, file);
  } catch (error) {
    if (next !== undefined) rmSync(next, { force: true });
    throw new MigrationError('E7002', {
      problem: `"${path}" cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
      advice: 'Nothing was changed.',
      facts: { path },
      cause: error,
    });
  }
}

/**
 * The text of a file as it stands, byte for byte.
 * @throws MigrationError E2011 when it cannot be opened
 */
export function readWholeText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new MigrationError('E2011', {
      problem: `revision file "${path}" cannot be opened: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
      facts: { file: path },
      cause: error,
    });
  }
}
