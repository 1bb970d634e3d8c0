import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { SpecDatabase } from './database.fixture.js';

const run = promisify(execFile);

/**
 * The schema with owners and rights as `pg_dump` writes it, but for our tables; undefined where no pg_dump as new as the server is
 * installed.
 */
export async function dumpOf({ checker, url }: SpecDatabase): Promise<string | undefined> {
  const { rows } = await checker.query<{ major: number }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS major`,
  );
  const version = await run('pg_dump', ['--version']).then(
    ({ stdout }) => Number(/\d+/.exec(stdout)?.[0]),
    () => 0,
  );
  if (version < (rows[0]?.major ?? 0)) return undefined;
  const { stdout } = await run('pg_dump', ['--schema-only', '--exclude-table=alembic*', url]);
  const noise = /^(--|SET |SELECT pg_catalog\.set_config|\\(un)?restrict )|^\s*$/;
  return stdout
    .split('\n')
    .filter((line) => !noise.test(line))
    .join('\n');
}
