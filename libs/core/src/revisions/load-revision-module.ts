import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { MigrationError } from '../errors/migration-error.js';
import { fileVersion } from './file-versions.js';
import { withoutProcessExit } from './guard-process-exit.js';
import { loadError } from './load-error.js';
import { nearestManifest } from './module-format.js';
import { HEADER_NAMES } from './header-names.js';

/** The exports of a revision file that mean something, or what a bundle handed in. */
export type LoadedModule = Readonly<Record<string, unknown>>;

const nodeRequire = createRequire(__filename);

/**
 * Loads a revision file: compiled JavaScript of either module format, or TypeScript, natively where this Node strips
 * types and else by jiti. Each of its exports is read once; a file that was loaded is not run again
 * unless it was changed since.
 * @param checksum that of the file, where it is known
 * @throws MigrationError E2001 (cannot be parsed, or imports what is missing), E2004 (throws), E2005 (ends the process),
 * E2007 (the other module format), E2011 (cannot be opened), E2012 (circle of imports)
 */
export async function loadRevisionModule(file: string, checksum?: string): Promise<LoadedModule> {
  let exit: MigrationError | undefined;
  const onExit = (code: unknown): MigrationError => (exit ??= endsProcess(file, code));
  try {
    const { exports } = await withoutProcessExit(onExit, () => loadExports(file, checksum));
    // The file may have caught what process.exit() threw.
    if (exit === undefined) return exports;
  } catch (error) {
    if (exit === undefined) throw await loadError(file, error);
  }
  throw exit;
}

const endsProcess = (file: string, code: unknown): MigrationError =>
  new MigrationError('E2005', {
    problem: `revision file "${file}" calls process.exit(${code === undefined ? '' : String(code)}) while it is loaded`,
    advice: 'Take it out: a revision file must not do anything at its top level; nothing was run.',
    facts: { file },
  });

/** In an object of their own: a promise for exports that have a `then` would never be kept. */
async function loadExports(
  file: string,
  checksum: string | undefined,
): Promise<{ readonly exports: LoadedModule }> {
  return { exports: readOnce((await loadModule(file, checksum)).module) };
}

/**
 * Loads a module as revisions are loaded, with whatever it exports.
 * @internal for the options files of `@nest-alembic/cli`
 */
export async function loadModule(
  file: string,
  checksum?: string,
): Promise<{ readonly module: unknown }> {
  const byJiti = /\.[cm]?ts$/.test(file) && !runtimeReadsTypeScript(file);
  const version = fileVersion(file, checksum);
  return byJiti ? loadByJiti(file, version) : loadByNode(file, version);
}

/** Every supported Node can `require()` both formats; only top-level await needs `import()`. */
async function loadByNode(file: string, version: number): Promise<{ readonly module: unknown }> {
  // Of an ES module another address is another module; what is required is forgotten.
  const anew = (): Promise<unknown> =>
    import(`${pathToFileURL(file).href}${version === 0 ? '' : `?version=${version}`}`);
  if (version > 0) delete nodeRequire.cache[realpathSync(file)];
  try {
    const module: unknown = nodeRequire(file);
    return { module: version > 0 && types.isModuleNamespaceObject(module) ? await anew() : module };
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code !== 'ERR_REQUIRE_ASYNC_MODULE') throw error;
    return { module: await anew() };
  }
}

async function loadByJiti(file: string, version: number): Promise<{ readonly module: unknown }> {
  const { createJiti } = await import('jiti');
  // Its cache is a folder of the machine's temporary one, where other users can put what is then run.
  const options = { fsCache: false, moduleCache: version === 0, interopDefault: true };
  return { module: await createJiti(__filename, options).import(file) };
}

const EXPORTS = [...HEADER_NAMES, 'upgrade', 'downgrade', 'upgrades', 'downgrades'];

/** A getter may throw, or give something else the next time: what it gave first is what counts (B045, B046). */
function readOnce(loaded: unknown): LoadedModule {
  const exports = loaded as Readonly<Record<string, unknown>> | null | undefined;
  const read = EXPORTS.map((name) => [name, exports?.[name]] as const);
  return Object.freeze(Object.fromEntries(read.filter(([, value]) => value !== undefined)));
}

/** True where something reads TypeScript already: a hook (ts-node, tsx, swc-node), Jest, or Node itself (22.18 and later). */
function runtimeReadsTypeScript(file: string): boolean {
  if (process.env['JEST_WORKER_ID'] !== undefined || '.ts' in nodeRequire.extensions) return true;
  const strips = Boolean((process.features as { readonly typescript?: unknown }).typescript);
  // Node takes `export` for an error in a .cts file, and in a .ts file where package.json says "commonjs".
  if (file.endsWith('.cts')) return false;
  return strips && (file.endsWith('.mts') || nearestManifest(dirname(file))?.type !== 'commonjs');
}
