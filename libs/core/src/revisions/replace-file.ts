import {
  chmodSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MigrationError } from '../errors/migration-error.js';

/**
 * Puts another text into a file, at once or not at all, with the rights that it has; a link stays a link.
 * @throws MigrationError E7002 when it cannot be written; the old text is then still there
 */
export function replaceFile(path: string, text: string): void {
  const file = realpathSync(path);
  // A leading dot: it is no revision for whoever reads the folder meanwhile.
  const next = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  try {
    const { mode } = statSync(file);
    writeFileSync(next, text, { flag: 'wx' });
    chmodSync(next, mode);
    renameSync(next, file);
  } catch (error) {
    rmSync(next, { force: true });
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
