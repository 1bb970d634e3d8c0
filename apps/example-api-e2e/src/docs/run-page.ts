import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectPostgres } from '@nest-alembic/testing';
import type { Block, Page } from './markdown.js';
import { fileOf } from './markdown.js';
import { freePort, neutralEnvironment } from '../example-process.js';
import type { Ids } from './compare-output.js';
import { comparable, withRealIds } from './compare-output.js';

/** Command lines that a page has and that are not run here, with the reason. */
const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [/^npm install /, 'the packages come from the tarballs; tools/packages/try-new-app.mjs installs'],
  [/^npm run demo$/, 'run by .ci/run itself'],
  [/^npm test$/, 'this is part of it'],
  [/^npx nx build /, 'npm test builds first'],
];

/** Where a page is run. */
export interface Place {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What running a page came to. */
export interface PageRun {
  /** What is not as the page says; empty when all is. */
  readonly problems: readonly string[];
  readonly linesRun: number;
}

/**
 * Does what a page says, from top to bottom: writes the files it shows, runs its `sh` blocks line by line, and compares what
 * they print with the `text` block that follows. A line ends with 0 unless it says `# exit code N`; one that ends with `&`, and
 * the app without arguments, stay in the background until the end of the page.
 *
 * @param blocks those of the page, or of a part of it
 */
export async function runPage(
  page: Page,
  blocks: readonly Block[],
  place: Place,
): Promise<PageRun> {
  const run = new Run(page, place);
  try {
    for (const block of blocks) await run.block(block);
  } catch (error) {
    run.problem(error instanceof Error ? error.message : String(error));
  } finally {
    await run.end();
  }
  return { problems: run.problems, linesRun: run.linesRun };
}

class Run {
  readonly problems: string[] = [];
  linesRun = 0;
  readonly #page: Page;
  readonly #env: Readonly<Record<string, string>>;
  readonly #servers: ChildProcess[] = [];
  readonly #ids: Ids = new Map();
  readonly #root: string;
  #port = 0;
  #cwd: string;
  #at = 0;
  #output = '';
  #needsBuild = false;

  constructor(page: Page, { folder, env }: Place) {
    this.#page = page;
    this.#env = env;
    this.#root = folder;
    this.#cwd = folder;
  }

  async block(block: Block): Promise<void> {
    this.#at = block.line;
    const file = fileOf(block);
    if (file) this.#write(file);
    if (block.language === 'sh') await this.#commands(block);
    if (block.language === 'text' && this.#output !== '') this.#compare(block);
  }

  problem(text: string): void {
    this.problems.push(`${this.#page.file}:${this.#at}: ${text}`);
  }

  async end(): Promise<void> {
    for (const server of this.#servers) {
      if (server.exitCode !== null || server.signalCode !== null) continue;
      const ended = once(server, 'close');
      server.kill('SIGTERM');
      await ended;
    }
  }

  /** A bare name lies in `src`. */
  #write({ path, text }: { path: string; text: string }): void {
    const target = join(this.#root, path.includes('/') ? path : `src/${path}`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    this.#needsBuild ||= path.endsWith('.ts') && !path.startsWith('migrations/');
  }

  async #commands({ text }: Block): Promise<void> {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    // "with the app built" is what such a page says before.
    if (this.#needsBuild && !lines.includes('npm run build')) await this.#line('npm run build');
    this.#output = '';
    for (const line of lines) {
      this.linesRun += 1;
      if (NOT_RUN.some(([pattern]) => pattern.test(line))) continue;
      this.#output += await this.#line(withRealIds(line, this.#ids));
    }
  }

  /** Runs one line and returns what belongs to the output that a page shows. */
  async #line(line: string): Promise<string> {
    const [, command = line, code = '0'] = /^(.*?)(?:\s*# exit code (\d))?$/.exec(line) ?? [];
    const [, folder] = /^cd (\S+)$/.exec(command) ?? [];
    if (folder !== undefined) {
      this.#cwd = resolve(this.#cwd, folder);
      return '';
    }
    if (/^node dist\/main( &)?$/.test(command)) return this.#serve(command);
    if (command === 'npm run build') this.#needsBuild = false;
    const { exitCode, output } = await this.#shell(
      this.#port ? withPort(command, this.#port) : command,
    );
    if (exitCode === 127 && command.startsWith('psql ')) return this.#withoutPsql(command);
    if (exitCode === 127 && command.startsWith('curl ')) return '';
    if (exitCode !== Number(code))
      throw new Error(`"${command}" ended with ${exitCode}, not with ${code}:\n${output}`);
    return command.startsWith('npm ') ? '' : output;
  }

  async #shell(command: string): Promise<{ exitCode: number | null; output: string }> {
    const child = spawn('sh', ['-c', `{ ${command}\n} 2>&1`], this.#options());
    const output = collect(child);
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return { exitCode, output: output.text };
  }

  async #serve(command: string): Promise<string> {
    this.#port = await freePort();
    const [, ...args] = command.replace(/ &$/, '').split(' ');
    const child = spawn(process.execPath, args, this.#options());
    this.#servers.push(child);
    const output = collect(child);
    while (child.exitCode === null && child.signalCode === null) {
      if (await fetch(`http://127.0.0.1:${this.#port}`).catch(() => undefined)) return '';
      await sleep(50);
    }
    throw new Error(`"${command}" ended instead of serving:\n${output.text}`);
  }

  #options(): { cwd: string; env: NodeJS.ProcessEnv; stdio: ['ignore', 'pipe', 'pipe'] } {
    const env = { ...neutralEnvironment(), ...this.#env, PORT: String(this.#port) };
    return { cwd: this.#cwd, env, stdio: ['ignore', 'pipe', 'pipe'] };
  }

  /** What psql would have done, where it is not installed. */
  async #withoutPsql(command: string): Promise<string> {
    const [, statement] = / -c '([^']+)'/.exec(command) ?? [];
    const [, file] = / --file (\S+)/.exec(command) ?? [];
    const sql = statement ?? readFileSync(join(this.#cwd, file ?? ''), 'utf8');
    const connection = await connectPostgres(this.#env['DATABASE_URL'] ?? '');
    try {
      await connection.script(sql);
    } finally {
      await connection.close();
    }
    return '';
  }

  #compare(block: Block): void {
    const { documented, actual } = comparable(block.text, this.#output, this.#ids);
    if (documented === actual) return;
    this.problem(`the page says\n${documented}\n--- but it is\n${actual}`);
  }
}

const withPort = (command: string, port: number): string =>
  command.replaceAll('127.0.0.1:3000', `127.0.0.1:${port}`);

function collect(child: ChildProcess): { text: string } {
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output.text += text));
  return output;
}
