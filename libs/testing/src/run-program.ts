import { spawn } from 'node:child_process';

/** What a program said and how it ended. */
export interface ProgramResult {
  /** 0 means success. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program is called. */
export interface ProgramCall {
  readonly args: readonly string[];
  /** @default that of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** What it reads from stdin. @default nothing */
  readonly input?: string;
}

/** Runs a program; undefined where it is not installed. One that fails is no exception. */
export function runProgram(
  program: string,
  { args, env, input = '' }: ProgramCall,
): Promise<ProgramResult | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, env ? { env } : {});
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? resolve(undefined) : reject(error),
    );
    child.on('close', (code) => resolve({ exitCode: code ?? 1, stdout, stderr }));
    // A program that stops at an error closes its end before all of the input is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
