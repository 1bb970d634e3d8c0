/** The TypeORM driver for a URL: of a server, or `file:` for a file of SQLite. */
export function driverOf(url) {
  const { protocol } = new URL(url);
  return { 'file:': 'better-sqlite3', 'mariadb:': 'mariadb' }[protocol] ?? 'postgres';
}

/** What a DataSource needs to reach the database of a URL. */
export function dataSourceOptions(url) {
  const type = driverOf(url);
  if (type === 'better-sqlite3') return { type, database: new URL(url).pathname };
  return { type, url, ...(type === 'postgres' && { installExtensions: false }) };
}
