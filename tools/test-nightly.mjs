// `npm run test:nightly`: the properties of the dialect suite and the sets of entities at their nightly sizes, on real PostgreSQL and SQLite,
// and on MariaDB where there is one; those of the pure folders of core at their own sizes, with other seeds than by day.
// Prints the seed of each property and the databases used; the last line is "N passed, N failed".
// Usage: node tools/test-nightly.mjs [jest arguments]     e.g. `-t Q3`
// Environment: TEST_POSTGRES_URL, TEST_MARIADB_URL, PROPERTY_SCALE (0.1 for a tenth), PROPERTY_SEED, PROPERTY_PATH, PROPERTY_SHRINK
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const test = fileURLToPath(new URL('test.mjs', import.meta.url));
const child = spawn(
  process.execPath,
  [
    test,
    '--no-build',
    '/properties/|entity-sets|core/src/(graph|operations|render|revisions|autogenerate)/',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', env: { ...process.env, PROPERTY_SIZES: 'nightly' } },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('close', (code) => {
  process.exitCode = code ?? 1;
});
