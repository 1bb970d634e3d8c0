import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { workspaceRoot } from './example-process.js';

/** A server that asks its role `app` for a password: the usual test servers let everyone in. */
export interface PasswordServer {
  /** Host and port. */
  readonly host: string;
  stop(): Promise<void>;
}

/** Starts one from the binaries that npm ships. @throws Error with its output when it does not start */
export async function startPasswordServer(): Promise<PasswordServer> {
  const script = join(workspaceRoot, 'tools/databases/password-postgres.mjs');
  const child = spawn(process.execPath, [script], { stdio: 'pipe' });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = once(child, 'close');
  const ready = once(child.stdout.setEncoding('utf8'), 'data') as Promise<[string]>;
  const host = await Promise.race([
    ready.then(([text]) => text.trim()),
    ended.then(() => {
      throw new Error(`${script} ended:\n${errors}`);
    }),
  ]);
  return {
    host,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
