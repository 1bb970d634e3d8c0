import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** A program to run, without a shell. */
export interface ProgramCall {
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Ends the program and all that it started after this time. */
  readonly timeoutMs: number;
}

/** How a program ended. */
export interface ProgramResult {
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
  /** The end of what it wrote to stdout and stderr. */
  readonly output: string;
}

/**
 * Runs a program in a process group of its own, with nothing on stdin. A signal that ends this process ends the group too.
 * @throws Error when it cannot be started
 */
export async function runProgram(call: ProgramCall): Promise<ProgramResult> {
  const child = spawn(call.executable, call.args, {
    cwd: call.cwd,
    env: { ...process.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const output = collectEnd(child);
  const limit = limitTime(child, call.timeoutMs);
  const stopForwarding = forwardSignals(child);
  try {
    const [exitCode, signal] = await ended(child);
    return { exitCode, signal, timedOut: limit.passed(), output: output() };
  } finally {
    limit.end();
    stopForwarding();
  }
}

/** How long a group may take to end by itself, and how long its pipes are read after its first process has ended. */
const GRACE_MS = 1_000;
const OUTPUT_BYTES = 16_384;

function collectEnd(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-OUTPUT_BYTES);
    });
  }
  return () => text;
}

/** What a hook left running must not keep the command waiting: the end of the first process counts. */
async function ended(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve([exitCode, signal]));
    child.once('exit', (exitCode, signal) => {
      setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve([exitCode, signal]);
      }, GRACE_MS).unref();
    });
  });
}

function limitTime(child: ChildProcess, timeoutMs: number): { passed(): boolean; end(): void } {
  let passed = false;
  const timers = [
    setTimeout(() => {
      passed = true;
      signalGroup(child, 'SIGTERM');
    }, timeoutMs),
    setTimeout(() => signalGroup(child, 'SIGKILL'), timeoutMs + GRACE_MS),
  ];
  return {
    passed: () => passed,
    end: () => {
      timers.forEach(clearTimeout);
      // What the program started may have outlived it.
      if (passed) signalGroup(child, 'SIGKILL');
    },
  };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

const FORWARDED: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** A group of its own does not get the terminal's Ctrl+C. */
function forwardSignals(child: ChildProcess): () => void {
  const forward = (signal: NodeJS.Signals): void => {
    signalGroup(child, signal);
    stop();
    // Ours kept the signal from ending this process.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const stop = (): void => FORWARDED.forEach((signal) => void process.off(signal, forward));
  FORWARDED.forEach((signal) => void process.on(signal, forward));
  return stop;
}
