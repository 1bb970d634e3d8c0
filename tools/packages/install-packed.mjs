// Gives an app the public libraries as they would be published, without a registry: packs them, extracts the tarballs
// into the app's node_modules/@nest-alembic, and links every other package of the workspace beside them.
// Usage: node tools/packages/install-packed.mjs <app folder>
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packLibraries } from './pack.mjs';

const workspace = fileURLToPath(new URL('../..', import.meta.url));
const SCOPE = '@nest-alembic';

/** Makes `<app>/node_modules`, which must not exist yet. */
export function installPacked(app) {
  const modules = join(app, 'node_modules');
  mkdirSync(modules, { recursive: true });
  linkPackages(join(workspace, 'node_modules'), modules);
  const tarballs = mkdtempSync(join(tmpdir(), 'tarballs-'));
  try {
    for (const { name, file } of packLibraries(tarballs)) extract(file, join(modules, name));
  } finally {
    rmSync(tarballs, { recursive: true });
  }
}

/** Links package by package: a package of ours that is not packed must not be found. */
function linkPackages(from, to) {
  for (const name of readdirSync(from)) {
    if (name === SCOPE || name === '.cache' || name.startsWith('.package-lock')) continue;
    symlinkSync(
      join(from, name),
      join(to, name),
      process.platform === 'win32' ? 'junction' : 'dir',
    );
  }
}

function extract(tarball, folder) {
  mkdirSync(folder, { recursive: true });
  // Every file of a package is below "package/" in its tarball.
  const args = ['-xzf', tarball, '-C', folder, '--strip-components=1'];
  const { status, stderr } = spawnSync('tar', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`tar failed: ${stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    console.error('Usage: node tools/packages/install-packed.mjs <app folder>');
    process.exitCode = 1;
  } else installPacked(resolve(folder));
}
