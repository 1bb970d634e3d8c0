// Programs that are measured, each a process of its own.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Runs a program to its end. @returns what it wrote, and how long it took by the clock, in milliseconds */
export async function runProgram(command, args) {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  const wall = performance.now() - started;
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${stderr || stdout}`);
  return { stdout, stderr, wall };
}

/** Runs a module of the benches in a Node of its own. */
export const runModule = (file, args, base) =>
  runProgram(process.execPath, [new URL(file, base).pathname, ...args.map(String)]);
