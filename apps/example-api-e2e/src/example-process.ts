import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The workspace's root, where `node apps/example-api/dist/main` is typed. */
export const workspaceRoot = resolve(__dirname, '../../..');

/** An app of the workspace, by the name of its folder. */
export type ExampleApp = 'example-api' | 'example-portable';

/** Which app a process is of, and where it is started. */
export interface ProcessOptions {
  /** @default 'example-api' */
  readonly app?: ExampleApp;
  /** @default the workspace's root */
  readonly cwd?: string;
}

const START_TIMEOUT_MS = 60_000;

/** Variables of the app; those of this process that would lead it elsewhere are left out. */
export type ExampleEnvironment = Readonly<Record<string, string>>;

/** How a process of the app ended. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/** A process of the app that serves. */
export interface RunningExample {
  readonly url: string;
  readonly pid: number;
  /** Sends a signal and returns how the process ended. @default SIGTERM */
  stop(signal?: NodeJS.Signals): Promise<Outcome>;
}

/** Runs the app with arguments until it ends: `runExample(['migrate', 'current'], { DATABASE_URL })`. */
export async function runExample(
  args: readonly string[],
  env: ExampleEnvironment,
  options: ProcessOptions = {},
): Promise<Outcome> {
  return outcomeOf(launch(args, env, options));
}

/** Starts a command and returns at once: for one that is stopped before its end. */
export function beginExample(
  args: readonly string[],
  env: ExampleEnvironment,
  options: ProcessOptions = {},
): Pick<RunningExample, 'pid' | 'stop'> {
  const child = launch(args, env, options);
  return runningOf(child, '', outcomeOf(child));
}

/** Starts the app on a free port and returns when it answers. @throws Error with its output when it ends instead */
export async function startExample(
  env: ExampleEnvironment,
  options: ProcessOptions = {},
): Promise<RunningExample> {
  const port = await freePort();
  const child = launch([], { ...env, PORT: String(port) }, options);
  const ended = outcomeOf(child);
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (await fetch(url).catch(() => undefined)) return runningOf(child, url, ended);
    await sleep(50);
  }
  child.kill('SIGKILL');
  const { stdout, stderr, code } = await ended;
  throw new Error(`the app did not start (${code}):\n${stdout}${stderr}`);
}

function runningOf(child: ChildProcess, url: string, ended: Promise<Outcome>): RunningExample {
  return {
    url,
    pid: child.pid ?? 0,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

function launch(
  args: readonly string[],
  env: ExampleEnvironment,
  { app = 'example-api', cwd = workspaceRoot }: ProcessOptions,
): ChildProcess {
  const main = join(workspaceRoot, 'apps', app, 'dist/main.js');
  assertBuilt(main, app);
  return spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...neutralEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The environment of this process without what would lead an app elsewhere, or colour its output. */
export function neutralEnvironment(): NodeJS.ProcessEnv {
  const misleading = [
    'DATABASE_URL',
    'EXAMPLE_DATA_DIR',
    'AUTO_UPGRADE',
    'ADMIN_TOKEN',
    'MIGRATIONS_DIR',
    'PORT',
    'NODE_OPTIONS',
    // Jest sets it for its workers; it would win over NO_COLOR.
    'FORCE_COLOR',
  ];
  const inherited = Object.entries(process.env).filter(
    ([name]) => !misleading.includes(name) && !name.startsWith('JEST_'),
  );
  return { ...Object.fromEntries(inherited), NO_COLOR: '1' };
}

function assertBuilt(main: string, app: ExampleApp): void {
  if (existsSync(main)) return;
  throw new Error(
    `${main} is missing: these specs run the built app. Run "npx nx build @nest-alembic/${app}" first; "npm test" does.`,
  );
}

async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const started = performance.now();
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr, durationMs: performance.now() - started };
}

/** A port that nobody listens on, from the operating system. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
