import { connectPostgres } from './connect-postgres.js';
import { reportOracle } from './oracle-report.js';
import { runProgram } from './run-program.js';
import type { ProgramResult } from './run-program.js';
import { serverMajor } from './test-database.js';

/** Settings of {@link pgDump}. */
export interface PgDumpOptions {
  /** Whether the order of the lines inside CREATE TABLE counts. @default true */
  readonly columnOrder?: boolean;
  /** Tables to leave out, as `pg_dump --exclude-table` takes them. */
  readonly excludeTables?: readonly string[];
}

/**
 * The schema as `pg_dump` writes it, without what differs from run to run or is no schema (comments, SET, the random
 * keys of `\restrict`); undefined where no `pg_dump` at least as new as the server is installed.
 *
 * @throws Error when pg_dump fails
 */
export async function pgDump(
  url: string,
  options: PgDumpOptions = {},
): Promise<string | undefined> {
  const version = await programVersion('pg_dump');
  if (version === undefined || Number.parseInt(version) < (await majorOf(url))) return undefined;
  const excluded = (options.excludeTables ?? []).map((table) => `--exclude-table=${table}`);
  const args = ['--schema-only', '--no-owner', '--no-privileges', ...excluded];
  const result = await runPostgres('pg_dump', { args, url });
  if (result?.exitCode !== 0) throw new Error(`pg_dump failed: ${result?.stderr ?? 'not found'}`);
  reportOracle(`pg_dump ${version}`);
  const text = withoutNoise(result.stdout);
  return options.columnOrder === false ? withSortedComments(withSortedTableBodies(text)) : text;
}

/**
 * Runs a script with `psql`, which stops at the first error; undefined where psql is not installed. A failing script
 * is no exception: look at `exitCode`.
 */
export async function runPsql(url: string, script: string): Promise<ProgramResult | undefined> {
  const version = await programVersion('psql');
  if (version === undefined) return undefined;
  const args = ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--file=-'];
  const result = await runPostgres('psql', { args, url, input: script });
  reportOracle(`psql ${version}`);
  return result;
}

/** Drops comments, SET lines, `\restrict` and blank lines of a dump. */
function withoutNoise(dump: string): string {
  const noise = /^(--|SET |SELECT pg_catalog\.set_config|\\(un)?restrict )|^\s*$/;
  return dump
    .split('\n')
    .filter((line) => !noise.test(line))
    .join('\n');
}

const COLUMN_COMMENT = String.raw`COMMENT ON COLUMN [^\n]* IS (?:'(?:[^']|'')*'|E'(?:[^'\\]|''|\\.)*');\n`;
const COLUMN_COMMENTS = new RegExp(`(?:${COLUMN_COMMENT})+`, 'gs');

/** The comments of a table's columns come in the order of the columns. */
function withSortedComments(dump: string): string {
  return `${dump}\n`
    .replaceAll(COLUMN_COMMENTS, (comments) =>
      [...comments.matchAll(new RegExp(COLUMN_COMMENT, 'gs'))]
        .map(([one]) => one)
        .sort()
        .join(''),
    )
    .slice(0, -1);
}

function withSortedTableBodies(dump: string): string {
  return dump.replaceAll(/^CREATE (?:UNLOGGED )?TABLE .* \(\n[\s\S]*?\n\).*;$/gm, (table) => {
    const [head, ...body] = table.split('\n');
    const tail = body.pop();
    return [head, ...body.map((line) => line.replace(/,$/, '')).sort(), tail].join('\n');
  });
}

async function majorOf(url: string): Promise<number> {
  const connection = await connectPostgres(url);
  try {
    return await serverMajor(connection);
  } finally {
    await connection.close();
  }
}

const versions = new Map<string, Promise<string | undefined>>();

/** The version a PostgreSQL program reports, such as `15.20`; undefined where it is not installed. */
async function programVersion(program: string): Promise<string | undefined> {
  const known = versions.get(program);
  if (known) return known;
  const asked = runProgram(program, { args: ['--version'] }).then(
    (result) => / (\d+(?:\.\d+|\w+)?)/.exec(result?.stdout ?? '')?.[1],
  );
  versions.set(program, asked);
  return asked;
}

interface PostgresCall {
  readonly args: readonly string[];
  readonly url?: string;
  readonly input?: string;
}

function runPostgres(program: string, call: PostgresCall): Promise<ProgramResult | undefined> {
  const { input } = call;
  return runProgram(program, { ...withDatabase(call), ...(input !== undefined && { input }) });
}

/** The password goes by the environment: arguments are visible to everyone on the machine. */
function withDatabase(call: PostgresCall): { args: string[]; env: NodeJS.ProcessEnv } {
  if (call.url === undefined) return { args: [...call.args], env: process.env };
  const url = new URL(call.url);
  const password = decodeURIComponent(url.password);
  url.password = '';
  return {
    args: [...call.args, `--dbname=${url.href}`],
    env: { ...process.env, ...(password !== '' && { PGPASSWORD: password }) },
  };
}
