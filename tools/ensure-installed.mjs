// What `npm test` and `npm run demo` do first, so that each works straight after `git clone`.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = fileURLToPath(new URL('..', import.meta.url));

/**
 * Ends the process with 1 on a Node.js that is too old, and runs `npm ci` when node_modules is missing, incomplete or older
 * than the lockfile.
 */
export function ensureInstalled(root = workspace) {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (!satisfies(process.versions.node, engines.node)) {
    console.error(`This needs Node.js ${engines.node}; here is ${process.versions.node}.`);
    process.exit(1);
  }
  const reason = whyInstall(root);
  if (reason === undefined) return;
  console.log(`${reason}: running npm ci (about half a minute)`);
  const { status } = npm(['ci', '--no-audit', '--no-fund', '--include=dev'], root);
  if (status !== 0) {
    console.error('npm ci failed.');
    process.exit(1);
  }
}

/** True when a version such as `22.13.1` is in a range of `^a.b.c` and `>=a.b.c`, joined by `||`. */
export function satisfies(version, range) {
  const actual = version.split('-')[0].split('.').map(Number);
  return range.split('||').some((part) => {
    const [, operator, text] = /^\s*(\^|>=)(\d+\.\d+\.\d+)\s*$/.exec(part) ?? [];
    if (text === undefined) throw new Error(`cannot read the version range "${part}"`);
    const least = text.split('.').map(Number);
    const isLater = compare(actual, least) >= 0;
    return operator === '^' ? isLater && actual[0] === least[0] : isLater;
  });
}

function compare(left, right) {
  const differing = left.findIndex((number, index) => number !== right[index]);
  return differing < 0 ? 0 : left[differing] - right[differing];
}

/** npm writes node_modules/.package-lock.json last: an interrupted installation has none. */
function whyInstall(root) {
  const installed = modified(join(root, 'node_modules/.package-lock.json'));
  if (installed === undefined) return 'the dependencies are not installed';
  const locked = modified(join(root, 'package-lock.json'));
  if (locked > installed) return 'package-lock.json is newer than node_modules';
  return undefined;
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

/** The npm that runs us where there is one: its name may not be on the PATH, and on Windows it is not a program. */
function npm(args, cwd) {
  const cli = process.env.npm_execpath;
  const options = { cwd, stdio: 'inherit' };
  return cli?.endsWith('.js')
    ? spawnSync(process.execPath, [cli, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}
