import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package.json that decides how Node reads a `.js` file. */
export interface NearestManifest {
  readonly file: string;
  /** `type` as it stands there: `'module'`, `'commonjs'` or nothing. */
  readonly type: unknown;
}

/** The nearest package.json at or above a folder. */
export function nearestManifest(folder: string): NearestManifest | undefined {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return { file, type: typeIn(file) };
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestManifest(parent);
}

function typeIn(manifest: string): unknown {
  try {
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { type?: unknown } | null)?.type;
  } catch {
    // Node itself complains about it as soon as something is loaded.
    return undefined;
  }
}

/** What must change so that Node reads a file in the format that it is written in. */
export function formatFix(file: string, writtenAs: 'ESM' | 'CommonJS'): string {
  const suffix = /\.[cm]?[jt]s$/.exec(file)?.[0] ?? '';
  const wanted = writtenAs === 'ESM' ? '.mjs' : '.cjs';
  const manifest = suffix === '.js' ? nearestManifest(dirname(file)) : undefined;
  const reason =
    manifest === undefined
      ? `Its suffix "${suffix}" says ${writtenAs === 'ESM' ? 'CommonJS' : 'ESM'}.`
      : `"${manifest.file}" says ${manifest.type === undefined ? 'nothing' : `"type": "${String(manifest.type)}"`}, so Node reads it as ${writtenAs === 'ESM' ? 'CommonJS' : 'ESM'}.`;
  const target = writtenAs === 'ESM' ? 'CommonJS' : 'ESM';
  return `${reason} Rename it to "${wanted}", or compile it to ${target}; nothing was run.`;
}
