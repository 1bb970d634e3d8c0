import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CompiledCore } from './compiled-core.fixture.js';

/** What a replica came to. */
export interface ReplicaResult {
  readonly steps: number;
  readonly rows: readonly string[];
}

/** A process of its own that says `ready`, upgrades when it is told to, and prints its result. */
export class Replica {
  readonly child: ChildProcess;
  output = '';

  /** @param args file of the worker, from the folder of core on, and its arguments */
  constructor(core: CompiledCore, [worker = '', ...args]: readonly string[]) {
    this.child = spawn(process.execPath, [join(core.folder, worker), ...args], { env: core.env });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
  }

  /** Waits until it has printed a word. */
  async says(word: string): Promise<void> {
    while (!this.output.includes(word) && this.child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    if (!this.output.includes(word)) throw new Error(`a replica did not start: ${this.output}`);
  }

  /** Gives the starting signal. */
  start(): void {
    this.child.stdin?.write('go\n');
  }

  async run(): Promise<ReplicaResult> {
    const exit = once(this.child, 'close');
    this.start();
    const [code] = (await exit) as [number | null];
    if (code !== 0) throw new Error(`a replica ended with ${code}: ${this.output}`);
    return JSON.parse(this.output.split('\n')[1] ?? 'null') as ReplicaResult;
  }
}

/** Runs replicas that begin at the same moment. */
export async function runAtOnce(replicas: readonly Replica[]): Promise<readonly ReplicaResult[]> {
  await Promise.all(replicas.map((replica) => replica.says('ready')));
  return Promise.all(replicas.map((replica) => replica.run()));
}
