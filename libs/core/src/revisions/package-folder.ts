import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve, sep, win32 } from 'node:path';
import { MigrationError } from '../errors/migration-error.js';

/** A folder of the options, found. */
export interface ConfiguredFolder {
  /** Absolute. */
  readonly path: string;
  /** Name of the package that it was looked up in. */
  readonly package?: string;
}

/**
 * Finds a folder of the options: absolute, relative to the root, or `package:path` for one inside an installed package
 * (CFG-10, CFG-18). A relative path with a colon is taken for the last, as in Alembic.
 * @param option where it stands, for messages
 * @throws MigrationError E9002 for a package that is not installed, E7003 for a path that leaves it
 */
export function configuredFolder(folder: string, root: string, option: string): ConfiguredFolder {
  const [, name, inside = ''] = PACKAGE_PATH.exec(folder) ?? [];
  if (name === undefined || isAbsolute(folder) || win32.isAbsolute(folder))
    return { path: resolve(root, folder) };
  const home = packageFolder(name, root);
  if (home === undefined) throw notInstalled(folder, name, option);
  const path = resolve(home, inside);
  if (path === home || path.startsWith(home + sep)) return { path, package: name };
  throw new MigrationError('E7003', {
    problem: `"${folder}" of option "${option}" leaves the package "${name}"`,
    facts: { option, folder, package: name },
  });
}

const PACKAGE_PATH = /^((?:@[^/:]+\/)?[^/:]+):(.*)$/s;

/**
 * The folder of an installed package, as Node finds it from another folder: in `node_modules` there or above; the app's own
 * name is the app itself.
 */
export function packageFolder(name: string, from: string): string | undefined {
  for (let folder = from, first = true; ; folder = dirname(folder)) {
    const installed = join(folder, 'node_modules', name);
    if (existsSync(join(installed, 'package.json'))) return installed;
    if (first && packageName(folder) === name) return folder;
    first &&= !existsSync(join(folder, 'package.json'));
    if (dirname(folder) === folder) return undefined;
  }
}

/** True for a path inside an installed package. @param real with links resolved */
export function isInPackage(real: string): boolean {
  return real.split(sep).includes('node_modules');
}

function packageName(folder: string): unknown {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly name?: unknown }).name;
}

const notInstalled = (folder: string, name: string, option: string): MigrationError =>
  new MigrationError('E9002', {
    problem: `option "${option}" names "${folder}", and there is no package "${name}"`,
    advice: 'Install it, or write a path without a colon.',
    facts: { option, folder, package: name },
  });
