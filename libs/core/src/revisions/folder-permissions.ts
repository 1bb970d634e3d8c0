import { statSync } from 'node:fs';
import { MigrationError } from '../errors/migration-error.js';

/** Write permission of everybody. */
const OTHERS_WRITE = 0o002;

/**
 * Warns of a folder that everybody may write to: whoever puts a file there has it run against the database. Windows has
 * other permissions, which are not looked at.
 * @throws MigrationError E7004 with `strictPermissions`
 */
export function checkPermissions(
  folder: string,
  options: { readonly strictPermissions?: boolean; readonly warn?: (message: string) => void },
): void {
  if (process.platform === 'win32') return;
  const mode = statSync(folder, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & OTHERS_WRITE) === 0) return;
  const error = new MigrationError('E7004', {
    problem: `every user of this machine may write to "${folder}" (mode ${(mode & 0o7777).toString(8)})`,
    advice: 'What lies there is run against the database. Take the right away: `chmod o-w`.',
    facts: { folder, mode: (mode & 0o7777).toString(8) },
  });
  if (options.strictPermissions) throw error;
  options.warn?.(error.message);
}
