// The comparison alone, in a process of its own, once the model stands: the queries of the catalog, the server's spelling, the
// difference. Or its floor: the same catalog queries over the plain driver, their rows grouped by table.
// Tells on stdout what that needed, and for the comparison what it sent.
import { readFileSync, writeFileSync } from 'node:fs';
import { DataSource } from 'typeorm';
import pg from 'pg';
import { createMigrator } from '@nest-alembic/core';
import { migratorOptionsFor } from '@nest-alembic/typeorm';
import { recordingOptions } from '../record.mjs';
import { syntheticEntities } from '../synthetic-entities.mjs';

const [program, url, folder, tables, queriesFile] = process.argv.slice(2);

/** `measured(work)`: what work needs, in milliseconds. */
async function measured(work) {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - started, cpu: (user + system) / 1000 };
}

const RUNS = {
  compare: async () => {
    const entities = syntheticEntities(Number(tables));
    const source = new DataSource({ type: 'postgres', url, entities, installExtensions: false });
    await source.initialize();
    const options = migratorOptionsFor(source, { rootDirectory: folder });
    const model = await options.targetSchema();
    const { options: recorded, during } = recordingOptions({
      ...options,
      targetSchema: () => model,
    });
    const migrator = createMigrator(recorded);
    let needed;
    const sent = await during(async () => {
      needed = await measured(async () => {
        const { upToDate, changes } = await migrator.check();
        if (!upToDate) throw new Error(`the check finds ${changes.slice(0, 5).join('; ')}`);
      });
    });
    const isCatalog = (sql) => /\bpg_(?:class|attribute)\b/.test(sql) && !/SAVEPOINT/.test(sql);
    const catalog = sent.filter(({ sql }) => isCatalog(sql));
    writeFileSync(queriesFile, JSON.stringify(catalog));
    await source.destroy();
    return needed;
  },
  floor: async () => {
    const catalog = JSON.parse(readFileSync(queriesFile, 'utf8'));
    return measured(async () => {
      const client = new pg.Client(url);
      await client.connect();
      for (const { sql, parameters } of catalog) group(await client.query(sql, parameters));
      await client.end();
    });
  },
};

/** Rows of catalog queries, which come as JSON, by the table that they belong to. */
function group(answer) {
  const groups = new Map();
  for (const { rows } of [answer].flat()) {
    if (typeof rows[0]?.json !== 'string') continue;
    const found = JSON.parse(rows[0].json);
    for (const row of Array.isArray(found) ? found : []) {
      const key = row.table ?? row.id ?? row.name;
      const own = groups.get(key);
      if (own === undefined) groups.set(key, [row]);
      else own.push(row);
    }
  }
  return groups;
}

console.log(JSON.stringify(await RUNS[program]()));
