// The floor of a comparison: the same catalog queries over the plain driver, their rows grouped by table.
import { createRequire } from 'node:module';
import { dataSourceOptions, driverOf } from '../data-source-options.mjs';

/** Which of the texts that a comparison sends read the catalog. */
const CATALOGS = {
  postgres: (sql) => /\bpg_(?:class|attribute)\b/.test(sql) && !/SAVEPOINT/.test(sql),
  mariadb: (sql) => /\binformation_schema\./.test(sql),
  'better-sqlite3': (sql) => /\b(?:sqlite_master|pragma_\w+)\b/.test(sql),
};

/** What was sent to the database of a URL, as far as it reads the catalog. */
export const catalogQueriesIn = (sent, url) =>
  sent.filter(({ sql }) => CATALOGS[driverOf(url)](sql));

/** Sends them all, in order, and groups their rows. */
export const readCatalog = (url, queries) => DRIVERS[driverOf(url)](url, queries);

const DRIVERS = {
  postgres: async (url, queries) => {
    const { default: pg } = await import('pg');
    const client = new pg.Client(url);
    await client.connect();
    for (const { sql, parameters } of queries) groupJson(await client.query(sql, parameters));
    await client.end();
  },
  mariadb: async (url, queries) => {
    const { createConnection } = await import('mysql2/promise');
    const client = await createConnection({ uri: url, multipleStatements: true });
    for (const { sql, parameters } of queries) {
      const [rows] = await client.query(sql, parameters);
      for (const list of Array.isArray(rows[0]) ? rows : [rows]) groupRows(list);
    }
    await client.end();
  },
  'better-sqlite3': (url, queries) => {
    const require = createRequire(import.meta.url);
    const database = new (require('better-sqlite3'))(dataSourceOptions(url).database);
    for (const { sql, parameters } of queries)
      groupRows(
        database
          .prepare(sql)
          .all(...(parameters ?? []))
          .map(withLists),
      );
    database.close();
  },
};

/** PostgreSQL gives the rows as JSON, some hundreds in a text, and each as the list of its values. */
function groupJson(answer) {
  for (const { rows } of [answer].flat()) {
    const groups = new Map();
    for (const { json } of rows) {
      const found = typeof json === 'string' && JSON.parse(json);
      if (Array.isArray(found)) groupRows(found, groups);
    }
  }
}

/** SQLite gives what belongs to a table as lists in JSON. */
function withLists(row) {
  const isList = (text) => typeof text === 'string' && text.startsWith('[{');
  return Object.fromEntries(
    Object.entries(row).map(([name, text]) => [name, isList(text) ? JSON.parse(text) : text]),
  );
}

function groupRows(rows, groups = new Map()) {
  for (const row of rows) {
    const key = Array.isArray(row) ? row[0] : (row.table ?? row.id ?? row.name);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [row]);
    else own.push(row);
  }
  return groups;
}
