import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MigrationError } from '../errors/migration-error.js';
import { initTemplate } from './init-templates.js';
import { refuseBuildOutput, writeNewFile } from './write-revision-file.js';

/** What `migrate init` is told. */
export interface InitRequest {
  /** Folder to create, absolute. */
  readonly directory: string;
  readonly root: string;
  /** @default 'generic' */
  readonly template?: string;
  /** Package that the app depends on, for the import of revisions. */
  readonly importSource: string;
  /** Does a piece of the work, and tells of it. */
  readonly track: Track;
}

/** Does a piece of work on a file or folder, and tells of it. */
export type Track = (
  task: { readonly kind: 'createDirectory' | 'generateFile'; readonly path: string },
  work: () => void,
) => void;

/**
 * Creates the migrations folder from a template: `versions/`, the revision template and a README. All or nothing.
 * @returns the files that were written, absolute
 * @throws MigrationError E7011 when the folder exists and is not empty, E7012 for an unknown template, E7010, E7002
 */
export function initMigrations(request: InitRequest): readonly string[] {
  const files = initTemplate(request.template ?? 'generic', request.importSource);
  refuseBuildOutput(request.directory, request.root);
  const existed = existsSync(request.directory);
  if (existed && readdirSync(request.directory).length > 0) throw notEmpty(request.directory);
  try {
    for (const path of [request.directory, join(request.directory, 'versions')])
      request.track({ kind: 'createDirectory', path }, () => mkdirSync(path, { recursive: true }));
    return Object.entries(files).map(([name, text]) => {
      const path = join(request.directory, name);
      request.track({ kind: 'generateFile', path }, () => writeNewFile(path, text));
      return path;
    });
  } catch (error) {
    if (!existed) rmSync(request.directory, { recursive: true, force: true });
    if (error instanceof MigrationError) throw error;
    throw new MigrationError('E7002', {
      problem: `"${request.directory}" cannot be created: ${(error as NodeJS.ErrnoException).code}`,
      facts: { directory: request.directory },
      cause: error,
    });
  }
}

const notEmpty = (directory: string): MigrationError =>
  new MigrationError('E7011', {
    problem: `"${directory}" exists and is not empty`,
    advice: 'Nothing was written. Remove its content, or choose another folder.',
    facts: { directory },
  });
