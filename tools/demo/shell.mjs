// Commands as a person would type them, shown with what they answer.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const COMMAND_TIMEOUT_MS = 90_000;

/** What was not as expected; ends the demo. */
export class UnexpectedError extends Error {}

/** Ends the demo unless `condition` holds. */
export function expect(condition, problem) {
  if (!condition) throw new UnexpectedError(problem);
}

/**
 * Runs a command line, shows it and its output, and returns the output.
 *
 * @param options.exitCode the one that is expected @default 0
 * @param options.show false keeps the output back unless the command fails
 */
export async function run(line, { cwd, env, exitCode = 0, show = true }) {
  console.log(`$ ${line}`);
  const [command, ...args] = words(line);
  const child = spawn(program(command), args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), COMMAND_TIMEOUT_MS);
  const output = collect(child);
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  if (show || code !== exitCode) print(output.both);
  expect(code === exitCode, `"${line}" ended with ${code ?? signal}, expected ${exitCode}`);
  if (exitCode !== 0) console.log(`(exit code ${exitCode}, as expected)`);
  return output.stdout;
}

/** Starts the app and returns when it answers; `stop()` ends it as a supervisor would. */
export async function startApp(line, { cwd, env, port }) {
  console.log(`$ ${line}`);
  const child = spawn(process.execPath, ['dist/main'], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const forced = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(forced);
    expect(child.signalCode !== 'SIGKILL', 'the app did not stop within ten seconds');
  };
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + COMMAND_TIMEOUT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await fetch(url).catch(() => undefined)) return { url, stop, output };
    await sleep(100);
  }
  print(output.both);
  await stop();
  throw new UnexpectedError('the app did not start');
}

/** Sends a request, shows it and the answer, and returns the body. */
export async function ask(method, url, { headers = {}, body, status = 200 } = {}) {
  const shown = Object.entries(headers).map(([name, value]) => ` -H '${name}: ${value}'`);
  const data =
    body === undefined ? '' : ` -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
  console.log(`$ curl${method === 'GET' ? '' : ` -X ${method}`}${shown.join('')}${data} ${url}`);
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  print(`${response.status} ${text}`);
  expect(response.status === status, `${url} answered ${response.status}, expected ${status}`);
  return JSON.parse(text);
}

/** A port that nobody listens on, from the operating system. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Prints text of a program, indented so that it stands apart from ours. */
export function print(text) {
  const lines = text.trimEnd().split('\n');
  console.log(lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n'));
}

function collect(child) {
  const output = { stdout: '', both: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.stdout += text;
    output.both += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => (output.both += text));
  return output;
}

/** Splits at blanks; double quotes keep a text together. */
function words(line) {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
}

const program = (name) => (name === 'node' ? process.execPath : name);
