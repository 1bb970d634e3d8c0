import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** How a run of an app ended. */
export interface AppRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the start of the process to its end, in milliseconds. */
  readonly durationMs: number;
  /** From the last byte on stdout or stderr to the end of the process, in milliseconds. */
  readonly silenceMs: number;
}

/** Settings of {@link runApp}. */
export interface RunAppOptions {
  /** Added to the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Reads stdout no further than this many bytes, then closes it, as `head` does. */
  readonly closeStdoutAfter?: number;
  /** An open file to write stdout to. @default a pipe that is read */
  readonly stdout?: number;
  /** Sends SIGINT, as Ctrl+C does, when stderr says this. */
  readonly interruptOn?: RegExp;
  /** Sends SIGINT as soon as this is true. */
  readonly interruptWhen?: () => boolean;
}

/** Runs a fixture app as a process of its own: `node main.fixture.ts …args`. */
export async function runApp(
  main: string,
  args: readonly string[],
  options: RunAppOptions = {},
): Promise<AppRun> {
  const started = performance.now();
  const flags = ['--conditions=@nest-alembic/source', '-r', join(__dirname, 'swc-register.cjs')];
  const child = spawn(process.execPath, [...flags, join(__dirname, main), ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...withoutJest(process.env), ...options.env },
    stdio: ['ignore', options.stdout ?? 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  let spokenAt = started;
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
      spokenAt = performance.now();
      if (name === 'stdout' && text.stdout.length >= (options.closeStdoutAfter ?? Infinity))
        child.stdout?.destroy();
      if (name === 'stderr' && options.interruptOn?.test(chunk)) child.kill('SIGINT');
    });
  const watch = setInterval(() => {
    if (!options.interruptWhen?.()) return;
    clearInterval(watch);
    child.kill('SIGINT');
  }, 20);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearInterval(watch));
  const ended = performance.now();
  return { exitCode, ...text, durationMs: ended - started, silenceMs: ended - spokenAt };
}

/** Without what Jest sets for its own workers: code that asks for it behaves differently. */
function withoutJest(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { JEST_WORKER_ID: _id, NODE_ENV: _env, FORCE_COLOR: _force, ...rest } = environment;
  return rest;
}
