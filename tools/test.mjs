// `npm test`: everything that can be checked by running it, on a real PostgreSQL, on SQLite, and on the MariaDB of
// $TEST_MARIADB_URL. The last lines say which databases and oracles that were, and what was left out.
// Usage: [TEST_SLOWEST=15] node tools/test.mjs [--no-build] [jest arguments]; TEST_SLOWEST also tells the specs that took longest
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { otherDatabases } from './databases/other-databases.mjs';
import { FIXED_SEED } from './testing/fixed-seed.cjs';
import { ensureInstalled } from './ensure-installed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const require = createRequire(import.meta.url);
const SIGNALS = ['SIGINT', 'SIGTERM'];

async function main(args) {
  ensureInstalled();
  const isBuilding = !args.includes('--no-build');
  if (isBuilding && (await run('nx', ['run-many', '-t', 'build'], { NX_DAEMON: 'false' })) !== 0)
    return 1;
  const jestArgs = args.filter((arg) => arg !== '--no-build');
  return withDatabase((server) => withScratch((folder) => test({ jestArgs, server, folder })));
}

/** One Jest run over all projects. Resolves to the exit code. */
async function test({ jestArgs, server, folder }) {
  const others = await otherDatabases();
  const summary = join(folder, 'summary.json');
  const oracles = join(folder, 'oracles.txt');
  const untried = join(folder, 'untried.txt');
  const status = await run(
    'jest',
    ['--config', 'jest.workspace.cjs', ...workers(jestArgs), ...jestArgs],
    {
      TEST_POSTGRES_URL: server.url,
      TEST_SUMMARY: summary,
      TEST_ORACLE_REPORT: oracles,
      TEST_UNTRIED_REPORT: untried,
    },
  );
  const failed = report({ summary, oracles, untried }, [{ name: server.name }, ...others]);
  return status === 0 && failed === 0 ? 0 : 1;
}

/** Two at least: a spec waits for its database and its processes most of the time, and in band Jest runs one alone on two cores. */
function workers(jestArgs) {
  const isChosen = jestArgs.some((arg) => /^(-w|-i|--maxWorkers|--runInBand)/.test(arg));
  return isChosen ? [] : [`--maxWorkers=${Math.max(2, availableParallelism() - 1)}`];
}

async function withDatabase(work) {
  const server = await database();
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

async function withScratch(work) {
  const folder = mkdtempSync(join(tmpdir(), 'test-run-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** $TEST_POSTGRES_URL when set, else one that npm ships: never a server that merely happens to run. */
async function database() {
  const url = process.env.TEST_POSTGRES_URL;
  if (url)
    return {
      url,
      name: `PostgreSQL ${await versionOf(url)} (TEST_POSTGRES_URL)`,
      stop: async () => undefined,
    };
  const { startShippedPostgres } = await import('./databases/shipped-postgres.mjs');
  const server = await startShippedPostgres();
  return {
    url: server.url,
    name: `PostgreSQL ${await versionOf(server.url)} (shipped by npm)`,
    stop: server.stop,
  };
}

async function versionOf(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client(url);
  await client.connect().catch((error) => {
    console.error(`The PostgreSQL for the specs cannot be reached: ${error.message}`);
    process.exit(1);
  });
  const { rows } = await client.query("select current_setting('server_version') as version");
  await client.end();
  return rows[0].version;
}

/**
 * Runs a program of node_modules and resolves to its exit code. A signal that asks us to end is handed to it: server and
 * files are removed after it has ended, not instead.
 */
function run(name, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program(name), ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    const forward = (signal) => child.kill(signal);
    const settle = (settled) => (value) => {
      for (const signal of SIGNALS) process.off(signal, forward);
      settled(value);
    };
    for (const signal of SIGNALS) process.on(signal, forward);
    child.once('error', settle(reject));
    child.once(
      'close',
      settle((code) => resolve(code ?? 1)),
    );
  });
}

/** The script of a package's command of the same name. */
function program(name) {
  const manifest = require.resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[name]);
}

const namesOf = (databases, isOut) =>
  databases
    .filter(({ isLeftOut = false }) => isLeftOut === isOut)
    .map(({ name }) => name)
    .join(', ');

/** The closing lines: databases, oracles, tests by project, and one line with the sum. */
function report({ summary, oracles, untried }, databases) {
  if (!existsSync(summary)) return 1;
  const { projects, seconds, skipped } = JSON.parse(readFileSync(summary, 'utf8'));
  const used = linesOf(oracles);
  const left = linesOf(untried);
  const total = Object.values(projects).reduce(
    (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
    { passed: 0, failed: 0 },
  );
  const byProject = Object.entries(projects).map(
    ([name, { passed, failed }]) => `${name} ${passed}${failed ? ` (${failed} failed)` : ''}`,
  );
  const [present, leftOut] = [false, true].map((isOut) => namesOf(databases, isOut));
  console.log(`\ndatabases: ${present}`);
  if (leftOut) console.log(`left out: ${leftOut}`);
  console.log(`seed of properties: ${seedOf(process.env)}`);
  console.log(`oracles: ${used.join(', ') || 'none'}`);
  if (left.length > 0) console.log(`not tried, as this server has it not: ${left.join(', ')}`);
  if (process.env.TEST_SLOWEST)
    console.log(`slowest: ${slowest(seconds, process.env.TEST_SLOWEST)}`);
  console.log(`tests: ${byProject.sort().join(', ')}`);
  console.log(
    `${total.passed} passed, ${total.failed} failed${skipped ? `, ${skipped} skipped` : ''}`,
  );
  return total.failed;
}

const slowest = (seconds, count) =>
  Object.entries(seconds)
    .sort(([, left], [, right]) => right - left)
    .slice(0, count)
    .map(([name, time]) => `${name} ${time} s`)
    .join(', ');

/** As `seeded-fast-check.cjs` decides it. */
function seedOf({ PROPERTY_SEED, PROPERTY_SIZES }) {
  if (PROPERTY_SEED) return PROPERTY_SEED;
  return PROPERTY_SIZES === 'nightly' ? 'another one for each' : FIXED_SEED;
}

/** Each line of a file that specs wrote once; none where they wrote nothing. */
const linesOf = (file) =>
  existsSync(file)
    ? [...new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean))].sort()
    : [];

process.exitCode = await main(process.argv.slice(2));
