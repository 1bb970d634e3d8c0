import { execFileSync } from 'node:child_process';
import { neutralEnvironment } from './example-process.js';

/** What a program prints. @throws Error with its output when it fails */
export function run(
  cwd: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): string {
  const options = { cwd, env: { ...neutralEnvironment(), ...env }, stdio: 'pipe' } as const;
  try {
    return execFileSync(program, args, options).toString();
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
