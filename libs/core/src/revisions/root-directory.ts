import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** The script that Node was started with, links resolved; undefined in a REPL. */
function entryScript(): string | undefined {
  const script = process.argv[1];
  if (script === undefined) return undefined;
  return existsSync(script) ? realpathSync(script) : script;
}

/** The folder that relative paths start from: that of the nearest package.json above the entry script (design D3). */
export function defaultRootDirectory(script = entryScript()): string {
  let folder = script === undefined ? process.cwd() : dirname(script);
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) return process.cwd();
    folder = parent;
  }
  return folder;
}

/**
 * The folder of the build output that a path lies in, or undefined for a path among the sources. The output is the
 * folder directly below the root that the entry script runs from, and any folder named like one.
 */
export function buildOutputOf(
  path: string,
  root: string,
  script = entryScript(),
): string | undefined {
  const outputs = new Set(['dist', 'build', 'out-tsc']);
  const fromRoot = script === undefined ? '' : relative(root, script);
  const segments = fromRoot.split(sep);
  if (
    segments.length > 1 &&
    segments[0] !== '..' &&
    segments[0] !== 'src' &&
    !isAbsolute(fromRoot)
  ) {
    outputs.add(segments[0] ?? '');
  }
  const first = relative(root, resolve(root, path)).split(sep)[0] ?? '';
  return outputs.has(first) ? join(root, first) : undefined;
}
