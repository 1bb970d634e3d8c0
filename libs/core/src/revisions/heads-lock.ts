import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MigrationError } from '../errors/migration-error.js';
import { writeBeside } from './write-to-disk.js';

const COMMENT = `# The heads of the revision graph, one per line, written by the migrate commands. A conflict here means that two
# branches added a revision: join them with \`migrate merge heads\` or \`migrate rebase\`, which write this file anew.
`;

/** The lock file of a migrations folder. */
export const headsLockFile = (directory: string): string => join(directory, 'heads.lock');

/** The text of a lock file: a comment, then the ids, sorted. */
export const headsLockText = (heads: readonly string[]): string =>
  COMMENT + [...heads].sort().join('\n') + (heads.length === 0 ? '' : '\n');

/**
 * The ids that a lock file names; undefined where there is none.
 * @throws MigrationError E7031 when it has conflict markers or lines that are no ids, or cannot be read
 */
export function readHeadsLock(file: string): readonly string[] | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readText(file).split(/\r?\n/);
  const marker = lines.findIndex((line) => /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/.test(line));
  if (marker !== -1) {
    throw lockError(file, `"${file}" has conflict markers (line ${marker + 1})`, {
      advice:
        'Two branches added a revision. Join them with `migrate merge heads` or `migrate rebase`, which write the file anew.',
    });
  }
  const entries = lines.map((line) => line.trim());
  const odd = entries.findIndex((line) => line !== '' && !/^(?:#.*|\w+)$/.test(line));
  if (odd !== -1) throw lockError(file, `line ${odd + 1} of "${file}" is no revision id`);
  return entries.filter((line) => line !== '' && !line.startsWith('#'));
}

/** A lock file that is ready to take its place. */
export interface PreparedHeadsLock {
  /** Puts it in the place of the old one. @throws MigrationError E7031 */
  commit(): void;
  /** Leaves the old one as it is. */
  discard(): void;
}

/**
 * Writes a lock file beside the old one, so that a folder that cannot be written is found before anything else is.
 * @throws MigrationError E7031
 */
export function prepareHeadsLock(file: string, heads: readonly string[]): PreparedHeadsLock {
  const next = guarded(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    return writeBeside(file, headsLockText(heads), 0o666);
  });
  const discard = (): void => rmSync(next, { force: true });
  return { commit: () => guarded(file, () => renameSync(next, file), discard), discard };
}

function guarded<T>(file: string, work: () => T, discard?: () => void): T {
  try {
    return work();
  } catch (error) {
    discard?.();
    throw lockError(file, `"${file}" cannot be written: ${codeOf(error)}`, { cause: error });
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw lockError(file, `"${file}" cannot be read: ${codeOf(error)}`, { cause: error });
  }
}

const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException | null)?.code ?? String(error);

function lockError(
  file: string,
  problem: string,
  how: { readonly advice?: string; readonly cause?: unknown } = {},
): MigrationError {
  const { advice = ANEW, cause } = how;
  return new MigrationError('E7031', { problem, advice, facts: { file }, cause });
}

const ANEW = 'Put it right, or remove it: the next `revision`, `merge` or `rebase` writes it anew.';
