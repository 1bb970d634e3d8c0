import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import { MigrationError } from '../../errors/migration-error.js';
import { isInPackage } from '../../revisions/package-folder.js';
import { mayBeRevision } from '../../revisions/revision-files.js';
import { isReadFolder } from '../../revisions/version-folders.js';
import { realPath } from '../../revisions/write-revision-file.js';
import type { Environment } from '../options/environment.js';

/**
 * Refuses a version location that new revisions must not be written to.
 * @throws MigrationError E7022 inside a package, E7003 outside of the workspace (B121)
 */
export function assertWritable(environment: Environment, location: string): void {
  const { root, writing } = environment;
  refusePackage(environment, location);
  if (writing.allowOutside || isInWorkspace(location, root)) return;
  throw new MigrationError('E7003', {
    problem: `version location "${location}" lies outside of "${workspaceOf(root)}"`,
    advice: 'Nothing was written. Where that is meant, set the option "allowOutside".',
    facts: { location, workspace: workspaceOf(root) },
  });
}

/** @throws MigrationError E7022 for a version location inside a package, where an installation would remove new files */
export function refusePackage({ packageLocations }: Environment, location: string): void {
  const owner = packageLocations.get(location) ?? packageOf(realPath(location));
  if (owner === undefined) return;
  throw new MigrationError('E7022', {
    problem: `version location "${location}" belongs to the package "${owner}"`,
    advice:
      'Nothing was written. Choose a version location of your own with --version-path, or write the revision in the package.',
    facts: { location, package: owner },
  });
}

/**
 * Refuses a file name by which the next command would not find the new revision again.
 * @param fileName from the version location
 * @throws MigrationError E9002
 */
export function assertFoundAgain(environment: Environment, fileName: string): void {
  const folders = dirname(fileName).split(/[\\/]/);
  const isPlain = folders.length === 1 && folders[0] === '.';
  if (isAbsolute(fileName) || normalize(fileName).split(/[\\/]/)[0] === '..') return; // Refused when it is written (E7003).
  if (!isPlain && !environment.recursiveVersionLocations) {
    throw notFoundAgain(fileName, {
      problem: `the file template leads to "${fileName}", and folders below a version location are not read`,
      advice: 'Set the option "recursiveVersionLocations" to true.',
    });
  }
  const isRead = isPlain || folders.every((name) => name === '..' || isReadFolder(name));
  if (isRead && mayBeRevision(basename(fileName))) return;
  throw notFoundAgain(fileName, {
    problem: `the file template leads to "${fileName}", a name that is not read as a revision`,
    advice: 'Let it begin with %(rev)s, or with a digit or letter.',
  });
}

function notFoundAgain(
  fileName: string,
  { problem, advice }: { readonly problem: string; readonly advice: string },
): MigrationError {
  return new MigrationError('E9002', {
    problem,
    advice: `Nothing was written. ${advice}`,
    facts: { option: 'fileTemplate', fileName },
  });
}

const isInWorkspace = (location: string, root: string): boolean => {
  const workspace = workspaceOf(root);
  return isWithin(location, workspace) || isWithin(realPath(location), realPath(workspace));
};

/** The folder that belongs together with the app: of its repository or workspace, else the app's own. */
function workspaceOf(root: string): string {
  for (let folder = resolve(root); ; folder = dirname(folder)) {
    if (MARKS.some((name) => existsSync(join(folder, name))) || hasWorkspaces(folder))
      return folder;
    if (dirname(folder) === folder) return resolve(root);
  }
}

const MARKS = ['.git', 'pnpm-workspace.yaml', 'nx.json', 'lerna.json'];

function hasWorkspaces(folder: string): boolean {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return false;
  return 'workspaces' in (JSON.parse(readFileSync(file, 'utf8')) as object);
}

function packageOf(real: string): string | undefined {
  if (!isInPackage(real)) return undefined;
  const segments = real.split(sep);
  const [scope = '', name = ''] = segments.slice(segments.lastIndexOf('node_modules') + 1);
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

const isWithin = (path: string, folder: string): boolean =>
  relative(folder, path).split(sep)[0] !== '..';
