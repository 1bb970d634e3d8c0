import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { MigrationError } from '../errors/migration-error.js';
import type { VersionFolder } from './version-folders.js';

/**
 * Where a link among the revisions leads: inside of the version locations, or anywhere with `followSymlinks`.
 * @returns the file, with all links resolved
 * @throws MigrationError E7005 when it leads elsewhere, nowhere or in a circle; E2011 for the last two with `followSymlinks`
 */
export function followLink(
  link: string,
  folders: readonly VersionFolder[],
  { followSymlinks = false }: { readonly followSymlinks?: boolean },
): string {
  const real = resolved(link, followSymlinks);
  const isInside = folders.some((folder) => real.startsWith(folder.real + sep));
  if (isInside || followSymlinks) return real;
  throw new MigrationError('E7005', {
    problem: `"${link}" is a link to "${real}", outside of the version locations`,
    advice:
      'What it leads to is run against the database. Put the file there, or set `followSymlinks: true`.',
    facts: { file: link, leadsTo: real },
  });
}

function resolved(link: string, followSymlinks: boolean): string {
  try {
    return realpathSync(link);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new MigrationError(followSymlinks ? 'E2011' : 'E7005', {
      problem: `"${link}" is a link that leads ${code === 'ELOOP' ? 'in a circle' : `nowhere (${code ?? String(error)})`}`,
      advice: 'Remove it, or restore what it leads to.',
      facts: { file: link },
      cause: error,
    });
  }
}
