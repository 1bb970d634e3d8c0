import { availableExtensions } from './available-extensions.mjs';
import { startShippedPostgres } from './shipped-postgres.mjs';

/** One PostgreSQL for the whole run: $TEST_POSTGRES_URL when set, otherwise the npm-shipped binaries. */
export default async function setup() {
  if (!process.env.TEST_POSTGRES_URL) {
    const server = await startShippedPostgres();
    process.env.TEST_POSTGRES_URL = server.url;
    globalThis.__POSTGRES__ = server;
  }
  process.env.TEST_EXTENSIONS ??= (await availableExtensions(process.env.TEST_POSTGRES_URL)).join();
}
