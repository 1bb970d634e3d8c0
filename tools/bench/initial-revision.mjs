// The synthetic schema as one revision, written by autogenerate.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { createMigrator } from '@nest-alembic/core';
import { migratorOptionsFor } from '@nest-alembic/typeorm';
import { dataSourceOptions, driverOf } from './data-source-options.mjs';
import { toCommonJs } from './to-common-js.mjs';
import { syntheticEntities } from './synthetic-entities.mjs';

/**
 * Writes the revision into the folder, as the compiled JavaScript that is loaded in production.
 * @returns a migrator over it, and `close()`
 */
export async function writeInitial({ url, folder }, tables) {
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const entities = syntheticEntities(tables, driverOf(url));
  const source = new DataSource({ ...dataSourceOptions(url), entities });
  await source.initialize();
  const migrator = createMigrator(migratorOptionsFor(source, { rootDirectory: folder }));
  await migrator.init();
  await migrator.revision({ message: 'initial', autogenerate: true, revisionId: 'initial' });
  compileRevisions(join(folder, 'migrations', 'versions'));
  return { migrator, close: () => source.destroy() };
}

function compileRevisions(versions) {
  for (const name of readdirSync(versions).filter((name) => name.endsWith('.ts'))) {
    const file = join(versions, name);
    writeFileSync(file.replace(/ts$/, 'js'), toCommonJs(readFileSync(file, 'utf8')));
    rmSync(file);
  }
}
