import { resolve } from 'node:path';
import type { DataSourceOptions } from 'typeorm';

/** The folder with the app's package.json: the parent of `src` and of `dist`. */
const appRoot = resolve(__dirname, '../..');

/** Where the database is where nothing is said: a file of this folder. */
const DEFAULT_URL = 'sqljs:.data/library.sqlite';

/**
 * Everything about the database but the entities, by its URL: `postgres://…`, `mariadb://…`, `mysql://…`, `sqlite:FILE` (better-sqlite3) or
 * `sqljs:FILE`; a file is relative to this app's folder.
 *
 * @throws Error for a URL of something else
 */
export function dataSourceOptions(url = DEFAULT_URL): DataSourceOptions {
  const [scheme = '', ...rest] = url.split(':');
  const place = rest.join(':');
  switch (scheme) {
    case 'postgres':
    case 'postgresql':
      return { type: 'postgres', url };
    case 'mariadb':
    case 'mysql':
      // The moment of a column without a time zone is kept as it is in UTC.
      return { type: scheme, url, timezone: 'Z' };
    case 'sqlite':
      return { type: 'better-sqlite3', database: resolve(appRoot, place) };
    case 'sqljs':
      return { type: 'sqljs', location: resolve(appRoot, place), autoSave: true };
    default:
      throw new Error(
        `DATABASE_URL begins with "${scheme}:". Write postgres://, mariadb://, mysql://, sqlite: or sqljs:`,
      );
  }
}
