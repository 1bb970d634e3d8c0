import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { workspaceRoot } from './example-process.js';

/** A PostgreSQL of a spec's own, from the binaries that npm ships. */
export interface OwnServer {
  /** Host and port. */
  readonly host: string;
  stop(): Promise<void>;
}

/** One that becomes a hot standby when it is told to. */
export interface StandbyServer extends OwnServer {
  becomeStandby(): Promise<void>;
}

/** Starts a server that asks its role `app` for a password: the usual test servers let everyone in. @throws Error with its output when it does not start */
export const startPasswordServer = (): Promise<OwnServer> => start('password-postgres.mjs');

/** Starts a server that can become a standby. @throws Error with its output when it does not start */
export const startStandbyServer = (): Promise<StandbyServer> => start('standby-postgres.mjs');

async function start(name: string): Promise<StandbyServer> {
  const script = join(workspaceRoot, 'tools/databases', name);
  const child = spawn(process.execPath, [script], { stdio: 'pipe' });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdout.setEncoding('utf8');
  const ended = once(child, 'close');
  const said = async (): Promise<string> => {
    const line = once(child.stdout, 'data') as Promise<[string]>;
    const failed = ended.then(() => {
      throw new Error(`${script} ended:\n${errors}`);
    });
    const [text] = await Promise.race([line, failed]);
    return text.trim();
  };
  return {
    host: await said(),
    becomeStandby: async () => {
      const answer = said();
      child.stdin.write('standby\n');
      await answer;
    },
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
