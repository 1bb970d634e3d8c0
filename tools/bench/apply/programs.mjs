// The programs that apply something, each a process of its own.
import { runModule, runProgram } from '../processes.mjs';

/** A run of migrations: `job` as `migrate.mjs` takes it. @returns what it measured of itself */
export async function migrate(job) {
  const { stdout } = await runModule('migrate.mjs', [JSON.stringify(job)], import.meta.url);
  return JSON.parse(stdout);
}

/** The statements of the revisions of one column by the driver alone: `job` as `floor.mjs` takes it. */
export async function columnsByDriver(job) {
  const { stdout } = await runModule('floor.mjs', [JSON.stringify(job)], import.meta.url);
  return JSON.parse(stdout);
}

/** A file of SQL in one transaction. The shell around it tells its processor time, and takes a millisecond of its own. */
export async function psql(url, file) {
  const args = ['-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', '-f', file, url];
  const { stdout, wall } = await runProgram('sh', [
    '-c',
    'psql "$@" || exit $?; times',
    'sh',
    ...args,
  ]);
  return { wall, cpu: ofChildren(stdout) };
}

/** The last line of the shell's `times`: user and system time of what it ran, as `0m1.230s 0m0.450s`. */
function ofChildren(stdout) {
  const line = stdout.trim().split('\n').at(-1);
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + minutes * 60_000 + seconds * 1_000, 0);
}
